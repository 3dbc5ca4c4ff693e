package dev.crmcore.store.memory;

import static dev.crmcore.store.memory.Note.id;
import static dev.crmcore.store.memory.Note.notes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.TenantId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.Related;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What queries cost, counted in records looked at. */
class VisitedRecordsTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryStore store = MemoryStore.create();

    private record ContactId(UUID value) implements EntityId {}

    private record Contact(ContactId id, long version, String email) {

        static final Field<Contact, String> EMAIL =
                Field.<Contact>text("email", Contact::email).required().indexed();

        static final EntityType<Contact> TYPE = EntityType.define("contact", Contact.class)
                .id(Contact::id)
                .version(Contact::version, (c, v) -> new Contact(c.id, v, c.email))
                .fields(EMAIL)
                .readBy(s -> new Contact(new ContactId(s.id()), s.version(), s.require(EMAIL)));
    }

    private record OrderId(UUID value) implements EntityId {}

    /** Known by its number in another system, as what an import brings. */
    private record ForeignOrder(OrderId id, long version, String system, String number) {

        static final Field<ForeignOrder, String> SYSTEM = Field.<ForeignOrder>text("system", ForeignOrder::system)
                .required()
                .indexed();
        static final Field<ForeignOrder, String> NUMBER =
                Field.<ForeignOrder>text("number", ForeignOrder::number).required();

        static final EntityType<ForeignOrder> TYPE = EntityType.define("foreign_order", ForeignOrder.class)
                .id(ForeignOrder::id)
                .version(ForeignOrder::version, (o, v) -> new ForeignOrder(o.id, v, o.system, o.number))
                .fields(SYSTEM, NUMBER)
                .unique(UniqueKey.of("foreign_order_number", SYSTEM, NUMBER))
                .readBy(s -> new ForeignOrder(new OrderId(s.id()), s.version(), s.require(SYSTEM), s.require(NUMBER)));

        static ForeignOrder of(int i) {
            return new ForeignOrder(new OrderId(new UUID(0, i)), 0, "shop", "n" + i);
        }
    }

    private <T> void insert(EntityType<T> type, List<T> entities) {
        store.inTransaction(ACME, tx -> tx.insert(type, entities));
    }

    private long visitedBy(Query<Note> query, Long... expected) {
        long before = store.recordsVisited();
        List<Note> found = store.inTransaction(ACME, tx -> tx.list(query));
        assertThat(found).extracting(Note::number).containsExactly(expected);
        return store.recordsVisited() - before;
    }

    @Test
    void findingOneAddressAmongAMillionDoesNotReadTheOthers() {
        int million = 1_000_000;
        for (int from = 0; from < million; from += 10_000) {
            List<Contact> batch = new ArrayList<>();
            for (int i = from; i < from + 10_000; i++) {
                // Spread over the alphabet, so that neighbours by id are no neighbours by address
                String email = Integer.toHexString(Integer.reverse(i)) + "@example.com";
                batch.add(new Contact(new ContactId(new UUID(0, i)), 0, email));
            }
            insert(Contact.TYPE, batch);
        }
        String wanted = Integer.toHexString(Integer.reverse(123_456)) + "@example.com";
        List<Contact> found =
                store.inTransaction(ACME, tx -> tx.list(Query.of(Contact.TYPE).where(Contact.EMAIL.is(wanted))));
        assertThat(found)
                .extracting(contact -> contact.id().value().getLeastSignificantBits())
                .containsExactly(123_456L);
        assertThat(store.recordsVisited()).isEqualTo(1);

        store.inTransaction(ACME, tx -> tx.list(Query.of(Contact.TYPE).limit(50)));
        assertThat(store.recordsVisited()).as("a page in the order of ids").isEqualTo(51);
    }

    @Test
    void findingManyByAUniqueKeyDoesNotReadTheOthers() {
        insert(
                ForeignOrder.TYPE,
                IntStream.range(0, 5_000).mapToObj(ForeignOrder::of).toList());
        // More than the steps that the planner tries of each way; some are new and some repeated
        List<String> numbers = IntStream.range(4_500, 5_500)
                .mapToObj(i -> "n" + Math.min(i, 5_100))
                .toList();
        Query<ForeignOrder> wanted =
                Query.of(ForeignOrder.TYPE).where(ForeignOrder.SYSTEM.is("shop").and(ForeignOrder.NUMBER.in(numbers)));
        List<ForeignOrder> found = store.inTransaction(ACME, tx -> {
            tx.insert(ForeignOrder.TYPE, List.of(ForeignOrder.of(5_050), ForeignOrder.of(6_000)));
            return tx.list(wanted);
        });
        assertThat(found)
                .extracting(ForeignOrder::number)
                .containsExactlyElementsOf(IntStream.concat(IntStream.range(4_500, 5_000), IntStream.of(5_050))
                        .mapToObj(i -> "n" + i)
                        .toList());
        assertThat(store.recordsVisited()).isEqualTo(501);

        Query<ForeignOrder> another =
                Query.of(ForeignOrder.TYPE).where(ForeignOrder.SYSTEM.is("desk").and(ForeignOrder.NUMBER.in(numbers)));
        List<ForeignOrder> none = store.inTransaction(ACME, tx -> tx.list(another));
        assertThat(none).isEmpty();
        assertThat(store.recordsVisited()).isEqualTo(501);
    }

    @Test
    void aPageOfATimelineCostsThePage() {
        // Five subjects with 2,000 notes each, two at every instant, every 100th without one
        insert(
                Note.TYPE,
                notes(
                        1,
                        10_001,
                        note -> note.with(n -> {
                            n.owner = id(n.number() % 5 + 1);
                            n.at = n.number() % 100 == 0 ? null : NOON.plusSeconds(n.number() / 10);
                        })));
        Query<Note> newest = Query.of(Note.TYPE)
                .where(Note.OWNER.is(id(2)))
                .orderBy(Order.descending(Note.AT))
                .limit(20);
        List<Long> walked = new ArrayList<>();
        Cursor place = null;
        for (int page = 0; page < 101; page++) {
            Query<Note> query = place == null ? newest : newest.after(place);
            long before = store.recordsVisited();
            List<Note> notes = store.inTransaction(ACME, tx -> tx.list(query));
            assertThat(store.recordsVisited() - before).isLessThanOrEqualTo(20);
            notes.forEach(note -> walked.add(note.number()));
            place = notes.isEmpty() ? place : query.cursorAt(notes.get(notes.size() - 1));
        }
        Query<Note> whole = Query.of(Note.TYPE).where(Note.OWNER.is(id(2))).orderBy(Order.descending(Note.AT));
        List<Note> all = store.inTransaction(ACME, tx -> tx.list(Query.of(Note.TYPE)));
        assertThat(walked)
                .containsExactlyElementsOf(all.stream()
                        .filter(note -> id(2).equals(note.owner))
                        .sorted(whole::compare)
                        .map(Note::number)
                        .toList())
                .hasSize(2_000);
    }

    @Test
    void everyIndexIsUsed() {
        insert(
                Note.TYPE,
                notes(
                        1,
                        1_001,
                        note -> note.with(n -> {
                            long i = n.number();
                            n.email = "e" + i;
                            n.code = "c" + i;
                            n.rank = i;
                            n.team = "t" + i % 3;
                            n.tags = List.of("tag" + i);
                            n.channels = List.of(new Note.Channel("k", "a" + i));
                        })));
        Query<Note> notes = Query.of(Note.TYPE);
        assertThat(visitedBy(notes.where(Note.TYPE.idField().is(new UUID(0, 7))), 7L))
                .isEqualTo(1);
        assertThat(visitedBy(notes.where(Note.TYPE.idField().in(List.of(new UUID(0, 7), new UUID(0, 3)))), 3L, 7L))
                .isEqualTo(2);
        assertThat(visitedBy(notes.where(Note.CODE.is("c9")), 9L))
                .as("unique key")
                .isEqualTo(1);
        assertThat(visitedBy(notes.where(Note.CHANNELS.any(Note.KIND.is("k").and(Note.ADDRESS.is("a5")))), 5L))
                .as("unique key over elements")
                .isEqualTo(1);
        assertThat(visitedBy(
                        notes.where(Note.CHANNELS.any(Note.ADDRESS.startsWith("a99"))),
                        99L,
                        990L,
                        991L,
                        992L,
                        993L,
                        994L,
                        995L,
                        996L,
                        997L,
                        998L,
                        999L))
                .isEqualTo(11);
        assertThat(visitedBy(notes.where(Note.TAGS.containsAny(List.of("tag1", "tag2", "none"))), 1L, 2L))
                .isEqualTo(2);
        assertThat(visitedBy(notes.where(Note.EMAIL.startsWith("e100")), 100L, 1000L))
                .isEqualTo(2);
        assertThat(visitedBy(notes.where(Note.RANK.between(10L, 12L)), 10L, 11L, 12L))
                .isEqualTo(3);
        assertThat(visitedBy(notes.where(Note.RANK.greaterThan(998L).and(Note.RANK.lessThan(1000L))), 999L))
                .isEqualTo(1);
        assertThat(visitedBy(notes.where(Note.RANK.in(List.of(1L, 5L, 5L))), 1L, 5L))
                .isEqualTo(2);
        assertThat(visitedBy(
                        notes.where(Note.RANK.is(3L).or(Note.EMAIL.is("e3")).or(Note.CODE.is("c4"))), 3L, 4L))
                .isEqualTo(2);
        assertThat(visitedBy(notes.where(Note.GROUP.is("t1").and(Note.RANK.is(4L))), 4L))
                .as("the narrower of two indexes")
                .isEqualTo(1);
        assertThat(visitedBy(
                        notes.where(Note.RANK.isPresent())
                                .orderBy(Order.descending(Note.RANK))
                                .limit(2),
                        1000L,
                        999L))
                .as("the order of an index")
                .isEqualTo(2);
        assertThat(visitedBy(notes.where(Condition.never()))).isZero();
        assertThat(visitedBy(notes.where(Note.RANK.in(List.of())))).isZero();
    }

    @Test
    void relatedRecordsAreFoundByTheirReference() {
        insert(
                Note.TYPE,
                notes(
                        1,
                        1_001,
                        note -> note.with(n -> {
                            n.rank = n.number() <= 10 ? 1L : null;
                            n.owner = id(n.number() % 100 + 1);
                        })));
        Query<Note> query = Query.of(Note.TYPE)
                .where(Note.RANK
                        .is(1L)
                        .and(Related.to(Note.TYPE, Note.TYPE, Note.OWNER)
                                .having(Aggregate.count(), Comparison.AT_LEAST, 10L)));
        assertThat(visitedBy(query, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L))
                .as("ten records and ten that name each of them")
                .isEqualTo(110);
    }
}
