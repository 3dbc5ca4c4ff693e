package dev.crmcore.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmcore.scenario.StoreScenarios;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;

/** The scenarios of the services on one database. Each finds its tables empty; making them anew would take longer. */
abstract class JdbcScenarios extends StoreScenarios {

    private static final int POOL_SIZE = 12;

    private final HikariDataSource dataSource;

    JdbcScenarios(DataSource dataSource) {
        this.dataSource = TestDatabase.pool(dataSource, true, POOL_SIZE);
    }

    @Override
    protected CrmStore open(EntityCatalog catalog) {
        try {
            empty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return JdbcStore.open(dataSource, catalog);
    }

    private void empty() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                statement.addBatch("delete from " + table);
            }
            statement.executeBatch();
        }
    }

    /** The tables that others do not name as their owner's: their elements go with the records. */
    private static List<String> tables(Statement statement) throws SQLException {
        String sql = "select table_name from information_schema.tables t where table_schema = current_schema"
                + " and lower(table_name) not in ('" + SchemaMigration.HISTORY + "', '" + H2Dialect.MIGRATION_ROW
                + "') and not exists (select 1 from"
                + " information_schema.table_constraints c where c.table_schema = t.table_schema"
                + " and c.table_name = t.table_name and c.constraint_type = 'FOREIGN KEY')";
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                tables.add('"' + rows.getString(1) + '"');
            }
        }
        return tables;
    }

    @AfterAll
    void closePool() {
        dataSource.close();
    }
}
