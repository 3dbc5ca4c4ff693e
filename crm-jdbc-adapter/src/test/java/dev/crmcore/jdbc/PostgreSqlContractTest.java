package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on PostgreSQL, without a pool, autocommit off")
class PostgreSqlContractTest extends JdbcContract {

    PostgreSqlContractTest() {
        super(DelegatingDataSource.withoutAutoCommit(TestDatabase.POSTGRESQL.create()));
    }
}
