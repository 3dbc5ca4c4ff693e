package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.QuantileDefinition;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.PeriodOfDay;
import java.util.Arrays;
import java.util.Objects;

/**
 * How many days lie between one purchase of a customer and the next, over all customers. Purchases of one day count once.
 *
 * <p>Only times that are over are seen: customers who take long to come back, or never do, are missing, and customers who buy
 * often weigh more. How long customers take to come back is what {@link TimeToSecondPurchase} says without that bias.
 *
 * <p>Immutable and thread-safe. Memory: 16 bytes for each distinct length of time.
 */
public final class InterpurchaseTimes {

    /** What the times mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("interpurchase-time", 1)
            .name("Interpurchase time")
            .kind(KpiKind.BATCH)
            .unit("days")
            .formula("days from each purchase day of a customer to the next one")
            .variant("purchases of one day count once; quantiles of type 7")
            .emptyRule("undefined if no customer bought on two days")
            .source("usual practice; quantiles: Hyndman and Fan 1996; intervals: Student's t, order statistics")
            .build();

    private final SampleQuantiles days;

    private InterpurchaseTimes(SampleQuantiles days) {
        this.days = days;
    }

    /**
     * The times of a purchase log in columns, in any order. Costs O(n log n).
     *
     * @param customers the customers' numbers
     * @param epochDays the days of the purchases, in days since 1970-01-01
     * @param from the index of the first purchase
     * @param to the index after the last purchase
     * @return the times
     * @throws IllegalArgumentException if a day is not in the years 1 to 9999
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public static InterpurchaseTimes of(long[] customers, int[] epochDays, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(customers.length, epochDays.length));
        long[] customerDays = new long[to - from];
        LongTable numbers = new LongTable();
        for (int i = from; i < to; i++) {
            long number = numbers.get(customers[i]);
            if (number == 0) {
                number = numbers.size() + 1L;
                numbers.put(customers[i], number);
            }
            customerDays[i - from] =
                    number << Integer.SIZE | (PeriodOfDay.checked(epochDays[i]) - PeriodOfDay.FIRST_DAY);
        }
        Arrays.sort(customerDays);
        CountedValues gaps = CountedValues.of(DEFINITION).create();
        for (int i = 1; i < customerDays.length; i++) {
            boolean same = customerDays[i] >>> Integer.SIZE == customerDays[i - 1] >>> Integer.SIZE;
            if (same && customerDays[i] != customerDays[i - 1]) {
                gaps.add(customerDays[i] - customerDays[i - 1]);
            }
        }
        return new InterpurchaseTimes(gaps.result());
    }

    /**
     * How many times there are.
     *
     * @return the purchase days less the customers
     */
    public long n() {
        return days.n();
    }

    /**
     * The mean, with a t interval that takes the times as independent: it is too narrow where customers differ much.
     *
     * @return the mean in days; undefined if no customer bought on two days
     */
    public Estimate mean() {
        return days.mean();
    }

    /**
     * A quantile, interpolated linearly between times (type 7), with the 95 % interval by order statistics, which takes the times
     * as independent too.
     *
     * @param share the share of times that are at most so long, 0 to 1
     * @return the quantile in days; undefined if no customer bought on two days
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate quantile(double share) {
        return days.quantile(share, QuantileDefinition.TYPE_7);
    }

    /** How many times there are, and their median. */
    @Override
    public String toString() {
        return n() + " interpurchase times, median " + quantile(0.5);
    }
}
