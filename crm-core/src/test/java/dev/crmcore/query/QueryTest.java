package dev.crmcore.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static Buyer buyer(long number, String city, Long points) {
        return Buyer.with(b -> {
            b.id = new UUID(0, number);
            b.city = city;
            b.points = points;
        });
    }

    private static List<Long> sorted(Query<Buyer> query, List<Buyer> buyers) {
        List<Buyer> list = new ArrayList<>(buyers);
        list.sort(query::compare);
        return list.stream().map(b -> b.id.getLeastSignificantBits()).toList();
    }

    @Test
    void absentValuesComeLastEitherWayAndTheIdDecidesTies() {
        List<Buyer> buyers = List.of(
                buyer(1, null, null), buyer(2, "b", 1L), buyer(3, "a", 1L), buyer(4, null, 2L), buyer(5, "b", null));
        Query<Buyer> all = Query.of(Buyer.TYPE);
        assertThat(sorted(all, buyers)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(sorted(all.orderBy(Order.ascending(Buyer.CITY)), buyers)).containsExactly(3L, 2L, 5L, 1L, 4L);
        assertThat(sorted(all.orderBy(Order.descending(Buyer.CITY)), buyers)).containsExactly(5L, 2L, 3L, 4L, 1L);
        assertThat(sorted(all.orderBy(Order.descending(Buyer.POINTS), Order.ascending(Buyer.CITY)), buyers))
                .as("mixed directions: the id ascends")
                .containsExactly(4L, 3L, 2L, 5L, 1L);
    }

    @Test
    void aCursorComesBackFromItsText() {
        List<Order<Buyer>> orders = List.of(
                Order.ascending(Buyer.CITY),
                Order.descending(Buyer.CREDIT),
                Order.ascending(Buyer.SEEN),
                Order.ascending(Buyer.POINTS));
        Buyer buyer = Buyer.with(b -> {
            b.city = "two\nlines \\n = \uD83D\uDE00";
            b.credit = new BigDecimal("12.50");
            b.seen = Instant.parse("2026-03-31T12:00:00Z");
        });
        Cursor cursor = Cursor.at(Buyer.TYPE, orders, buyer);
        String text = cursor.toText(orders);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.parse(orders, text)).isEqualTo(cursor);
        assertThat(cursor.values()).containsExactly(buyer.city, new BigDecimal("12.5"), buyer.seen, null);
        assertThat(cursor.toString()).doesNotContain("lines");
    }

    @Test
    void anEmptyTextIsNotAnAbsentOne() {
        List<Order<Buyer>> orders = List.of(Order.ascending(Buyer.CITY));
        Cursor empty = Cursor.at(Buyer.TYPE, orders, Buyer.with(b -> b.city = ""));
        Cursor absent = Cursor.at(Buyer.TYPE, orders, new Buyer());
        assertThat(Cursor.parse(orders, empty.toText(orders))).isEqualTo(empty).isNotEqualTo(absent);
        assertThat(Cursor.parse(orders, absent.toText(orders))).isEqualTo(absent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "bm90LWFuLWlk", "AAAA"})
    void whatIsNoCursorIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse(List.of(), text));
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        List<Order<Buyer>> byCity = List.of(Order.ascending(Buyer.CITY));
        List<Order<Buyer>> byPoints = List.of(Order.ascending(Buyer.POINTS));
        String text = Cursor.at(Buyer.TYPE, byCity, buyer(1, "x", 1L)).toText(byCity);
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse(List.of(), text));
        assertThatIllegalArgumentException().isThrownBy(() -> Cursor.parse(byPoints, text));
        Cursor cursor = Cursor.parse(byCity, text);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of(Buyer.TYPE).after(cursor));
        assertThat(Query.of(Buyer.TYPE)
                        .orderBy(byCity)
                        .after(cursor)
                        .orderBy(byPoints)
                        .after())
                .isEmpty();
    }

    @Test
    void aPageTellsWhereTheNextBegins() {
        Query<Buyer> query = Query.of(Buyer.TYPE).limit(2);
        List<Buyer> three = List.of(buyer(1, null, null), buyer(2, null, null), buyer(3, null, null));
        Page<Buyer> page = Page.of(query, three);
        assertThat(page.items()).isEqualTo(three.subList(0, 2));
        assertThat(page.next()).contains(query.cursorAt(three.get(1)));
        assertThat(Page.of(query, three.subList(0, 2)).next()).isEmpty();
        assertThat(Page.of(query, List.<Buyer>of()).items()).isEmpty();
    }

    @Test
    void aLimitIsAtLeastOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.of(Buyer.TYPE).limit(0));
    }

    @Test
    void asOfBindsTheWholeCondition() {
        Instant now = Instant.parse("2026-03-31T12:00:00Z");
        Query<Buyer> query = Query.of(Buyer.TYPE)
                .where(Buyer.SEEN.withinLast(Duration.ofHours(1)).not());
        assertThat(query.asOf(now).where())
                .isEqualTo(Buyer.SEEN
                        .atLeast(now.minusSeconds(3600))
                        .and(Buyer.SEEN.atMost(now))
                        .not());
    }

    @Test
    void namesAreColumnNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> Field.<Buyer>text("Name", b -> b.name));
        assertThatIllegalArgumentException().isThrownBy(() -> Field.<Buyer>text("a".repeat(31), b -> b.name));
        assertThatIllegalArgumentException().isThrownBy(() -> Field.<Buyer>text("drop table", b -> b.name));
        assertThatIllegalArgumentException().isThrownBy(() -> Buyer.TYPE.field("nothing"));
        assertThatThrownBy(() -> Field.<Buyer>text("x", b -> b.name).required().getStored(new Buyer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x is required");
    }

    @Test
    void aggregationsAreExactAndLeaveTheAbsentOut() {
        List<Buyer> buyers = List.of(buyer(1, "b", 1L), buyer(2, "a", null), buyer(3, "b", 3L), buyer(4, null, 1L));
        assertThat(figure(Aggregate.count(), buyers)).isEqualTo(4L);
        assertThat(figure(Aggregate.countDistinct(Buyer.CITY), buyers)).isEqualTo(2L);
        assertThat(figure(Aggregate.sum(Buyer.POINTS), buyers)).isEqualTo(5L);
        assertThat(figure(Aggregate.min(Buyer.CITY), buyers)).isEqualTo("a");
        assertThat(figure(Aggregate.max(Buyer.POINTS), buyers)).isEqualTo(3L);
        assertThat(figure(Aggregate.sum(Buyer.CREDIT), buyers)).isNull();
        Buyer much = buyer(5, null, Long.MAX_VALUE);
        assertThatThrownBy(() -> figure(Aggregate.sum(Buyer.POINTS), List.of(much, much)))
                .isInstanceOf(ArithmeticException.class);
    }

    private static Object figure(Aggregate<Buyer> aggregate, List<Buyer> buyers) {
        Aggregation<Buyer> aggregation = new Aggregation<>(aggregate);
        buyers.forEach(aggregation::add);
        return aggregation.result();
    }
}
