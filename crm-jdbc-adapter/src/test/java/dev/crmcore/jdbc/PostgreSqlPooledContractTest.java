package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on PostgreSQL, with a pool, autocommit on")
class PostgreSqlPooledContractTest extends JdbcContract {

    PostgreSqlPooledContractTest() {
        super(pooled(TestDatabase.POSTGRESQL.create(), true));
    }
}
