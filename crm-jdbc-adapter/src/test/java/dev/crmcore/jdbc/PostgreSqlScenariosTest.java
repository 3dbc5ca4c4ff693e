package dev.crmcore.jdbc;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The scenarios on PostgreSQL")
class PostgreSqlScenariosTest extends JdbcScenarios {

    PostgreSqlScenariosTest() {
        super(TestDatabase.POSTGRESQL.create());
    }
}
