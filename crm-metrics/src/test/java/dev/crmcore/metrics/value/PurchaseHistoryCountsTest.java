package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.PeriodUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PurchaseHistoryCountsTest implements AccumulatorLaws<PurchaseHistory, PurchaseHistoryCounts, PurchaseHistories> {

    @Override
    public AccumulatorType<PurchaseHistory, PurchaseHistoryCounts, PurchaseHistories> type() {
        return PurchaseHistoryCounts.in(PeriodUnit.WEEK);
    }

    @Override
    public AccumulatorType<PurchaseHistory, PurchaseHistoryCounts, PurchaseHistories> otherVariant() {
        return PurchaseHistoryCounts.in(PeriodUnit.DAY);
    }

    @Override
    public List<PurchaseHistory> items(Random random, int size) {
        List<PurchaseHistory> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int age = random.nextInt(5);
            long frequency = age == 0 ? 0 : random.nextInt(3);
            int recency = frequency == 0 ? 0 : 1 + random.nextInt(age);
            items.add(PurchaseHistory.of(frequency, recency, age, PeriodUnit.WEEK));
        }
        return items;
    }

    @Override
    public List<PurchaseHistory> badItems() {
        return List.of();
    }

    @Test
    void equalHistoriesAreOneRow() {
        PurchaseHistoryCounts counts = type().create();
        counts.add(2, 3.5, 9);
        counts.add(0, 0.0, 9);
        counts.add(0, -0.0, 9);
        counts.add(PurchaseHistory.of(2, 24.5, 63, PeriodUnit.DAY));
        PurchaseHistories rows = counts.result();
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.customers()).isEqualTo(4);
        assertThat(rows.history(1)).isEqualTo(PurchaseHistory.of(2, 3.5, 9, PeriodUnit.WEEK));
        assertThatThrownBy(() -> rows.spread(new double[2])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void spreadGivesRowsBackToTheCustomers() {
        PurchaseHistories rows = PurchaseHistories.of(
                new long[] {2, 0, 2, 1}, new double[] {3, 0, 3, 5}, new double[] {9, 9, 9, 9}, PeriodUnit.WEEK);
        assertThat(rows.size()).isEqualTo(3);
        assertThat(rows.spread(new double[] {10, 11, 12})).containsExactly(12, 10, 12, 11);
        assertThatThrownBy(() -> rows.spread(new double[2])).isInstanceOf(IllegalArgumentException.class);
    }
}
