package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.PeriodUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RfmAccumulatorTest implements AccumulatorLaws<RfmPurchase, RfmAccumulator, RfmSummary> {

    private static final LocalDate UNTIL = LocalDate.of(2024, 6, 30);
    private static final RfmObservation OBSERVATION = RfmObservation.until(UNTIL, ZoneOffset.UTC);

    @Override
    public AccumulatorType<RfmPurchase, RfmAccumulator, RfmSummary> type() {
        return RfmAccumulator.over(OBSERVATION);
    }

    @Override
    public AccumulatorType<RfmPurchase, RfmAccumulator, RfmSummary> otherVariant() {
        return RfmAccumulator.over(OBSERVATION.by(PeriodUnit.WEEK));
    }

    @Override
    public List<RfmPurchase> items(Random random, int size) {
        long[] customers = {Long.MIN_VALUE, -1, 0, 1, 2, 3, 77, Long.MAX_VALUE};
        List<RfmPurchase> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(new RfmPurchase(
                    customers[random.nextInt(customers.length)],
                    UNTIL.plusDays(3 - random.nextInt(20)),
                    random.nextInt(10_000) - 2_000));
        }
        return items;
    }

    @Override
    public List<RfmPurchase> badItems() {
        return List.of(
                new RfmPurchase(1, UNTIL, RfmAccumulator.LARGEST_AMOUNT + 1),
                new RfmPurchase(1, UNTIL, Long.MIN_VALUE),
                new RfmPurchase(1, LocalDate.MIN, 5));
    }

    @ParameterizedTest
    @EnumSource
    void everyPeriodNumbersDaysAsTheCalendarDoes(PeriodUnit unit) {
        PeriodNumbers periods = new PeriodNumbers(OBSERVATION.by(unit));
        for (long day = UNTIL.toEpochDay() - 120_000; day <= UNTIL.toEpochDay(); day += 7) {
            assertThat(periods.of(day)).isEqualTo((int) unit.indexOf(LocalDate.ofEpochDay(day)));
        }
    }

    @Test
    void columnsInAnyPortionsGiveWhatSinglePurchasesGive() {
        int n = 1_200_000;
        long[] customers = new long[n];
        int[] days = new int[n];
        long[] amounts = new long[n];
        SplittableRandom random = new SplittableRandom(5);
        int end = (int) UNTIL.toEpochDay();
        for (int i = 0; i < n; i++) {
            // scattered ids, one customer with a tenth of all purchases, and a few ids far away
            double u = random.nextDouble();
            customers[i] =
                    u < 0.1 ? 42 : u < 0.1001 ? Long.MAX_VALUE - random.nextInt(3) : random.nextInt(60_000) * 7_919L;
            days[i] = end + 2 - random.nextInt(500);
            amounts[i] = random.nextInt(-1_000, 20_000);
        }
        RfmAccumulator whole = type().create();
        whole.add(customers, days, amounts, 0, n);
        RfmAccumulator parallel = type().create();
        parallel.addInParallel(customers, days, amounts, 0, n);
        RfmAccumulator portions = type().create();
        for (int from = 0; from < n; from += 100_003) {
            portions.add(customers, days, amounts, from, Math.min(n, from + 100_003));
        }
        byte[] expected = whole.toBytes();
        assertThat(parallel.toBytes()).isEqualTo(expected);
        assertThat(portions.toBytes()).isEqualTo(expected);
        assertPlain(whole.result(), customers, days, amounts, end);
    }

    /** Against the plainest code there is. */
    private static void assertPlain(RfmSummary summary, long[] customers, int[] days, long[] amounts, int end) {
        Map<Long, TreeMap<Integer, Long>> byCustomer = new TreeMap<>();
        Map<Long, Long> purchases = new TreeMap<>();
        for (int i = 0; i < customers.length; i++) {
            if (days[i] <= end) {
                byCustomer.computeIfAbsent(customers[i], id -> new TreeMap<>()).merge(days[i], amounts[i], Long::sum);
                purchases.merge(customers[i], 1L, Long::sum);
            }
        }
        assertThat(summary.size()).isEqualTo(byCustomer.size());
        int row = 0;
        for (Map.Entry<Long, TreeMap<Integer, Long>> entry : byCustomer.entrySet()) {
            TreeMap<Integer, Long> sums = entry.getValue();
            long total = sums.values().stream().mapToLong(Long::longValue).sum();
            boolean same = summary.customer(row) == entry.getKey()
                    && summary.frequency(row) == sums.size() - 1
                    && summary.recency(row) == sums.lastKey() - sums.firstKey()
                    && summary.age(row) == end - sums.firstKey()
                    && summary.silence(row) == end - sums.lastKey()
                    && summary.totalMinorUnits(row) == total
                    && summary.repeatMinorUnits(row)
                            == total - sums.firstEntry().getValue()
                    && summary.purchases(row) == purchases.get(entry.getKey());
            assertThat(same).as("customer %s", entry.getKey()).isTrue();
            row++;
        }
    }

    @Test
    void columnsWithOneBadEntryCountNothing() {
        RfmAccumulator rfm = type().create();
        byte[] empty = rfm.toBytes();
        int day = (int) UNTIL.toEpochDay();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> rfm.add(new long[] {1, 2}, new int[] {day, day}, new long[] {5, Long.MAX_VALUE}, 0, 2))
                .withMessageContaining("minorUnits");
        assertThatThrownBy(() -> rfm.add(new long[2], new int[1], new long[2], 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(rfm.toBytes()).isEqualTo(empty);
    }

    @Test
    void anInstantIsADayInTheZoneOfTheBusiness() {
        RfmAccumulator rfm = RfmAccumulator.over(
                        RfmObservation.until(LocalDate.of(2024, 3, 31), ZoneId.of("America/New_York")))
                .create();
        rfm.add(1, Instant.parse("2024-03-10T04:59:59Z"), 100);
        rfm.add(1, Instant.parse("2024-03-10T05:00:00Z"), 100);
        // the clocks went forward at 07:00Z: this is still 10 March
        rfm.add(1, Instant.parse("2024-03-11T03:59:59Z"), 100);
        rfm.add(1, Instant.parse("2024-04-01T03:59:59Z"), 100);
        rfm.add(1, Instant.parse("2024-04-01T04:00:00Z"), 100);
        RfmSummary summary = rfm.result();
        assertThat(summary.frequency(0)).isEqualTo(2);
        assertThat(summary.recency(0)).isEqualTo(22);
        assertThat(summary.ignored()).isEqualTo(1);
        assertThat(summary.purchases(0)).isEqualTo(4);
        assertThat(summary.first(0).start()).isEqualTo(LocalDate.of(2024, 3, 9));
        assertThat(summary.last(0).start()).isEqualTo(LocalDate.of(2024, 3, 31));
    }

    @Test
    void rowsAreFoundByCustomer() {
        RfmAccumulator rfm = type().create();
        rfm.add(9, UNTIL, 1);
        rfm.add(-4, UNTIL, 1);
        RfmSummary summary = rfm.result();
        assertThat(summary.rowOf(9)).isEqualTo(1);
        assertThat(summary.rowOf(5)).isEqualTo(-1);
        assertThat(summary.name(0)).isEqualTo("-4");
        assertThatThrownBy(() -> summary.rowOf("9")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLogByCustomerNeedsOnlyTheDistinctHistories() {
        List<RfmPurchase> log = new ArrayList<>(items(new Random(6), 5_000));
        log.sort(java.util.Comparator.comparingLong(RfmPurchase::customer));
        RfmAccumulator rfm = type().create();
        GroupedRfm first = GroupedRfm.over(OBSERVATION, PeriodUnit.WEEK, 2);
        GroupedRfm second = GroupedRfm.over(OBSERVATION, PeriodUnit.WEEK, 2);
        for (RfmPurchase p : log) {
            rfm.add(p);
            (p.customer() < 2 ? first : second).add(p.customer(), p.day(), p.minorUnits());
        }
        first.end();
        assertThatThrownBy(() -> first.merge(second)).isInstanceOf(IllegalStateException.class);
        second.end();
        first.merge(second);
        RfmSummary summary = rfm.result();
        assertThat(first.customers()).isEqualTo(summary.size());
        assertThat(first.ignored()).isEqualTo(summary.ignored());
        assertThat(first.histories())
                .usingRecursiveComparison()
                .ignoringFields("rowOfCustomer")
                .isEqualTo(summary.histories(PeriodUnit.WEEK));
        assertThat(first.spend()).usingRecursiveComparison().isEqualTo(summary.spend(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.merge(GroupedRfm.over(OBSERVATION, PeriodUnit.DAY, 2)));
    }
}
