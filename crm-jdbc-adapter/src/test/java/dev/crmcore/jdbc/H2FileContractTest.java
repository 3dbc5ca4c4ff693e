package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on H2 in a file, without a pool, autocommit off")
class H2FileContractTest extends JdbcContract {

    H2FileContractTest() {
        super(DelegatingDataSource.withoutAutoCommit(TestDatabase.H2_FILE.create()));
    }
}
