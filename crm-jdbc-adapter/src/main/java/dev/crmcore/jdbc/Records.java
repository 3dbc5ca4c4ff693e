package dev.crmcore.jdbc;

import dev.crmcore.context.ConflictException;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoredRecord;
import dev.crmcore.store.UniqueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type, whole, on one connection. Not thread-safe.
 *
 * @param <T> the record
 */
final class Records<T> {

    /** How many rows are sent at once. */
    private static final int BATCH = 1_000;

    private final ConditionSql.Scope scope;
    private final Connection connection;
    private final EntityTable<T> table;
    private final EntityType<T> type;
    private final String tenant;

    Records(ConditionSql.Scope scope, Connection connection, EntityTable<T> table) {
        this.scope = scope;
        this.connection = connection;
        this.table = table;
        this.type = table.type();
        this.tenant = scope.tenant();
    }

    EntityTable<T> table() {
        return table;
    }

    private Dialect dialect() {
        return scope.dialect();
    }

    // Reading

    Optional<T> find(UUID id) throws SQLException {
        return findBy(table.layout().find(), id, 1 + table.sets().size());
    }

    /**
     * Locks first and reads then: who waited for another writer must see what that one wrote, in the side tables too,
     * and a statement sees there what was committed at its beginning.
     */
    Optional<T> lock(UUID id) throws SQLException {
        if (table.sets().isEmpty()) {
            return findBy(table.layout().lock(), id, 1);
        }
        try (PreparedStatement statement =
                connection.prepareStatement(table.layout().lock())) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
            }
        }
        return find(id);
    }

    private Optional<T> findBy(String sql, UUID id, int parts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int part = 0; part < parts; part++) {
                statement.setString(2 * part + 1, tenant);
                statement.setObject(2 * part + 2, id);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<StoredRecord> found = table.layout().read(rows);
                return found.isEmpty() ? Optional.empty() : Optional.of(type.fromStored(found.get(0)));
            }
        }
    }

    List<T> findAll(List<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Sql sql = new Sql().add(table.layout().columns());
        dialect().among(sql, scope, table.name(), "t", id("id"), ids);
        addElements(sql, ids, true);
        Map<UUID, StoredRecord> byId = new HashMap<>();
        read(sql).forEach(record -> byId.put(record.id(), record));
        List<T> found = new ArrayList<>(byId.size());
        for (UUID id : ids) {
            StoredRecord record = byId.get(id);
            if (record != null) {
                found.add(type.fromStored(record));
            }
        }
        return List.copyOf(found);
    }

    private Column id(String name) {
        return new Column(ScalarKind.ID, true, dialect().quote(name), null);
    }

    private void addElements(Sql sql, List<UUID> owners, boolean afterRecords) {
        for (int i = 0; i < table.sets().size(); i++) {
            sql.add(afterRecords || i > 0 ? " union all " : "")
                    .add(table.layout().elementColumnsOf(i));
            dialect().among(sql, scope, table.sets().get(i).name(), "s", id("owner"), owners);
        }
    }

    private List<StoredRecord> read(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return table.layout().read(rows);
        }
    }

    /** A page and all elements of its records, in one statement and so of one committed state. */
    List<T> list(Query<T> query) throws SQLException {
        Sql sql = new Sql();
        QuerySql<T> parts = new QuerySql<>(scope, table, query, "t");
        if (table.sets().isEmpty()) {
            sql.add(table.layout().columns()).add(table.name() + " t");
            parts.limit(parts.orderBy(parts.whereAfter(sql)));
            return entities(read(sql));
        }
        sql.add("with p as (select t.* from ").add(table.name()).add(" t");
        parts.limit(parts.orderBy(parts.whereAfter(sql)));
        sql.add(") ").add(table.layout().columns()).add("p t");
        for (int i = 0; i < table.sets().size(); i++) {
            SetTable set = table.sets().get(i);
            sql.add(" union all ").add(table.layout().elementColumnsOf(i)).add("p t join " + set.name() + " s on ");
            scope.ownRows(sql, "s")
                    .add(" and s." + dialect().quote("owner") + " = t."
                            + dialect().quote("id"));
        }
        List<StoredRecord> found = read(sql);
        found.sort(order(query)); // a union promises no order; where it kept it, this only looks
        return entities(found);
    }

    private List<T> entities(List<StoredRecord> records) {
        List<T> entities = new ArrayList<>(records.size());
        for (StoredRecord record : records) {
            entities.add(type.fromStored(record));
        }
        return List.copyOf(entities);
    }

    private Comparator<StoredRecord> order(Query<T> query) {
        Comparator<StoredRecord> order = null;
        for (Order<T> step : query.orders()) {
            Comparator<StoredRecord> next = order(step);
            order = order == null ? next : order.thenComparing(next);
        }
        Comparator<StoredRecord> byId = Comparator.comparing(StoredRecord::id, ScalarType.UNSIGNED_ORDER);
        Comparator<StoredRecord> last = query.idDescending() ? byId.reversed() : byId;
        return order == null ? last : order.thenComparing(last);
    }

    private Comparator<StoredRecord> order(Order<T> step) {
        if (step.field() == type.idField()) {
            Comparator<StoredRecord> byId = Comparator.comparing(StoredRecord::id, ScalarType.UNSIGNED_ORDER);
            return step.descending() ? byId.reversed() : byId;
        }
        int position = type.position(step.field());
        ScalarType<?> scalar = step.field().type();
        return (a, b) -> {
            Object left = a.values()[position];
            Object right = b.values()[position];
            if (left == null || right == null) {
                return left == right ? 0 : left == null ? 1 : -1;
            }
            return step.descending() ? scalar.compareStored(right, left) : scalar.compareStored(left, right);
        };
    }

    // Unique keys

    /** The records that have one of these values of a unique key. */
    Map<List<Object>, UUID> holders(UniqueKey<T> key, List<List<Object>> values) throws SQLException {
        if (values.isEmpty()) {
            return Map.of();
        }
        List<Column> columns = table.keyColumns(key);
        boolean inElements = key.elements() != null;
        String from = table.keyTable(key).name();
        Sql sql = new Sql().add("select t." + dialect().quote(inElements ? "owner" : "id"));
        columns.forEach(column -> sql.add(", " + column.in("t")));
        sql.add(" from ");
        dialect().rows(sql, "v", columns, values);
        scope.ownRows(sql.add(" join " + from + " t on "), "t");
        for (int i = 0; i < columns.size(); i++) {
            sql.add(" and " + dialect().equal(columns.get(i), "t") + " = v.k" + i);
        }
        Map<List<Object>, UUID> holders = new HashMap<>();
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                List<Object> found = new ArrayList<>(columns.size());
                for (int i = 0; i < columns.size(); i++) {
                    Object value = Dialect.read(rows, i + 2, columns.get(i).kind());
                    if (value != null) {
                        found.add(value);
                    }
                }
                holders.put(found, rows.getObject(1, UUID.class));
            }
        }
        return holders;
    }

    /** Who stands in the way of these records, by the name of the key that the database refused. */
    @Nullable
    UUID holder(String keyName, List<T> entities) throws SQLException {
        Optional<UniqueKey<T>> key = type.uniqueKeys().stream()
                .filter(candidate -> candidate.name().equals(keyName))
                .findFirst();
        if (key.isEmpty()) {
            List<T> found = findAll(entities.stream().map(type::idOf).distinct().toList());
            return found.isEmpty() ? null : type.idOf(found.get(0));
        }
        Map<List<Object>, UUID> wanted = new LinkedHashMap<>();
        for (T entity : entities) {
            key.get().valuesOf(entity).forEach(values -> wanted.putIfAbsent(values, type.idOf(entity)));
        }
        Map<List<Object>, UUID> holders = holders(key.get(), List.copyOf(wanted.keySet()));
        for (Map.Entry<List<Object>, UUID> entry : wanted.entrySet()) {
            UUID holder = holders.get(entry.getKey());
            if (holder != null && !holder.equals(entry.getValue())) {
                return holder;
            }
        }
        return null;
    }

    // Writing

    void insert(List<Row<T>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
            int pending = 0;
            for (Row<T> row : rows) {
                bindInsert(statement, row);
                statement.addBatch();
                if (++pending == BATCH) {
                    statement.executeBatch();
                    pending = 0;
                }
            }
            if (pending > 0) {
                statement.executeBatch();
            }
        }
        for (int i = 0; i < table.sets().size(); i++) {
            insertElements(i, rows, row -> true);
        }
    }

    /** Inserts those that meet no record with the same values of a unique key, and gives their ids. */
    Set<UUID> insertWithout(UniqueKey<T> key, List<Row<T>> rows) throws SQLException {
        Set<UUID> inserted = new HashSet<>();
        String sql = table.insert() + " on conflict (" + scope.tables().log().tenant()
                + String.join(
                        "",
                        table.keyColumns(key).stream()
                                .map(column -> ", " + column.name())
                                .toList())
                + ") do nothing";
        try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"id"})) {
            for (int from = 0; from < rows.size(); from += BATCH) {
                for (Row<T> row : rows.subList(from, Math.min(rows.size(), from + BATCH))) {
                    bindInsert(statement, row);
                    statement.addBatch();
                }
                statement.executeBatch();
                try (ResultSet keys = statement.getGeneratedKeys()) {
                    while (keys.next()) {
                        inserted.add(keys.getObject(1, UUID.class));
                    }
                }
            }
        }
        for (int i = 0; i < table.sets().size(); i++) {
            insertElements(i, rows, row -> inserted.contains(row.id()));
        }
        return inserted;
    }

    private void bindInsert(PreparedStatement statement, Row<T> row) throws SQLException {
        statement.setString(1, tenant);
        statement.setObject(2, row.id());
        statement.setLong(3, 1);
        bindValues(statement, 4, row.stored());
    }

    private int bindValues(PreparedStatement statement, int first, StoredRecord stored) throws SQLException {
        int index = first;
        List<Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            dialect().bind(statement, index++, columns.get(i).kind(), stored.values()[i]);
        }
        if (type.hasBody()) {
            statement.setString(index++, stored.body());
            statement.setInt(index++, stored.schema());
        }
        return index;
    }

    private void insertElements(int set, List<Row<T>> rows, Predicate<Row<T>> which) throws SQLException {
        SetTable side = table.sets().get(set);
        PreparedStatement statement = null;
        try {
            int pending = 0;
            for (Row<T> row : rows) {
                List<@Nullable Object[]> elements = row.stored().sets().get(set);
                if (elements.isEmpty() || !which.test(row)) {
                    continue;
                }
                if (statement == null) {
                    statement = connection.prepareStatement(side.insert());
                }
                for (int ordinal = 0; ordinal < elements.size(); ordinal++) {
                    bindElement(statement, side, row.id(), ordinal, elements.get(ordinal));
                    statement.addBatch();
                    if (++pending == BATCH) {
                        statement.executeBatch();
                        pending = 0;
                    }
                }
            }
            if (statement != null && pending > 0) {
                statement.executeBatch();
            }
        } finally {
            if (statement != null) {
                statement.close();
            }
        }
    }

    private void bindElement(
            PreparedStatement statement, SetTable side, UUID owner, int ordinal, @Nullable Object[] element)
            throws SQLException {
        statement.setString(1, tenant);
        statement.setObject(2, owner);
        statement.setInt(3, ordinal);
        for (int i = 0; i < element.length; i++) {
            dialect().bind(statement, 4 + i, side.columns().get(i).kind(), element[i]);
        }
    }

    void update(List<Row<T>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.update())) {
            for (int from = 0; from < rows.size(); from += BATCH) {
                List<Row<T>> batch = rows.subList(from, Math.min(rows.size(), from + BATCH));
                for (Row<T> row : batch) {
                    int index = bindValues(statement, 1, row.stored());
                    statement.setString(index, tenant);
                    statement.setObject(index + 1, row.id());
                    statement.setLong(index + 2, row.stored().version());
                    statement.addBatch();
                }
                requireAllUpdated(batch, statement.executeBatch());
            }
        }
        if (!table.sets().isEmpty()) {
            updateElements(rows);
        }
    }

    private void requireAllUpdated(List<Row<T>> batch, int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                StoredRecord stale = batch.get(i).stored();
                throw new ConflictException(type.name(), stale.id(), stale.version());
            }
        }
    }

    /** Writes the elements of those records again whose elements are others now; the records are locked already. */
    private void updateElements(List<Row<T>> rows) throws SQLException {
        Map<UUID, List<List<@Nullable Object[]>>> kept =
                elementsOf(rows.stream().map(Row::id).distinct().toList());
        List<Set<UUID>> changed = new ArrayList<>();
        for (int i = 0; i < table.sets().size(); i++) {
            Set<UUID> owners = new HashSet<>();
            for (Row<T> row : rows) {
                List<List<@Nullable Object[]>> sets = kept.get(row.id());
                if (!same(
                        sets == null ? List.of() : sets.get(i),
                        row.stored().sets().get(i))) {
                    owners.add(row.id());
                }
            }
            changed.add(owners);
            deleteElements(table.sets().get(i), owners);
        }
        for (int i = 0; i < table.sets().size(); i++) {
            Set<UUID> owners = changed.get(i);
            if (!owners.isEmpty()) {
                insertElements(i, rows, row -> owners.contains(row.id()));
            }
        }
    }

    private Map<UUID, List<List<@Nullable Object[]>>> elementsOf(List<UUID> ids) throws SQLException {
        Sql sql = new Sql();
        addElements(sql, ids, false);
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet found = statement.executeQuery()) {
            return table.layout().readElements(found);
        }
    }

    private static boolean same(List<@Nullable Object[]> a, List<@Nullable Object[]> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!Arrays.equals(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void deleteElements(SetTable side, Set<UUID> owners) throws SQLException {
        if (owners.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(side.delete())) {
            for (UUID owner : owners) {
                statement.setString(1, tenant);
                statement.setObject(2, owner);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Deletes a record, and by the database's own rule its elements; false where it is not at that version. */
    boolean delete(UUID id, long version) throws SQLException {
        String sql =
                "delete from " + table.name() + " where " + scope.tables().log().tenant() + " = ? and "
                        + dialect().quote("id") + " = ? and " + dialect().quote("version") + " = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setObject(2, id);
            statement.setLong(3, version);
            return statement.executeUpdate() == 1;
        }
    }

    boolean hasOnConflict() {
        return dialect().hasOnConflict();
    }

    /** The name of the unique key that a duplicate was refused for, null for none of this type's. */
    @Nullable
    String keyRefused(SQLException refusal) {
        return table.keyOf(dialect().violated(refusal));
    }
}
