package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on H2 in a file, with a pool, autocommit on")
class H2FilePooledContractTest extends JdbcContract {

    H2FilePooledContractTest() {
        super(pooled(TestDatabase.H2_FILE.create(), true));
    }
}
