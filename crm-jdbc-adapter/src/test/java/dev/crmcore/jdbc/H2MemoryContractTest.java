package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on H2 in memory, without a pool, autocommit on")
class H2MemoryContractTest extends JdbcContract {

    H2MemoryContractTest() {
        super(TestDatabase.H2_MEMORY.create());
    }
}
