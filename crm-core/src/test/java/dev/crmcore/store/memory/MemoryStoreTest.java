package dev.crmcore.store.memory;

import static dev.crmcore.store.memory.Note.id;
import static dev.crmcore.store.memory.Note.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.ConflictException;
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
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId OTHER = TenantId.of("other");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStore store =
            MemoryStore.builder().lockTimeout(Duration.ZERO).build();

    private void run(Consumer<StoreTransaction> work) {
        store.inTransaction(ACME, tx -> {
            work.accept(tx);
            return true;
        });
    }

    private static List<Long> numbers(List<Note> notes) {
        return notes.stream().map(Note::number).toList();
    }

    private List<Long> numbers(Query<Note> query) {
        return store.inTransaction(ACME, tx -> numbers(tx.list(query)));
    }

    @Test
    void whatIsInsertedIsFoundAndNothingOfTheCallersIsShared() {
        List<String> tags = new ArrayList<>(List.of("a"));
        Note given = note(1).with(n -> n.email = "a@x");
        given.tags = tags;
        run(tx ->
                assertThat(tx.insert(Note.TYPE, List.of(given)).get(0).version).isEqualTo(1));
        tags.add("b");
        Note found = store.inTransaction(ACME, tx -> tx.find(Note.TYPE, id(1)).orElseThrow());
        assertThat(found.tags).containsExactly("a");
        assertThat(found.email).isEqualTo("a@x");
        assertThat(store.<Boolean>inTransaction(
                        OTHER, tx -> tx.find(Note.TYPE, id(1)).isPresent()))
                .isFalse();
        assertThat(store.tenants()).containsExactly(ACME);
    }

    @Test
    void aTransactionSeesItsOwnWritesAndNobodyElseDoesBeforeTheCommit() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.rank = 5L), note(2).with(n -> n.rank = 1L))));
        run(tx -> {
            tx.update(Note.TYPE, List.of(tx.find(Note.TYPE, id(1)).orElseThrow().with(n -> n.rank = 0L)));
            tx.delete(Note.TYPE, id(2), 1);
            tx.insert(Note.TYPE, List.of(note(3).with(n -> n.rank = 2L)));
            Query<Note> byRank = Query.of(Note.TYPE).orderBy(Order.ascending(Note.RANK));
            assertThat(numbers(tx.list(byRank))).containsExactly(1L, 3L);
            assertThat(numbers(tx.list(byRank.where(Note.RANK.is(5L))))).isEmpty();
            assertThat(tx.count(Query.of(Note.TYPE))).isEqualTo(2);
            assertThat(numbers(byRank)).containsExactly(2L, 1L);
        });
        assertThat(numbers(Query.of(Note.TYPE))).containsExactly(1L, 3L);
    }

    @Test
    void whatThrowsLeavesNothing() {
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Note.TYPE, List.of(note(1)));
                    tx.afterCommit(() -> {
                        throw new AssertionError("ran after a rollback");
                    });
                    throw new UnsupportedOperationException("no");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(numbers(Query.of(Note.TYPE))).isEmpty();
        assertThat(store.tenants()).isEmpty();
    }

    @Test
    void askingForTenantsWhomNobodyWroteToLeavesNothingBehind() {
        for (int i = 0; i < 100; i++) {
            TenantId stranger = TenantId.of("stranger" + i);
            assertThat(store.readLog(stranger, LogQuery.after(LogPosition.START, 10)))
                    .isEmpty();
            assertThat(store.<Long>inTransaction(stranger, tx -> tx.count(Query.of(Note.TYPE))))
                    .isZero();
            assertThatThrownBy(() -> store.inTransaction(stranger, tx -> {
                        tx.insert(Note.TYPE, List.of(note(1)));
                        throw new UnsupportedOperationException("no");
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(store.tenants).isEmpty();
        run(tx -> tx.insert(Note.TYPE, List.of(note(1))));
        assertThat(numbers(Query.of(Note.TYPE))).containsExactly(1L);
        assertThat(store.tenants.keySet()).containsExactly(ACME);
    }

    @Test
    void aTenantStaysWhileOneOfItsFirstTransactionsIsUnderWay() {
        run(outer -> {
            outer.insert(Note.TYPE, List.of(note(1)));
            assertThat(numbers(Query.of(Note.TYPE))).as("a second transaction").isEmpty();
            run(inner -> inner.insert(Note.TYPE, List.of(note(2))));
        });
        assertThat(numbers(Query.of(Note.TYPE))).containsExactly(1L, 2L);
    }

    @Test
    void aFailedTransactionCanOnlyRollBack() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.code = "A"))));
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Note.TYPE, List.of(note(5)));
                    assertThatThrownBy(() -> tx.insert(Note.TYPE, List.of(note(2).with(n -> n.code = "A"))))
                            .isInstanceOf(DuplicateException.class);
                    assertThatIllegalStateException().isThrownBy(() -> tx.find(Note.TYPE, id(1)));
                }))
                .isInstanceOf(DuplicateException.class);
        assertThat(numbers(Query.of(Note.TYPE))).containsExactly(1L);
    }

    @Test
    void nestedWorkIsUndoneAloneAndTheRestGoesOn() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.code = "A"))));
        List<String> ran = new ArrayList<>();
        run(tx -> {
            tx.insert(Note.TYPE, List.of(note(2)));
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.update(
                                Note.TYPE,
                                List.of(tx.find(Note.TYPE, id(2)).orElseThrow().with(n -> n.code = "B")));
                        tx.delete(Note.TYPE, id(1), 1);
                        tx.append(List.of(event(1, "bob")));
                        tx.afterCommit(() -> ran.add("undone"));
                        return tx.insert(Note.TYPE, List.of(note(2)));
                    }))
                    .isInstanceOf(DuplicateException.class);
            assertThat(tx.find(Note.TYPE, id(2)).orElseThrow().code).isNull();
            assertThat(tx.find(Note.TYPE, id(1))).isPresent();
            tx.afterCommit(() -> ran.add("kept"));
            tx.nested(() -> tx.insert(Note.TYPE, List.of(note(3).with(n -> n.code = "B"))));
        });
        assertThat(numbers(Query.of(Note.TYPE))).containsExactly(1L, 2L, 3L);
        assertThat(ran).containsExactly("kept");
        assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 10))).isEmpty();
    }

    @Test
    void aSwallowedFailureInNestedWorkStillUndoesIt() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1))));
        run(tx -> {
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.insert(Note.TYPE, List.of(note(2)));
                        assertThatThrownBy(() -> tx.delete(Note.TYPE, id(1), 7)).isInstanceOf(ConflictException.class);
                        return "swallowed";
                    }))
                    .isInstanceOf(ConflictException.class);
            assertThat(tx.count(Query.of(Note.TYPE))).isEqualTo(1);
        });
    }

    @Test
    void anAfterCommitActionThatFailsGoesNoFurther() {
        List<String> ran = new ArrayList<>();
        run(tx -> {
            tx.insert(Note.TYPE, List.of(note(1)));
            tx.afterCommit(() -> {
                throw new IllegalStateException("ann@example.com");
            });
            tx.afterCommit(() -> ran.add("second sees " + numbers(Query.of(Note.TYPE))));
        });
        assertThat(ran).containsExactly("second sees [1]");
    }

    @Test
    void aStaleVersionIsAConflict() {
        Note first = store.inTransaction(
                ACME, tx -> tx.insert(Note.TYPE, List.of(note(1))).get(0));
        run(tx -> tx.update(Note.TYPE, List.of(first)));
        assertThatThrownBy(() -> run(tx -> tx.update(Note.TYPE, List.of(first))))
                .isInstanceOfSatisfying(
                        ConflictException.class,
                        e -> assertThat(e.expectedVersion()).isEqualTo(1));
        assertThatThrownBy(() -> run(tx -> tx.delete(Note.TYPE, id(9), 1))).isInstanceOf(ConflictException.class);
    }

    @Test
    void uniqueKeysHoldOverFieldsAndElements() {
        Note.Channel mail = new Note.Channel("mail", "a@x");
        run(tx -> tx.insert(
                Note.TYPE, List.of(note(1).with(n -> n.channels = List.of(mail)), note(2).with(n -> n.code = "A"))));
        assertThatThrownBy(() ->
                        run(tx -> tx.insert(Note.TYPE, List.of(note(3).with(n -> n.channels = List.of(mail))))))
                .isInstanceOfSatisfying(DuplicateException.class, e -> {
                    assertThat(e.key()).isEqualTo("note_channel");
                    assertThat(e.holder()).contains(id(1).value());
                });
        assertThatThrownBy(() -> run(tx -> tx.insert(
                        Note.TYPE,
                        List.of(note(3).with(n -> n.channels =
                                List.of(new Note.Channel("mail", "b@x"), new Note.Channel("mail", "b@x")))))))
                .isInstanceOf(DuplicateException.class);
        run(tx -> {
            tx.delete(Note.TYPE, id(1), 1);
            tx.insert(Note.TYPE, List.of(note(3).with(n -> n.channels = List.of(mail))));
        });
        assertThat(numbers(Query.of(Note.TYPE).where(Note.CHANNELS.any(Note.ADDRESS.is("a@x")))))
                .containsExactly(3L);
    }

    @Test
    void recordsCanExchangeTheirUniqueKeys() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.code = "A"), note(2).with(n -> n.code = "B"))));
        run(tx -> {
            Note one = tx.find(Note.TYPE, id(1)).orElseThrow();
            Note two = tx.find(Note.TYPE, id(2)).orElseThrow();
            Note parked =
                    tx.update(Note.TYPE, List.of(one.with(n -> n.code = null))).get(0);
            tx.update(Note.TYPE, List.of(two.with(n -> n.code = "A"), parked.with(n -> n.code = "B")));
        });
        assertThat(numbers(Query.of(Note.TYPE).where(Note.CODE.is("A")))).containsExactly(2L);
        assertThat(numbers(Query.of(Note.TYPE).where(Note.CODE.is("B")))).containsExactly(1L);
    }

    @Test
    void insertIfAbsentTellsTheNewFromTheKnown() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.code = "A"))));
        List<Inserted<Note>> outcomes = store.inTransaction(
                ACME,
                tx -> tx.insertIfAbsent(
                        Note.TYPE,
                        List.of(
                                note(2).with(n -> n.code = "A"),
                                note(3).with(n -> n.code = "B"),
                                note(4).with(n -> n.code = "B"),
                                note(5)),
                        Note.BY_CODE));
        assertThat(outcomes)
                .extracting(i -> i.entity().number(), Inserted::isNew)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, false),
                        org.assertj.core.groups.Tuple.tuple(3L, true),
                        org.assertj.core.groups.Tuple.tuple(3L, false),
                        org.assertj.core.groups.Tuple.tuple(5L, true));
    }

    @Test
    void anotherTransactionsRecordIsWaitedForAndARefusalIsTransient() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1))));
        run(outer -> {
            outer.lock(Note.TYPE, id(1));
            assertThatThrownBy(() -> run(inner -> inner.delete(Note.TYPE, id(1), 1)))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.isTransient()).isTrue())
                    .hasMessageContaining("deadlock");
        });
        run(tx -> tx.delete(Note.TYPE, id(1), 1));
    }

    @Test
    void whoMayNotWaitIsRefusedAtOnce() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1))));
        List<StoreException> refused = Collections.synchronizedList(new ArrayList<>());
        store.inTransaction(ACME, outer -> {
            outer.lock(Note.TYPE, id(1));
            Thread other = new Thread(() -> {
                try {
                    run(tx -> tx.updateAll(Query.of(Note.TYPE), List.of(Assignment.set(Note.RANK, 1L))));
                } catch (StoreException e) {
                    refused.add(e);
                }
            });
            other.start();
            join(other);
            return true;
        });
        assertThat(refused).singleElement().satisfies(e -> {
            assertThat(e.isTransient()).isTrue();
            assertThat(e).hasMessageContaining("timed out");
        });
        run(tx -> assertThat(tx.lock(Note.TYPE, id(1)).orElseThrow().version).isEqualTo(1));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatDoesNotExistIsNotLocked() {
        run(outer -> {
            assertThat(outer.lock(Note.TYPE, id(1))).isEmpty();
            run(inner -> inner.insert(Note.TYPE, List.of(note(1))));
            assertThat(outer.lock(Note.TYPE, id(1))).isPresent();
        });
    }

    @Test
    void manyAreChangedAtOnce() {
        run(tx -> tx.insert(
                Note.TYPE,
                List.of(
                        note(1).with(n -> n.tags = List.of("x", "y", "x")),
                        note(2).with(n -> n.rank = 3L),
                        note(3).with(n -> n.email = "e"))));
        run(tx -> {
            assertThat(tx.updateAll(
                            Query.of(Note.TYPE).where(Note.TAGS.contains("x")),
                            List.of(Assignment.replace(Note.TAGS, TAG_ITEM, "x", "z"), Assignment.set(Note.RANK, 9L))))
                    .isEqualTo(1);
            assertThat(tx.find(Note.TYPE, id(1)).orElseThrow().tags).containsExactly("z", "y", "z");
            assertThat(tx.deleteAll(Query.of(Note.TYPE).where(Note.RANK.isPresent())))
                    .isEqualTo(2);
        });
        assertThat(numbers(Query.of(Note.TYPE))).containsExactly(3L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(tx -> tx.deleteAll(Query.of(Note.TYPE).limit(1))));
    }

    @SuppressWarnings("unchecked")
    private static final dev.crmcore.query.Field<String, String> TAG_ITEM = (dev.crmcore.query.Field<String, String>)
            (dev.crmcore.query.Field<?, ?>) Note.TAGS.element().field("item");

    private List<Long> claimed(Query<Note> due, Lease lease) {
        return store.inTransaction(ACME, tx -> numbers(tx.claim(due, lease)));
    }

    @Test
    void workIsTakenByOneWorkerUntilItsLeaseEnds() {
        run(tx ->
                tx.insert(Note.TYPE, List.of(note(1).with(n -> n.rank = 2L), note(2).with(n -> n.rank = 1L), note(3))));
        Query<Note> due = Query.of(Note.TYPE)
                .where(Note.RANK.isPresent())
                .orderBy(Order.ascending(Note.RANK))
                .limit(1);
        Lease first = new Lease("w1", NOON, NOON.plusSeconds(60));
        List<Note> taken = store.inTransaction(ACME, tx -> tx.claim(due, first));
        assertThat(numbers(taken)).containsExactly(2L);
        assertThat(taken.get(0).version).isEqualTo(2);
        assertThat(claimed(due, first)).containsExactly(1L);
        assertThat(claimed(due, first)).isEmpty();
        Lease later = new Lease("w2", NOON.plusSeconds(60), NOON.plusSeconds(90));
        run(outer -> {
            outer.lock(Note.TYPE, id(2));
            assertThat(claimed(due, later)).containsExactly(1L);
        });
        run(tx -> tx.update(Note.TYPE, taken));
        assertThat(claimed(due, first)).containsExactly(2L);
    }

    @Test
    void whatIsNotTakenIsNotHeld() {
        run(tx -> tx.insert(Note.TYPE, List.of(note(1).with(n -> n.code = "B"), note(2).with(n -> n.code = "A"))));
        Query<Note> byCode =
                Query.of(Note.TYPE).orderBy(Order.ascending(Note.CODE)).limit(1);
        Lease lease = new Lease("w1", NOON, NOON.plusSeconds(60));
        run(outer -> {
            assertThat(numbers(outer.claim(byCode, lease))).containsExactly(2L);
            assertThat(claimed(byCode, lease)).containsExactly(1L);
        });
    }

    @Test
    void aCursorSeesTheStateAtItsOpeningAndRefusesOtherCalls() {
        run(tx -> tx.insert(
                Note.TYPE,
                List.of(note(1).with(n -> n.amount = new BigDecimal("14.50")), note(2).with(n -> n.at = NOON))));
        run(tx -> {
            try (RowCursor rows = tx.scan(Query.of(Note.TYPE), List.of(Note.AMOUNT, Note.AT, Note.TYPE.idField()))) {
                assertThatIllegalStateException().isThrownBy(() -> tx.find(Note.TYPE, id(1)));
                run(other -> other.deleteAll(Query.of(Note.TYPE)));
                assertThatIllegalStateException().isThrownBy(() -> rows.isNull(0));
                assertThat(rows.next()).isTrue();
                assertThat(rows.getScaled(0, 2)).isEqualTo(1450);
                assertThat(rows.getDecimal(0)).isEqualTo(new BigDecimal("14.5"));
                assertThatThrownBy(() -> rows.getScaled(0, 0)).isInstanceOf(ArithmeticException.class);
                assertThatThrownBy(() -> rows.getText(0)).isInstanceOf(ClassCastException.class);
                assertThatIllegalStateException().isThrownBy(() -> rows.getInstant(1));
                assertThat(rows.next()).isTrue();
                assertThat(rows.getEpochMicros(1)).isEqualTo(NOON.toEpochMilli() * 1000);
                assertThat(rows.getId(2)).isEqualTo(id(2).value());
                assertThat(rows.next()).isFalse();
                assertThat(rows.next()).isFalse();
            }
            assertThat(tx.count(Query.of(Note.TYPE))).isZero();
        });
    }

    @Test
    void groupsComeInTheOrderOfTheirKeysAbsentLast() {
        run(tx -> tx.insert(
                Note.TYPE,
                List.of(
                        note(1).with(n -> n.amount = BigDecimal.ONE),
                        note(2).with(n -> {
                            n.team = "b";
                            n.amount = new BigDecimal("0.1");
                        }),
                        note(3).with(n -> n.team = "a"),
                        note(4).with(n -> {
                            n.team = "b";
                            n.amount = new BigDecimal("0.2");
                        }))));
        run(tx -> {
            List<String> lines = new ArrayList<>();
            try (RowCursor rows = tx.group(
                    Query.of(Note.TYPE), List.of(Note.GROUP), List.of(Aggregate.count(), Aggregate.sum(Note.AMOUNT)))) {
                while (rows.next()) {
                    lines.add((rows.isNull(0) ? "-" : rows.getText(0)) + " " + rows.getLong(1) + " "
                            + (rows.isNull(2) ? "-" : rows.getDecimal(2)));
                }
            }
            assertThat(lines).containsExactly("a 1 -", "b 2 0.3", "- 1 1");
            try (RowCursor rows =
                    tx.group(Query.of(Note.TYPE).where(Note.RANK.isPresent()), List.of(), List.of(Aggregate.count()))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(0)).isZero();
                assertThat(rows.next()).isFalse();
            }
        });
    }

    @Test
    void elementsAreScannedInTheOrderOfTheirRecords() {
        run(tx -> tx.insert(
                Note.TYPE,
                List.of(
                        note(2).with(n -> n.tags = List.of("c", "a")),
                        note(1),
                        note(3).with(n -> n.tags = List.of("b")))));
        run(tx -> {
            List<String> lines = new ArrayList<>();
            try (RowCursor rows =
                    tx.scanElements(Query.of(Note.TYPE), Note.TAGS, List.of(Note.TYPE.idField()), List.of(TAG_ITEM))) {
                while (rows.next()) {
                    lines.add(rows.getId(0).getLeastSignificantBits() + rows.getText(1));
                }
            }
            assertThat(lines).containsExactly("2c", "2a", "3b");
        });
    }

    @Test
    void theLogIsReadInTheOrderOfCommits() {
        run(outer -> {
            outer.append(List.of(event(1, "ann"), event(2, "bob")));
            run(inner -> inner.append(List.of(event(1, "bob"))));
        });
        assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 2)))
                .extracting(logged -> logged.position().value() + logged.event().actor())
                .containsExactly("1bob", "2ann");
        assertThat(store.readLog(ACME, LogQuery.after(new LogPosition(1), 9).about(id(1).value())))
                .extracting(logged -> logged.position().value())
                .containsExactly(2L);
        assertThat(store.readLog(
                        ACME,
                        LogQuery.after(LogPosition.START, 9)
                                .about(id(1).value())
                                .by("bob")))
                .extracting(logged -> logged.position().value())
                .containsExactly(1L);
        assertThat(store.readLog(ACME, LogQuery.after(LogPosition.START, 9).by("bob")))
                .hasSize(2);
        assertThat(store.readLog(OTHER, LogQuery.after(LogPosition.START, 9))).isEmpty();
    }

    private static EventRecord event(long subject, String actor) {
        return EventRecord.builder(UUID.randomUUID(), "note.changed", NOON)
                .about("note", id(subject).value())
                .causedBy(actor, "test")
                .build();
    }

    @Test
    void anEndedTransactionAndAClosedStoreRefuse() {
        List<StoreTransaction> escaped = new ArrayList<>();
        run(escaped::add);
        assertThatIllegalStateException().isThrownBy(() -> escaped.get(0).find(Note.TYPE, id(1)));
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> run(tx -> {}));
        assertThatIllegalStateException().isThrownBy(store::tenants);
    }

    @Test
    void relativeTimeMustBeBound() {
        Query<Note> recent = Query.of(Note.TYPE).where(Note.AT.withinLast(Duration.ofDays(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> numbers(recent));
        run(tx -> tx.insert(
                Note.TYPE,
                List.of(note(1).with(n -> n.at = NOON), note(2).with(n -> n.at = NOON.minus(Duration.ofDays(2))))));
        assertThat(numbers(recent.asOf(NOON))).containsExactly(1L);
    }
}
