package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The kit on H2 in memory, with a pool, autocommit off")
class H2MemoryPooledContractTest extends JdbcContract {

    H2MemoryPooledContractTest() {
        super(pooled(TestDatabase.H2_MEMORY.create(), false));
    }
}
