package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.LongTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CohortRetentionTest {

    @Nested
    class Months implements AccumulatorLaws<CustomerDay, CohortRetention, CohortTable> {
        @Override
        public AccumulatorType<CustomerDay, CohortRetention, CohortTable> type() {
            return CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC);
        }

        @Override
        public AccumulatorType<CustomerDay, CohortRetention, CohortTable> otherVariant() {
            return CohortRetention.by(PeriodUnit.MONTH, ZoneId.of("Europe/Berlin"));
        }

        @Override
        public List<CustomerDay> items(Random random, int size) {
            return RepeatPurchaseRateTest.activities(random, size);
        }

        @Override
        public List<CustomerDay> badItems() {
            return RepeatPurchaseRateTest.impossibleDays();
        }
    }

    /** More periods than fit into one word, so that windows come and go. */
    @Nested
    class Days extends Months {
        @Override
        public AccumulatorType<CustomerDay, CohortRetention, CohortTable> type() {
            return CohortRetention.by(PeriodUnit.DAY, ZoneOffset.UTC);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 300, 1",
        "MONTH, 1900, 2",
        "MONTH, 2300, 3",
        "WEEK, 900, 4",
        "DAY, 60, 5",
        "DAY, 64, 6",
        "DAY, 66, 7",
        "DAY, 129, 8",
        "DAY, 1000, 9",
        "QUARTER, 5000, 10",
        "YEAR, 30000, 11"
    })
    @DisplayName("equals a plain count, up to 64 periods and far beyond, in any order")
    void oracle(PeriodUnit unit, int days, long seed) {
        Random random = new Random(seed);
        LocalDate start = LocalDate.of(1960, 3, 7);
        List<CustomerDay> log = new ArrayList<>(IntStream.range(0, 3_000)
                .mapToObj(i -> new CustomerDay(random.nextInt(200), start.plusDays(random.nextInt(days))))
                .toList());
        if (random.nextBoolean()) {
            log.sort(Comparator.comparing(CustomerDay::day).reversed());
        }
        assertMatches(unit, log);
    }

    @Test
    @DisplayName("a stray date far away neither breaks nor blows up the table")
    void strayDates() {
        List<CustomerDay> log = new ArrayList<>(RepeatPurchaseRateTest.activities(new Random(5), 500));
        log.add(new CustomerDay(3, LocalDate.of(1900, 1, 1)));
        log.add(new CustomerDay(4, LocalDate.of(2090, 1, 1)));
        Collections.shuffle(log, new Random(6));
        assertMatches(PeriodUnit.MONTH, log);
        CohortRetention daily =
                CohortRetention.by(PeriodUnit.DAY, ZoneOffset.UTC).create();
        daily.add(new CustomerDay(1, LocalDate.of(1, 1, 1)));
        daily.add(new CustomerDay(1, LocalDate.of(9999, 12, 31)));
        CalendarPeriod first = CalendarPeriod.of(PeriodUnit.DAY, LocalDate.of(1, 1, 1));
        int k = (int) first.until(CalendarPeriod.of(PeriodUnit.DAY, LocalDate.of(9999, 12, 31)));
        assertThat(daily.result().active(first, k)).hasValue(1);
        assertThat(daily.result().active(first, k - 1)).hasValue(0);
    }

    @Test
    @DisplayName("cells after the end of the data are absent, the running period is flagged")
    void censoring() {
        CohortRetention retention =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        retention.add(1, LocalDate.of(2024, 1, 15).toEpochDay());
        retention.add(1, LocalDate.of(2024, 3, 10).toEpochDay());
        retention.add(2, LocalDate.of(2024, 1, 20).toEpochDay());
        CalendarPeriod january = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2024, 1, 1));
        CohortTable table = retention.result(LocalDate.of(2024, 4, 10));
        assertThat(table.active(january, 3)).hasValue(0);
        assertThat(table.isComplete(january, 2)).isTrue();
        assertThat(table.isComplete(january, 3)).isFalse();
        assertThat(table.active(january, 4)).isEmpty();
        assertThat(table.activeInOrAfter(january, 4)).isEmpty();
        assertThat(table.retention(january, 4).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NOT_YET_OBSERVED);
        assertThat(table.retention(january, 2).value()).isEqualTo(0.5);
        assertThat(table.retention(january, 2).interval()).isPresent();
        assertThat(table.unboundedRetention(january, 1).value()).isEqualTo(0.5);
        assertThat(table.retention(january.plus(1), 0).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(retention.result(LocalDate.of(2024, 4, 30)).isComplete(january, 3))
                .isTrue();
        assertThat(retention.result().asOf()).contains(LocalDate.of(2024, 3, 10));
        assertThatThrownBy(() -> retention.result(LocalDate.of(2024, 3, 9)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.active(january, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.active(CalendarPeriod.of(PeriodUnit.WEEK, LocalDate.EPOCH), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("without events everything is undefined")
    void empty() {
        CohortTable table =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create().result();
        CalendarPeriod january = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2024, 1, 1));
        assertThat(table.cohorts()).isEmpty();
        assertThat(table.periods()).isEmpty();
        assertThat(table.retention(january, 0).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(table.retentionFromPrevious(january).isDefined()).isFalse();
    }

    @Test
    @DisplayName("instants fall on the day of the declared zone, first and later events alike")
    void zone() {
        Instant evening = Instant.parse("2024-01-31T23:30:00Z");
        CohortRetention berlin =
                CohortRetention.by(PeriodUnit.MONTH, ZoneId.of("Europe/Berlin")).create();
        CohortRetention lima =
                CohortRetention.by(PeriodUnit.MONTH, ZoneId.of("America/Lima")).create();
        berlin.add(1, evening);
        lima.add(1, evening);
        assertThat(berlin.result().cohorts()).singleElement().hasToString("2024-02");
        assertThat(lima.result().cohorts()).singleElement().hasToString("2024-01");
    }

    @Test
    @DisplayName("a run counts like single events, all or none")
    void bulk() {
        List<CustomerDay> log = RepeatPurchaseRateTest.activities(new Random(8), 5_000);
        long[] customers = log.stream().mapToLong(CustomerDay::customer).toArray();
        int[] days = log.stream().mapToInt(a -> (int) a.day().toEpochDay()).toArray();
        var type = CohortRetention.by(PeriodUnit.WEEK, ZoneOffset.UTC);
        CohortRetention retention = type.create();
        retention.add(customers, days, 0, days.length);
        assertThat(retention.result()).isEqualTo(type.of(log));
        days[4_999] = Integer.MIN_VALUE;
        CohortRetention fresh = type.create();
        assertThatThrownBy(() -> fresh.add(customers, days, 0, days.length))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fresh.result()).isEqualTo(type.create().result());
    }

    /** Counts the log in the plainest way and compares every cell. */
    @ParameterizedTest
    @CsvSource({
        "150000, 40000, 700, 1",
        "2300000, 300000, 1500, 2",
        "140000, 3, 60, 3",
        "140000, 2000, 4000, 4",
    })
    @DisplayName("many events at once, on one thread or several, give the table of one event after the other")
    void dealt(int events, int customers, int days, long seed) {
        Random random = new Random(seed);
        long[] customer = random.longs(events, 0, customers)
                .map(number -> number * 0x9E3779B97F4A7C15L)
                .toArray();
        int[] day = random.ints(events, -days / 2, days / 2).toArray();
        assertDealt(customer, day);
    }

    @Test
    @DisplayName(
            "customers who all fall into the last part of the table, which was thought empty, are counted all the same")
    void crowdedPart() {
        Random random = new Random(12);
        long[] crowd = random.longs()
                .filter(key -> LongTable.part(key, 7) == 127)
                .limit(30_000)
                .toArray();
        int events = 140_000;
        long[] customer = new long[events];
        for (int i = 0; i < events; i++) {
            customer[i] = crowd[random.nextInt(crowd.length)];
        }
        assertDealt(customer, random.ints(events, 0, 900).toArray());
    }

    private static void assertDealt(long[] customer, int[] day) {
        CohortRetention single =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        for (int i = 0; i < day.length; i++) {
            single.add(customer[i], day[i]);
        }
        CohortRetention columns =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        // Something before, so that window 0 has to move
        columns.add(customer[0], day[0]);
        columns.add(customer, day, 0, day.length);
        columns.add(customer, day, 0, day.length);
        CohortRetention parallel =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        parallel.addInParallel(customer, day, 0, day.length);
        assertThat(columns.result()).isEqualTo(single.result());
        assertThat(parallel.result()).isEqualTo(single.result());
        CohortRetention resumed =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).fromBytes(parallel.toBytes());
        assertThat(resumed.result()).isEqualTo(single.result());
    }

    @Test
    @DisplayName("a bad day among many counts nothing")
    void badDayAmongMany() {
        long[] customer = new long[200_000];
        int[] day = new int[200_000];
        day[199_999] = Integer.MIN_VALUE;
        CohortRetention retention =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        assertThatThrownBy(() -> retention.addInParallel(customer, day, 0, day.length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(Integer.MIN_VALUE));
        assertThat(retention.result())
                .isEqualTo(CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC)
                        .create()
                        .result());
    }

    private static void assertMatches(PeriodUnit unit, List<CustomerDay> log) {
        Map<Long, TreeSet<Long>> periods = log.stream()
                .collect(Collectors.groupingBy(
                        CustomerDay::customer,
                        Collectors.mapping(a -> unit.indexOf(a.day()), Collectors.toCollection(TreeSet::new))));
        Map<Long, List<TreeSet<Long>>> cohorts = periods.values().stream()
                .collect(Collectors.groupingBy(TreeSet::first, TreeMap::new, Collectors.toList()));
        CohortTable table = CohortRetention.by(unit, ZoneOffset.UTC).of(log);
        long last = periods.values().stream().mapToLong(TreeSet::last).max().orElseThrow();
        assertThat(table.cohorts()).extracting(CalendarPeriod::index).containsExactlyElementsOf(cohorts.keySet());
        cohorts.forEach((first, customers) -> {
            CalendarPeriod cohort = new CalendarPeriod(unit, first);
            assertThat(table.size(cohort)).isEqualTo(customers.size());
            int observed = (int) (last - first) + 1;
            long[] active = new long[observed];
            long[] orLater = new long[observed];
            for (TreeSet<Long> customer : customers) {
                customer.forEach(period -> active[(int) (period - first)]++);
                for (int k = 0; k <= customer.last() - first; k++) {
                    orLater[k]++;
                }
            }
            assertThat(cells(observed, k -> table.active(cohort, k))).isEqualTo(active);
            assertThat(cells(observed, k -> table.activeInOrAfter(cohort, k))).isEqualTo(orLater);
            assertThat(table.active(cohort, observed)).isEmpty();
        });
        for (CalendarPeriod period : table.periods()) {
            long at = period.index();
            long active = periods.values().stream().filter(c -> c.contains(at)).count();
            long before =
                    periods.values().stream().filter(c -> c.contains(at - 1)).count();
            long both = periods.values().stream()
                    .filter(c -> c.contains(at) && c.contains(at - 1))
                    .count();
            assertThat(table.activeIn(period)).hasValue(active);
            assertThat(table.retentionFromPrevious(period).isDefined()).isEqualTo(before > 0);
            if (before > 0) {
                assertThat(table.retentionFromPrevious(period).numerator()).hasValue((double) both);
            }
        }
    }

    private static long[] cells(int count, IntFunction<OptionalLong> cell) {
        return IntStream.range(0, count)
                .mapToLong(k -> cell.apply(k).orElseThrow())
                .toArray();
    }
}
