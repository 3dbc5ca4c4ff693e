package dev.crmcore.jdbc;

import dev.crmcore.query.ScalarKind;
import dev.crmcore.store.StoredRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How records and all their elements come back in one result, that is, in one round trip and of one committed state: a
 * union of one row for each record and one for each element.
 *
 * <p>A row is {@code part} (0 for the record, else which side table, from 1), {@code ordinal} (of the element), the
 * record's id, and then slots. A slot has a kind and is shared by all parts, so that the result is as wide as the widest
 * part and not as all together. Immutable.
 */
final class RecordLayout {

    private static final int PART = 1;
    private static final int ORDINAL = 2;
    private static final int ID = 3;
    private static final int FIRST_SLOT = 4;

    private final Dialect dialect;
    private final EntityTable<?> table;
    private final List<String> slotTypes = new ArrayList<>();
    private final int version;
    private final int[] values;
    private final int[][] elements;
    private final ScalarKind[] valueKinds;
    private final ScalarKind[][] elementKinds;
    private final int body;
    private final int schema;
    private final String columns;
    private final List<String> elementColumns = new ArrayList<>();
    private final String find;
    private final String lock;

    RecordLayout(Dialect dialect, EntityTable<?> table) {
        this.dialect = dialect;
        this.table = table;
        boolean hasBody = table.type().hasBody();
        Slots slots = new Slots();
        this.valueKinds = kinds(table.columns());
        Slots.Row row = slots.row();
        this.version = row.take(ScalarKind.LONG);
        this.values = row.take(valueKinds);
        this.schema = hasBody ? row.take(ScalarKind.LONG) : 0;
        this.elementKinds = new ScalarKind[table.sets().size()][];
        this.elements = new int[elementKinds.length][];
        for (int i = 0; i < elements.length; i++) {
            elementKinds[i] = kinds(table.sets().get(i).columns());
            elements[i] = slots.row().take(elementKinds[i]);
        }
        slots.kinds.forEach(kind -> slotTypes.add(dialect.typeOf(kind)));
        if (hasBody) {
            slotTypes.add(dialect.bodyType());
        }
        this.body = hasBody ? FIRST_SLOT + slotTypes.size() - 1 : 0;
        this.columns = recordColumns();
        for (int i = 0; i < elements.length; i++) {
            elementColumns.add(elementColumns(i));
        }
        this.find = findSql();
        this.lock = (elements.length == 0 ? find : "select 1 from " + recordById()) + " for update";
    }

    private String recordById() {
        return table.name() + " t where t." + dialect.quote("tenant") + " = ? and t." + dialect.quote("id") + " = ?";
    }

    private String findSql() {
        StringBuilder sql = new StringBuilder(columns).append(recordById());
        for (int i = 0; i < elements.length; i++) {
            sql.append(" union all ")
                    .append(elementColumns.get(i))
                    .append(table.sets().get(i).name())
                    .append(" s where s.")
                    .append(dialect.quote("tenant"))
                    .append(" = ? and s.")
                    .append(dialect.quote("owner"))
                    .append(" = ?");
        }
        return elements.length == 0 ? sql.toString() : dialect.repeated(sql.toString());
    }

    private static ScalarKind[] kinds(List<Column> columns) {
        return columns.stream().map(Column::kind).toArray(ScalarKind[]::new);
    }

    /** Deals out slots: for each row, the first free one of a kind. */
    private static final class Slots {

        private final List<ScalarKind> kinds = new ArrayList<>();
        private final Map<ScalarKind, List<Integer>> byKind = new EnumMap<>(ScalarKind.class);

        Row row() {
            return new Row();
        }

        private final class Row {

            private final Map<ScalarKind, Integer> taken = new EnumMap<>(ScalarKind.class);

            int take(ScalarKind kind) {
                List<Integer> slots = byKind.computeIfAbsent(kind, k -> new ArrayList<>());
                int next = taken.merge(kind, 1, Integer::sum) - 1;
                if (next == slots.size()) {
                    slots.add(FIRST_SLOT + kinds.size());
                    kinds.add(kind);
                }
                return slots.get(next);
            }

            int[] take(ScalarKind[] wanted) {
                int[] slots = new int[wanted.length];
                for (int i = 0; i < slots.length; i++) {
                    slots[i] = take(wanted[i]);
                }
                return slots;
            }
        }
    }

    // Selecting

    private String[] emptySlots() {
        return slotTypes.stream().map(type -> "cast(null as " + type + ")").toArray(String[]::new);
    }

