package dev.crmcore.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Buyer.Buy;
import dev.crmcore.query.Buyer.BuyerId;
import dev.crmcore.query.Buyer.Contact;
import dev.crmcore.query.Buyer.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final RelatedRecords NONE = new Purchases(List.of());

    /** Related records from a list. */
    private record Purchases(List<Buy> buys) implements RelatedRecords {

        @Override
        @SuppressWarnings("unchecked") // only purchases name buyers here
        public <R> Iterable<R> naming(RecordType<R> type, Field<R, ? extends EntityId> by, UUID id) {
            assertThat(type).isSameAs(Buyer.BUY_TYPE);
            return (List<R>) buys.stream()
                    .filter(buy -> buy.buyer() != null && buy.buyer().value().equals(id))
                    .toList();
        }
    }

    private static boolean matches(Condition<Buyer> condition, Buyer buyer) {
        return condition.matches(buyer, NONE);
    }

    // Two-valued semantics

    static Stream<Condition<Buyer>> falseForAbsent() {
        return Stream.of(
                Buyer.CITY.is("x"),
                Buyer.CITY.lessThan("x"),
                Buyer.CITY.atMost("x"),
                Buyer.CITY.greaterThan(""),
                Buyer.CITY.atLeast(""),
                Buyer.CITY.between("", "\uD83D\uDE00"),
                Buyer.CITY.in(List.of("x", "y")),
                Buyer.CITY.startsWith(""),
                Buyer.CITY.isPresent(),
                Buyer.CONTACTS.isNotEmpty(),
                Buyer.TAGS.contains("x"),
                Condition.never());
    }

    @ParameterizedTest
    @MethodSource("falseForAbsent")
    void whatIsAbsentFulfilsNothingAndTheNegationIsTrue(Condition<Buyer> condition) {
        Buyer nobody = new Buyer();
        assertThat(matches(condition, nobody)).isFalse();
        assertThat(matches(condition.not(), nobody)).isTrue();
        assertThat(condition.not().not()).isSameAs(condition);
    }

    @Test
    void isNotAlsoFindsTheAbsent() {
        assertThat(matches(Buyer.CITY.isNot("x"), new Buyer())).isTrue();
        assertThat(matches(Buyer.CITY.isNot("x"), Buyer.with(b -> b.city = "y")))
                .isTrue();
        assertThat(matches(Buyer.CITY.isNot("x"), Buyer.with(b -> b.city = "x")))
                .isFalse();
        assertThat(matches(Buyer.CITY.isAbsent(), new Buyer())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "=,false,true,false",
        "<,true,false,false",
        "<=,true,true,false",
        ">,false,false,true",
        ">=,false,true,true"
    })
    void comparisonsHoldAsTheirSignsSay(String sign, boolean smaller, boolean same, boolean greater) {
        Condition<Buyer> condition = Buyer.CREDIT.compare(Comparison.ofSymbol(sign), new BigDecimal("1.50"));
        assertThat(matches(condition, Buyer.with(b -> b.credit = new BigDecimal("1.4999"))))
                .isEqualTo(smaller);
        assertThat(matches(condition, Buyer.with(b -> b.credit = new BigDecimal("1.5"))))
                .isEqualTo(same);
        assertThat(matches(condition, Buyer.with(b -> b.credit = new BigDecimal("10"))))
                .isEqualTo(greater);
    }

    @Test
    void decimalsAreEqualByValueInEveryComparison() {
        Buyer buyer = Buyer.with(b -> b.credit = new BigDecimal("100.00"));
        assertThat(matches(Buyer.CREDIT.is(new BigDecimal("1E+2")), buyer)).isTrue();
        assertThat(matches(Buyer.CREDIT.in(List.of(new BigDecimal("100"))), buyer))
                .isTrue();
        assertThat(matches(Buyer.CREDIT.between(new BigDecimal("100.0"), new BigDecimal("100.000")), buyer))
                .isTrue();
        assertThat(matches(Buyer.CREDIT.is(new BigDecimal("0")), Buyer.with(b -> b.credit = new BigDecimal("0E-5"))))
                .isTrue();
    }

    @Test
    void aLongListIsLookedUpAndNotWalked() {
        int[] compared = {0};
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            values.add(Integer.toString(i));
        }
        Condition.In<Buyer> condition = new Condition.In<>(Buyer.CITY, values);
        values.set(0, "changed");
        assertThat(condition.values()).startsWith("0", "1").hasSize(1_000);
        assertThat(condition)
                .isEqualTo(new Condition.In<>(Buyer.CITY, List.copyOf(condition.values())))
                .hasSameHashCodeAs(new Condition.In<>(Buyer.CITY, List.copyOf(condition.values())));
        assertThat(List.copyOf(condition.values())).isEqualTo(condition.values());
        assertThat(matches(condition, Buyer.with(b -> b.city = "999"))).isTrue();
        assertThat(matches(condition, Buyer.with(b -> b.city = "1000"))).isFalse();
        Object probe = new Object() {
            @Override
            public boolean equals(@Nullable Object other) {
                compared[0]++;
                return this == other;
            }

            @Override
            public int hashCode() {
                return "1000".hashCode();
            }
        };
        assertThat(condition.values().contains(probe)).isFalse();
        assertThat(compared[0]).isLessThan(10);
    }

    @Test
    void aRangeWithItsBoundsExchangedFindsNothing() {
        assertThat(matches(Buyer.POINTS.between(2L, 1L), Buyer.with(b -> b.points = 1L)))
                .isFalse();
    }

    @Test
    void nothingJoinedIsAlwaysOrNever() {
        assertThat(matches(Condition.allOf(List.of()), new Buyer())).isTrue();
        assertThat(matches(Condition.anyOf(List.of()), new Buyer())).isFalse();
        assertThat(Condition.<Buyer>always().and(Buyer.CITY.is("x"))).isEqualTo(Buyer.CITY.is("x"));
    }

    @Test
    void theSameElementMustFulfilAllThatIsAskedOfOne() {
        Buyer buyer = Buyer.with(b -> b.contacts = List.of(new Contact("mail", "a@x"), new Contact("phone", null)));
        assertThat(matches(Buyer.CONTACTS.any(Buyer.KIND.is("mail").and(Buyer.ADDRESS.is("a@x"))), buyer))
                .isTrue();
        assertThat(matches(Buyer.CONTACTS.any(Buyer.KIND.is("phone").and(Buyer.ADDRESS.is("a@x"))), buyer))
                .isFalse();
        assertThat(matches(Buyer.CONTACTS.any(Buyer.ADDRESS.isAbsent()), buyer)).isTrue();
        assertThat(matches(Buyer.CONTACTS.any(Condition.never()), buyer)).isFalse();
    }

    @Test
    void onlySetsOfSingleValuesContain() {
        assertThat(matches(Buyer.TAGS.contains("vip"), Buyer.with(b -> b.tags = List.of("vip"))))
                .isTrue();
        assertThat(matches(Buyer.TAGS.containsAny(List.of()), Buyer.with(b -> b.tags = List.of("vip"))))
                .isFalse();
        assertThatIllegalStateException().isThrownBy(() -> Buyer.CONTACTS.contains(new Contact("mail", "a@x")));
    }

    // Order

    @Test
    void textComparesByCodePoint() {
        // By UTF-16 unit the emoji, U+1F600, would stand before U+FFFD
        List<String> sorted = List.of(
                "",
                "I",
                "Z",
                "a",
                "ab",
                "b",
                "ß",
                "İ",
                "ı",
                "\uE000",
                "\uFFFD",
                "\uD800\uDC00",
                "\uD83D\uDE00",
                "\uD83D\uDE00a");
        List<String> shuffled = new ArrayList<>(sorted);
        Collections.reverse(shuffled);
        shuffled.sort(ScalarType.CODE_POINT_ORDER);
        assertThat(shuffled).isEqualTo(sorted);
        assertThat(matches(Buyer.CITY.greaterThan("\uFFFD"), Buyer.with(b -> b.city = "\uD83D\uDE00")))
                .isTrue();
    }

    @Test
    void idsCompareAsUnsignedNumbers() {
        List<UUID> sorted =
                List.of(new UUID(0, 0), new UUID(0, -1), new UUID(1, 0), new UUID(Long.MIN_VALUE, 0), new UUID(-1, -1));
        List<UUID> shuffled = new ArrayList<>(sorted);
        Collections.reverse(shuffled);
        shuffled.sort(ScalarType.UNSIGNED_ORDER);
        assertThat(shuffled).isEqualTo(sorted);
    }

    // Relative time

    @Test
    void relativeTimeMustBeBoundFirst() {
        Condition<Buyer> recent = Buyer.SEEN.withinLast(Duration.ofDays(30));
        assertThatIllegalStateException().isThrownBy(() -> matches(recent, Buyer.with(b -> b.seen = NOON)));
        Condition<Buyer> bound = recent.asOf(NOON);
        assertThat(matches(bound, Buyer.with(b -> b.seen = NOON))).isTrue();
        assertThat(matches(bound, Buyer.with(b -> b.seen = NOON.minus(Duration.ofDays(30)))))
                .isTrue();
        assertThat(matches(
                        bound,
                        Buyer.with(b -> b.seen = NOON.minus(Duration.ofDays(30)).minusNanos(1000))))
                .isFalse();
        assertThat(matches(bound, Buyer.with(b -> b.seen = NOON.plusNanos(1000))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // On 2026-03-29 Berlin has 23 hours, on 2026-10-25 it has 25
        "2026-03-30T10:00:00Z, 2026-03-28T23:00:00Z, 2026-03-30T22:00:00Z",
        "2026-10-26T10:00:00Z, 2026-10-24T22:00:00Z, 2026-10-26T23:00:00Z",
        "2026-07-02T22:30:00Z, 2026-07-01T22:00:00Z, 2026-07-03T22:00:00Z",
    })
    void calendarDaysBeginAtMidnightOfTheZone(Instant now, Instant firstWithin, Instant firstAfter) {
        Condition<Buyer> condition =
                Buyer.SEEN.withinLast(Period.ofDays(1), BERLIN).asOf(now);
        assertThat(matches(condition, Buyer.with(b -> b.seen = firstWithin))).isTrue();
        assertThat(matches(condition, Buyer.with(b -> b.seen = firstWithin.minusNanos(1000))))
                .isFalse();
        assertThat(matches(condition, Buyer.with(b -> b.seen = firstAfter.minusNanos(1000))))
                .isTrue();
        assertThat(matches(condition, Buyer.with(b -> b.seen = firstAfter))).isFalse();
    }

    @Test
    void aDayWithoutMidnightBeginsWithItsFirstInstant() {
        // In Sao Paulo clocks went from 00:00 to 01:00 on 2018-11-04
        Condition<Buyer> today = Buyer.SEEN
                .withinLast(Period.ZERO, ZoneId.of("America/Sao_Paulo"))
                .asOf(Instant.parse("2018-11-04T15:00:00Z"));
        assertThat(matches(today, Buyer.with(b -> b.seen = Instant.parse("2018-11-04T03:00:00Z"))))
                .isTrue();
        assertThat(matches(today, Buyer.with(b -> b.seen = Instant.parse("2018-11-04T02:59:59Z"))))
                .isFalse();
    }

    @Test
    void monthsAreCutToTheirLastDay() {
        Condition<Buyer> condition =
                Buyer.BORN.withinLast(Period.ofMonths(1), BERLIN).asOf(NOON);
        assertThat(matches(condition, Buyer.with(b -> b.born = LocalDate.of(2026, 2, 28))))
                .isTrue();
        assertThat(matches(condition, Buyer.with(b -> b.born = LocalDate.of(2026, 2, 27))))
                .isFalse();
        assertThat(matches(condition, Buyer.with(b -> b.born = LocalDate.of(2026, 3, 31))))
                .isTrue();
        assertThat(matches(condition, Buyer.with(b -> b.born = LocalDate.of(2026, 4, 1))))
                .isFalse();
    }

    @Test
    void timesBeyondTheCalendarAreRefusedByName() {
        for (Condition<Buyer> condition : List.of(
                Buyer.SEEN.withinLast(Duration.ofSeconds(Long.MAX_VALUE)),
                Buyer.SEEN.withinLast(Duration.ofDays(1_000_000)),
                Buyer.SEEN.relative(Comparison.LESS, Duration.ofSeconds(Long.MIN_VALUE)),
                Buyer.SEEN.withinLast(Period.ofYears(Integer.MAX_VALUE), BERLIN),
                Buyer.BORN.relative(Comparison.LESS, Period.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0), BERLIN),
                Buyer.BORN.withinLast(Period.ofYears(3_000), BERLIN))) {
            Condition<Buyer> read = Condition.parse(Buyer.TYPE, ConditionTest::typeNamed, condition.toJson());
            assertThat(read).isEqualTo(condition);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> read.asOf(NOON))
                    .withMessageContaining("the years 1 to 9999")
                    .withMessageMatching("(seen|born).*");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Buyer.SEEN.withinLast(Duration.ofHours(-1)))
                .withMessage("seen: within the last PT-1H is negative");
    }

    @Test
    void onlyTimesHaveARelationToNow() {
        assertThatIllegalStateException().isThrownBy(() -> Buyer.POINTS.withinLast(Duration.ofDays(1)));
        assertThatIllegalStateException().isThrownBy(() -> Buyer.BORN.withinLast(Duration.ofDays(1)));
        assertThatIllegalStateException().isThrownBy(() -> Buyer.POINTS.startsWith("1"));
    }

    // Related records

    private static final Condition<Buyer> GOOD = Related.to(Buyer.TYPE, Buyer.BUY_TYPE, Buyer.BUY_BUYER)
            .where(Buyer.BUY_AT.withinLast(Duration.ofDays(30)))
            .having(Aggregate.count(), Comparison.AT_LEAST, 2L)
            .having(Aggregate.sum(Buyer.BUY_TOTAL), Comparison.AT_LEAST, new BigDecimal("100"));

    private static Buy buy(String total, int daysAgo) {
        return new Buy(
                new UUID(1, daysAgo),
                new BuyerId(new UUID(0, 1)),
                new BigDecimal(total),
                NOON.minus(Duration.ofDays(daysAgo)));
    }

    @Test
    void atLeastTwoPurchasesTogetherAtLeastAHundredInTheLastThirtyDays() {
        Condition<Buyer> good = GOOD.asOf(NOON);
        Buyer buyer = new Buyer();
        Buy other = new Buy(new UUID(2, 2), new BuyerId(new UUID(0, 2)), new BigDecimal("500"), NOON);
        assertThat(good.matches(buyer, new Purchases(List.of(buy("60", 1), buy("40.00", 30)))))
                .isTrue();
        assertThat(good.matches(buyer, new Purchases(List.of(buy("60", 1), buy("39.99", 30)))))
                .isFalse();
        assertThat(good.matches(buyer, new Purchases(List.of(buy("60", 1), buy("400", 31)))))
                .isFalse();
        assertThat(good.matches(buyer, new Purchases(List.of(buy("600", 1), other))))
                .isFalse();
        assertThat(good.matches(buyer, NONE)).isFalse();
    }

    @Test
    void overNoRecordsACountIsZeroAndOtherFiguresAreAbsent() {
        Related<Buyer, Buy> buys = Related.to(Buyer.TYPE, Buyer.BUY_TYPE, Buyer.BUY_BUYER);
        Buyer buyer = new Buyer();
        assertThat(matches(buys.having(Aggregate.count(), Comparison.EQUAL, 0L), buyer))
                .isTrue();
        assertThat(matches(buys.having(Aggregate.countDistinct(Buyer.BUY_TOTAL), Comparison.LESS, 1L), buyer))
                .isTrue();
        assertThat(matches(buys.having(Aggregate.sum(Buyer.BUY_TOTAL), Comparison.LESS, BigDecimal.ONE), buyer))
                .isFalse();
        assertThat(matches(buys.having(Aggregate.max(Buyer.BUY_AT), Comparison.AT_MOST, NOON), buyer))
                .isFalse();
        assertThat(matches(buys.exists().not(), buyer)).isTrue();
    }

    @Test
    void figuresAreComparedWithTheirOwnKindOnly() {
        Related<Buyer, Buy> buys = Related.to(Buyer.TYPE, Buyer.BUY_TYPE, Buyer.BUY_BUYER);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buys.having(Aggregate.count(), Comparison.EQUAL, BigDecimal.ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> Aggregate.sum(Buyer.BUY_AT));
        assertThatIllegalArgumentException().isThrownBy(() -> Aggregate.min(Buyer.BUY_BUYER));
    }

    // Text

    @Test
    void personalValuesAreHiddenUnlessAskedFor() {
        Condition<Buyer> condition = Buyer.NAME
                .is("Ann")
                .and(Buyer.NAME.in(List.of("Bob")).or(Buyer.NAME.startsWith("Cy")))
                .and(Buyer.NAME.between("Dan", "Eve").not())
                .and(Buyer.CONTACTS.any(Buyer.ADDRESS.is("ann@x")))
                .and(Buyer.CITY.is("Graz"));
        assertThat(condition.toString())
                .isEqualTo("name = *** and (name in (***) or name starts with ***)"
                        + " and not (name between *** and ***) and any contacts (address = ***) and city = Graz");
        assertThat(condition.describe())
                .isEqualTo("name = Ann and (name in (Bob) or name starts with Cy)"
                        + " and not (name between Dan and Eve) and any contacts (address = ann@x) and city = Graz");
    }

    @Test
    void relatedAndRelativeConditionsReadAsWords() {
        assertThat(GOOD)
                .hasToString("count() >= 2 and sum(total) >= 100 of buy by buyer"
                        + " where (at >= now PT-720H and at <= now PT0S)");
        assertThat(Buyer.SEEN.relative(Comparison.LESS, Period.ofMonths(-2), BERLIN))
                .hasToString("seen < today P-2M in Europe/Berlin");
        assertThat(Condition.<Buyer>always().describe()).isEqualTo("always");
        assertThat(Condition.<Buyer>never().describe()).isEqualTo("never");
    }

    // JSON

    static Stream<Condition<Buyer>> everyKind() {
        return Stream.of(
                Condition.always(),
                Condition.never(),
                Buyer.NAME.is("quote \" back \\ line\n \uD83D\uDE00"),
                Buyer.POINTS.lessThan(Long.MIN_VALUE),
                Buyer.CREDIT.atMost(new BigDecimal("-0.0000000001")),
                Buyer.CREDIT.greaterThan(new BigDecimal("1E+27")),
                Buyer.ACTIVE.is(false),
                Buyer.SEEN.atLeast(Instant.parse("2026-03-31T12:00:00.000001Z")),
                Buyer.BORN.between(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)),
                Buyer.LEVEL.in(List.of(Level.GOLD, Level.SILVER)),
                Buyer.LEVEL.in(List.of()),
                Buyer.PARENT.is(new BuyerId(new UUID(-1, 1))),
                Buyer.CITY.startsWith(""),
                Buyer.CITY.isPresent(),
                Buyer.CITY.isAbsent(),
                Buyer.CITY
                        .is("a")
                        .and(Buyer.CITY.is("b").or(Buyer.ACTIVE.is(true).not())),
                Buyer.CONTACTS.any(Buyer.KIND.is("mail").and(Buyer.ADDRESS.isPresent())),
                Buyer.TAGS.containsAny(List.of("x", "y")),
                Buyer.SEEN.withinLast(Duration.ofMinutes(90)),
                Buyer.BORN.withinLast(Period.of(1, 2, 3), BERLIN),
                GOOD,
                Related.to(Buyer.TYPE, Buyer.BUY_TYPE, Buyer.BUY_BUYER)
                        .having(Aggregate.countDistinct(Buyer.BUY_AT), Comparison.LESS, 3L)
                        .having(Aggregate.min(Buyer.BUY_AT), Comparison.GREATER, NOON)
                        .having(Aggregate.max(Buyer.BUY_TOTAL), Comparison.EQUAL, BigDecimal.TEN));
    }

    private static RecordType<?> typeNamed(String name) {
        if (name.equals("buy")) {
            return Buyer.BUY_TYPE;
        }
        throw new IllegalArgumentException("no type is named '" + name + "'");
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void conditionsComeBackFromJsonAsTheyWere(Condition<Buyer> condition) {
        Condition<Buyer> read = Condition.parse(Buyer.TYPE, ConditionTest::typeNamed, condition.toJson());
        assertThat(read).isEqualTo(condition).hasToString(condition.toString());
        assertThat(read.toJson()).isEqualTo(condition.toJson());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"field\":\"nothing\",\"op\":\"=\",\"value\":\"x\"}",
                "{\"field\":\"city\",\"op\":\"~\",\"value\":\"x\"}",
                "{\"field\":\"city\",\"op\":\"=\"}",
                "{\"field\":\"city\",\"op\":\"=\",\"value\":7}",
                "{\"field\":\"points\",\"op\":\"=\",\"value\":\"1.5\"}",
                "{\"field\":\"points\",\"op\":\"=\",\"value\":\"99999999999999999999\"}",
                "{\"field\":\"credit\",\"op\":\"=\",\"value\":\"0.00000000001\"}",
                "{\"field\":\"active\",\"op\":\"=\",\"value\":\"yes\"}",
                "{\"field\":\"seen\",\"op\":\"=\",\"value\":\"2026-03-31\"}",
                "{\"field\":\"born\",\"op\":\"=\",\"value\":\"2026-02-30\"}",
                "{\"field\":\"level\",\"op\":\"=\",\"value\":\"BRONZE\"}",
                "{\"field\":\"parent\",\"op\":\"=\",\"value\":\"x\"}",
                "{\"field\":\"city\",\"between\":[\"a\"]}",
                "{\"field\":\"city\",\"between\":\"a\"}",
                "{\"field\":\"points\",\"prefix\":\"1\"}",
                "{\"field\":\"city\",\"present\":\"yes\"}",
                "{\"field\":\"points\",\"op\":\"<\",\"fromNow\":\"PT1H\"}",
                "{\"field\":\"seen\",\"op\":\"<\",\"fromNow\":\"1 hour\"}",
                "{\"field\":\"born\",\"op\":\"<\",\"fromToday\":\"P1D\"}",
                "{\"field\":\"born\",\"op\":\"<\",\"fromToday\":\"P1D\",\"zone\":\"Mars/Base\"}",
                "{\"set\":\"nothing\",\"any\":{\"and\":[]}}",
                "{\"set\":\"contacts\",\"any\":{\"field\":\"city\",\"op\":\"=\",\"value\":\"x\"}}",
                "{\"not\":[]}",
                "{\"related\":\"visit\",\"by\":\"buyer\",\"where\":{\"and\":[]},\"having\":[]}",
                "{\"related\":\"buy\",\"by\":\"buyer\",\"where\":{\"and\":[]},\"having\":[]}",
                "{\"related\":\"buy\",\"by\":\"total\",\"where\":{\"and\":[]},"
                        + "\"having\":[{\"figure\":\"count\",\"op\":\">\",\"value\":\"1\"}]}",
                "{\"related\":\"buy\",\"by\":\"buyer\",\"where\":{\"and\":[]},"
                        + "\"having\":[{\"figure\":\"mean\",\"op\":\">\",\"value\":\"1\"}]}",
                "{\"related\":\"buy\",\"by\":\"buyer\",\"where\":{\"and\":[]},"
                        + "\"having\":[{\"figure\":\"sum\",\"field\":\"at\",\"op\":\">\",\"value\":\"1\"}]}",
                "{\"related\":\"buy\",\"by\":\"buyer\",\"where\":{\"and\":[]},"
                        + "\"having\":[{\"figure\":\"count\",\"op\":\">\",\"value\":\"many\"}]}",
            })
    void whatIsNoConditionOnTheTypeIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse(Buyer.TYPE, ConditionTest::typeNamed, json));
    }

    @Test
    void refusalsNameTheField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse(
                        Buyer.TYPE,
                        ConditionTest::typeNamed,
                        "{\"and\":[{\"field\":\"level\",\"op\":\"=\",\"value\":\"BRONZE\"}]}"))
                .withMessageContaining("level")
                .withMessageContaining("BRONZE");
    }

    @Test
    void nestingIsLimited() {
        String deep = "{\"not\":".repeat(40) + "{\"and\":[]}" + "}".repeat(40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse(Buyer.TYPE, ConditionTest::typeNamed, deep))
                .withMessageContaining("30");
    }

    @Test
    void whateverIsBuiltIsWrittenAndReadBack() {
        Condition<Buyer> deep = Buyer.CITY.in(List.of("a", "b"));
        for (int level = 1; level < Condition.MAX_DEPTH; level++) {
            deep = level % 2 == 0 ? deep.or(Buyer.CITY.is("o" + level)) : deep.and(Buyer.CITY.is("a" + level));
        }
        assertThat(Condition.parse(Buyer.TYPE, ConditionTest::typeNamed, deep.toJson()))
                .isEqualTo(deep);
        Condition<Buyer> deepest = deep;
        assertThatIllegalArgumentException()
                .isThrownBy(deepest::not)
                .withMessage("a condition is nested at most 30 deep");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deepest.and(Buyer.ACTIVE.is(true)).or(Buyer.ACTIVE.is(true)));
        Condition<Buyer> related = Related.to(Buyer.TYPE, Buyer.BUY_TYPE, Buyer.BUY_BUYER)
                .having(Aggregate.count(), Comparison.GREATER, 3L);
        for (int level = 1; level < Condition.MAX_DEPTH - 1; level++) {
            related = level % 2 == 0 ? related.or(Buyer.CITY.is("o")) : related.and(Buyer.CITY.is("a"));
        }
        assertThat(Condition.parse(Buyer.TYPE, ConditionTest::typeNamed, related.toJson()))
                .isEqualTo(related);
    }

    @Test
    void fiveThousandLevelsAreRefusedAndDoNotOverflow() {
        assertThatIllegalArgumentException().isThrownBy(() -> {
            Condition<Buyer> condition = Buyer.ACTIVE.is(true);
            for (int i = 0; i < 5_000; i++) {
                condition = condition.not().and(Buyer.CITY.is("x" + i));
            }
        });
    }

    @Test
    void whatIsOfOneKindIsFlat() {
        Condition<Buyer> condition = Buyer.ACTIVE.is(true);
        for (int i = 0; i < 200; i++) {
            condition = Condition.allOf(List.of(condition, Buyer.CITY.is("x" + i)));
        }
        assertThat(((Condition.And<Buyer>) condition).parts()).hasSize(201);
        assertThat(Condition.anyOf(List.of(Buyer.CITY.is("a").or(Buyer.CITY.is("b")), Buyer.CITY.is("c"))))
                .isEqualTo(Buyer.CITY.is("a").or(Buyer.CITY.is("b")).or(Buyer.CITY.is("c")));
        assertThat(Condition.allOf(List.of(Condition.always(), Buyer.CITY.is("c"))))
                .isEqualTo(Buyer.CITY.is("c"));
    }

    @Test
    void namesInRefusalsAreCut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.parse(
                        Buyer.TYPE,
                        ConditionTest::typeNamed,
                        "{\"field\":\"" + "x".repeat(5_000) + "\",\"op\":\"=\",\"value\":\"1\"}"))
                .withMessage("buyer has no field '" + "x".repeat(80) + "...' (5000 characters)");
    }

    @Test
    void valuesThatNoStoreCouldKeepAreRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Buyer.CITY.is("a\0b"))
                .withMessageContaining("city");
        assertThatIllegalArgumentException().isThrownBy(() -> Buyer.CITY.is("\uD83D"));
        assertThatIllegalArgumentException().isThrownBy(() -> Buyer.CREDIT.is(new BigDecimal("1E+28")));
        assertThatIllegalArgumentException().isThrownBy(() -> Buyer.SEEN.is(Instant.MAX));
        assertThatIllegalArgumentException().isThrownBy(() -> Buyer.BORN.is(LocalDate.of(10_000, 1, 1)));
    }
}
