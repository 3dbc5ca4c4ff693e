package dev.crmcore.jdbc;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.EntityId;
import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.SetField;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.Lease;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.UniqueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction on one connection: what may be called when, savepoints, and what a refusal means. */
final class JdbcTransaction implements StoreTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTransaction.class);

    /** Work with the database. */
    @FunctionalInterface
    interface Work<R> {
        R run() throws SQLException;
    }

    private final JdbcStore store;
    private final Connection connection;
    private final boolean joined;
    private final TenantId tenant;
    private final ConditionSql.Scope scope;
    private final Failures failures;
    private final Thread thread = Thread.currentThread();
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private final List<AfterCommit> afterCommit = new ArrayList<>();
    private @Nullable CrmException failure;
    private @Nullable RowCursor cursor;
    private boolean hasWritten;
    private boolean hasAppended;
    private boolean ended;

    JdbcTransaction(JdbcStore store, Connection connection, boolean joined, TenantId tenant) {
        this.store = store;
        this.connection = connection;
        this.joined = joined;
        this.tenant = tenant;
        this.scope = new ConditionSql.Scope(store.tables(), tenant.value());
        this.failures = store.failures();
    }

    /** An action that waits for the commit, unless the nested work that registered it is undone. */
    private static final class AfterCommit implements Runnable {

        private final Runnable action;
        private boolean cancelled;

        AfterCommit(Runnable action) {
            this.action = action;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // even an Error: what is committed must not be taken as failed
        public void run() {
            if (cancelled) {
                return;
            }
            try {
                action.run();
            } catch (Throwable e) {
                // Its message may be somebody's personal data: the class and the place are enough to find it
                StackTraceElement[] trace = e.getStackTrace();
                LOG.warn(
                        "after-commit action failed: {} at {}",
                        e.getClass().getName(),
                        trace.length == 0 ? "unknown" : trace[0]);
            }
        }
    }

    // Life

    private void requireUsable() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        } else if (!thread.equals(Thread.currentThread())) {
            throw new IllegalStateException("a transaction belongs to the thread on which its work runs");
        } else if (cursor != null) {
            throw new IllegalStateException("a cursor of the transaction is open: close it first");
        } else if (failure != null) {
            throw new IllegalStateException("the transaction failed and can only be rolled back", failure);
        }
    }

    /** What there is to do before the commit, be it ours or the host's. */
    void complete() {
        CrmException failed = failure;
        if (failed != null) {
            throw failed;
        }
        closeCursor();
        if (hasWritten && !(joined && hasAppended)) {
            perform("register the tenant", () -> store.log().register(connection, tenant));
        }
    }

    void committed() {
        if (hasWritten) {
            store.log().remember(tenant);
        }
    }

    void runAfterCommit() {
        afterCommit.forEach(AfterCommit::run);
    }

    void end() {
        ended = true;
        try {
            closeCursor();
        } catch (CrmException e) {
            LOG.debug("a cursor that was left open could not be closed", e);
        }
    }

    private void closeCursor() {
        RowCursor open = cursor;
        if (open != null) {
            open.close();
        }
    }

    /** Runs one operation. What the database refuses ends the transaction. */
    private <R> R run(String what, Work<R> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            CrmException refused = failures.of(what, e);
            failure = refused;
            throw refused;
        } catch (CrmException e) {
            failure = e;
            throw e;
        }
    }

    /** Work with the database that gives nothing. */
    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    private void perform(String what, Action action) {
        run(what, () -> {
            action.run();
            return what;
        });
    }

    /** Runs an operation that writes, and names the unique key where one is taken. */
    private <T, R> R write(String what, EntityTable<T> table, List<T> entities, Work<R> work) {
        hasWritten = true;
        return run(what, () -> {
            try {
                return work.run();
            } catch (SQLException e) {
                SQLException refusal = failures.duplicate(e);
                if (refusal == null) {
                    throw e;
                }
                String key = table.keyOf(dialect().violated(refusal));
                if (key == null) {
                    throw e;
                }
                throw new DuplicateException(
                        table.type().name(), key, holder(table, key, entities), WithheldValues.in(refusal));
            }
        });
    }

    /** Who has the key, where that can be asked: a failed transaction of PostgreSQL answers only after a rollback. */
    private <T> @Nullable UUID holder(EntityTable<T> table, String key, List<T> entities) throws SQLException {
        if (entities.isEmpty() || !answersAgain()) {
            return null;
        }
        return new Records<>(scope, connection, table).holder(key, entities);
    }

    private boolean answersAgain() throws SQLException {
        if (dialect().survivesFailure()) {
            return true;
        } else if (!savepoints.isEmpty()) {
            connection.rollback(savepoints.getLast());
        } else if (!joined) {
            connection.rollback();
        } else {
            return false;
        }
        return true;
    }

    private Dialect dialect() {
        return scope.dialect();
    }

    private <T> Records<T> records(EntityType<T> type) {
        return new Records<>(scope, connection, scope.tables().of(type));
    }

    private <T> Records<T> records(Query<T> query) {
        return records(EntityType.of(query));
    }

    private static List<UUID> values(Collection<? extends EntityId> ids) {
        return ids.stream().map(EntityId::value).distinct().toList();
    }

    // Reading

    @Override
    public <T> Optional<T> find(EntityType<T> type, EntityId id) {
        requireUsable();
        Records<T> records = records(type);
        return run("find " + type, () -> records.find(id.value()));
    }

    @Override
    public <T> List<T> findAll(EntityType<T> type, Collection<? extends EntityId> ids) {
        requireUsable();
        Records<T> records = records(type);
        List<UUID> wanted = values(ids);
        return run("find " + type, () -> records.findAll(wanted));
    }

    @Override
    public <T> Optional<T> lock(EntityType<T> type, EntityId id) {
        requireUsable();
        Records<T> records = records(type);
        return run("lock " + type, () -> records.lock(id.value()));
    }

    @Override
    public <T> List<T> list(Query<T> query) {
        requireUsable();
        Records<T> records = records(query);
        return run("list " + query.type().name(), () -> records.list(query));
    }

    @Override
    public <T> long count(Query<T> query) {
        requireUsable();
        Sql sql = new Sql();
        EntityTable<T> table = table(query);
        new QuerySql<>(scope, table, query, "t").where(sql.add("select count(*) from " + table.name() + " t"));
        return run("count " + query.type().name(), () -> {
            try (PreparedStatement statement = sql.prepare(connection);
                    var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private <T> EntityTable<T> table(Query<T> query) {
        return scope.tables().of(EntityType.of(query));
    }

    @Override
    public <T> RowCursor scan(Query<T> query, List<Field<T, ?>> columns) {
        requireUsable();
        return open(query, new ColumnQueries<>(scope, table(query), query).scan(columns));
    }

    @Override
    public <T, E> RowCursor scanElements(
            Query<T> query, SetField<T, E> set, List<Field<T, ?>> columns, List<Field<E, ?>> elementColumns) {
        requireUsable();
        return open(query, new ColumnQueries<>(scope, table(query), query).scanElements(set, columns, elementColumns));
    }

    @Override
    public <T> RowCursor group(Query<T> query, List<Field<T, ?>> keys, List<Aggregate<T>> aggregates) {
        requireUsable();
        return open(query, new ColumnQueries<>(scope, table(query), query).group(keys, aggregates));
    }

    private RowCursor open(Query<?> query, ColumnQueries.Columnar columnar) {
        return run("scan " + query.type().name(), () -> {
            PreparedStatement statement = columnar.sql().prepare(connection);
            try {
                statement.setFetchSize(store.fetchSize());
                RowCursor opened = new ResultCursor(
                        statement, statement.executeQuery(), columnar.shapes(), failures, () -> cursor = null);
                cursor = opened;
                return opened;
            } catch (SQLException | RuntimeException e) {
                statement.close();
                throw e;
            }
        });
    }

    // Writing

    @Override
    public <T> List<T> insert(EntityType<T> type, List<T> entities) {
        requireUsable();
        Records<T> records = records(type);
        if (entities.isEmpty()) {
            return List.of();
        }
        List<T> given = List.copyOf(entities);
        List<Row<T>> rows = Row.of(type, given);
        return write("insert " + type, records.table(), given, () -> {
            records.insert(rows);
            return Row.entitiesAt(type, rows, 1);
        });
    }

    @Override
    public <T> List<Inserted<T>> insertIfAbsent(EntityType<T> type, List<T> entities, UniqueKey<T> key) {
        requireUsable();
        Records<T> records = records(type);
        if (!type.uniqueKeys().contains(key)) {
            throw new IllegalArgumentException(type + " does not declare unique key '" + key + "'");
        }
        if (entities.isEmpty()) {
            return List.of();
        }
        List<T> given = List.copyOf(entities);
        InsertIfAbsent<T> insertion = new InsertIfAbsent<>(records, connection, key, Row.of(type, given), failures);
        return write("insert " + type, records.table(), given, insertion::run);
    }

    @Override
    public <T> List<T> update(EntityType<T> type, List<T> entities) {
        requireUsable();
        Records<T> records = records(type);
        requireChangeable(type);
        if (entities.isEmpty()) {
            return List.of();
        }
        List<T> given = List.copyOf(entities);
        List<Row<T>> rows = Row.of(type, given);
        return write("update " + type, records.table(), given, () -> {
            records.update(rows);
            return rows.stream()
                    .map(row -> type.withVersion(row.entity(), row.stored().version() + 1))
                    .toList();
        });
    }

    private static void requireChangeable(EntityType<?> type) {
        if (type.isAppendOnly()) {
            throw new IllegalStateException(type + " is append-only");
        }
    }

    @Override
    public <T> void delete(EntityType<T> type, EntityId id, long expectedVersion) {
        requireUsable();
        Records<T> records = records(type);
        requireChangeable(type);
        UUID deleted = id.value();
        hasWritten = true;
        perform("delete " + type, () -> {
            if (!records.delete(deleted, expectedVersion)) {
                throw new ConflictException(type.name(), deleted, expectedVersion);
            }
        });
    }

    @Override
    public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
        requireUsable();
        QuerySql.requireUnordered(query);
        EntityTable<T> table = table(query);
        SetBased<T> update = new SetBased<>(scope, connection, table, query);
        SetBased.Changes<T> checked = update.check(changes);
        return write("update " + table.type(), table, List.of(), () -> update.update(checked));
    }

    @Override
    public <T> long deleteAll(Query<T> query) {
        requireUsable();
        QuerySql.requireUnordered(query);
        EntityTable<T> table = table(query);
        SetBased<T> deletion = new SetBased<>(scope, connection, table, query);
        return write("delete " + table.type(), table, List.of(), deletion::delete);
    }

    @Override
    public <T> List<T> claim(Query<T> query, Lease lease) {
        requireUsable();
        EntityTable<T> table = table(query);
        if (!table.type().isClaimable()) {
            throw new IllegalStateException(table.type() + " is not claimable");
        }
        Claim<T> claim = new Claim<>(scope, connection, table, query, lease);
        return write("claim " + table.type(), table, List.of(), () -> {
            List<UUID> taken = claim.take();
            return new Records<>(scope, connection, table).findAll(taken);
        });
    }

    @Override
    public void append(List<EventRecord> events) {
        requireUsable();
        List<EventRecord> given = List.copyOf(events);
        if (given.isEmpty()) {
            return;
        }
        hasWritten = true;
        hasAppended = true;
        perform("append events", () -> {
            try {
                store.log().append(connection, tenant, given);
            } catch (SQLException e) {
                SQLException refusal = failures.duplicate(e);
                if (refusal == null) {
                    throw e;
                }
                throw new DuplicateException("event", "id", null, WithheldValues.in(refusal));
            }
        });
    }

    // Savepoints and the end

    @Override
    public <R> R nested(Supplier<R> work) {
        requireUsable();
        Savepoint savepoint = run("set a savepoint", connection::setSavepoint);
        savepoints.addLast(savepoint);
        int actionsBefore = afterCommit.size();
        boolean done = false;
        try {
            R result = work.get();
            CrmException swallowed = failure;
            if (swallowed != null) {
                throw swallowed;
            }
            done = true;
            return result;
        } finally {
            savepoints.removeLast();
            if (done) {
                release(savepoint);
            } else {
                undoTo(savepoint, actionsBefore);
            }
        }
    }

    private void release(Savepoint savepoint) {
        closeCursor();
        perform("release a savepoint", () -> connection.releaseSavepoint(savepoint));
    }

    private void undoTo(Savepoint savepoint, int actionsBefore) {
        List<AfterCommit> undone = afterCommit.subList(actionsBefore, afterCommit.size());
        undone.forEach(action -> action.cancelled = true);
        undone.clear();
        try {
            closeCursor();
            connection.rollback(savepoint);
            failure = null;
        } catch (SQLException | StoreException e) {
            // The work's own exception is on its way and says more; the transaction is lost all the same
            CrmException lost =
                    e instanceof SQLException sql ? failures.of("roll back to a savepoint", sql) : (StoreException) e;
            failure = lost;
        }
    }

    @Override
    public boolean afterCommit(Runnable action) {
        requireUsable();
        AfterCommit waiting = new AfterCommit(Objects.requireNonNull(action, "action"));
        if (joined && !store.connections().afterCommit(waiting)) {
            return false;
        }
        return afterCommit.add(waiting);
    }

    @Override
    public boolean isJoined() {
        return joined;
    }
}
