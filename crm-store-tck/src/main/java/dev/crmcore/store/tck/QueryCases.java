package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.Related;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.tck.Member.Contact;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Every store gives the same answer to a question, in the same order. */
abstract class QueryCases extends StoreCases {

    private static final int GENERATED = 500;
    private static final int MEMBERS = 40;

    QueryCases(StoreContract contract) {
        super(contract);
    }

    // --- conditions

    @Test
    @DisplayName("where a value is absent a comparison is false, and its contrary true")
    void conditionsAreTwoValued() {
        Member absent = insert(Member.TYPE, member());
        Member five = insert(Member.TYPE, member(m -> {
            m.order = 5L;
            m.value = "five";
            m.tags = List.of("a");
        }));
        Member six = insert(Member.TYPE, member(m -> {
            m.order = 6L;
            m.value = "six";
            m.contacts = List.of(Contact.known("shop", null));
        }));
        assertFinds(Member.ORDER.isNot(5L), absent, six);
        assertFinds(Member.ORDER.is(5L).not().not(), five);
        assertFinds(Member.ORDER.lessThan(6L).not(), absent, six);
        assertFinds(Member.ORDER.between(5L, 9L).not(), absent);
        assertFinds(Member.ORDER.in(List.of(5L)).not(), absent, six);
        assertFinds(Member.ORDER.in(List.of()));
        assertFinds(Member.ORDER.in(List.of()).not(), absent, five, six);
        assertFinds(Member.ORDER.between(6L, 5L));
        assertFinds(Member.VALUE.startsWith("f").not(), absent, six);
        assertFinds(Member.ORDER.isAbsent(), absent);
        assertFinds(Member.TAGS.contains("a").not(), absent, six);
        assertFinds(Member.CONTACTS.any(Contact.EXTERNAL_ID.is("1").not()), six);
        assertFinds(Member.CONTACTS.any(Contact.EXTERNAL_ID.is("1")).not(), absent, five, six);
        assertFinds(
                Condition.allOf(List.of(Member.ORDER.is(5L), Member.VALUE.is("x")))
                        .not(),
                absent,
                five,
                six);
        assertFinds(
                Condition.anyOf(List.of(Member.ORDER.is(5L), Member.VALUE.is("x")))
                        .not(),
                absent,
                six);
        assertFinds(Condition.always(), absent, five, six);
        assertFinds(Condition.never());
        assertFinds(Condition.<Member>never().not(), absent, five, six);
    }

    @Test
    @DisplayName("text compares by code point and exactly: no case, no accents, no wildcards, no padding")
    void textComparesByCodePoint() {
        List<String> ordered = List.of(
                "",
                " ",
                "%",
                "A",
                "Z",
                "a",
                "a ",
                "a%",
                "a_",
                "ab",
                "e",
                "e\u0301",
                "z",
                "\u00E9",
                "\uE000",
                "\uFFFD",
                "\uD83D\uDE00");
        List<Member> members = insertAll(
                Member.TYPE, ordered.stream().map(t -> member(m -> m.value = t)).toList());
        assertThat(list(Query.of(Member.TYPE).orderBy(Order.ascending(Member.VALUE))))
                .isEqualTo(members);
        for (int i = 0; i < ordered.size(); i++) {
            assertFinds(Member.VALUE.is(ordered.get(i)), members.get(i));
            assertThat(list(Query.of(Member.TYPE).where(Member.VALUE.lessThan(ordered.get(i)))))
                    .isEqualTo(members.subList(0, i));
        }
        assertFinds(Member.VALUE.startsWith("a%"), members.get(7));
        assertFinds(Member.VALUE.startsWith("a_"), members.get(8));
        assertFinds(Member.VALUE.startsWith("e"), members.get(10), members.get(11));
        assertFinds(Member.VALUE.startsWith("\uD83D\uDE00"), members.get(16));
        assertFinds(Member.VALUE.startsWith("\uFFFD"), members.get(15));
        assertThat(list(Query.of(Member.TYPE).where(Member.VALUE.startsWith(""))))
                .isEqualTo(members);
    }

