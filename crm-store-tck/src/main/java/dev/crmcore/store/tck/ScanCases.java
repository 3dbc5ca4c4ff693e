package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Aggregation;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarKind;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.Lease;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Columns are read without the records, and figures without the columns. */
abstract class ScanCases extends StoreCases {

    private static final int GENERATED = 60;
    private static final int MEMBERS = 40;

    ScanCases(StoreContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("a scan gives columns of every kind")
    void everyKind() {
        UUID group = new UUID(-1, 1);
        Instant from = Instant.parse("1969-12-31T23:59:59.999999Z");
        Member member = insert(Member.TYPE, member(m -> {
            m.value = "text";
            m.order = Long.MAX_VALUE;
            m.key = new BigDecimal("12.50");
            m.user = true;
            m.from = from;
            m.day = LocalDate.of(1, 1, 1);
            m.group = group;
            m.level = Member.Level.GOLD;
        }));
        run(tx -> {
            try (RowCursor row = tx.scan(
                    Query.of(Member.TYPE),
                    List.of(
                            Member.VALUE,
                            Member.ORDER,
                            Member.KEY,
                            Member.USER,
                            Member.FROM,
                            Member.DAY,
                            Member.GROUP,
                            Member.LEVEL,
                            Member.TYPE.idField(),
                            Member.SERIES))) {
                assertThat(row.next()).isTrue();
                assertThat(row.getText(0)).isEqualTo("text");
                assertThat(row.getLong(1)).isEqualTo(Long.MAX_VALUE);
                assertThat(row.getDecimal(2)).isEqualTo(new BigDecimal("12.5"));
                assertThat(row.getScaled(2, 2)).isEqualTo(1_250);
                assertThat(row.getScaled(2, 1)).isEqualTo(125);
                assertThatThrownBy(() -> row.getScaled(2, 0)).isInstanceOf(ArithmeticException.class);
                assertThat(row.getBoolean(3)).isTrue();
                assertThat(row.getInstant(4)).isEqualTo(from);
                assertThat(row.getEpochMicros(4)).isEqualTo(-1);
                assertThat(row.getDate(5)).isEqualTo(LocalDate.of(1, 1, 1));
                assertThat(row.getId(6)).isEqualTo(group);
                assertThat(row.getText(7)).isEqualTo("GOLD");
                assertThat(row.getId(8)).isEqualTo(member.id().value());
                assertThat(row.isNull(0)).isFalse();
                assertThat(row.isNull(9)).isTrue();
                assertThat(row.next()).isFalse();
            }
        });
    }

    @Test
    @DisplayName("an absent value cannot be read, and no value as another kind than its own")
    void absentAndOtherKinds() {
        insertAll(
                Member.TYPE,
                List.of(
                        member(m -> {
                            m.value = "1";
                            m.order = 1L;
                            m.key = BigDecimal.ONE;
                            m.from = NOW;
                            m.group = ids.next();
                            m.user = true;
                            m.day = LocalDate.EPOCH;
                        }),
                        member()));
        run(tx -> {
            try (RowCursor row = tx.scan(
                    Query.of(Member.TYPE),
                    List.of(
                            Member.VALUE,
                            Member.ORDER,
                            Member.KEY,
                            Member.FROM,
                            Member.GROUP,
                            Member.USER,
                            Member.DAY))) {
                assertThat(row.next()).isTrue();
                List<Consumer<RowCursor>> others = List.of(
                        r -> r.getLong(0),
                        r -> r.getText(1),
                        r -> r.getLong(2),
                        r -> r.getDate(3),
                        r -> r.getText(4),
                        r -> r.getLong(5),
                        r -> r.getInstant(6),
                        r -> r.getDecimal(1),
                        r -> r.getScaled(1, 0),
                        r -> r.getEpochMicros(1),
                        r -> r.getId(0),
                        r -> r.getBoolean(0));
                others.forEach(
                        other -> assertThatThrownBy(() -> other.accept(row)).isInstanceOf(ClassCastException.class));
                assertThat(row.next()).isTrue();
                List<Consumer<RowCursor>> absent = List.of(
                        r -> r.getText(0),
                        r -> r.getLong(1),
                        r -> r.getDecimal(2),
                        r -> r.getScaled(2, 2),
                        r -> r.getInstant(3),
                        r -> r.getEpochMicros(3),
                        r -> r.getId(4),
                        r -> r.getBoolean(5),
                        r -> r.getDate(6));
                absent.forEach(
                        read -> assertThatThrownBy(() -> read.accept(row)).isInstanceOf(IllegalStateException.class));
            }
        });
    }

    @Test
    @DisplayName("while a cursor is open every other call is refused; closed, early too, the transaction goes on")
    void oneThingAtATime() {
        Member member = insert(Member.TYPE, member(m -> m.tags = List.of("a")));
        insertAll(Member.TYPE, List.of(member(), member()));
        run(tx -> {
            List<RowCursor> cursors = new ArrayList<>();
            for (int kind = 0; kind < 3; kind++) {
                RowCursor rows = switch (kind) {
                    case 0 -> tx.scan(Query.of(Member.TYPE), List.of(Member.ORDER));
                    case 1 ->
                        tx.scanElements(
                                Query.of(Member.TYPE),
                                Member.TAGS,
                                List.of(),
                                Member.TAGS.element().fields());
                    default -> tx.group(Query.of(Member.TYPE), List.of(Member.VALUE), List.of());
                };
                assertThat(rows.next()).isTrue();
                assertOthersAreRefused(tx, member);
                rows.close();
                rows.close();
                assertThat(tx.find(Member.TYPE, member.id())).contains(member);
                cursors.add(rows);
            }
            assertThat(cursors).hasSize(3);
            tx.insert(Member.TYPE, List.of(member()));
        });
        assertThat(all(Member.TYPE)).hasSize(4);
    }

    private void assertOthersAreRefused(StoreTransaction tx, Member member) {
        List<Runnable> others = List.of(
                () -> tx.find(Member.TYPE, member.id()),
                () -> tx.findAll(Member.TYPE, List.of(member.id())),
                () -> tx.lock(Member.TYPE, member.id()),
                () -> tx.list(Query.of(Member.TYPE)),
                () -> tx.count(Query.of(Member.TYPE)),
                () -> tx.insert(Member.TYPE, List.of(member())),
                () -> tx.insertIfAbsent(Member.TYPE, List.of(member()), Member.BY_CODE),
                () -> tx.update(Member.TYPE, List.of(member)),
                () -> tx.delete(Member.TYPE, member.id(), 1),
                () -> tx.updateAll(Query.of(Member.TYPE), Member.TYPE.blanking()),
                () -> tx.deleteAll(Query.of(Member.TYPE)),
                () -> tx.scan(Query.of(Member.TYPE), List.of(Member.ORDER)),
                () -> tx.group(Query.of(Member.TYPE), List.of(), List.of(Aggregate.count())),
                () -> tx.claim(Query.of(Task.TYPE), new Lease("a", NOW, NOW.plusSeconds(1))),
                () -> tx.append(List.of(LogCases.event(ids.next(), ids.next(), "agent:1"))),
                () -> tx.nested(() -> true));
        for (int i = 0; i < others.size(); i++) {
            Runnable other = others.get(i);
            assertThatThrownBy(other::run).as("call " + i).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("a cursor sees the state at its opening, whatever others commit while it is read")
    void cursorsSeeTheirOpening() {
        int size = 600;
        List<Member> members = insertAll(
                Member.TYPE,
                IntStream.range(0, size)
                        .mapToObj(i -> member(m -> {
                            m.order = (long) i;
                            m.tags = List.of("t" + i);
                        }))
                        .toList());
        try (Rivals rivals = new Rivals()) {
            run(tx -> {
                List<Long> read = new ArrayList<>();
                try (RowCursor rows =
                        tx.scan(Query.of(Member.TYPE).orderBy(Order.ascending(Member.ORDER)), List.of(Member.ORDER))) {
                    Rivals.get(rivals.start(() -> {
                        run(other -> {
                            other.delete(Member.TYPE, members.get(size - 1).id(), 1);
                            other.update(
                                    Member.TYPE, List.of(members.get(size - 2).with(m -> m.order = -1L)));
                            other.insert(Member.TYPE, List.of(member(m -> m.order = 1_000_000L)));
                        });
                        return true;
                    }));
                    while (rows.next()) {
                        read.add(rows.getLong(0));
                    }
                }
                assertThat(read).isEqualTo(members.stream().map(Member::order).toList());
                assertThat(tx.count(Query.of(Member.TYPE).where(Member.ORDER.is(-1L))))
                        .isEqualTo(1);
            });
        }
    }

    @Test
    @DisplayName("a scan keeps the order and the limit of its query")
    void orderAndLimit() {
        insertAll(
                Member.TYPE,
                List.of(member(m -> m.order = 2L), member(), member(m -> m.order = 3L), member(m -> m.order = 1L)));
        Query<Member> query = Query.of(Member.TYPE).orderBy(Order.descending(Member.ORDER));
        run(tx -> {
            assertThat(orders(tx, query)).containsExactly(3L, 2L, 1L, null);
            assertThat(orders(tx, query.limit(2))).containsExactly(3L, 2L);
            Member two =
                    tx.list(Query.of(Member.TYPE).where(Member.ORDER.is(2L))).get(0);
            assertThat(orders(tx, query.after(query.cursorAt(two)))).containsExactly(1L, null);
        });
    }

    private static List<@Nullable Object> orders(StoreTransaction tx, Query<Member> query) {
        List<@Nullable Object> orders = new ArrayList<>();
        Rows.all(tx.scan(query, List.of(Member.ORDER)), List.of(ScalarKind.LONG))
                .forEach(row -> orders.add(row.get(0)));
        return orders;
    }

    @Test
    @DisplayName("elements come row by row, in the order of their records and in their own, the limit counts records")
    void elements() {
        Member two = insert(Member.TYPE, member(m -> {
            m.order = 2L;
            m.tags = List.of("z", "a", "z");
        }));
        insert(Member.TYPE, member(m -> m.order = 3L));
        Member one = insert(Member.TYPE, member(m -> {
            m.order = 1L;
            m.tags = List.of("m");
        }));
        List<ScalarKind> kinds = List.of(ScalarKind.LONG, ScalarKind.ID, ScalarKind.TEXT);
        Query<Member> query = Query.of(Member.TYPE).orderBy(Order.descending(Member.ORDER));
        List<List<Object>> expected = List.of(
                List.of(2L, two.id().value(), "z"),
                List.of(2L, two.id().value(), "a"),
                List.of(2L, two.id().value(), "z"),
                List.of(1L, one.id().value(), "m"));
        run(tx -> {
            assertThat(Rows.all(tags(tx, query), kinds)).isEqualTo(expected);
            assertThat(Rows.all(tags(tx, query.limit(2)), kinds)).isEqualTo(expected.subList(0, 3));
            assertThat(Rows.all(tags(tx, query.where(Member.TAGS.contains("m"))), kinds))
                    .isEqualTo(expected.subList(3, 4));
        });
    }

    private static RowCursor tags(StoreTransaction tx, Query<Member> query) {
        return tx.scanElements(
                query,
                Member.TAGS,
                List.of(Member.ORDER, Member.TYPE.idField()),
                Member.TAGS.element().fields());
    }

    @Test
    @DisplayName("over no records all are still one group: a count of 0 and no other figure")
    void groupsOfNothing() {
        run(tx -> {
            List<ScalarKind> kinds = List.of(ScalarKind.LONG, ScalarKind.LONG, ScalarKind.LONG, ScalarKind.TEXT);
            List<Aggregate<Member>> figures = List.of(
                    Aggregate.count(),
                    Aggregate.countDistinct(Member.VALUE),
                    Aggregate.sum(Member.ORDER),
                    Aggregate.max(Member.VALUE));
            List<@Nullable Object> row = new ArrayList<>(List.of(0L, 0L));
            Collections.addAll(row, null, null);
            assertThat(Rows.all(tx.group(Query.of(Member.TYPE), List.of(), figures), kinds))
                    .containsExactly(row);
            assertThat(Rows.all(tx.group(Query.of(Member.TYPE), List.of(Member.ORDER), figures), kinds))
                    .isEmpty();
        });
    }

    @Test
    @DisplayName("sums are exact: of decimals with 28 and 10 digits, and of tenths")
    void exactSums() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            members.add(member(m -> m.key = new BigDecimal("0.1")));
        }
        members.add(member(m -> m.key = new BigDecimal("4999999999999999999999999999.0000000001")));
        insertAll(Member.TYPE, members);
        run(tx -> {
            try (RowCursor row = tx.group(Query.of(Member.TYPE), List.of(), List.of(Aggregate.sum(Member.KEY)))) {
                assertThat(row.next()).isTrue();
                assertThat(row.getDecimal(0)).isEqualTo(new BigDecimal("5000000000000000000000000000.0000000001"));
            }
            try (RowCursor row = tx.group(
                    Query.of(Member.TYPE).where(Member.KEY.lessThan(BigDecimal.ONE)),
                    List.of(),
                    List.of(Aggregate.sum(Member.KEY)))) {
                assertThat(row.next()).isTrue();
                assertThat(row.getDecimal(0)).isEqualTo(BigDecimal.ONE);
                assertThat(row.getScaled(0, 2)).isEqualTo(100);
            }
        });
    }

    @Test
    @DisplayName("order, cursor and limit are not allowed in a group")
    void groupsTakeConditionsOnly() {
        List<Aggregate<Member>> count = List.of(Aggregate.count());
        assertThatThrownBy(() -> run(tx -> tx.group(Query.of(Member.TYPE).limit(1), List.of(), count)
                        .close()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run(tx -> tx.group(
                                Query.of(Member.TYPE).orderBy(Order.ascending(Member.ORDER)), List.of(), count)
                        .close()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("generated scans of records and elements, and groups: the same rows as the oracle, in the same order")
    void generated(TestReporter reporter) {
        long seed = Seed.reportedTo(reporter);
        Population population = in(tx -> Population.in(tx, seed + 2, MEMBERS));
        Conditions conditions = new Conditions(population);
        List<Field<Member, ?>> fields = Stream.concat(Member.TYPE.fields().stream(), Stream.of(Member.TYPE.idField()))
                .toList();
        run(tx -> {
            for (int i = 0; i < GENERATED; i++) {
                Condition<Member> condition = conditions.onMembers(i % 3);
                Query<Member> query = Query.of(Member.TYPE).where(condition);
                List<Member> found = conditions.matching(Member.TYPE, condition);
                String as = "seed " + seed + ", case " + i + ": " + condition.describe();
                List<Field<Member, ?>> columns = several(population, fields, 1 + i % 4);
                assertThat(Rows.all(tx.scan(query, columns), Rows.kinds(columns)))
                        .as(as)
                        .isEqualTo(found.stream().map(m -> row(m, columns)).toList());
                List<Field<Member.Contact, ?>> elementColumns =
                        several(population, Member.Contact.TYPE.fields(), 1 + i % 2);
                assertThat(Rows.all(
                                tx.scanElements(query, Member.CONTACTS, columns, elementColumns),
                                Stream.of(columns, elementColumns)
                                        .flatMap(list -> Rows.kinds(list).stream())
                                        .toList()))
                        .as(as)
                        .isEqualTo(elementRows(found, columns, elementColumns));
                assertGroups(tx, population, conditions, query, found, as);
            }
        });
    }

    private static void assertGroups(
            StoreTransaction tx,
            Population population,
            Conditions conditions,
            Query<Member> query,
            List<Member> found,
            String as) {
        List<Field<Member, ?>> keys =
                several(population, Member.TYPE.fields(), population.random().nextInt(3));
        List<Aggregate<Member>> figures = new ArrayList<>();
        for (int n = population.random().nextInt(4) + (keys.isEmpty() ? 1 : 0); n > 0; n--) {
            figures.add(conditions.aggregate(Member.TYPE));
        }
        List<ScalarKind> kinds = Stream.concat(
                        Rows.kinds(keys).stream(), figures.stream().map(Aggregate::kind))
                .toList();
        assertThat(Rows.all(tx.group(query, keys, figures), kinds))
                .as("%s grouped by %s: %s", as, keys, figures)
                .isEqualTo(groups(found, keys, figures));
    }

    private static <F> List<F> several(Population population, List<F> fields, int count) {
        List<F> shuffled = new ArrayList<>(fields);
        Collections.shuffle(shuffled, population.random());
        return List.copyOf(shuffled.subList(0, count));
    }

    private static <T> List<@Nullable Object> row(T entity, List<Field<T, ?>> columns) {
        List<@Nullable Object> row = new ArrayList<>();
        columns.forEach(column -> row.add(column.getStored(entity)));
        return row;
    }

    private static List<List<@Nullable Object>> elementRows(
            List<Member> members, List<Field<Member, ?>> columns, List<Field<Member.Contact, ?>> elementColumns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Member member : members) {
            for (Member.Contact contact : member.contacts()) {
                List<@Nullable Object> row = row(member, columns);
                row.addAll(row(contact, elementColumns));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<@Nullable Object>> groups(
            List<Member> members, List<Field<Member, ?>> keys, List<Aggregate<Member>> figures) {
        Map<List<@Nullable Object>, List<Aggregation<Member>>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), begin(figures));
        }
        for (Member member : members) {
            groups.computeIfAbsent(row(member, keys), key -> begin(figures)).forEach(figure -> figure.add(member));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        groups.forEach((key, sums) -> {
            List<@Nullable Object> row = new ArrayList<>(key);
            sums.forEach(sum -> row.add(canonical(sum.result())));
            rows.add(row);
        });
        rows.sort((a, b) -> compareKeys(keys, a, b));
        return rows;
    }

    private static List<Aggregation<Member>> begin(List<Aggregate<Member>> figures) {
        return figures.stream().map(Aggregation::new).toList();
    }

    private static @Nullable Object canonical(@Nullable Object figure) {
        return figure instanceof BigDecimal decimal ? ScalarType.DECIMAL.encode("figure", decimal) : figure;
    }

    private static int compareKeys(List<Field<Member, ?>> keys, List<@Nullable Object> a, List<@Nullable Object> b) {
        for (int i = 0; i < keys.size(); i++) {
            Object x = a.get(i);
            Object y = b.get(i);
            if (x == null || y == null) {
                if (x != null || y != null) {
                    return x == null ? 1 : -1;
                }
                continue;
            }
            int compared = keys.get(i).type().compareStored(x, y);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }
}
