package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.CustomerPeriodTable;
import dev.crmcore.metrics.internal.RatioMoments;
import java.util.Objects;

/** What an order comes to on average. Thread-safe: a pure function of the purchases. */
public final class AverageOrderValue {

    /** What the average means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("average-order-value", 1)
            .name("Average order value")
            .kind(KpiKind.BATCH)
            .unit("minor units for each order")
            .formula("revenue / orders")
            .variant("each order counts, also several of one day")
            .emptyRule("undefined without an order")
            .source("usual practice; interval: ratio estimator over the customers, Cochran 1977")
            .build();

    private AverageOrderValue() {}

    /**
     * The average of a purchase log in columns, in any order. Costs O(n), with an entry for each customer.
     *
     * <p>The interval takes the customers as the sample and not the orders, since orders of one customer are alike.
     *
     * @param customers the customers' numbers
     * @param minorUnits what each order came to
     * @param from the index of the first order
     * @param to the index after the last order
     * @return the average in minor units with its 95 % interval, n being the orders; without an interval for one customer, or if
     *     all customers have the same average; undefined without an order
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     * @throws ArithmeticException if the sum overflows
     */
    public static Estimate of(long[] customers, long[] minorUnits, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(customers.length, minorUnits.length));
        if (from == to) {
            return Estimate.undefined(Undefined.noData("no order"));
        }
        CustomerPeriodTable byCustomer = new CustomerPeriodTable();
        for (int i = from; i < to; i++) {
            byCustomer.add(customers[i], 0, 1, minorUnits[i]);
        }
        RatioMoments moments = new RatioMoments();
        byCustomer.forEach((customer, period, orders, revenue) -> moments.add(revenue, orders));
        Estimate average =
                Estimate.ratio((double) moments.numerator(), (double) moments.denominator(), moments.denominator());
        return moments.interval(Interval.DEFAULT_LEVEL)
                .map(average::withInterval)
                .orElse(average);
    }
}