    @Test
    @DisplayName("numbers, times and ids compare by value: decimals exactly, ids as unsigned numbers")
    void valuesCompareByValue() {
        Member low = insert(Member.TYPE, member(m -> {
            m.key = new BigDecimal("-9999999999999999999999999999.9999999999");
            m.group = new UUID(0, 1);
            m.day = LocalDate.of(1, 1, 1);
        }));
        Member middle = insert(Member.TYPE, member(m -> {
            m.key = new BigDecimal("9999999999999999999999999999.9999999998");
            m.group = new UUID(Long.MAX_VALUE, -1);
            m.day = LocalDate.of(1969, 12, 31);
        }));
        Member high = insert(Member.TYPE, member(m -> {
            m.key = new BigDecimal("9999999999999999999999999999.9999999999");
            m.group = new UUID(Long.MIN_VALUE, 0);
            m.day = LocalDate.of(9999, 12, 31);
        }));
        for (Field<Member, ?> field : List.<Field<Member, ?>>of(Member.KEY, Member.GROUP, Member.DAY)) {
            assertThat(list(Query.of(Member.TYPE).orderBy(Order.ascending(field))))
                    .as("order by " + field)
                    .containsExactly(low, middle, high);
        }
        assertFinds(Member.KEY.atLeast(new BigDecimal("9999999999999999999999999999.9999999999")), high);
        assertFinds(Member.GROUP.greaterThan(new UUID(Long.MAX_VALUE, -1)), high);
        assertFinds(Member.KEY.is(new BigDecimal("9999999999999999999999999999.9999999998000")), middle);
        assertFinds(Member.DAY.lessThan(LocalDate.of(1970, 1, 1)), low, middle);
    }

    @Test
    @DisplayName("an element fulfils a condition alone: two conditions on elements may be met by two of them")
    void conditionsOnElements() {
        Member both = insert(
                Member.TYPE,
                member(m -> m.contacts = List.of(
                        new Contact(Contact.Channel.EMAIL, "a", "shop", "1", null, null),
                        new Contact(Contact.Channel.PHONE, "b", "web", "1", NOW, null))));
        Member other = insert(
                Member.TYPE,
                member(m -> m.contacts = List.of(new Contact(Contact.Channel.EMAIL, "b", "app", "1", NOW, null))));
        assertFinds(
                Member.CONTACTS.any(Contact.CHANNEL.is(Contact.Channel.EMAIL).and(Contact.VALUE.is("b"))), other);
        assertFinds(
                Member.CONTACTS
                        .any(Contact.CHANNEL.is(Contact.Channel.EMAIL))
                        .and(Member.CONTACTS.any(Contact.VALUE.is("b"))),
                both,
                other);
        assertFinds(Member.CONTACTS.any(Contact.VERIFIED_AT.isAbsent()), both);
        assertFinds(Member.CONTACTS.isNotEmpty().not());
    }

    @Test
    @DisplayName("figures over related records: at least two, together at least a sum, over the same records")
    void figuresOverRelatedRecords() {
        Member none = insert(Member.TYPE, member());
        Member one = insert(Member.TYPE, member());
        Member two = insert(Member.TYPE, member());
        insertAll(
                Sale.TYPE,
                List.of(
                        sale(one, "150", NOW.minusSeconds(10)),
                        sale(two, "60", NOW.minusSeconds(10)),
                        sale(two, "60", NOW),
                        Sale.of(ids.next(), two.id(), NOW.minusSeconds(100))));
        Related<Member, Sale> lately = Related.to(Member.TYPE, Sale.TYPE, Sale.MEMBER)
                .where(Sale.PLACED_AT.withinLast(Duration.ofSeconds(50)));
        assertFinds(
                lately.having(Aggregate.count(), Comparison.AT_LEAST, 2L)
                        .having(Aggregate.sum(Sale.AMOUNT), Comparison.AT_LEAST, new BigDecimal("100"))
                        .asOf(NOW),
                two);
        assertFinds(lately.exists().asOf(NOW), one, two);
        assertFinds(lately.exists().not().asOf(NOW), none);
        assertFinds(lately.having(Aggregate.count(), Comparison.EQUAL, 0L).asOf(NOW), none);
        assertFinds(lately.having(Aggregate.count(), Comparison.LESS, 2L).asOf(NOW), none, one);
        Related<Member, Sale> ever = Related.to(Member.TYPE, Sale.TYPE, Sale.MEMBER);
        // Over no records a sum is absent: neither small nor great
        assertFinds(ever.having(Aggregate.sum(Sale.AMOUNT), Comparison.LESS, new BigDecimal("140")), two);
        assertFinds(
                ever.having(Aggregate.sum(Sale.AMOUNT), Comparison.LESS, new BigDecimal("140"))
                        .not(),
                none,
                one);
        assertFinds(ever.having(Aggregate.countDistinct(Sale.AMOUNT), Comparison.EQUAL, 1L), one, two);
        assertFinds(ever.having(Aggregate.max(Sale.PLACED_AT), Comparison.EQUAL, NOW), two);
        assertFinds(ever.having(Aggregate.min(Sale.CURRENCY), Comparison.EQUAL, "EUR"), one, two);
    }

