package dev.crmcore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.Crm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Shipped scripts")
class ShippedScriptsTest {

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("make the tables that the types ask for")
    void equalTypes(TestDatabase database) throws SQLException {
        DataSource scripted = database.create();
        SchemaMigration.shipped(ConnectionProvider.of(scripted)).apply();
        DataSource generated = database.create();
        SchemaMigration.of(
                        ConnectionProvider.of(generated),
                        List.of(SchemaScript.creating(databaseOf(generated), Crm.catalog(), 1, "generated")))
                .apply();
        assertThat(definitions(scripted))
                .as("run this test with -Dcrm.scripts.write=true to write the scripts from the types")
                .isNotEmpty()
                .isEqualTo(definitions(generated));
        JdbcStore.builder(ConnectionProvider.of(scripted), Crm.catalog())
                .schemaPolicy(SchemaPolicy.VALIDATE)
                .open()
                .close();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_MEMORY", "POSTGRESQL"})
    @DisplayName("are what a store for the library's types applies when it is opened, once")
    void appliedOnOpening(TestDatabase database) {
        DataSource dataSource = database.create();
        JdbcStore.open(dataSource).close();
        SchemaMigration migration = SchemaMigration.shipped(ConnectionProvider.of(dataSource));
        assertThat(migration.pending()).isEmpty();
        assertThat(migration.apply()).isZero();
        JdbcStore.open(dataSource).close();
    }

    private static Database databaseOf(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Database.of(connection);
        }
    }

    /** All columns and indexes of a schema in words. */
    static Set<String> definitions(DataSource dataSource) throws SQLException {
        Set<String> definitions = new TreeSet<>();
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData metaData = connection.getMetaData();
            String schema = connection.getSchema();
            try (ResultSet columns = metaData.getColumns(null, schema, "%", "%")) {
                while (columns.next()) {
                    definitions.add(columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME") + " "
                            + columns.getString("TYPE_NAME") + "(" + columns.getInt("COLUMN_SIZE") + ", "
                            + columns.getInt("DECIMAL_DIGITS") + ") " + columns.getString("IS_NULLABLE") + " "
                            + columns.getString("COLUMN_DEF"));
                }
            }
            for (String table : definitions.stream()
                    .map(definition -> definition.substring(0, definition.indexOf('.')))
                    .distinct()
                    .toList()) {
                try (ResultSet indexes = metaData.getIndexInfo(null, schema, table, false, false)) {
                    while (indexes.next()) {
                        // H2 numbers the indexes that it makes for keys itself
                        String name = indexes.getString("INDEX_NAME").replaceAll("(INDEX|KEY)_[0-9A-F]+$", "$1");
                        definitions.add(table + " index " + name + " " + indexes.getBoolean("NON_UNIQUE") + " "
                                + indexes.getInt("ORDINAL_POSITION") + " " + indexes.getString("COLUMN_NAME"));
                    }
                }
            }
        }
        return definitions;
    }

    /**
     * With {@code -Dcrm.scripts.write=true} the first script of each database is written anew from the types before it is
     * looked at: for as long as no version is released. Later a further script takes what is new.
     */
    @BeforeAll
    static void writeWhenAsked() throws IOException {
        if (!Boolean.getBoolean("crm.scripts.write")) {
            return;
        }
        for (Database database : Database.values()) {
            String folder = "db/crm/" + database.name().toLowerCase(Locale.ROOT);
            SchemaScript script = SchemaScript.creating(database, Crm.catalog(), 1, "initial");
            for (String root : List.of("src/main/resources", "target/classes")) {
                Files.createDirectories(Path.of(root, folder));
                Files.writeString(Path.of(root, folder, script.fileName()), script.sql());
                Files.writeString(Path.of(root, folder, "scripts.txt"), script.fileName() + "\n");
            }
        }
    }
}
