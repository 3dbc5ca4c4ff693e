package dev.crmcore.store.memory;

import dev.crmcore.context.TenantId;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is committed for one tenant.
 *
 * <p>A commit is applied in one step under the write lock. What reads several records does so under the read lock, which
 * newcomers do not get before a commit that waits for it: readers without a pause would else hold it up for good. One
 * record is read without a lock, and again under it only when a commit came in between.
 */
final class TenantRecords {

    private final ConcurrentMap<String, Table<?>> tables = new ConcurrentHashMap<>();
    private final EventLog log = new EventLog();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Odd while a commit is applied, and another number after it. */
    private final AtomicLong state = new AtomicLong();

    private volatile boolean written;

    /** Transactions that began before anything was written; counted where the store's map guards it. */
    private int first;

    <T> Table<T> table(EntityType<T> type) {
        Table<?> table = tables.get(type.name());
        if (table == null) {
            table = tables.computeIfAbsent(type.name(), name -> Table.committed(type));
        }
        return of(type, table);
    }

    @SuppressWarnings("unchecked") // the table was made for this very type
    private static <T> Table<T> of(EntityType<T> type, Table<?> table) {
        if (table.type() != type) {
            throw new IllegalArgumentException("two types are named '" + type.name() + "'");
        }
        return (Table<T>) table;
    }

    <T> @Nullable Entry<T> find(Table<T> table, UUID id) {
        long before = state.get();
        if (before % 2 == 0) {
            Entry<T> entry = table.get(id);
            if (state.get() == before) {
                return entry;
            }
        }
        return reading(() -> table.get(id));
    }

    @SuppressWarnings("NullAway") // gives null where the reader does
    <R> R reading(Supplier<? extends @Nullable R> reader) {
        lock.readLock().lock();
        try {
            return reader.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    void commit(Collection<OwnWrites<?>> writes, List<EventRecord> events) {
        lock.writeLock().lock();
        try {
            state.incrementAndGet();
            log.requireNew(events);
            writes.forEach(OwnWrites::applyToCommitted);
            events.forEach(log::append);
            written = true;
        } finally {
            state.incrementAndGet();
            lock.writeLock().unlock();
        }
    }

    List<LoggedEvent> readLog(LogQuery query) {
        return reading(() -> log.read(query));
    }

    boolean hasWritten() {
        return written;
    }

    /** A transaction begins before anything was written. */
    TenantRecords entered() {
        first++;
        return this;
    }

    /** Such a transaction ends. Returns whether there is something here, or another one that may yet write it. */
    boolean isNeededAfterLeaving() {
        first--;
        return written || first > 0;
    }

    /** What makes the committed state of a tenant from a file. */
    interface Loading<R> {

        R load() throws IOException;
    }

    <R> R load(Loading<R> loading) throws IOException {
        lock.writeLock().lock();
        try {
            written = true;
            return loading.load();
        } finally {
            lock.writeLock().unlock();
        }
    }

    ReentrantReadWriteLock lock() {
        return lock;
    }

    /** All that is committed, in the order of names, ids and positions; read under the lock. */
    SnapshotWriter.Capture capture(TenantId name) {
        List<SnapshotWriter.Records<?>> records = new ArrayList<>();
        tables.values().stream()
                .filter(table -> table.size() > 0)
                .sorted(Comparator.comparing(table -> table.type().name()))
                .forEach(table -> records.add(recordsOf(table)));
        return new SnapshotWriter.Capture(name, records, log.events());
    }

    private static <T> SnapshotWriter.Records<T> recordsOf(Table<T> table) {
        return new SnapshotWriter.Records<>(table.type(), table.inOrder());
    }

    EventLog log() {
        return log;
    }
}
