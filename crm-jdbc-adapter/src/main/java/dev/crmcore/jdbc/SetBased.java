package dev.crmcore.jdbc;

import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes and deletions of all records that a query finds.
 *
 * @param <T> the record
 */
final class SetBased<T> {

    private static final int BATCH = 1_000;

    private final ConditionSql.Scope scope;
    private final Connection connection;
    private final EntityTable<T> table;
    private final Query<T> query;

    SetBased(ConditionSql.Scope scope, Connection connection, EntityTable<T> table, Query<T> query) {
        this.scope = scope;
        this.connection = connection;
        this.table = table;
        this.query = query;
    }

    /**
     * Assignments by where they are made.
     *
     * @param values new values by column, the last for each; null for absent
     * @param clearsBody whether the body goes
     * @param elements what is done in side tables, in order
     * @param <T> the record
     */
    record Changes<T>(Map<Column, @Nullable Object> values, boolean clearsBody, List<Assignment<T>> elements) {}

    Changes<T> check(List<Assignment<T>> assignments) {
        EntityType<T> type = table.type();
        if (assignments.isEmpty()) {
            throw new IllegalArgumentException("an update of " + type + " assigns nothing");
        }
        Map<Column, @Nullable Object> values = new LinkedHashMap<>();
        List<Assignment<T>> elements = new ArrayList<>();
        boolean clearsBody = false;
        for (Assignment<T> assignment : assignments) {
            type.requireStorable(assignment);
            if (assignment instanceof Assignment.SetValue<T> value) {
                int unused = type.position(value.field()); // refuses the id
                values.put(table.column(value.field()), value.value());
            } else if (assignment instanceof Assignment.ReplaceInSet<T, ?> replace) {
                SetTable unused = table.table(replace.set());
                elements.add(assignment);
            } else if (assignment instanceof Assignment.ClearSet<T> clear) {
                SetTable unused = table.table(clear.set());
                elements.add(assignment);
            } else {
                clearsBody = type.hasBody();
            }
        }
        return new Changes<>(values, clearsBody, elements);
    }

    private Dialect dialect() {
        return scope.dialect();
    }

    /**
     * One statement on the records, and one for each assignment to elements: on the very records that the first one
     * changed, whether or not they would still be found.
     */
    long update(Changes<T> changes) throws SQLException {
        String version = dialect().quote("version");
        Sql sql = new Sql().add("update " + table.name() + " t set " + version + " = t." + version + " + 1");
        changes.values().forEach((column, value) -> {
            sql.add(", " + column.name() + " = ");
            sql.add((statement, index) -> dialect().bind(statement, index, column.kind(), value));
        });
        if (changes.clearsBody()) {
            sql.add(", " + dialect().quote("body") + " = null");
        }
        new QuerySql<>(scope, table, query, "t").whereAlone(sql);
        if (changes.elements().isEmpty()) {
            return execute(sql);
        }
        List<UUID> changed = executeReturning(sql);
        for (Assignment<T> assignment : changes.elements()) {
            change(assignment, changed);
        }
        return changed.size();
    }

    private long execute(Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.executeLargeUpdate();
        }
    }

    private List<UUID> executeReturning(Sql sql) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        String text = dialect().returning(sql.text(), dialect().quote("id"));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            sql.bindAll(statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return ids;
    }

    private void change(Assignment<T> assignment, List<UUID> owners) throws SQLException {
        if (assignment instanceof Assignment.ReplaceInSet<T, ?> replace) {
            SetTable side = table.table(replace.set());
            Column column = side.column(replace.field());
            String sql = "update " + side.name() + " set " + column.name() + " = ? where " + side.owned() + " and "
                    + column.name() + " = ?";
            eachOwner(sql, owners, (statement, owner) -> {
                dialect().bind(statement, 1, column.kind(), replace.to());
                bindOwner(statement, 2, owner);
                dialect().bind(statement, 4, column.kind(), replace.from());
            });
        } else if (assignment instanceof Assignment.ClearSet<T> clear) {
            eachOwner(table.table(clear.set()).delete(), owners, (statement, owner) -> bindOwner(statement, 1, owner));
        }
    }

    private void bindOwner(PreparedStatement statement, int index, UUID owner) throws SQLException {
        statement.setString(index, scope.tenant());
        statement.setObject(index + 1, owner);
    }

    @FunctionalInterface
    private interface OwnerBinding {
        void bind(PreparedStatement statement, UUID owner) throws SQLException;
    }

    private void eachOwner(String sql, List<UUID> owners, OwnerBinding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int pending = 0;
            for (UUID owner : owners) {
                binding.bind(statement, owner);
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
    }

    long delete() throws SQLException {
        Sql sql = new Sql().add("delete from " + table.name() + " t");
        return execute(new QuerySql<>(scope, table, query, "t").whereAlone(sql));
    }
}
