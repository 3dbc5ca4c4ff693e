package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.TenantId;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Once a position was readable, nothing at or before it ever appears. */
abstract class LogCases extends StoreCases {

    private static final int ALL = 10_000;
    private static final int READS = 20_000;

    LogCases(StoreContract contract) {
        super(contract);
    }

    static EventRecord event(UUID id, UUID subject, String actor) {
        return EventRecord.builder(id, "member.changed", NOW)
                .about("member", subject)
                .causedBy(actor, "a case of the kit")
                .build();
    }

    static void append(StoreCases cases, TenantId tenant, EventRecord... events) {
        cases.run(tenant, tx -> tx.append(List.of(events)));
    }

    /** Reads until so many events have come: they become readable some time after the commit. */
    static List<LoggedEvent> awaitLog(StoreCases cases, TenantId tenant, int count) {
        for (int i = 0; i < READS; i++) {
            List<LoggedEvent> log = cases.store().readLog(tenant, LogQuery.after(LogPosition.START, ALL));
            if (log.size() >= count) {
                return log;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no " + count + " events came into the log of " + tenant);
    }

    private EventRecord event() {
        return event(ids.next(), ids.next(), "agent:1");
    }

    @Test
    @DisplayName("an event comes back as it was appended")
    void roundTrip() {
        EventRecord full = EventRecord.builder(
                        ids.next(), "order.placed", Instant.parse("2026-03-01T12:00:00.123456789Z"))
                .about("order", new UUID(-1, -1))
                .causedBy("job:\u0130mport", "nightly \uD83D\uDE00 'run'")
                .correlationId("req-1")
                .causationId(ids.next())
                .data(JsonObject.builder()
                        .put("amount", new BigDecimal("29.95"))
                        .put("lines", 3L)
                        .put("at", NOW)
                        .build())
                .build();
        EventRecord plain = event();
        append(this, tenant, full, plain);
        assertThat(awaitLog(this, tenant, 2)).extracting(LoggedEvent::event).containsExactly(full, plain);
    }

    @Test
    @DisplayName("an event with a text that not every store can keep is refused before a store sees it")
    void unstorableTexts() {
        for (String text : List.of("a\u0000b", "\uD83D", "\uDE00\uD83D", "x\uDE00")) {
            EventRecord.Builder builder = EventRecord.builder(ids.next(), "member.changed", NOW)
                    .about("member", ids.next())
                    .causedBy("agent:1", "test");
            assertRefused("actor", builder.causedBy(text, "test"));
            assertRefused("reason", builder.causedBy("agent:1", text));
            assertRefused("correlationId", builder.causedBy("agent:1", "test").correlationId(text));
            assertRefused("subjectType", builder.correlationId(null).about(text, ids.next()));
            assertRefused(
                    "type",
                    EventRecord.builder(ids.next(), text, NOW)
                            .about("member", ids.next())
                            .causedBy("agent:1", "test"));
            assertThatThrownBy(() -> LogQuery.after(LogPosition.START, ALL).by(text))
                    .as("the log of an actor whom no store can name")
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CallContext.of(text, "test")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CallContext.of("agent:1", text)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CallContext.of("agent:1", "test").correlatedWith(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        EventRecord astral = EventRecord.builder(ids.next(), "member.changed", NOW)
                .about("member", ids.next())
                .causedBy("agent:\uD83D\uDE00", "\uFFFF test")
                .correlationId("\uD83D\uDE00")
                .build();
        append(this, tenant, astral);
        assertThat(awaitLog(this, tenant, 1)).extracting(LoggedEvent::event).containsExactly(astral);
    }

    private static void assertRefused(String field, EventRecord.Builder event) {
        assertThatThrownBy(event::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    @DisplayName("an actor may be as long as an index takes, and no longer")
    void longActors() {
        String actor = "\u4E00".repeat(EntityType.MAX_INDEXED_BYTES / 3);
        EventRecord event = event(ids.next(), ids.next(), actor);
        append(this, tenant, event);
        awaitLog(this, tenant, 1);
        assertThat(events(LogQuery.after(LogPosition.START, ALL).by(actor))).containsExactly(event);
        assertThatThrownBy(() -> event(ids.next(), ids.next(), actor + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("actor: a text of " + (EntityType.MAX_INDEXED_BYTES + 1));
    }

    @Test
    @DisplayName("events of one transaction keep their order, whatever their ids and times")
    void orderWithinATransaction() {
        List<EventRecord> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(event(Ids.number(1_000 - i), ids.next(), "agent:1"));
        }
        run(tx -> {
            tx.append(events.subList(0, 20));
            tx.insert(Member.TYPE, List.of(member()));
            tx.append(events.subList(20, 21));
            tx.append(events.subList(21, 50));
        });
        List<LoggedEvent> log = awaitLog(this, tenant, events.size());
        assertThat(log).extracting(LoggedEvent::event).isEqualTo(events);
        assertThat(log).extracting(LoggedEvent::position).isSorted().doesNotHaveDuplicates();
        assertThat(log.get(0).position()).isGreaterThan(LogPosition.START);
    }

    @Test
    @DisplayName("one transaction after the other: their events follow each other")
    void orderOfTransactions() {
        List<EventRecord> events = IntStream.range(0, 10).mapToObj(i -> event()).toList();
        events.forEach(event -> append(this, tenant, event));
        assertThat(awaitLog(this, tenant, 10)).extracting(LoggedEvent::event).isEqualTo(events);
    }

    @Test
    @DisplayName("the log is read in pieces after a position")
    void pieces() {
        append(this, tenant, event(), event(), event(), event(), event());
        List<LoggedEvent> log = awaitLog(this, tenant, 5);
        List<LoggedEvent> pieces = new ArrayList<>();
        LogPosition last = LogPosition.START;
        for (int piece = 0; piece < 3; piece++) {
            List<LoggedEvent> read = store().readLog(tenant, LogQuery.after(last, 2));
            assertThat(read).hasSize(piece == 2 ? 1 : 2);
            pieces.addAll(read);
            last = read.get(read.size() - 1).position();
        }
        assertThat(pieces).isEqualTo(log);
        assertThat(store().readLog(tenant, LogQuery.after(last, 2))).isEmpty();
        assertThat(store().readLog(tenant, LogQuery.after(new LogPosition(Long.MAX_VALUE), 2)))
                .isEmpty();
    }

    @Test
    @DisplayName("the log is filtered by record and by actor, and both")
    void filters() {
        UUID one = ids.next();
        UUID two = ids.next();
        EventRecord oneByAnn = event(ids.next(), one, "agent:ann");
        EventRecord twoByAnn = event(ids.next(), two, "agent:ann");
        EventRecord oneByBob = event(ids.next(), one, "agent:bob");
        append(this, tenant, oneByAnn, twoByAnn, oneByBob);
        awaitLog(this, tenant, 3);
        LogQuery all = LogQuery.after(LogPosition.START, ALL);
        assertThat(events(all.about(one))).containsExactly(oneByAnn, oneByBob);
        assertThat(events(all.by("agent:ann"))).containsExactly(oneByAnn, twoByAnn);
        assertThat(events(all.about(one).by("agent:bob"))).containsExactly(oneByBob);
        assertThat(events(all.about(ids.next()))).isEmpty();
        assertThat(events(all.by("agent:a"))).isEmpty();
        assertThat(events(LogQuery.after(LogPosition.START, 1).about(one))).containsExactly(oneByAnn);
    }

    private List<EventRecord> events(LogQuery query) {
        return store().readLog(tenant, query).stream().map(LoggedEvent::event).toList();
    }

    @Test
    @DisplayName("events of a transaction or of nested work that was undone never appear")
    void undoneEvents() {
        EventRecord kept = event();
        EventRecord last = event();
        assertThatThrownBy(() -> run(tx -> {
                    tx.append(List.of(event()));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        run(tx -> {
            tx.append(List.of(kept));
            assertThatThrownBy(() -> tx.nested(() -> {
                        tx.append(List.of(event()));
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
        });
        append(this, tenant, last);
        assertThat(awaitLog(this, tenant, 2)).extracting(LoggedEvent::event).containsExactly(kept, last);
    }

    @Test
    @DisplayName("an event whose id is in the log is refused, and what was done with it a second time")
    void idsAreTakenOnce() {
        EventRecord first = event();
        append(this, tenant, first);
        EventRecord again = event(first.id(), ids.next(), "agent:2");
        assertThatThrownBy(() -> run(tx -> {
                    tx.insert(Member.TYPE, List.of(member()));
                    tx.append(List.of(event(), again, event()));
                }))
                .isInstanceOfSatisfying(DuplicateException.class, e -> {
                    assertThat(e.type()).isEqualTo("event");
                    assertThat(e.key()).isEqualTo("id");
                });
        EventRecord twice = event();
        assertThatThrownBy(() -> append(this, tenant, twice, twice)).isInstanceOf(DuplicateException.class);
        assertThat(all(Member.TYPE)).isEmpty();
        append(this, tenant, twice);
        assertThat(awaitLog(this, tenant, 2)).extracting(LoggedEvent::event).containsExactly(first, twice);
        append(this, TenantId.of(tenant.value() + "-2"), first);
    }

    @Test
    @DisplayName("of several who append an event of one id at once, one does")
    void idsAreTakenOnceAtOnce() {
        EventRecord event = event();
        List<Boolean> appended = Rivals.race(4, i -> {
            try {
                return Rivals.retried(() -> in(tx -> {
                    tx.insert(Member.TYPE, List.of(member()));
                    tx.append(List.of(event));
                    return true;
                }));
            } catch (DuplicateException e) {
                return false;
            }
        });
        assertThat(appended).containsOnlyOnce(true);
        assertThat(all(Member.TYPE)).hasSize(1);
        assertThat(awaitLog(this, tenant, 1)).extracting(LoggedEvent::event).containsExactly(event);
    }

    @Test
    @DisplayName("an event is readable by nobody before its commit, and the log can be read while it is open")
    void uncommittedEvents() {
        run(tx -> {
            tx.append(List.of(event()));
            assertThat(store().readLog(tenant, LogQuery.after(LogPosition.START, ALL)))
                    .isEmpty();
        });
        assertThat(awaitLog(this, tenant, 1)).hasSize(1);
    }

    @Test
    @DisplayName("the transaction that began first commits last: a reader who goes on from his position misses nothing")
    void firstBegunCommitsLast() {
        EventRecord slow = event();
        EventRecord quick = event();
        List<LoggedEvent> read = new ArrayList<>();
        try (Rivals rivals = new Rivals()) {
            run(tx -> {
                tx.append(List.of(slow));
                tx.insert(Member.TYPE, List.of(member()));
                Rivals.get(rivals.start(() -> {
                    append(this, tenant, quick);
                    return true;
                }));
                readOn(read);
                readOn(read);
                assertThat(read).extracting(LoggedEvent::event).doesNotContain(slow);
            });
        }
        for (int i = 0; i < READS && read.size() < 2; i++) {
            readOn(read);
        }
        assertThat(read).extracting(LoggedEvent::event).containsExactlyInAnyOrder(slow, quick);
        assertThat(awaitLog(this, tenant, 2)).isEqualTo(read);
    }

    @Test
    @DisplayName("a reader beside six writers, some of whom roll back, reads every event once, in the order of the log")
    void readersMissNothing() {
        int writers = 6;
        int transactions = 12;
        AtomicInteger busy = new AtomicInteger(writers);
        CountDownLatch begun = new CountDownLatch(1);
        List<LoggedEvent> read = new ArrayList<>();
        List<List<EventRecord>> committed = Rivals.race(writers + 1, i -> {
            if (i == writers) {
                begun.countDown();
                while (busy.get() > 0) {
                    readOn(read);
                }
                return List.of();
            }
            Rivals.await(begun);
            try {
                return write(i, transactions);
            } finally {
                busy.decrementAndGet();
            }
        });
        List<EventRecord> expected = committed.stream().flatMap(List::stream).toList();
        for (int i = 0; i < READS && read.size() < expected.size(); i++) {
            readOn(read);
        }
        assertThat(read).extracting(LoggedEvent::event).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(awaitLog(this, tenant, expected.size())).isEqualTo(read);
        for (List<EventRecord> ofOneWriter : committed.subList(0, writers)) {
            assertThat(read).extracting(LoggedEvent::event).containsSubsequence(ofOneWriter);
        }
    }

    /** Every fourth transaction is rolled back; what the others appended is given. */
    private List<EventRecord> write(int writer, int transactions) {
        List<EventRecord> committed = new ArrayList<>();
        for (int n = 0; n < transactions; n++) {
            List<EventRecord> events = List.of(
                    event(ids.next(), ids.next(), "job:" + writer), event(ids.next(), ids.next(), "job:" + writer));
            boolean undone = (n + writer) % 4 == 0;
            try {
                committed.addAll(Rivals.retried(() -> in(tx -> {
                    tx.append(events);
                    tx.insert(Member.TYPE, List.of(member()));
                    if (undone) {
                        throw new IllegalStateException("undone");
                    }
                    return events;
                })));
            } catch (IllegalStateException e) {
                assertThat(undone).isTrue();
            }
        }
        return committed;
    }

    private void readOn(List<LoggedEvent> read) {
        LogPosition last =
                read.isEmpty() ? LogPosition.START : read.get(read.size() - 1).position();
        read.addAll(store().readLog(tenant, LogQuery.after(last, 7)));
    }
}
