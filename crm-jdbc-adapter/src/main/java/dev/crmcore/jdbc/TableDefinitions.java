package dev.crmcore.jdbc;

import dev.crmcore.jdbc.TableDefinition.ColumnDefinition;
import dev.crmcore.jdbc.TableDefinition.IndexDefinition;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of a catalog, written out from the types. */
final class TableDefinitions {

    private static final int TENANT_LENGTH = 64;

    private final Tables tables;
    private final Dialect dialect;
    private final String tenantType;

    TableDefinitions(Tables tables) {
        this.tables = tables;
        this.dialect = tables.dialect();
        String text = dialect.columnType(ScalarKind.TEXT);
        this.tenantType = text.startsWith("character varying") ? "character varying(" + TENANT_LENGTH + ")" : text;
    }

    List<TableDefinition> all() {
        List<TableDefinition> all = new ArrayList<>();
        all.add(tenants());
        all.add(events());
        for (EntityTable<?> table : tables.all()) {
            all.add(entity(table));
            table.sets().forEach(set -> all.add(set(table, set)));
        }
        return all;
    }

    private String type(ScalarKind kind) {
        return dialect.columnType(kind);
    }

    private String primaryKey(String table, String... columns) {
        return "constraint " + dialect.quote(Identifiers.of(table, "pk")) + " primary key (" + quoted(columns) + ")";
    }

    private String quoted(String... columns) {
        return String.join(", ", List.of(columns).stream().map(dialect::quote).toList());
    }

    private TableDefinition tenants() {
        return new TableDefinition(
                dialect,
                LogTables.TENANTS,
                List.of(
                        new ColumnDefinition("tenant", tenantType, true),
                        new ColumnDefinition("position", type(ScalarKind.LONG), true)),
                List.of(primaryKey(LogTables.TENANTS, "tenant")),
                List.of());
    }

    private TableDefinition events() {
        String text = type(ScalarKind.TEXT);
        List<ColumnDefinition> columns = List.of(
                new ColumnDefinition("tenant", tenantType, true),
                new ColumnDefinition("sequence", dialect.sequenceType(), true),
                new ColumnDefinition("position", type(ScalarKind.LONG), false),
                new ColumnDefinition("id", type(ScalarKind.ID), true),
                new ColumnDefinition("type", text, true),
                new ColumnDefinition("occurred_at", type(ScalarKind.INSTANT), true),
                new ColumnDefinition("subject_type", text, true),
                new ColumnDefinition("subject_id", type(ScalarKind.ID), true),
                new ColumnDefinition("actor", text, true),
                new ColumnDefinition("reason", text, true),
                new ColumnDefinition("correlation_id", text, false),
                new ColumnDefinition("causation_id", type(ScalarKind.ID), false),
                new ColumnDefinition("data", dialect.bodyType(), false));
        List<IndexDefinition> indexes = new ArrayList<>();
        indexes.add(index(true, LogTables.EVENTS, "id"));
        indexes.add(index(true, LogTables.EVENTS, "position"));
        indexes.add(index(false, LogTables.EVENTS, "subject_id", "position"));
        indexes.add(index(false, LogTables.EVENTS, "actor", "position"));
        String fresh = dialect.whereNoPosition(dialect.quote("position"));
        if (!fresh.isEmpty()) {
            indexes.add(new IndexDefinition(
                    Identifiers.of(LogTables.EVENTS, "new"), false, List.of("tenant", "sequence"), fresh));
        }
        return new TableDefinition(
                dialect, LogTables.EVENTS, columns, List.of(primaryKey(LogTables.EVENTS, "sequence")), indexes);
    }

    private static IndexDefinition index(boolean unique, String table, String... columns) {
        List<String> all = new ArrayList<>(List.of("tenant"));
        all.addAll(List.of(columns));
        String name = Identifiers.of(table, String.join("_", columns), unique ? "uk" : "ix");
        return new IndexDefinition(name, unique, all, "");
    }

    private <T> TableDefinition entity(EntityTable<T> table) {
        EntityType<T> type = table.type();
        List<ColumnDefinition> columns = new ArrayList<>();
        columns.add(new ColumnDefinition("tenant", tenantType, true));
        columns.add(new ColumnDefinition("id", type(ScalarKind.ID), true));
        columns.add(new ColumnDefinition("version", type(ScalarKind.LONG), true));
        addFields(columns, type.fields(), table, EntityTable.OWN_COLUMNS);
        if (type.isClaimable()) {
            columns.add(new ColumnDefinition("lease_owner", type(ScalarKind.TEXT), false));
            columns.add(new ColumnDefinition("lease_until", type(ScalarKind.INSTANT), false));
        }
        if (type.hasBody()) {
            columns.add(new ColumnDefinition("body", dialect.bodyType(), false));
            columns.add(new ColumnDefinition("body_schema", "integer", true));
        }
        return new TableDefinition(
                dialect,
                table.tableName(),
                columns,
                List.of(primaryKey(table.tableName(), "tenant", "id")),
                entityIndexes(table));
    }

