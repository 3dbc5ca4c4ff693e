package dev.crmcore.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table to be created.
 *
 * @param dialect the database's dialect
 * @param name the name, not quoted
 * @param columns the columns in order
 * @param constraints what else stands in the definition
 * @param indexes the indexes
 */
record TableDefinition(
        Dialect dialect,
        String name,
        List<ColumnDefinition> columns,
        List<String> constraints,
        List<IndexDefinition> indexes) {

    /**
     * A column to be created.
     *
     * @param name the name, not quoted
     * @param type the type and what follows it
     * @param required whether it is never null
     */
    record ColumnDefinition(String name, String type, boolean required) {

        String sql(Dialect dialect) {
            return dialect.quote(name) + " " + type + (required ? " not null" : "");
        }
    }

    /**
     * An index to be created.
     *
     * @param name the name, not quoted
     * @param unique whether values may come once only
     * @param columns the columns, not quoted
     * @param condition what follows them, empty for nothing
     */
    record IndexDefinition(String name, boolean unique, List<String> columns, String condition) {}

    /** All statements for a database that does not have the table. Each does nothing when run again. */
    List<String> create() {
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(column.sql(dialect)));
        parts.addAll(constraints);
        List<String> statements = new ArrayList<>();
        statements.add("create table if not exists " + dialect.quote(name) + " (\n    " + String.join(",\n    ", parts)
                + "\n)");
        statements.addAll(createIndexes());
        return statements;
    }

    private List<String> createIndexes() {
        return indexes.stream()
                .map(index -> "create " + (index.unique() ? "unique " : "") + "index if not exists "
                        + dialect.quote(index.name()) + " on " + dialect.quote(name) + " ("
                        + String.join(
                                ", ",
                                index.columns().stream().map(dialect::quote).toList())
                        + ")" + index.condition())
                .toList();
    }

    /** The statements for a database that has the table with some of its columns. */
    List<String> complete(Set<String> existing) {
        List<String> statements = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            if (!existing.contains(column.name().toLowerCase(Locale.ROOT))) {
                statements.add(
                        "alter table " + dialect.quote(name) + " add column if not exists " + column.sql(dialect));
            }
        }
        if (!statements.isEmpty()) {
            statements.addAll(createIndexes());
        }
        return statements;
    }
}
