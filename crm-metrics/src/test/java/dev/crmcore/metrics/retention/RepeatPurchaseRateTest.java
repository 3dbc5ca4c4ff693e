package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Proportion;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RepeatPurchaseRateTest {

    /** Few customers and days, so that days repeat; numbers at the edges of a long among them. */
    static List<CustomerDay> activities(Random random, int size) {
        long[] edges = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};
        return IntStream.range(0, size)
                .mapToObj(i -> new CustomerDay(
                        random.nextInt(10) == 0 ? edges[random.nextInt(edges.length)] : random.nextInt(60),
                        LocalDate.of(1997, 1, 1).plusDays(random.nextInt(400))))
                .toList();
    }

    static List<CustomerDay> impossibleDays() {
        return List.of(
                new CustomerDay(1, LocalDate.of(0, 12, 31)),
                new CustomerDay(1, LocalDate.of(10_000, 1, 1)),
                new CustomerDay(1, LocalDate.MAX));
    }

    @Nested
    class ByDays implements AccumulatorLaws<CustomerDay, RepeatPurchaseRate, Proportion> {
        @Override
        public AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> type() {
            return RepeatPurchaseRate.BY_PURCHASE_DAYS;
        }

        @Override
        public AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> otherVariant() {
            return RepeatPurchaseRate.BY_TRANSACTIONS;
        }

        @Override
        public List<CustomerDay> items(Random random, int size) {
            return activities(random, size);
        }

        @Override
        public List<CustomerDay> badItems() {
            return impossibleDays();
        }
    }

    @Nested
    class ByTransactions extends ByDays {
        @Override
        public AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> type() {
            return RepeatPurchaseRate.BY_TRANSACTIONS;
        }

        @Override
        public AccumulatorType<CustomerDay, RepeatPurchaseRate, Proportion> otherVariant() {
            return RepeatPurchaseRate.BY_PURCHASE_DAYS;
        }
    }

    @Test
    @DisplayName("two purchases of one day are one or two, as the variant says")
    void sameDay() {
        LocalDate day = LocalDate.of(2024, 2, 29);
        List<CustomerDay> log = Stream.of(1, 1, 2, 3, 3)
                .map(customer -> new CustomerDay(customer, day))
                .toList();
        assertThat(RepeatPurchaseRate.BY_PURCHASE_DAYS.of(log)).isEqualTo(Proportion.of(0, 3));
        assertThat(RepeatPurchaseRate.BY_TRANSACTIONS.of(log)).isEqualTo(Proportion.of(2, 3));
        RepeatPurchaseRate other = RepeatPurchaseRate.BY_PURCHASE_DAYS.create();
        log.forEach(other::add);
        other.add(2, day.toEpochDay() + 1);
        assertThat(other.result()).isEqualTo(Proportion.of(1, 3));
    }

    @Test
    @DisplayName("a run counts like single purchases, all or none")
    void bulk() {
        List<CustomerDay> log = activities(new Random(1), 1_000);
        long[] customers = log.stream().mapToLong(CustomerDay::customer).toArray();
        int[] days = log.stream().mapToInt(a -> (int) a.day().toEpochDay()).toArray();
        RepeatPurchaseRate rate = RepeatPurchaseRate.BY_PURCHASE_DAYS.create();
        rate.add(customers, days, 0, 1_000);
        assertThat(rate.result()).isEqualTo(RepeatPurchaseRate.BY_PURCHASE_DAYS.of(log));
        days[999] = Integer.MAX_VALUE;
        RepeatPurchaseRate fresh = RepeatPurchaseRate.BY_PURCHASE_DAYS.create();
        assertThatThrownBy(() -> fresh.add(customers, days, 0, 1_000)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fresh.result()).isEqualTo(Proportion.of(0, 0));
        assertThat(fresh.result().estimate().isDefined()).isFalse();
    }
}
