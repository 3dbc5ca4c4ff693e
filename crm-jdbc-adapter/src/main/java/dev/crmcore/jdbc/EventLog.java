package dev.crmcore.jdbc;

import dev.crmcore.context.TenantId;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.value.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log and the list of tenants.
 *
 * <p>A writer appends events without a position: sequences follow the order of writing, and what was written first may
 * be committed last. A reader first gives positions to what is committed by then, in a transaction of its own that holds
 * the tenant's row, so that one reader at a time does so and each goes on after the last position of the one before.
 * Nothing can therefore appear at or before a position that was readable. Thread-safe.
 */
final class EventLog {

    private final Dialect dialect;
    private final LogTables tables;

    /** Tenants whose row is committed for certain: what a host's transaction shows may be rolled back with it. */
    private final Set<TenantId> known = ConcurrentHashMap.newKeySet();

    private final String insert;
    private final String columns;

    EventLog(Dialect dialect, LogTables tables) {
        this.dialect = dialect;
        this.tables = tables;
        List<String> names = List.of(
                        "id",
                        "type",
                        "occurred_at",
                        "subject_type",
                        "subject_id",
                        "actor",
                        "reason",
                        "correlation_id",
                        "causation_id",
                        "data")
                .stream()
                .map(dialect::quote)
                .toList();
        this.columns = String.join(", ", names);
        this.insert = "insert into " + tables.events() + " (" + tables.tenant() + ", " + columns + ") values (?, "
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
    }

    // Tenants

    /**
     * Notes that a tenant has written, at the end of its transaction and only until that is known: earlier, writers of a
     * new tenant would wait for each other. Not needed where a host's transaction appended events: by them the tenant is
     * found, and a row of a transaction whose end is the host's would make others wait for as long as that takes, for
     * ever where the host has suspended it on the same thread.
     */
    void register(Connection connection, TenantId tenant) throws SQLException {
        if (!known.contains(tenant)) {
            insertTenant(connection, tenant);
        }
    }

