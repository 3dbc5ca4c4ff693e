package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.DoubleSort;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.PeriodOfDay;
import dev.crmcore.metrics.internal.Quantiles;
import java.util.Arrays;
import java.util.Objects;

/**
 * How many days lie between one purchase of a customer and the next, over all customers. Purchases of one day count once.
 *
 * <p>Only times that are over are seen: customers who take long to come back, or never do, are missing, and customers who buy
 * often weigh more. How long customers take to come back is what {@link TimeToSecondPurchase} says without that bias.
 *
 * <p>Immutable and thread-safe. Memory: 8 bytes for each time.
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
            .source("usual practice; quantiles: Hyndman and Fan 1996")
            .build();

    private final double[] days;
    private final SampleMean mean;

    private InterpurchaseTimes(double[] days) {
        this.days = days;
        this.mean = SampleMean.of(days);
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
        double[] gaps = new double[customerDays.length];
        int size = 0;
        for (int i = 1; i < customerDays.length; i++) {
            boolean same = customerDays[i] >>> Integer.SIZE == customerDays[i - 1] >>> Integer.SIZE;
            if (same && customerDays[i] != customerDays[i - 1]) {
                gaps[size++] = (double) (customerDays[i] - customerDays[i - 1]);
            }
        }
        return new InterpurchaseTimes(DoubleSort.sorted(gaps, size));
    }

    /**
     * How many times there are.
     *
     * @return the purchase days less the customers
     */
    public int n() {
        return days.length;
    }

    /**
     * The mean, with a t interval that takes the times as independent: it is too narrow where customers differ much.
     *
     * @return the mean in days; undefined if no customer bought on two days
     */
    public Estimate mean() {
        return mean.estimate();
    }

    /**
     * A quantile, interpolated linearly between times (type 7).
     *
     * @param share the share of times that are at most so long, 0 to 1
     * @return the quantile in days; undefined if no customer bought on two days
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, not " + share);
        }
        return days.length == 0
                ? Estimate.undefined(Undefined.noData("no customer bought on two days"))
                : Estimate.of(Quantiles.type7(days, share), days.length);
    }

    /** How many times there are, and their median. */
    @Override
    public String toString() {
        return n() + " interpurchase times, median " + quantile(0.5);
    }
}