    private Sale sale(Member member, String amount, Instant at) {
        return Sale.of(ids.next(), member.id(), at).worth(new BigDecimal(amount), "EUR");
    }

    @Test
    @DisplayName("relative time must be bound before a store sees it")
    void relativeTime() {
        Member yesterday = insert(Member.TYPE, member(m -> m.from = NOW.minus(Duration.ofHours(20))));
        insert(Member.TYPE, member(m -> m.from = NOW.plusSeconds(1)));
        Condition<Member> lastDay = Member.FROM.withinLast(Duration.ofDays(1));
        assertFinds(lastDay.asOf(NOW), yesterday);
        assertFinds(
                Member.FROM
                        .withinLast(Period.ofDays(1), ZoneId.of("Asia/Tokyo"))
                        .asOf(NOW),
                all(Member.TYPE).toArray(Member[]::new));
        for (Condition<Member> unbound : List.of(
                lastDay,
                lastDay.not(),
                Member.VALUE.is("x").or(lastDay),
                Member.CONTACTS.any(Contact.VERIFIED_AT.withinLast(Duration.ofDays(1))),
                Related.to(Member.TYPE, Sale.TYPE, Sale.MEMBER)
                        .where(Sale.PLACED_AT.withinLast(Duration.ofDays(1)))
                        .exists())) {
            Query<Member> query = Query.of(Member.TYPE).where(unbound);
            assertThatThrownBy(() -> list(query)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run(tx -> tx.count(query))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> deleteAll(query)).isInstanceOf(IllegalArgumentException.class);
            assertThat(list(query.asOf(NOW))).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(all(Member.TYPE)).hasSize(2);
    }

    @Test
    @DisplayName("generated conditions on generated records: the store finds and counts what the oracle finds")
    void generatedConditions(TestReporter reporter) {
        long seed = Seed.reportedTo(reporter);
        Population population = in(tx -> Population.in(tx, seed, MEMBERS));
        Conditions conditions = new Conditions(population);
        run(tx -> {
            for (int i = 0; i < GENERATED; i++) {
                int depth = 1 + i % 4;
                switch (i % 5) {
                    case 0 -> assertAgrees(tx, conditions, Sale.TYPE, conditions.onSales(depth), seed, i);
                    case 1 -> assertAgrees(tx, conditions, Task.TYPE, conditions.onTasks(depth), seed, i);
                    default -> assertAgrees(tx, conditions, Member.TYPE, conditions.onMembers(depth), seed, i);
                }
            }
        });
    }

    private static <T> void assertAgrees(
            StoreTransaction tx, Conditions oracle, RecordType<T> type, Condition<T> condition, long seed, int i) {
        List<T> expected = oracle.matching(type, condition);
        Query<T> query = Query.of(type).where(condition);
        String as = "seed " + seed + ", condition " + i + " on " + type.name() + ": " + condition.describe();
        // Every third one reads the records themselves; for the others their number and ids say as much
        if (i % 3 == 0) {
            assertThat(tx.list(query)).as(as).isEqualTo(expected);
        } else {
            List<UUID> found = Rows.ids(tx, query);
            assertThat(found).as(as).isEqualTo(expected.stream().map(type::idOf).toList());
        }
        if (i % 4 == 0) {
            assertThat(tx.count(query)).as(as).isEqualTo(expected.size());
        }
    }

    // --- order and pages

    @Test
    @DisplayName("absent values come last, ascending and descending, and ties are ordered by id")
    void absentComesLast() {
        Member absent = insert(Member.TYPE, member());
        Member two = insert(Member.TYPE, member(m -> m.order = 2L));
        Member one = insert(Member.TYPE, member(m -> m.order = 1L));
        Member oneMore = insert(Member.TYPE, member(m -> m.order = 1L));
        Member absentToo = insert(Member.TYPE, member());
        assertThat(list(Query.of(Member.TYPE).orderBy(Order.ascending(Member.ORDER))))
                .containsExactly(one, oneMore, two, absent, absentToo);
        assertThat(list(Query.of(Member.TYPE).orderBy(Order.descending(Member.ORDER))))
                .containsExactly(two, oneMore, one, absentToo, absent);
        assertThat(list(Query.of(Member.TYPE).orderBy(Order.descending(Member.ORDER), Order.ascending(Member.VALUE))))
                .containsExactly(two, one, oneMore, absent, absentToo);
    }

    @Test
    @DisplayName("without an order records come by id, and a limit takes the first")
    void orderById() {
        List<Member> members = insertAll(
                Member.TYPE,
                List.of(
                        Member.of(new UUID(-1, 5)),
                        Member.of(new UUID(1, -1)),
                        Member.of(new UUID(1, 1)),
                        Member.of(new UUID(0, 0))));
        List<Member> ordered = List.of(members.get(3), members.get(2), members.get(1), members.get(0));
        assertThat(all(Member.TYPE)).isEqualTo(ordered);
        assertThat(list(Query.of(Member.TYPE).limit(2))).isEqualTo(ordered.subList(0, 2));
        assertThat(list(Query.of(Member.TYPE).limit(4))).isEqualTo(ordered);
        assertThat(list(Query.of(Member.TYPE)
                        .orderBy(Order.descending(Member.TYPE.idField()))
                        .limit(1)))
                .containsExactly(members.get(0));
        run(tx -> assertThat(tx.count(Query.of(Member.TYPE).limit(1))).isEqualTo(4));
    }

    @Test
    @DisplayName("pages of any order follow each other without a gap or a repetition, by any field, with ties")
    void pages(TestReporter reporter) {
        long seed = Seed.reportedTo(reporter);
        Population population = in(tx -> Population.in(tx, seed, MEMBERS));
        List<Field<Member, ?>> fields = Stream.concat(Member.TYPE.fields().stream(), Stream.of(Member.TYPE.idField()))
                .toList();
        List<List<Order<Member>>> orders = new ArrayList<>();
        for (Field<Member, ?> field : fields) {
            orders.add(List.of(Order.ascending(field)));
            orders.add(List.of(Order.descending(field)));
        }
        for (int i = 0; i < 20; i++) {
            List<Order<Member>> steps = new ArrayList<>();
            for (int step = 2 + i % 2; step > 0; step--) {
                steps.add(
                        new Order<>(population.one(fields), population.random().nextBoolean()));
            }
            orders.add(steps);
        }
        run(tx -> orders.forEach(order -> {
            Query<Member> query = Query.of(Member.TYPE).orderBy(order).limit(9);
            List<Member> expected =
                    population.all(Member.TYPE).stream().sorted(query::compare).toList();
            assertThat(pages(tx, query, page -> {}))
                    .as("seed " + seed + ", order by " + order)
                    .isEqualTo(expected);
        }));
    }

    private static <T> List<T> pages(StoreTransaction tx, Query<T> query, Consumer<Page<T>> between) {
        List<T> all = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            Query<T> here = next.map(query::after).orElse(query);
            Page<T> page = Page.of(here, tx.list(here.limit(query.limit() + 1)));
            all.addAll(page.items());
            between.accept(page);
            // A cursor travels as text, through a link for instance
            next = page.next().map(cursor -> Cursor.parse(query.orders(), cursor.toText(query.orders())));
        } while (next.isPresent());
        return all;
    }