    private void addFields(
            List<ColumnDefinition> columns, List<? extends Field<?, ?>> fields, Columns table, Set<String> taken) {
        for (Field<?, ?> field : fields) {
            Column column = table.column(field);
            columns.add(new ColumnDefinition(
                    Identifiers.column(field.name(), taken), type(column.kind()), column.required()));
            if (column.keyName() != null) {
                columns.add(new ColumnDefinition(keyName(field), dialect.textKeyDefinition(column.name()), false));
            }
        }
    }

    private static String keyName(Field<?, ?> field) {
        return field.name() + "$key";
    }

    /** The column by which a field is found and sorted. */
    private static String indexed(Field<?, ?> field, Columns table, Set<String> taken) {
        return table.column(field).keyName() != null ? keyName(field) : Identifiers.column(field.name(), taken);
    }

    private <T> List<IndexDefinition> entityIndexes(EntityTable<T> table) {
        EntityType<T> type = table.type();
        Map<List<String>, IndexDefinition> indexes = new LinkedHashMap<>();
        for (UniqueKey<T> key : type.uniqueKeys()) {
            if (key.elements() == null) {
                add(indexes, table.indexName(key), true, columns(key.fields(), table, EntityTable.OWN_COLUMNS), "");
            }
        }
        for (List<Field<T, ?>> fields : type.indexes()) {
            addIndex(indexes, table, fields);
        }
        for (Field<T, ?> field : type.fields()) {
            if (field.isIndexed()) {
                addIndex(indexes, table, List.of(field));
            }
        }
        for (Reference<T> reference : type.references()) {
            Field<T, ?> field = reference.field();
            if (field != null && !isLed(indexes, indexed(field, table, EntityTable.OWN_COLUMNS))) {
                addIndex(indexes, table, List.of(field));
            }
        }
        return List.copyOf(indexes.values());
    }

    private static boolean isLed(Map<List<String>, IndexDefinition> indexes, String column) {
        return indexes.keySet().stream().anyMatch(columns -> columns.get(1).equals(column));
    }

    /** An index that finds and sorts: the id is the last step of every order. */
    private static <T> void addIndex(
            Map<List<String>, IndexDefinition> indexes, EntityTable<T> table, List<Field<T, ?>> fields) {
        List<String> columns = columns(fields, table, EntityTable.OWN_COLUMNS);
        String name = Identifiers.of(table.tableName(), String.join("_", Field.names(fields)), "ix");
        columns.add("id");
        add(indexes, name, false, columns, "");
    }

    private static List<String> columns(List<? extends Field<?, ?>> fields, Columns table, Set<String> taken) {
        List<String> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(indexed(field, table, taken)));
        return columns;
    }

    private static void add(
            Map<List<String>, IndexDefinition> indexes,
            String name,
            boolean unique,
            List<String> columns,
            String condition) {
        List<String> all = new ArrayList<>(List.of("tenant"));
        all.addAll(columns);
        indexes.putIfAbsent(all, new IndexDefinition(name, unique, all, condition));
    }

    private <T> TableDefinition set(EntityTable<T> table, SetTable set) {
        List<ColumnDefinition> columns = new ArrayList<>();
        columns.add(new ColumnDefinition("tenant", tenantType, true));
        columns.add(new ColumnDefinition("owner", type(ScalarKind.ID), true));
        columns.add(new ColumnDefinition("ordinal", "integer", true));
        List<? extends Field<?, ?>> fields = set.set().element().fields();
        addFields(columns, fields, set, SetTable.OWN_COLUMNS);
        Map<List<String>, IndexDefinition> indexes = new LinkedHashMap<>();
        for (UniqueKey<T> key : table.type().uniqueKeys()) {
            UniqueKey.ElementKey<T, ?> elements = key.elements();
            if (elements != null && elements.set() == set.set()) {
                add(indexes, table.indexName(key), true, columns(elements.fields(), set, SetTable.OWN_COLUMNS), "");
            }
        }
        for (Field<?, ?> field : fields) {
            if (field.isIndexed()) {
                String name = Identifiers.of(set.tableName(), field.name(), "ix");
                add(indexes, name, false, List.of(indexed(field, set, SetTable.OWN_COLUMNS), "owner"), "");
            }
        }
        return new TableDefinition(
                dialect,
                set.tableName(),
                columns,
                List.of(
                        primaryKey(set.tableName(), "tenant", "owner", "ordinal"),
                        "constraint " + dialect.quote(Identifiers.of(set.tableName(), "fk")) + " foreign key ("
                                + quoted("tenant", "owner") + ") references " + table.name() + " ("
                                + quoted("tenant", "id") + ") on delete cascade"),
                List.copyOf(indexes.values()));
    }
}
