package dev.crmcore.jdbc;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The side table of a set-valued field. Immutable. */
final class SetTable implements Columns {

    static final Set<String> OWN_COLUMNS = Set.of("tenant", "owner", "ordinal");

    private final SetField<?, ?> set;
    private final String tableName;
    private final String name;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<? extends Field<?, ?>>> keys;
    private final IdentityHashMap<Field<?, ?>, Column> byField = new IdentityHashMap<>();
    private final String insert;
    private final String owned;
    private final String delete;

    SetTable(
            Dialect dialect,
            String tableName,
            SetField<?, ?> set,
            Set<Field<?, ?>> keyed,
            List<List<? extends Field<?, ?>>> keys) {
        this.set = set;
        this.keys = keys;
        this.tableName = tableName;
        this.name = dialect.quote(tableName);
        for (Field<?, ?> field : set.element().fields()) {
            Column column = EntityTable.column(dialect, field, OWN_COLUMNS, keyed.contains(field));
            columns.add(column);
            byField.put(field, column);
        }
        List<String> names = new ArrayList<>();
        List.of("tenant", "owner", "ordinal").forEach(own -> names.add(dialect.quote(own)));
        columns.forEach(column -> names.add(column.name()));
        this.insert = EntityTable.insertInto(dialect, name, names);
        this.owned = dialect.quote("tenant") + " = ? and " + dialect.quote("owner") + " = ?";
        this.delete = "delete from " + name + " where " + owned;
    }

    SetField<?, ?> set() {
        return set;
    }

    String tableName() {
        return tableName;
    }

    @Override
    public String name() {
        return name;
    }

    /** Takes tenant, owner, ordinal and the values. */
    String insert() {
        return insert;
    }

    /** Takes tenant and owner. */
    String delete() {
        return delete;
    }

    /** The condition on tenant and owner. */
    String owned() {
        return owned;
    }

    List<Column> columns() {
        return columns;
    }

    @Override
    public List<List<? extends Field<?, ?>>> keys() {
        return keys;
    }

    @Override
    public Column column(Field<?, ?> field) {
        @Nullable Column column = byField.get(field);
        if (column == null) {
            throw new IllegalArgumentException(set.element().name() + " does not declare field '" + field + "'");
        }
        return column;
    }

    @Override
    public SetTable table(SetField<?, ?> field) {
        throw new IllegalArgumentException(set.element().name() + " does not declare set '" + field + "'");
    }
}
