package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Golden;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Second purchases and the times between purchases, against the reference and under the laws. */
class TimeToSecondPurchaseTest implements AccumulatorLaws<CustomerDay, TimeToSecondPurchase, SurvivalCurve> {

    private static final LocalDate AS_OF = LocalDate.of(1998, 6, 30);
    private static final JsonNode GOLDEN =
            Golden.json("kpi/cohorts.json").get("datasets").get("cdnow_sample");
    private static final List<String[]> ROWS = Golden.csv("kpi/transactions/cdnow_sample.csv");
    private static final long[] CUSTOMERS =
            ROWS.stream().mapToLong(row -> Long.parseLong(row[0])).toArray();
    private static final int[] DAYS = ROWS.stream()
            .mapToInt(row -> (int) LocalDate.parse(row[1]).toEpochDay())
            .toArray();

    @Override
    public AccumulatorType<CustomerDay, TimeToSecondPurchase, SurvivalCurve> type() {
        return TimeToSecondPurchase.asOf(AS_OF);
    }

    @Override
    public AccumulatorType<CustomerDay, TimeToSecondPurchase, SurvivalCurve> otherVariant() {
        return TimeToSecondPurchase.asOf(AS_OF.plusDays(1));
    }

    @Override
    public List<CustomerDay> items(Random random, int size) {
        return Stream.generate(() -> new CustomerDay(random.nextInt(12) - 2, AS_OF.minusDays(random.nextInt(9) - 2)))
                .limit(size)
                .toList();
    }

    @Override
    public List<CustomerDay> badItems() {
        return List.of(new CustomerDay(1, LocalDate.of(0, 12, 31)), new CustomerDay(1, LocalDate.of(10_000, 1, 1)));
    }

    @Test
    @DisplayName("the share that has bought again by day, as in the reference")
    void secondPurchase() {
        TimeToSecondPurchase second = type().create();
        second.add(CUSTOMERS, DAYS, 0, DAYS.length);
        SurvivalCurve curve = second.result();
        JsonNode expected = GOLDEN.get("second_purchase_kaplan_meier");
        expected.get("share_repurchased_by_day")
                .properties()
                .forEach(day -> assertThat(
                                curve.eventBy(Double.parseDouble(day.getKey())).value())
                        .isCloseTo(day.getValue().doubleValue(), within(1e-12)));
        assertThat((double) curve.events() / curve.n())
                .isCloseTo(expected.get("naive_share_among_all").doubleValue(), within(1e-12));
    }

    @Test
    @DisplayName("the times between purchases, as in the reference")
    void interpurchaseTimes() {
        InterpurchaseTimes times = InterpurchaseTimes.of(CUSTOMERS, DAYS, 0, DAYS.length);
        JsonNode expected = GOLDEN.get("interpurchase_days");
        assertThat(times.n()).isEqualTo(expected.get("n_gaps").intValue());
        assertThat(times.mean().value()).isCloseTo(expected.get("mean").doubleValue(), within(1e-10));
        assertThat(times.quantile(0.5).value()).isEqualTo(expected.get("median").doubleValue());
        assertThat(times.quantile(0.9).value())
                .isEqualTo(expected.get("p90_type7").doubleValue());
    }

    @Test
    @DisplayName("nobody twice, one day twice, and a share that cannot be")
    void noTimes() {
        InterpurchaseTimes none = InterpurchaseTimes.of(new long[] {1, 1, 2}, new int[] {5, 5, 6}, 0, 3);
        assertThat(none.n()).isZero();
        assertThat(none.mean().isDefined()).isFalse();
        assertThat(none.quantile(0.5).isDefined()).isFalse();
        assertThatThrownBy(() -> none.quantile(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InterpurchaseTimes.of(new long[] {1}, new int[] {Integer.MAX_VALUE}, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        InterpurchaseTimes two =
                InterpurchaseTimes.of(new long[] {7, -1, 7, -1, 7}, new int[] {9, -100, 3, 10, 4}, 0, 5);
        assertThat(two.quantile(0).value()).isEqualTo(1);
        assertThat(two.quantile(0.5).value()).isEqualTo(5);
        assertThat(two.quantile(1).value()).isEqualTo(110);
    }

    @Test
    @DisplayName("what comes after the day of the figure was not known then")
    void asOfEarlier() {
        TimeToSecondPurchase early =
                TimeToSecondPurchase.asOf(LocalDate.of(2024, 1, 10)).create();
        early.add(1, LocalDate.of(2024, 1, 12).toEpochDay());
        early.add(1, LocalDate.of(2024, 1, 4).toEpochDay());
        SurvivalCurve curve = early.result();
        assertThat(curve.n()).isEqualTo(1);
        assertThat(curve.events()).isZero();
        assertThat(curve.time(0)).isEqualTo(6);
    }
}