    @Test
    @DisplayName("a page goes on after its place also when the record there was changed or deleted, or others came")
    void pagesAmongChanges() {
        List<Member> members = insertAll(
                Member.TYPE,
                IntStream.range(0, 9)
                        .mapToObj(i -> Member.of(Ids.number(10 * i + 10)).with(m -> m.order = (long) (i / 4)))
                        .toList());
        Query<Member> query =
                Query.of(Member.TYPE).orderBy(Order.ascending(Member.ORDER)).limit(3);
        List<Member> read = new ArrayList<>();
        run(tx -> read.addAll(pages(tx, query, page -> {
            if (page.items().contains(members.get(2))) {
                tx.delete(Member.TYPE, members.get(2).id(), 1);
                tx.delete(Member.TYPE, members.get(4).id(), 1);
                tx.insert(
                        Member.TYPE,
                        List.of(
                                Member.of(Ids.number(5)).with(m -> m.order = 0L),
                                Member.of(Ids.number(35)).with(m -> m.order = 0L)));
            }
        })));
        assertThat(read)
                .extracting(m -> m.id().value())
                .containsExactly(
                        Ids.number(10),
                        Ids.number(20),
                        Ids.number(30),
                        Ids.number(35),
                        Ids.number(40),
                        Ids.number(60),
                        Ids.number(70),
                        Ids.number(80),
                        Ids.number(90));
    }