    private String recordColumns() {
        String[] slots = emptySlots();
        slots[version - FIRST_SLOT] = "t." + dialect.quote("version");
        for (int i = 0; i < values.length; i++) {
            slots[values[i] - FIRST_SLOT] = table.columns().get(i).in("t");
        }
        if (body > 0) {
            slots[body - FIRST_SLOT] = "t." + dialect.quote("body");
            slots[schema - FIRST_SLOT] = "t." + dialect.quote("body_schema");
        }
        StringBuilder sql = new StringBuilder("select 0 as c1, 0 as c2, t." + dialect.quote("id") + " as c3");
        for (int i = 0; i < slots.length; i++) {
            sql.append(", ").append(slots[i]).append(" as c").append(FIRST_SLOT + i);
        }
        return sql.append(" from ").toString();
    }

    private String elementColumns(int set) {
        String[] slots = emptySlots();
        List<Column> elementColumns = table.sets().get(set).columns();
        for (int i = 0; i < elements[set].length; i++) {
            slots[elements[set][i] - FIRST_SLOT] = elementColumns.get(i).in("s");
        }
        return "select " + (set + 1) + ", s." + dialect.quote("ordinal") + ", s." + dialect.quote("owner") + ", "
                + String.join(", ", slots) + " from ";
    }

    /** A record and its elements: takes tenant and id once for each part. */
    String find() {
        return find;
    }

    /** The record, held: takes tenant and id. Whole only where there are no elements. */
    String lock() {
        return lock;
    }

    /** {@code select ... from}, to be followed by a source of records under the name {@code t}. */
    String columns() {
        return columns;
    }

    /** {@code select ... from}, to be followed by the side table under the name {@code s}. */
    String elementColumnsOf(int set) {
        return elementColumns.get(set);
    }

    // Reading

    /** Reads all rows: the records in the order of their first rows. */
    List<StoredRecord> read(ResultSet rows) throws SQLException {
        List<StoredRecord> records = new ArrayList<>();
        Map<UUID, List<List<@Nullable Object[]>>> setsById = new HashMap<>();
        UUID lastId = null;
        List<List<@Nullable Object[]>> last = List.of();
        while (rows.next()) {
            UUID id = rows.getObject(ID, UUID.class);
            int part = rows.getInt(PART);
            if (part == 0) {
                last = elements.length == 0 ? List.of() : setsById.computeIfAbsent(id, owner -> newSets());
                records.add(readRecord(rows, id, last));
            } else {
                if (!id.equals(lastId)) {
                    last = setsById.computeIfAbsent(id, owner -> newSets());
                }
                place(
                        last.get(part - 1),
                        rows.getInt(ORDINAL),
                        readRow(rows, elements[part - 1], elementKinds[part - 1]));
            }
            lastId = id;
        }
        return records;
    }

    /** Reads rows of elements alone. */
    Map<UUID, List<List<@Nullable Object[]>>> readElements(ResultSet rows) throws SQLException {
        Map<UUID, List<List<@Nullable Object[]>>> setsById = new HashMap<>();
        while (rows.next()) {
            int set = rows.getInt(PART) - 1;
            UUID owner = rows.getObject(ID, UUID.class);
            place(
                    setsById.computeIfAbsent(owner, id -> newSets()).get(set),
                    rows.getInt(ORDINAL),
                    readRow(rows, elements[set], elementKinds[set]));
        }
        return setsById;
    }

    List<List<@Nullable Object[]>> newSets() {
        List<List<@Nullable Object[]>> sets = new ArrayList<>(elements.length);
        for (int i = 0; i < elements.length; i++) {
            sets.add(new ArrayList<>());
        }
        return sets;
    }

    private StoredRecord readRecord(ResultSet rows, UUID id, List<List<@Nullable Object[]>> sets) throws SQLException {
        return new StoredRecord(
                id,
                rows.getLong(version),
                readRow(rows, values, valueKinds),
                sets,
                body > 0 ? rows.getString(body) : null,
                body > 0 ? rows.getInt(schema) : 1);
    }

    private static @Nullable Object[] readRow(ResultSet rows, int[] slots, ScalarKind[] kinds) throws SQLException {
        @Nullable Object[] row = new @Nullable Object[slots.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = Dialect.read(rows, slots[i], kinds[i]);
        }
        return row;
    }

    /** Puts a row at its place, in whatever order the rows come. */
    private static void place(List<@Nullable Object[]> rows, int ordinal, @Nullable Object[] row) {
        while (rows.size() <= ordinal) {
            rows.add(row);
        }
        rows.set(ordinal, row);
    }
}
