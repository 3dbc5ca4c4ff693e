package dev.crmcore.jdbc;

import java.sql.Connection;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on PostgreSQL, with a pool whose connections default to another isolation, autocommit off")
class PostgreSqlSerializableContractTest extends JdbcContract {

    PostgreSqlSerializableContractTest() {
        super(pooled(
                DelegatingDataSource.atIsolation(TestDatabase.POSTGRESQL.create(), Connection.TRANSACTION_SERIALIZABLE),
                false));
    }
}
