package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The scenarios on H2")
class H2ScenariosTest extends JdbcScenarios {

    H2ScenariosTest() {
        super(TestDatabase.H2_MEMORY.create());
    }
}
