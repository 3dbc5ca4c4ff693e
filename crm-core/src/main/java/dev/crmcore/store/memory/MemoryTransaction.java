package dev.crmcore.store.memory;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.EntityId;
import dev.crmcore.internal.failure.FailurePlace;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.Lease;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.UniqueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction: what it has written, which records it holds, and what is to happen at its end. */
final class MemoryTransaction implements StoreTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryStore.class);

    private final TenantRecords tenant;
    private final RecordLocks locks;
    private final VisitCounter counter;
    private final Thread thread = Thread.currentThread();

    private Map<Table<?>, OwnWrites<?>> writes = Map.of();
    private List<EventRecord> events = List.of();
    private List<Runnable> afterCommit = List.of();
    private List<Object> held = List.of();

    /** What undoes the writes of nested work, the last write first; kept only while there is nested work. */
    private List<Runnable> undo = List.of();

    private int depth;
    private @Nullable MemoryCursor openCursor;
    private @Nullable CrmException failure;
    private boolean ended;

    /** A record that is locked. */
    private record RecordKey(Table<?> table, UUID id) {}

    /** A unique key that is locked. */
    private record UniqueValue(Table<?> table, int key, Object value) {}

    MemoryTransaction(TenantRecords tenant, RecordLocks locks, VisitCounter counter) {
        this.tenant = tenant;
        this.locks = locks;
        this.counter = counter;
    }

    // The end

    void commit() {
        CrmException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (!writes.isEmpty() || !events.isEmpty()) {
            tenant.commit(writes.values(), events);
        }
        end();
    }

    void rollBack() {
        afterCommit = List.of();
        end();
    }

    private void end() {
        ended = true;
        closeCursor();
        if (!held.isEmpty()) {
            locks.release(this, held);
        }
    }

    @SuppressWarnings("CatchingUnchecked") // even an Error: what is committed must not be taken as failed
    void runAfterCommit() {
        for (Runnable action : afterCommit) {
            try {
                action.run();
            } catch (Throwable e) {
                LOG.warn("after-commit action failed: {}", FailurePlace.of(e));
            }
        }
    }

    // Locks

    Thread thread() {
        return thread;
    }

    void holds(Object key) {
        if (held.isEmpty()) {
            held = new ArrayList<>();
        }
        held.add(key);
    }

    /** Gives back what was taken since so many locks were held. */
    private void giveBackTo(int count) {
        if (held.size() == count) {
            return;
        }
        List<Object> since = held.subList(count, held.size());
        List<Object> keys = List.copyOf(since);
        since.clear();
        locks.release(this, keys);
    }

    // What may be called when

    private void requireUsable() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        } else if (!thread.equals(Thread.currentThread())) {
            throw new IllegalStateException("a transaction belongs to the thread on which its work runs");
        } else if (openCursor != null) {
            throw new IllegalStateException("a cursor of the transaction is open: close it first");
        } else if (failure != null) {
            throw new IllegalStateException("the transaction failed and can only be rolled back", failure);
        }
    }

    /** Runs what may wait for others or be refused: after that the transaction can only roll back. */
    private <R> R refusable(Supplier<R> operation) {
        try {
            return operation.get();
        } catch (CrmException e) {
            failure = e;
            throw e;
        }
    }

    // Views

    <T> Table<T> committed(EntityType<T> type) {
        return tenant.table(type);
    }

    @SuppressWarnings("unchecked") // writes are kept under the table to which they belong
    <T> @Nullable OwnWrites<T> ownWrites(Table<T> table) {
        return (OwnWrites<T>) writes.get(table);
    }

    private <T> void write(Table<T> table, UUID id, @Nullable Entry<T> entry) {
        OwnWrites<T> own = ownWrites(table);
        if (own == null) {
            own = new OwnWrites<>(table);
            if (writes.isEmpty()) {
                writes = new HashMap<>();
            }
            writes.put(table, own);
        }
        Runnable undoing = own.write(id, entry);
        if (depth > 0) {
            if (undo.isEmpty()) {
                undo = new ArrayList<>();
            }
            undo.add(undoing);
        }
    }

    private <T> @Nullable Entry<T> current(Table<T> table, UUID id) {
        OwnWrites<T> own = ownWrites(table);
        return own != null && own.hides(id) ? own.table().get(id) : tenant.find(table, id);
    }

    private <T> @Nullable Entry<T> holderOf(Table<T> table, int key, Object value) {
        OwnWrites<T> own = ownWrites(table);
        if (own == null) {
            return table.holderOf(key, value);
        }
        Entry<T> written = own.table().holderOf(key, value);
        if (written != null) {
            return written;
        }
        Entry<T> committed = table.holderOf(key, value);
        return committed == null || own.hides(committed.id) ? null : committed;
    }

    private <R> R selecting(Function<Selection, R> reader) {
        Selection selection = new Selection(this);
        try {
            return tenant.reading(() -> reader.apply(selection));
        } finally {
            counter.add(selection.visited());
        }
    }

    private static <T> List<T> entities(List<Entry<T>> entries) {
        List<T> list = new ArrayList<>(entries.size());
        entries.forEach(entry -> list.add(entry.entity));
        return Collections.unmodifiableList(list);
    }

    // Reading

    @Override
    public <T> Optional<T> find(EntityType<T> type, EntityId id) {
        requireUsable();
        Entry<T> entry = current(committed(type), id.value());
        return entry == null ? Optional.empty() : Optional.of(entry.entity);
    }

    @Override
    public <T> List<T> findAll(EntityType<T> type, Collection<? extends EntityId> ids) {
        requireUsable();
        Table<T> table = committed(type);
        Set<UUID> wanted = new LinkedHashSet<>();
        ids.forEach(id -> wanted.add(id.value()));
        OwnWrites<T> own = ownWrites(table);
        return tenant.reading(() -> {
            List<T> found = new ArrayList<>(wanted.size());
            for (UUID id : wanted) {
                Entry<T> entry = own != null && own.hides(id) ? own.table().get(id) : table.get(id);
                if (entry != null) {
                    found.add(entry.entity);
                }
            }
            return Collections.unmodifiableList(found);
        });
    }

    @Override
    public <T> List<T> list(Query<T> query) {
        requireUsable();
        QueryCheck.check(query);
        return entities(selecting(selection -> selection.inOrder(query)));
    }

    @Override
    public <T> long count(Query<T> query) {
        requireUsable();
        EntityType<T> type = QueryCheck.check(query);
        return selecting(selection -> {
            if (query.where().equals(Condition.always())) {
                return size(committed(type));
            }
            long count = 0;
            for (Iterator<Entry<T>> found = selection.inAnyOrder(query); found.hasNext(); found.next()) {
                count++;
            }
            return count;
        });
    }

    private <T> long size(Table<T> table) {
        OwnWrites<T> own = ownWrites(table);
        return own == null
                ? table.size()
                : table.size() - own.hiddenCount() + own.table().size();
    }

    // Cursors

    @Override
    public <T> RowCursor scan(Query<T> query, List<Field<T, ?>> columns) {
        requireUsable();
        EntityType<T> type = QueryCheck.check(query);
        requireColumns(columns);
        columns.forEach(column -> QueryCheck.checkField(type, column));
        return open(new ColumnRows<>(type, entriesOf(query), columns));
    }

    @Override
    public <T, E> RowCursor scanElements(
            Query<T> query, SetField<T, E> set, List<Field<T, ?>> columns, List<Field<E, ?>> elementColumns) {
        requireUsable();
        EntityType<T> type = QueryCheck.check(query);
        QueryCheck.checkSet(type, set);
        requireColumns(elementColumns);
        columns.forEach(column -> QueryCheck.checkField(type, column));
        elementColumns.forEach(column -> QueryCheck.checkField(set.element(), column));
        ColumnRows<T> records = new ColumnRows<>(type, entriesOf(query), columns);
        return open(new ElementRows<>(records, columns.size(), set, List.copyOf(elementColumns)));
    }

    @Override
    public <T> RowCursor group(Query<T> query, List<Field<T, ?>> keys, List<Aggregate<T>> aggregates) {
        requireUsable();
        EntityType<T> type = QueryCheck.checkUnordered(query);
        keys.forEach(key -> QueryCheck.checkField(type, key));
        for (Aggregate<T> aggregate : aggregates) {
            Field<T, ?> field = aggregate.field();
            if (field != null) {
                QueryCheck.checkField(type, field);
            }
        }
        Grouping<T> grouping = new Grouping<>(type, List.copyOf(keys), List.copyOf(aggregates));
        return open(selecting(selection -> {
            grouping.addAll(selection.inAnyOrder(query));
            return grouping.rows();
        }));
    }

    private <T> List<Entry<T>> entriesOf(Query<T> query) {
        return selecting(selection -> selection.inOrder(query));
    }

    private static void requireColumns(List<?> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a scan reads at least one column");
        }
    }

    private RowCursor open(MemoryCursor.Rows rows) {
        MemoryCursor cursor = new MemoryCursor(rows, this::closed);
        openCursor = cursor;
        return cursor;
    }

    private void closed(MemoryCursor cursor) {
        if (openCursor == cursor) {
            openCursor = null;
        }
    }

    private void closeCursor() {
        if (openCursor != null) {
            openCursor.close();
        }
    }

    // Locking

    @Override
    public <T> Optional<T> lock(EntityType<T> type, EntityId id) {
        requireUsable();
        Table<T> table = committed(type);
        if (current(table, id.value()) == null) {
            return Optional.empty();
        }
        return refusable(() -> {
            RecordKey key = new RecordKey(table, id.value());
            boolean taken = locks.acquire(this, key);
            Entry<T> entry = current(table, id.value());
            if (entry == null && taken) {
                giveBackTo(held.size() - 1);
            }
            return entry == null ? Optional.<T>empty() : Optional.of(entry.entity);
        });
    }

    // Writing

    @Override
    public <T> List<T> insert(EntityType<T> type, List<T> entities) {
        requireUsable();
        Table<T> table = committed(type);
        List<Entry<T>> entries = fresh(type, entities);
        return refusable(() -> {
            entries.forEach(entry -> insert(table, entry));
            return entities(entries);
        });
    }

    private static <T> List<Entry<T>> fresh(EntityType<T> type, List<T> entities) {
        List<Entry<T>> entries = new ArrayList<>(entities.size());
        for (T entity : entities) {
            entries.add(Entry.of(type, entity, 1));
        }
        return entries;
    }

    private <T> void insert(Table<T> table, Entry<T> entry) {
        boolean unused = locks.acquire(this, new RecordKey(table, entry.id));
        if (current(table, entry.id) != null) {
            throw new DuplicateException(table.type().name(), "id", entry.id, null);
        }
        exchangeKeys(table, null, entry);
        write(table, entry.id, entry);
    }

    @Override
    public <T> List<Inserted<T>> insertIfAbsent(EntityType<T> type, List<T> entities, UniqueKey<T> key) {
        requireUsable();
        Table<T> table = committed(type);
        int keyIndex = type.uniqueKeys().indexOf(key);
        if (keyIndex < 0) {
            throw new IllegalArgumentException(type + " does not declare unique key '" + key + "'");
        }
        List<Entry<T>> entries = fresh(type, entities);
        return refusable(() -> {
            List<Inserted<T>> outcomes = new ArrayList<>(entries.size());
            for (Entry<T> entry : entries) {
                Entry<T> holder = awaitHolder(table, keyIndex, key, entry);
                if (holder == null) {
                    insert(table, entry);
                }
                outcomes.add(new Inserted<>(holder == null ? entry.entity : holder.entity, holder == null));
            }
            return Collections.unmodifiableList(outcomes);
        });
    }

    private <T> @Nullable Entry<T> awaitHolder(Table<T> table, int keyIndex, UniqueKey<T> key, Entry<T> entry) {
        for (List<Object> values : key.valuesOf(entry.entity)) {
            Object value = Indexes.keyOf(values);
            UniqueValue lock = new UniqueValue(table, keyIndex, value);
            boolean taken = locks.acquire(this, lock);
            Entry<T> holder = holderOf(table, keyIndex, value);
            if (holder != null) {
                if (taken) {
                    giveBackTo(held.size() - 1);
                }
                return holder;
            }
        }
        return null;
    }

    @Override
    public <T> List<T> update(EntityType<T> type, List<T> entities) {
        requireUsable();
        requireChangeable(type);
        Table<T> table = committed(type);
        List<Entry<T>> entries = new ArrayList<>(entities.size());
        for (T entity : entities) {
            entries.add(Entry.of(type, entity, type.versionOf(entity) + 1));
        }
        return refusable(() -> {
            entries.forEach(entry -> replace(table, lockedAt(table, entry.id, entry.version - 1), entry));
            return entities(entries);
        });
    }

    private static void requireChangeable(EntityType<?> type) {
        if (type.isAppendOnly()) {
            throw new IllegalStateException(type + " is append-only");
        }
    }

    private <T> Entry<T> lockedAt(Table<T> table, UUID id, long expectedVersion) {
        boolean unused = locks.acquire(this, new RecordKey(table, id));
        Entry<T> entry = current(table, id);
        if (entry == null || entry.version != expectedVersion) {
            throw new ConflictException(table.type().name(), id, expectedVersion);
        }
        return entry;
    }

    private <T> void replace(Table<T> table, Entry<T> before, Entry<T> after) {
        exchangeKeys(table, before, after);
        write(table, after.id, after);
    }

    @Override
    public <T> void delete(EntityType<T> type, EntityId id, long expectedVersion) {
        requireUsable();
        requireChangeable(type);
        Table<T> table = committed(type);
        refusable(() -> {
            delete(table, lockedAt(table, id.value(), expectedVersion));
            return true;
        });
    }

    private <T> void delete(Table<T> table, Entry<T> entry) {
        exchangeKeys(table, entry, null);
        write(table, entry.id, null);
    }

    /**
     * Locks the unique keys that a record gives up, so that who wants one waits to see whether it becomes free, and
     * those that it takes, and refuses a taken one.
     */
    private <T> void exchangeKeys(Table<T> table, @Nullable Entry<T> before, @Nullable Entry<T> after) {
        List<UniqueKey<T>> keys = table.type().uniqueKeys();
        for (int i = 0; i < keys.size(); i++) {
            List<List<Object>> old = before == null ? List.of() : keys.get(i).valuesOf(before.entity);
            List<List<Object>> taken = after == null ? List.of() : keys.get(i).valuesOf(after.entity);
            if (!old.equals(taken)) {
                lockGivenUp(table, i, old, taken);
            }
            if (after != null) {
                take(table, i, taken, old, after.id);
            }
        }
    }

    private void lockGivenUp(Table<?> table, int key, List<List<Object>> old, List<List<Object>> taken) {
        for (List<Object> values : old) {
            if (!taken.contains(values)) {
                boolean unused = locks.acquire(this, new UniqueValue(table, key, Indexes.keyOf(values)));
            }
        }
    }

    private <T> void take(Table<T> table, int key, List<List<Object>> taken, List<List<Object>> old, UUID id) {
        Set<List<Object>> seen = new HashSet<>();
        for (List<Object> values : taken) {
            if (!seen.add(values)) {
                throw duplicate(table, key, id); // two elements of this record
            }
            if (!old.contains(values)) {
                Object value = Indexes.keyOf(values);
                boolean unused = locks.acquire(this, new UniqueValue(table, key, value));
                Entry<T> holder = holderOf(table, key, value);
                if (holder != null && !holder.id.equals(id)) {
                    throw duplicate(table, key, holder.id);
                }
            }
        }
    }

    private static DuplicateException duplicate(Table<?> table, int key, UUID holder) {
        return new DuplicateException(
                table.type().name(), table.type().uniqueKeys().get(key).name(), holder, null);
    }

    // Writing many

    @Override
    public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
        requireUsable();
        EntityType<T> type = QueryCheck.checkUnordered(query);
        Changes<T> change = new Changes<>(type, changes);
        Table<T> table = committed(type);
        return refusable(() -> {
            List<Entry<T>> before = lockAll(table, query);
            List<Entry<T>> after = new ArrayList<>(before.size());
            before.forEach(entry -> after.add(change.appliedTo(entry)));
            for (int i = 0; i < after.size(); i++) {
                replace(table, before.get(i), after.get(i));
            }
            return (long) after.size();
        });
    }

    @Override
    public <T> long deleteAll(Query<T> query) {
        requireUsable();
        Table<T> table = committed(QueryCheck.checkUnordered(query));
        return refusable(() -> {
            List<Entry<T>> entries = lockAll(table, query);
            entries.forEach(entry -> delete(table, entry));
            return (long) entries.size();
        });
    }

    /**
     * Locks all that a query finds in one committed state. Where one of them is held by another transaction, all that
     * was locked is given back, and the query asked again after the wait: as locks are taken in the order of ids and
     * nothing is held while waiting, set-based writers never wait for each other in a circle.
     */
    private <T> List<Entry<T>> lockAll(Table<T> table, Query<T> query) {
        int heldBefore = held.size();
        while (true) {
            List<Entry<T>> found = new ArrayList<>();
            RecordKey busy = selecting(selection -> {
                        selection.inAnyOrder(query).forEachRemaining(found::add);
                        found.sort(Comparator.comparing(entry -> entry.id, ScalarType.UNSIGNED_ORDER));
                        return found.stream()
                                .map(entry -> new RecordKey(table, entry.id))
                                .filter(key -> !locks.tryAcquire(this, key))
                                .findFirst();
                    })
                    .orElse(null);
            if (busy == null) {
                return found;
            }
            giveBackTo(heldBefore);
            boolean unused = locks.acquire(this, busy);
        }
    }

    @Override
    public <T> List<T> claim(Query<T> query, Lease lease) {
        requireUsable();
        EntityType<T> type = QueryCheck.check(query);
        if (!type.isClaimable()) {
            throw new IllegalStateException(type + " is not claimable");
        }
        Table<T> table = committed(type);
        Entry.Hold hold = new Entry.Hold(lease.owner(), lease.until());
        List<Entry<T>> free = selecting(selection -> selection.inOrder(
                query, entry -> entry.isFreeAt(lease.now()) && locks.tryAcquire(this, new RecordKey(table, entry.id))));
        List<Entry<T>> taken = new ArrayList<>(free.size());
        for (Entry<T> entry : free) {
            Entry<T> next = entry.heldBy(type, hold);
            write(table, next.id, next);
            taken.add(next);
        }
        return entities(taken);
    }

    // The log and the rest

    @Override
    public void append(List<EventRecord> more) {
        requireUsable();
        List<EventRecord> copy = List.copyOf(more);
        if (events.isEmpty()) {
            events = new ArrayList<>();
        }
        events.addAll(copy);
    }

    @Override
    public <R> R nested(Supplier<R> work) {
        requireUsable();
        int writesBefore = undo.size();
        int eventsBefore = events.size();
        int actionsBefore = afterCommit.size();
        depth++;
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
            depth--;
            if (!done) {
                undoTo(writesBefore);
                cut(events, eventsBefore);
                cut(afterCommit, actionsBefore);
                closeCursor();
                failure = null;
            }
            if (depth == 0) {
                undo = List.of();
            }
        }
    }

    private void undoTo(int size) {
        for (int i = undo.size() - 1; i >= size; i--) {
            undo.remove(i).run();
        }
    }

    private static void cut(List<?> list, int size) {
        if (list.size() > size) {
            list.subList(size, list.size()).clear();
        }
    }

    @Override
    public boolean afterCommit(Runnable action) {
        requireUsable();
        Objects.requireNonNull(action, "action");
        if (afterCommit.isEmpty()) {
            afterCommit = new ArrayList<>();
        }
        afterCommit.add(action);
        return true;
    }

    @Override
    public boolean isJoined() {
        return false;
    }
}
