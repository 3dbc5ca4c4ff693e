package dev.crmcore.jdbc;

import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of a type, with those of its set-valued fields, and the statements on it that are always the same.
 * Immutable.
 *
 * @param <T> the record
 */
final class EntityTable<T> implements Columns {

    static final Set<String> OWN_COLUMNS =
            Set.of("tenant", "id", "version", "lease_owner", "lease_until", "body", "body_schema");

    private final Dialect dialect;
    private final EntityType<T> type;
    private final String tableName;
    private final String name;
    private final List<Column> columns = new ArrayList<>();
    private final IdentityHashMap<Field<?, ?>, Column> byField = new IdentityHashMap<>();
    private final List<SetTable> sets = new ArrayList<>();
    private final List<List<? extends Field<?, ?>>> keys = new ArrayList<>();
    private final Map<String, String> keyByIndex = new HashMap<>();
    private final RecordLayout layout;
    private final String insert;
    private final String update;

    EntityTable(Dialect dialect, EntityType<T> type) {
        this.dialect = dialect;
        this.type = type;
        this.tableName = "crm_" + type.name();
        this.name = dialect.quote(tableName);
        Set<Field<?, ?>> keyed = keyedFields(type);
        byField.put(type.idField(), new Column(ScalarKind.ID, true, dialect.quote("id"), null));
        for (Field<T, ?> field : type.fields()) {
            Column column = column(dialect, field, OWN_COLUMNS, keyed.contains(field));
            columns.add(column);
            byField.put(field, column);
        }
        for (SetField<T, ?> set : type.sets()) {
            sets.add(new SetTable(dialect, Identifiers.of(tableName, set.name()), set, keyed, elementKeys(type, set)));
        }
        keys.add(List.of(type.idField()));
        for (UniqueKey<T> key : type.uniqueKeys()) {
            keyByIndex.put(indexName(key), key.name());
            if (key.elements() == null) {
                keys.add(key.fields());
            }
        }
        this.layout = new RecordLayout(dialect, this);
        this.insert = insertInto(dialect, name, insertedColumns());
        this.update = updateSql();
    }

    static Column column(Dialect dialect, Field<?, ?> field, Set<String> taken, boolean keyed) {
        String name = Identifiers.column(field.name(), taken);
        boolean hasKey = dialect.hasTextKeys() && keyed && field.type().kind() == ScalarKind.TEXT;
        return Column.of(field, dialect.quote(name), hasKey ? dialect.quote(field.name() + "$key") : null);
    }

    /** The fields that an index or a unique key needs. */
    private static <T> Set<Field<?, ?>> keyedFields(EntityType<T> type) {
        Set<Field<?, ?>> keyed = Collections.newSetFromMap(new IdentityHashMap<>());
        type.fields().stream().filter(Field::isIndexed).forEach(keyed::add);
        type.indexes().forEach(keyed::addAll);
        for (SetField<T, ?> set : type.sets()) {
            set.element().fields().stream().filter(Field::isIndexed).forEach(keyed::add);
        }
        for (UniqueKey<T> key : type.uniqueKeys()) {
            keyed.addAll(key.fields());
            UniqueKey.ElementKey<T, ?> elements = key.elements();
            if (elements != null) {
                keyed.addAll(elements.fields());
            }
        }
        return keyed;
    }

    private static <T> List<List<? extends Field<?, ?>>> elementKeys(EntityType<T> type, SetField<T, ?> set) {
        List<List<? extends Field<?, ?>>> keys = new ArrayList<>();
        for (UniqueKey<T> key : type.uniqueKeys()) {
            UniqueKey.ElementKey<T, ?> elements = key.elements();
            if (elements != null && elements.set() == set) {
                keys.add(elements.fields());
            }
        }
        return keys;
    }

    private List<String> insertedColumns() {
        List<String> names = new ArrayList<>(
                List.of("tenant", "id", "version").stream().map(dialect::quote).toList());
        columns.forEach(column -> names.add(column.name()));
        if (type.hasBody()) {
            names.add(dialect.quote("body"));
            names.add(dialect.quote("body_schema"));
        }
        return names;
    }

    static String insertInto(Dialect dialect, String table, List<String> names) {
        return "insert into " + table + " (" + String.join(", ", names) + ") values ("
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
    }

    private String updateSql() {
        StringBuilder sql = new StringBuilder(
                "update " + name + " set " + dialect.quote("version") + " = " + dialect.quote("version") + " + 1");
        columns.forEach(column -> sql.append(", ").append(column.name()).append(" = ?"));
        if (type.hasBody()) {
            sql.append(", ").append(dialect.quote("body")).append(" = ?");
            sql.append(", ").append(dialect.quote("body_schema")).append(" = ?");
        }
        if (type.isClaimable()) {
            sql.append(", ").append(dialect.quote("lease_owner")).append(" = null");
            sql.append(", ").append(dialect.quote("lease_until")).append(" = null");
        }
        return sql + " where " + dialect.quote("tenant") + " = ? and " + dialect.quote("id") + " = ? and "
                + dialect.quote("version") + " = ?";
    }

    EntityType<T> type() {
        return type;
    }

    String tableName() {
        return tableName;
    }

    @Override
    public String name() {
        return name;
    }

    List<Column> columns() {
        return columns;
    }

    List<SetTable> sets() {
        return sets;
    }

    RecordLayout layout() {
        return layout;
    }

    /** Takes tenant, id, version, the values and, where there is a body, the body and its schema. */
    String insert() {
        return insert;
    }

    /** Takes the values, body and schema where there is a body, tenant, id and version. */
    String update() {
        return update;
    }

    @Override
    public List<List<? extends Field<?, ?>>> keys() {
        return keys;
    }

    @Override
    public Column column(Field<?, ?> field) {
        @Nullable Column column = byField.get(field);
        if (column == null) {
            throw new IllegalArgumentException(type + " does not declare field '" + field + "'");
        }
        return column;
    }

    @Override
    public SetTable table(SetField<?, ?> set) {
        for (SetTable table : sets) {
            if (table.set() == set) {
                return table;
            }
        }
        throw new IllegalArgumentException(type + " does not declare set '" + set + "'");
    }

    /** Where the values of a unique key lie. */
    Columns keyTable(UniqueKey<T> key) {
        UniqueKey.ElementKey<T, ?> elements = key.elements();
        return elements == null ? this : table(elements.set());
    }

    List<Column> keyColumns(UniqueKey<T> key) {
        UniqueKey.ElementKey<T, ?> elements = key.elements();
        Columns where = keyTable(key);
        List<? extends Field<?, ?>> fields = elements == null ? key.fields() : elements.fields();
        return fields.stream().map(where::column).toList();
    }

    String indexName(UniqueKey<T> key) {
        return Identifiers.of("crm", type.name(), key.name(), "uk");
    }

    String primaryKeyName() {
        return Identifiers.of(tableName, "pk");
    }

    /** The name of the unique key that an index of the database stands for; null for another table's. */
    @Nullable
    String keyOf(@Nullable String index) {
        if (index == null) {
            return null;
        }
        return index.equals(primaryKeyName()) ? "id" : keyByIndex.get(index);
    }
}
