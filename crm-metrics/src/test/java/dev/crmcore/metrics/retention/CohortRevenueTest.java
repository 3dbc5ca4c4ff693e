package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.retention.CohortRevenue.Purchase;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CohortRevenueTest implements AccumulatorLaws<Purchase, CohortRevenue, CohortRevenueTable> {

    @Override
    public AccumulatorType<Purchase, CohortRevenue, CohortRevenueTable> type() {
        return CohortRevenue.by(PeriodUnit.WEEK, ZoneOffset.UTC, "EUR");
    }

    @Override
    public AccumulatorType<Purchase, CohortRevenue, CohortRevenueTable> otherVariant() {
        return CohortRevenue.by(PeriodUnit.WEEK, ZoneOffset.UTC, "USD");
    }

    @Override
    public List<Purchase> items(Random random, int size) {
        return RepeatPurchaseRateTest.activities(random, size).stream()
                .map(a -> new Purchase(a.customer(), a.day(), random.nextInt(20_000) - 2_000L))
                .toList();
    }

    @Override
    public List<Purchase> badItems() {
        return RepeatPurchaseRateTest.impossibleDays().stream()
                .map(a -> new Purchase(a.customer(), a.day(), 1))
                .toList();
    }

    @Test
    @DisplayName("sums that do not fit are refused, not wrapped, and change nothing")
    void overflow() {
        CohortRevenue revenue = type().create();
        revenue.add(1, 0, Long.MAX_VALUE);
        byte[] before = revenue.toBytes();
        assertThatThrownBy(() -> revenue.add(1, 0, 1)).isInstanceOf(ArithmeticException.class);
        CohortRevenue other = type().create();
        other.add(2, 0, 5);
        other.add(1, 0, 5);
        assertThatThrownBy(() -> revenue.merge(other)).isInstanceOf(ArithmeticException.class);
        assertThat(revenue.toBytes()).isEqualTo(before);
        assertThat(revenue.revenueOfCustomers()).containsExactly(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("an observed period without orders is 0, one after the data is absent")
    void censoring() {
        CohortRevenue revenue = type().create();
        LocalDate monday = LocalDate.of(2024, 1, 1);
        revenue.add(new Purchase(7, monday, 1_250));
        revenue.add(new Purchase(7, monday.plusDays(14), -250));
        CalendarPeriod week = CalendarPeriod.of(PeriodUnit.WEEK, monday);
        CohortRevenueTable table = revenue.result(monday.plusDays(21));
        assertThat(table.revenue(week, 1)).hasValue(0);
        assertThat(table.revenue(week, 2)).hasValue(-250);
        assertThat(table.orders(week, 3)).hasValue(0);
        assertThat(table.revenue(week, 4)).isEmpty();
        assertThat(table.cumulativeRevenuePerCustomer(week, 3).value()).isEqualTo(1_000);
        assertThat(table.cumulativeRevenuePerCustomer(week, 4)
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NOT_YET_OBSERVED);
        assertThat(table.averageOrderValue(week.plus(1))
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(table.revenuePerActiveCustomer(week).value()).isEqualTo(1_250);
        assertThatThrownBy(() -> revenue.result(monday)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CohortRevenue.by(PeriodUnit.WEEK, ZoneOffset.UTC, "eur"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(type().create().result().averageOrderValue(week).isDefined()).isFalse();
    }

    @Test
    @DisplayName("means by period have intervals over the customers")
    void intervals() {
        CohortRevenue revenue = type().create();
        LocalDate monday = LocalDate.of(2024, 1, 1);
        long[] customers = {1, 1, 1, 2, 3, 3, 4};
        long[] spent = {500, 700, 0, 2_000, 40, 60, -10};
        for (int i = 0; i < spent.length; i++) {
            revenue.add(new Purchase(customers[i], monday.plusDays(i % 7), spent[i]));
        }
        CohortRevenueTable table = revenue.result();
        CalendarPeriod week = CalendarPeriod.of(PeriodUnit.WEEK, monday);
        Estimate each = SampleMean.of(1_200, 2_000, 100, -10).estimate();
        Estimate found = table.revenuePerActiveCustomer(week);
        assertThat(found.value()).isCloseTo(each.value(), within(1e-9));
        assertThat(found.interval().orElseThrow().upper())
                .isCloseTo(each.interval().orElseThrow().upper(), within(1e-9));
        // Three, one, two and one orders: residuals from the average of 470
        double squares =
                Math.pow(1_200 - 3 * 470, 2) + Math.pow(2_000 - 470, 2) + Math.pow(100 - 940, 2) + Math.pow(480, 2);
        double half = 3.182446305284263 * Math.sqrt(squares * 4 / 3) / 7;
        Estimate order = table.averageOrderValue(week);
        assertThat(order.value()).isEqualTo(470);
        assertThat(order.interval().orElseThrow().upper()).isCloseTo(470 + half, within(1e-9));
        assertThat(AverageOrderValue.of(customers, spent, 0, spent.length)).isEqualTo(order);
        assertThat(AverageOrderValue.of(customers, spent, 3, 4).interval()).isEmpty();
        assertThat(AverageOrderValue.of(customers, spent, 2, 2)
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
    }
}
