package dev.crmcore.store.memory;

import static dev.crmcore.store.memory.Note.id;
import static dev.crmcore.store.memory.Note.note;
import static dev.crmcore.store.memory.Note.notes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.StoreException;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.Lease;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int THREADS = 8;

    private final MemoryStore store = MemoryStore.create();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Lets eight threads go at once and gives what they gave. */
    private <R> List<R> race(IntFunction<R> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<R>> runs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Callable<R> run = () -> {
                start.await();
                return work.apply(number);
            };
            runs.add(threads.submit(run));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> run : runs) {
            results.add(run.get());
        }
        return results;
    }

    private static Note find(StoreTransaction tx, long number) {
        return tx.find(Note.TYPE, id(number)).orElseThrow();
    }

    @Test
    void noUpdateUnderALockIsLost() throws Exception {
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.rank = 0L))));
        race(thread -> {
            for (int i = 0; i < 200; i++) {
                store.inTransaction(ACME, tx -> {
                    Note locked = tx.lock(Note.TYPE, id(1)).orElseThrow();
                    return tx.update(Note.TYPE, List.of(locked.with(n -> n.rank = locked.rank + 1)));
                });
            }
            return true;
        });
        assertThat(store.<Long>inTransaction(ACME, tx -> find(tx, 1).rank)).isEqualTo(200L * THREADS);
    }

    @Test
    void ofEightInsertersOfOneKeyOneSucceedsWhoeverIsRolledBackFirst() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        List<String> outcomes = race(thread -> {
            try {
                store.inTransaction(ACME, tx -> {
                    tx.insert(Note.TYPE, List.of(note(thread).with(n -> n.code = "A")));
                    if (first.getAndSet(false)) {
                        throw new UnsupportedOperationException("the first to get the key gives it up");
                    }
                    return true;
                });
                return "inserted";
            } catch (DuplicateException e) {
                return "duplicate";
            } catch (UnsupportedOperationException e) {
                return "gave up";
            }
        });
        assertThat(outcomes).containsOnlyOnce("inserted", "gave up");
        assertThat(Collections.frequency(outcomes, "duplicate")).isEqualTo(THREADS - 2);
    }

    @Test
    void redeliveryInEightThreadsInsertsEachOnce() throws Exception {
        AtomicInteger inserted = new AtomicInteger();
        race(thread -> {
            for (int i = 0; i < 100; i++) {
                int delivery = i;
                List<Inserted<Note>> outcomes = store.inTransaction(
                        ACME,
                        tx -> tx.insertIfAbsent(
                                Note.TYPE,
                                List.of(note(1_000L * thread + delivery).with(n -> n.code = "d" + delivery)),
                                Note.BY_CODE));
                if (outcomes.get(0).isNew()) {
                    inserted.incrementAndGet();
                }
            }
            return true;
        });
        assertThat(inserted).hasValue(100);
        assertThat(store.<Long>inTransaction(ACME, tx -> tx.count(Query.of(Note.TYPE))))
                .isEqualTo(100);
    }

    @Test
    void oneOfTwoThatWaitForEachOtherIsRefused() throws Exception {
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, notes(0, THREADS, n -> n)));
        CyclicBarrier bothHold = new CyclicBarrier(THREADS);
        List<String> outcomes = race(thread -> {
            try {
                return store.inTransaction(ACME, tx -> {
                    tx.lock(Note.TYPE, id(thread));
                    await(bothHold);
                    // A ring: each waits for its neighbour
                    tx.lock(Note.TYPE, id((thread + 1) % THREADS));
                    return "done";
                });
            } catch (StoreException e) {
                return e.isTransient() ? e.getMessage() : "not transient";
            }
        });
        assertThat(outcomes.stream().filter(outcome -> outcome.startsWith("deadlock")))
                .hasSize(1);
        assertThat(Collections.frequency(outcomes, "done")).isEqualTo(THREADS - 1);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWaitsForAUniqueKeyThatIsFreedGetsIt() throws Exception {
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.code = "A"))));
        CountDownLatch freed = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<Boolean> owner = threads.submit(() -> store.inTransaction(ACME, tx -> {
            tx.update(Note.TYPE, List.of(find(tx, 1).with(n -> n.code = "B")));
            freed.countDown();
            awaitLatch(go);
            return true;
        }));
        freed.await();
        Future<Boolean> taker = threads.submit(() -> store.inTransaction(ACME, tx -> {
            go.countDown();
            tx.insert(Note.TYPE, List.of(note(2).with(n -> n.code = "A")));
            return true;
        }));
        assertThat(owner.get()).isTrue();
        assertThat(taker.get()).isTrue();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingIsRefusedAndStaysInterrupted() throws Exception {
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, List.of(note(1))));
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        store.inTransaction(ACME, outer -> {
            outer.lock(Note.TYPE, id(1));
            Thread waiter = new Thread(() -> {
                Thread.currentThread().interrupt();
                try {
                    store.inTransaction(ACME, tx -> tx.lock(Note.TYPE, id(1)));
                } catch (StoreException e) {
                    seen.add(e.isTransient());
                    seen.add(Thread.currentThread().isInterrupted());
                }
            });
            waiter.start();
            try {
                waiter.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        });
        assertThat(seen).containsExactly(false, true);
    }

    @Test
    void everyOperationSeesWholeTransactions() throws Exception {
        // Ten notes share a sum of ranks; every transaction moves some from one to another
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, notes(0, 10, n -> n.with(c -> c.rank = 100L))));
        AtomicInteger running = new AtomicInteger(THREADS / 2);
        List<String> outcomes = race(thread -> {
            if (thread < THREADS / 2) {
                Random random = new Random(thread);
                for (int i = 0; i < 300; i++) {
                    move(random.nextInt(10), random.nextInt(10));
                }
                running.decrementAndGet();
                return "moved";
            }
            Set<String> sums = new HashSet<>();
            do {
                sums.add(sumByGroup() + " " + sumByList());
            } while (running.get() > 0);
            return String.valueOf(sums);
        });
        assertThat(outcomes.subList(THREADS / 2, THREADS)).containsOnly("[1000 1000]");
    }

    private void move(long from, long to) {
        if (from == to) {
            return;
        }
        store.inTransaction(ACME, tx -> {
            // In one order, so that nobody waits in a circle
            tx.lock(Note.TYPE, id(Math.min(from, to)));
            tx.lock(Note.TYPE, id(Math.max(from, to)));
            Note giver = find(tx, from);
            Note taker = find(tx, to);
            return tx.update(
                    Note.TYPE,
                    List.of(giver.with(n -> n.rank = giver.rank - 1), taker.with(n -> n.rank = taker.rank + 1)));
        });
    }

    private long sumByGroup() {
        return store.inTransaction(ACME, tx -> {
            try (RowCursor rows = tx.group(Query.of(Note.TYPE), List.of(), List.of(Aggregate.sum(Note.RANK)))) {
                return rows.next() ? rows.getLong(0) : -1;
            }
        });
    }

    private long sumByList() {
        return store.inTransaction(
                ACME,
                tx -> tx.list(Query.of(Note.TYPE).orderBy(Order.descending(Note.RANK))).stream()
                        .mapToLong(n -> n.rank)
                        .sum());
    }

    @Test
    void setBasedUpdatesMissNothingThatIsWrittenBesideThem() throws Exception {
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, notes(0, 50, n -> n.with(c -> c.team = "old"))));
        race(thread -> {
            for (int i = 0; i < 20; i++) {
                long number = 100 + 100L * thread + i;
                store.inTransaction(
                        ACME, tx -> tx.insert(Note.TYPE, List.of(note(number).with(c -> c.team = "old"))));
                store.inTransaction(
                        ACME,
                        tx -> tx.updateAll(
                                Query.of(Note.TYPE).where(Note.GROUP.is("old")),
                                List.of(Assignment.set(Note.GROUP, "new"))));
            }
            return true;
        });
        List<Note> all = store.inTransaction(ACME, tx -> tx.list(Query.of(Note.TYPE)));
        assertThat(all).hasSize(50 + 20 * THREADS);
        assertThat(all)
                .allSatisfy(note ->
                        assertThat(note.version).as("each was changed once").isEqualTo(2));
    }

    @Test
    void workIsTakenOnceByEightWorkers() throws Exception {
        store.inTransaction(ACME, tx -> tx.insert(Note.TYPE, notes(0, 400, n -> n)));
        Set<Long> taken = ConcurrentHashMap.newKeySet();
        List<Integer> shares = race(thread -> {
            int share = 0;
            while (true) {
                List<Note> batch = store.inTransaction(
                        ACME,
                        tx -> tx.claim(
                                Query.of(Note.TYPE).limit(7), new Lease("w" + thread, NOON, NOON.plusSeconds(1))));
                if (batch.isEmpty() && taken.size() == 400) {
                    return share;
                }
                for (Note note : batch) {
                    assertThat(taken.add(note.number())).isTrue();
                    share++;
                }
            }
        });
        assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isEqualTo(400);
    }

    /** Readers that follow each other without a pause would hold up a commit for good, were they let by. */
    @Test
    void whoeverComesToReadAfterACommitLetsItGoFirst() throws Exception {
        TenantRecords records = new TenantRecords();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        EventRecord event = EventRecord.builder(new UUID(1, 1), "note.changed", NOON)
                .about("note", new UUID(0, 1))
                .causedBy("t", "test")
                .build();
        Future<?> early = threads.submit(() -> records.reading(() -> {
            reading.countDown();
            return awaited(read);
        }));
        reading.await();
        Future<?> commit = threads.submit(() -> records.commit(List.of(), List.of(event)));
        awaitQueue(records, 1, commit);
        Future<List<LoggedEvent>> late = threads.submit(() -> records.readLog(LogQuery.after(LogPosition.START, 10)));
        awaitQueue(records, 2, late);
        read.countDown();

        assertThat(late.get()).as("what the commit wrote is read").hasSize(1);
        early.get();
        commit.get();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void awaitQueue(TenantRecords records, int length, Future<?> newcomer) {
        while (records.lock().getQueueLength() < length && !newcomer.isDone()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aReaderOfTheLogMissesNothing() throws Exception {
        AtomicInteger writing = new AtomicInteger(THREADS - 1);
        List<Integer> outcomes = race(thread -> {
            if (thread > 0) {
                for (int i = 0; i < 200; i++) {
                    EventRecord event = EventRecord.builder(new UUID(thread, i), "note.changed", NOON)
                            .about("note", new UUID(0, 1))
                            .causedBy("t" + thread, "race")
                            .build();
                    store.inTransaction(ACME, tx -> {
                        tx.append(List.of(event));
                        return true;
                    });
                }
                writing.decrementAndGet();
                return 0;
            }
            return follow(writing);
        });
        assertThat(outcomes.get(0)).isEqualTo(200 * (THREADS - 1));
    }

    private int follow(AtomicInteger writing) {
        LogPosition position = LogPosition.START;
        int read = 0;
        while (true) {
            boolean last = writing.get() == 0;
            List<LoggedEvent> events = store.readLog(ACME, LogQuery.after(position, 10));
            read += events.size();
            if (!events.isEmpty()) {
                position = events.get(events.size() - 1).position();
            } else if (last) {
                return read;
            }
        }
    }
}