    private void insertTenant(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.insertTenant(tables))) {
            statement.setString(1, tenant.value());
            statement.executeUpdate();
        } catch (SQLException e) {
            if (!dialect.isDuplicate(e)) {
                throw e;
            }
        }
    }

    /** A transaction of the store's own that registered the tenant is committed. */
    void remember(TenantId tenant) {
        known.add(tenant);
    }

    /** Those with a row and those with events; on a connection of the store's own, where all that is seen is committed. */
    List<TenantId> tenants(Connection connection) throws SQLException {
        SortedSet<TenantId> tenants = new TreeSet<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("select " + tables.tenant() + " from " + tables.tenants());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                tenants.add(TenantId.of(rows.getString(1)));
            }
        }
        known.addAll(tenants);
        addTenantsWithEvents(connection, tenants);
        return List.copyOf(tenants);
    }

    /** From tenant to tenant along an index, one row each: the log may have millions. */
    private void addTenantsWithEvents(Connection connection, Set<TenantId> tenants) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + tables.tenant() + " from "
                + tables.events() + " where " + tables.tenant() + " > ? order by " + tables.tenant() + " limit 1")) {
            for (String last = ""; last != null; ) {
                statement.setString(1, last);
                try (ResultSet rows = statement.executeQuery()) {
                    last = rows.next() ? rows.getString(1) : null;
                }
                if (last != null) {
                    tenants.add(TenantId.of(last));
                }
            }
        }
    }

    // Writing

    void append(Connection connection, TenantId tenant, List<EventRecord> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (EventRecord event : events) {
                bind(statement, tenant, event);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, TenantId tenant, EventRecord event) throws SQLException {
        statement.setString(1, tenant.value());
        statement.setObject(2, event.id());
        statement.setString(3, event.type());
        statement.setObject(4, Dialect.utc(event.time()));
        statement.setString(5, event.subjectType());
        statement.setObject(6, event.subjectId());
        statement.setString(7, event.actor());
        statement.setString(8, event.reason());
        statement.setString(9, event.correlationId().orElse(null));
        UUID cause = event.causationId().orElse(null);
        if (cause == null) {
            statement.setNull(10, Types.OTHER);
        } else {
            statement.setObject(10, cause);
        }
        statement.setString(11, event.data().isEmpty() ? null : event.data().toJson());
    }

    // Reading

    List<LoggedEvent> read(Connection connection, TenantId tenant, LogQuery query) throws SQLException {
        if (hasNew(connection, tenant)) {
            position(connection, tenant);
        }
        Sql sql = new Sql()
                .add("select " + tables.position() + ", " + columns + " from " + tables.events() + " where "
                        + tables.tenant() + " = ")
                .add(Binding.text(tenant.value()))
                .add(" and " + tables.position() + " > ")
                .add(Binding.number(query.after().value()));
        query.subject()
                .ifPresent(id ->
                        sql.add(" and " + dialect.quote("subject_id") + " = ").add(Binding.object(id)));
        query.actor()
                .ifPresent(
                        key -> sql.add(" and " + dialect.quote("actor") + " = ").add(Binding.text(key)));
        sql.add(" order by " + tables.position() + " limit ").add(Binding.number(query.limit()));
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<LoggedEvent> events = new ArrayList<>();
            while (rows.next()) {
                events.add(new LoggedEvent(new LogPosition(rows.getLong(1)), read(rows)));
            }
            return List.copyOf(events);
        }
    }

    private static EventRecord read(ResultSet rows) throws SQLException {
        String data = rows.getString(11);
        return EventRecord.builder(
                        rows.getObject(2, UUID.class),
                        rows.getString(3),
                        rows.getObject(4, OffsetDateTime.class).toInstant())
                .about(rows.getString(5), rows.getObject(6, UUID.class))
                .causedBy(rows.getString(7), rows.getString(8))
                .correlationId(rows.getString(9))
                .causationId(rows.getObject(10, UUID.class))
                .data(data == null ? JsonObject.empty() : JsonObject.parse(data))
                .build();
    }

    private boolean hasNew(Connection connection, TenantId tenant) throws SQLException {
        String sql = "select 1 from " + tables.events() + " where " + tables.tenant() + " = ? and " + tables.position()
                + " is null limit 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The locked pass; committed before anything is read, so that no position is seen that could be taken back. */
    private void position(Connection connection, TenantId tenant) throws SQLException {
        long last = lockLast(connection, tenant);
        Sql sql = new Sql();
        dialect.positionEvents(sql, tables, tenant.value(), last);
        long positioned;
        try (PreparedStatement statement = sql.prepare(connection)) {
            positioned = statement.executeLargeUpdate();
        }
        if (positioned > 0) {
            try (PreparedStatement statement = connection.prepareStatement("update " + tables.tenants() + " set "
                    + tables.position() + " = ? where " + tables.tenant() + " = ?")) {
                statement.setLong(1, last + positioned);
                statement.setString(2, tenant.value());
                statement.executeUpdate();
            }
        }
        connection.commit();
        known.add(tenant);
    }

    /** Locks the tenant's row, and makes it where a host's transaction has written the first events. */
    private long lockLast(Connection connection, TenantId tenant) throws SQLException {
        OptionalLong last = lock(connection, tenant);
        if (last.isPresent()) {
            return last.getAsLong();
        }
        insertTenant(connection, tenant);
        lock(connection, tenant);
        return number(
                        connection,
                        "select max(" + tables.position() + ") from " + tables.events() + " where " + tables.tenant()
                                + " = ?",
                        tenant)
                .orElse(0);
    }

    private OptionalLong lock(Connection connection, TenantId tenant) throws SQLException {
        return number(
                connection,
                "select " + tables.position() + " from " + tables.tenants() + " where " + tables.tenant()
                        + " = ? for update",
                tenant);
    }

    private static OptionalLong number(Connection connection, String sql, TenantId tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return OptionalLong.empty();
                }
                long number = rows.getLong(1);
                return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }
}