    @Test
    @DisplayName("a condition narrows pages, and a page after the last place is empty")
    void pagesUnderACondition() {
        List<Member> members = insertAll(
                Member.TYPE,
                IntStream.range(0, 20)
                        .mapToObj(i -> member(m -> {
                            m.order = (long) i % 3;
                            m.user = i % 2 == 0;
                        }))
                        .toList());
        Query<Member> query = Query.of(Member.TYPE)
                .where(Member.USER.is(true))
                .orderBy(Order.descending(Member.ORDER))
                .limit(4);
        List<Member> expected = members.stream()
                .filter(m -> Boolean.TRUE.equals(m.user()))
                .sorted(query::compare)
                .toList();
        run(tx -> {
            assertThat(pages(tx, query, page -> {})).isEqualTo(expected);
            Member last = expected.get(expected.size() - 1);
            assertThat(tx.list(query.after(query.cursorAt(last)))).isEmpty();
        });
    }

    @Test
    @DisplayName("generated set-based changes under generated conditions: the same records as the oracle finds")
    void generatedSetBasedChanges(TestReporter reporter) {
        long seed = Seed.reportedTo(reporter);
        Population population = in(tx -> Population.in(tx, seed + 1, MEMBERS));
        Conditions conditions = new Conditions(population);
        for (int i = 0; i < 20; i++) {
            Condition<Member> condition = conditions.onMembers(1 + i % 3);
            List<Member> found = conditions.matching(Member.TYPE, condition);
            String as = "seed " + seed + ", condition " + i + ": " + condition.describe();
            assertThatThrownBy(() -> run(tx -> {
                        long changed =
                                tx.updateAll(Query.of(Member.TYPE).where(condition), SetBasedCases.everythingChanges());
                        assertThat(changed).as(as).isEqualTo(found.size());
                        List<Member> expected = population.all(Member.TYPE).stream()
                                .map(m -> found.contains(m) ? SetBasedCases.changed(m) : m)
                                .toList();
                        assertThat(tx.list(Query.of(Member.TYPE))).as(as).isEqualTo(expected);
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
            assertThatThrownBy(() -> run(tx -> {
                        assertThat(tx.deleteAll(Query.of(Member.TYPE).where(condition)))
                                .as(as)
                                .isEqualTo(found.size());
                        assertThat(tx.list(Query.of(Member.TYPE)))
                                .as(as)
                                .isEqualTo(population.all(Member.TYPE).stream()
                                        .filter(m -> !found.contains(m))
                                        .toList());
                        throw new IllegalStateException("undone");
                    }))
                    .hasMessage("undone");
        }
        assertThat(all(Member.TYPE)).isEqualTo(population.all(Member.TYPE));
    }

    private void assertFinds(Condition<Member> condition, Member... expected) {
        assertThat(list(Query.of(Member.TYPE).where(condition)))
                .as(condition.describe())
                .containsExactly(expected);
        run(tx -> assertThat(tx.count(Query.of(Member.TYPE).where(condition)))
                .as(condition.describe())
                .isEqualTo(expected.length));
    }
}
