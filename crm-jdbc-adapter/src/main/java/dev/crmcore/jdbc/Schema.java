package dev.crmcore.jdbc;

import dev.crmcore.context.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Holds a database's tables against those of a catalog. */
final class Schema {

    private final Dialect dialect;
    private final List<TableDefinition> wanted;

    Schema(Tables tables) {
        this.dialect = tables.dialect();
        this.wanted = new TableDefinitions(tables).all();
    }

    void validate(Connection connection) throws SQLException {
        Map<String, Set<String>> existing = existing(connection);
        List<String> missing = new ArrayList<>();
        for (TableDefinition table : wanted) {
            Set<String> columns = existing.get(table.name());
            if (columns == null) {
                missing.add(table.name());
            } else {
                table.columns().stream()
                        .filter(column -> !columns.contains(column.name()))
                        .forEach(column -> missing.add(table.name() + "." + column.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw new StoreException("the database lacks " + String.join(", ", missing), false, null);
        }
    }

    /** Creates what is missing, in the caller's turn. */
    void apply(Connection connection) throws SQLException {
        String lock = dialect.migrationLock();
        if (lock != null) {
            execute(connection, lock);
        }
        for (String statement : missing(existing(connection))) {
            execute(connection, statement);
        }
        connection.commit();
    }

    private List<String> missing(Map<String, Set<String>> existing) {
        List<String> statements = new ArrayList<>();
        for (TableDefinition table : wanted) {
            Set<String> columns = existing.get(table.name());
            statements.addAll(columns == null ? table.create() : table.complete(columns));
        }
        return statements;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, Set<String>> existing(Connection connection) throws SQLException {
        String sql =
                "select table_name, column_name from information_schema.columns where table_schema = current_schema";
        Map<String, Set<String>> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1).toLowerCase(Locale.ROOT), table -> new HashSet<>())
                        .add(rows.getString(2).toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }
}
