package dev.crmcore.store.memory;

import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities;
import dev.crmcore.store.StoreTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/**
 * A store in the memory of the process: the embedded default, to try, to test, and for what a host can afford to lose
 * or writes to a file itself.
 *
 * <p><b>What it costs.</b> A record is found by its id, by a whole unique key or by an indexed value without reading
 * others; {@link #recordsVisited()} counts what is read. Indexed are the id, fields and lists of fields declared as
 * such, fields that are references, subject and instant of what stands on a timeline, and indexed fields of elements.
 * A page in the order of an index costs what the page costs. A record is made once, when it is written, and given out
 * as it is: records are immutable, as their types promise. A cursor holds on to the records that it reads.
 *
 * <p><b>Concurrency.</b> Thread-safe, for platform and virtual threads. Reading waits for no transaction, only for the
 * moment in which a commit is applied; a commit waits for the operations that are reading, and those that come after it
 * let it go first. Writers of the same record or
 * the same unique key wait for each other in the order of their coming, for as long as the builder says; a deadlock is
 * refused at once to the transaction that would close the circle, also where a transaction waits for an outer one of its
 * own thread. Getters and readers of a type run while the store is being read: they must not call the store.
 *
 * <p>After the commit, the events of the transaction are readable at once; their positions have no gaps.
 */
public final class MemoryStore implements CrmStore {

    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(10);
    private static final StoreCapabilities CAPABILITIES = StoreCapabilities.of();

    /** Those that were written to, and those in which a transaction is under way. */
    final ConcurrentMap<TenantId, TenantRecords> tenants = new ConcurrentHashMap<>();

    private final VisitCounter counter = new VisitCounter();
    private final RecordLocks locks;
    private volatile boolean closed;

    private MemoryStore(Builder builder) {
        this.locks = new RecordLocks(builder.lockTimeout);
    }

    /**
     * Makes an empty store with the defaults.
     *
     * @return the store
     */
    public static MemoryStore create() {
        return builder().build();
    }

    /**
     * Begins a store with settings.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A transaction inside the work of another, on the same thread, is a second one that sees nothing of the first.
     */
    @Override
    public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(work, "work");
        requireOpen();
        TenantRecords known = tenants.get(tenant);
        return known != null && known.hasWritten() ? inTransaction(known, work) : inFirstTransaction(tenant, work);
    }

    /** Who only asks for a tenant that nobody has written to leaves nothing behind. */
    private <R> R inFirstTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        TenantRecords records = tenants.compute(
                tenant, (name, others) -> others == null ? new TenantRecords().entered() : others.entered());
        try {
            return inTransaction(records, work);
        } finally {
            tenants.computeIfPresent(tenant, (name, same) -> same.isNeededAfterLeaving() ? same : null);
        }
    }

    private <R> R inTransaction(TenantRecords records, Function<? super StoreTransaction, ? extends R> work) {
        MemoryTransaction transaction = new MemoryTransaction(records, locks, counter);
        boolean committed = false;
        R result;
        try {
            result = work.apply(transaction);
            transaction.commit();
            committed = true;
        } finally {
            if (!committed) {
                transaction.rollBack();
            }
        }
        transaction.runAfterCommit();
        return result;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    @Override
    public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(query, "query");
        requireOpen();
        TenantRecords records = tenants.get(tenant);
        return records == null ? List.of() : records.readLog(query);
    }

    @Override
    public List<TenantId> tenants() {
        requireOpen();
        return tenants.entrySet().stream()
                .filter(entry -> entry.getValue().hasWritten())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Writes all that is committed to a file: records with their versions and leases, and the logs of all tenants.
     *
     * <p>The file shows one moment, though other transactions go on; for that moment, in which references are gathered,
     * commits wait. It is written beside the target, forced to the disk and put in its place in one step, so that the
     * target is the old or the new file whenever the process or the machine stops; an interrupted attempt can leave a
     * file ending in {@code .tmp}. It contains personal data: where the file system knows owners, only the owner can
     * read it. One state always gives the same bytes.
     *
     * @param file the target; its folder exists
     * @throws StoreException if it could not be written; the target is as it was
     * @throws IllegalStateException if the store is closed
     */
    public void snapshot(Path file) {
        snapshot(file, SnapshotDisk.REAL);
    }

    void snapshot(Path file, SnapshotDisk disk) {
        requireOpen();
        SnapshotWriter.write(file, capture(), disk);
    }

    /** Locks all tenants together, so that what one commit led to in another tenant is not there without it. */
    private List<SnapshotWriter.Capture> capture() {
        SortedMap<TenantId, TenantRecords> all = new TreeMap<>(tenants);
        List<Lock> locked = new ArrayList<>();
        try {
            for (TenantRecords records : all.values()) {
                Lock lock = records.lock().readLock();
                lock.lock();
                locked.add(lock);
            }
            if (tenants.entrySet().stream()
                    .filter(entry -> entry.getValue().hasWritten())
                    .allMatch(entry -> all.get(entry.getKey()) == entry.getValue())) {
                return all.entrySet().stream()
                        .filter(entry -> entry.getValue().hasWritten())
                        .map(entry -> entry.getValue().capture(entry.getKey()))
                        .toList();
            }
        } finally {
            locked.forEach(Lock::unlock);
        }
        return capture(); // a tenant came meanwhile
    }

    /**
     * Makes a store, with the defaults, of what {@link #snapshot} wrote.
     *
     * @param file the file
     * @param catalog the types of its records; a field that the file does not know is absent, a body of an older schema
     *     is brought to the newest
     * @return the store
     * @throws StoreException if the file cannot be read, is no snapshot, or was cut off or changed
     * @throws IllegalArgumentException if it has a type, field or value that the catalog does not know
     */
    public static MemoryStore restore(Path file, EntityCatalog catalog) {
        return builder().restore(file, catalog);
    }

    @Override
    public StoreCapabilities capabilities() {
        return CAPABILITIES;
    }

    /**
     * How many records the queries of all tenants have looked at since the store was made, found or not. A record that
     * is found by its id alone is not counted.
     *
     * @return the count
     */
    public long recordsVisited() {
        return counter.sum();
    }

    /** Refuses everything from now on; transactions that are under way go on to their end. */
    @Override
    public void close() {
        closed = true;
    }

    /** Settings of a store. Not thread-safe. */
    public static final class Builder {

        private Duration lockTimeout = DEFAULT_LOCK_TIMEOUT;

        private Builder() {}

        /**
         * How long a transaction waits for a record that another one holds, before it is refused; 10 seconds unless
         * said.
         *
         * @param timeout the time; zero for not waiting at all
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder lockTimeout(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("lockTimeout must not be negative: " + timeout);
            }
            this.lockTimeout = timeout;
            return this;
        }

        /**
         * Makes an empty store.
         *
         * @return the store
         */
        public MemoryStore build() {
            return new MemoryStore(this);
        }

        /**
         * Makes a store of what {@link MemoryStore#snapshot} wrote.
         *
         * @param file the file
         * @param catalog the types of its records
         * @return the store
         * @throws StoreException if the file cannot be read, is no snapshot, or was cut off or changed
         * @throws IllegalArgumentException if it has a type, field or value that the catalog does not know
         */
        public MemoryStore restore(Path file, EntityCatalog catalog) {
            MemoryStore store = build();
            SnapshotReader.read(file, catalog, store.tenants);
            return store;
        }
    }
}
