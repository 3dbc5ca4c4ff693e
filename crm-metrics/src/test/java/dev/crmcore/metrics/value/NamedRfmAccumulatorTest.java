package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.PeriodUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamedRfmAccumulatorTest implements AccumulatorLaws<NamedRfmPurchase, NamedRfmAccumulator, RfmSummary> {

    private static final LocalDate UNTIL = LocalDate.of(2024, 6, 30);
    private static final RfmObservation OBSERVATION = RfmObservation.until(UNTIL, ZoneOffset.UTC);

    @Override
    public AccumulatorType<NamedRfmPurchase, NamedRfmAccumulator, RfmSummary> type() {
        return NamedRfmAccumulator.over(OBSERVATION);
    }

    @Override
    public AccumulatorType<NamedRfmPurchase, NamedRfmAccumulator, RfmSummary> otherVariant() {
        return NamedRfmAccumulator.over(OBSERVATION.by(PeriodUnit.MONTH));
    }

    @Override
    public List<NamedRfmPurchase> items(Random random, int size) {
        // the same letters composed and decomposed are two keys, and so are upper and lower case
        String[] customers = {"", "é", "e\u0301", "I", "i", "ı", "😀", "z-9", "a customer with a long key"};
        List<NamedRfmPurchase> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(new NamedRfmPurchase(
                    customers[random.nextInt(customers.length)],
                    UNTIL.plusDays(3 - random.nextInt(20)),
                    random.nextInt(10_000) - 2_000));
        }
        return items;
    }

    @Override
    public List<NamedRfmPurchase> badItems() {
        return List.of(
                new NamedRfmPurchase("x", UNTIL, RfmAccumulator.LARGEST_AMOUNT + 1),
                new NamedRfmPurchase("x", LocalDate.MIN, 5));
    }

    @Test
    void rowsAreInTheOrderOfTheKeysWhateverTheOrderOfThePurchases() {
        NamedRfmAccumulator rfm = type().create();
        rfm.add("b", UNTIL.minusDays(1), 100);
        rfm.add("a", UNTIL, 700);
        rfm.add("b", Instant.parse("2024-06-30T23:59:59Z"), 300);
        rfm.add("late", Instant.parse("2024-07-01T00:00:00Z"), 300);
        RfmSummary summary = rfm.result();
        assertThat(summary.size()).isEqualTo(2);
        assertThat(summary.name(0)).isEqualTo("a");
        assertThat(summary.rowOf("b")).isEqualTo(1);
        assertThat(summary.rowOf("late")).isEqualTo(-1);
        assertThat(summary.ignored()).isEqualTo(1);
        assertThat(summary.frequency(1)).isEqualTo(1);
        assertThat(summary.monetaryValue(1)).isEqualTo(300.0);
        assertThat(summary.totalMinorUnits(1)).isEqualTo(400);
        assertThatThrownBy(() -> summary.customer(0)).isInstanceOf(IllegalStateException.class);
        assertThat(summary.toString()).doesNotContain("late");
        assertThat(new NamedRfmPurchase("ann@example.com", UNTIL, 5).toString()).doesNotContain("ann");
    }
}
