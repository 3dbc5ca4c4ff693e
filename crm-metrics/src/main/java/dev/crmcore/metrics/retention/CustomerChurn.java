package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import java.util.List;

/**
 * Customers of a contract at the start of a period, how many of them were lost in it, and how many new ones stayed to its end. New
 * customers who leave within the period are in neither number.
 *
 * <p>Immutable and thread-safe. Figures of parts of a business add with {@link #plus}.
 *
 * @param start how many customers there were at the start, not negative
 * @param lost how many of those at the start are no customers at the end, at most {@code start}
 * @param gained how many are customers at the end who were none at the start, not negative
 */
public record CustomerChurn(long start, long lost, long gained) {

    /** Lost customers over those at the start. */
    public static final KpiDefinition RATE =
            definition("customer-churn", "Customer churn rate", "lost / start", "on the base at the start");

    /** Kept customers over those at the start. */
    public static final KpiDefinition RETENTION = definition(
            "customer-retention",
            "Customer retention rate (CRR)",
            "(end - gained) / start = 1 - churn",
            "on the base at the start");

    /** Lost customers over the mean base. */
    public static final KpiDefinition AVERAGE_BASE_RATE = definition(
            "customer-churn-average-base",
            "Customer churn rate",
            "lost / ((start + end) / 2)",
            "on the average base, which is also the exposure if all come and go in the middle");

    /** The sum of daily rates. */
    public static final KpiDefinition SUM_OF_RATES = definition(
            "customer-churn-sum-of-days",
            "Customer churn rate",
            "sum over days of lost that day / customers at the start of that day",
            "sum of short periods, as consumer businesses with daily coming and going count");

    /**
     * Checks the counts.
     *
     * @param start how many customers there were at the start, not negative
     * @param lost how many of those at the start are no customers at the end, at most {@code start}
     * @param gained how many are customers at the end who were none at the start, not negative
     * @throws IllegalArgumentException if a count is out of range
     * @throws ArithmeticException if there are more customers at the end than a long holds
     */
    public CustomerChurn {
        if (start < 0) {
            throw new IllegalArgumentException("start must not be negative, not " + start);
        }
        if (lost < 0 || lost > start) {
            throw new IllegalArgumentException("lost must be 0 to start, " + start + ", not " + lost);
        }
        if (gained < 0) {
            throw new IllegalArgumentException("gained must not be negative, not " + gained);
        }
        Math.addExact(start - lost, gained);
    }

    /**
     * The churn of a period.
     *
     * @param start how many customers there were at the start, not negative
     * @param lost how many of those at the start are no customers at the end, at most {@code start}
     * @param gained how many are customers at the end who were none at the start, not negative
     * @return the counts
     * @throws IllegalArgumentException if a count is out of range
     */
    public static CustomerChurn of(long start, long lost, long gained) {
        return new CustomerChurn(start, lost, gained);
    }

    /**
     * Both together, such as two regions over the same period.
     *
     * @param other the counts of other customers
     * @return the sums
     * @throws ArithmeticException if a sum does not fit
     */
    public CustomerChurn plus(CustomerChurn other) {
        return new CustomerChurn(
                Math.addExact(start, other.start),
                Math.addExact(lost, other.lost),
                Math.addExact(gained, other.gained));
    }

    /**
     * How many customers there are at the end.
     *
     * @return the number of customers
     */
    public long end() {
        return start - lost + gained;
    }

    /**
     * The share of those at the start who were lost.
     *
     * @return the share with Wilson's interval; undefined without customers at the start
     */
    public Estimate rate() {
        return Proportion.of(lost, start).estimate();
    }

    /**
     * The share of those at the start who were kept.
     *
     * @return the share with Wilson's interval; undefined without customers at the start
     */
    public Estimate retention() {
        return Proportion.of(start - lost, start).estimate();
    }

    /**
     * The lost ones over the mean of start and end. It can exceed 1: all of a base lost and none gained is 2.
     *
     * @return the rate; undefined without customers at either end
     */
    public Estimate averageBaseRate() {
        double twice = (double) start + end();
        return twice == 0
                ? Estimate.undefined(Undefined.noData("no customer at either end"))
                : Estimate.ratio((double) lost, twice / 2, start);
    }

    /**
     * The sum of the rates of short periods, such as the days of a month.
     *
     * @param periods the counts of each period; those without customers at the start add nothing
     * @return the sum; undefined if no period has customers at its start
     */
    public static Estimate sumOfRates(List<CustomerChurn> periods) {
        double sum = 0;
        long customers = 0;
        for (CustomerChurn period : periods) {
            customers = Math.max(customers, period.start);
            sum += period.start == 0 ? 0 : (double) period.lost / period.start;
        }
        return customers == 0
                ? Estimate.undefined(Undefined.noData("no period has customers at its start"))
                : Estimate.of(sum, customers);
    }

    /**
     * The rate of several periods in which the same share is lost each time: {@code 1 - (1 - rate)^periods}. Twelve months of 5 %
     * are 46 % a year and not 60 %.
     *
     * @param rate the share lost in one period, 0 to 1
     * @param periods how many periods, positive and finite; 1.0 / 12 turns a yearly rate into a monthly one
     * @return the share lost over all of them, 0 to 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double compounded(double rate, double periods) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be 0 to 1, not " + rate);
        }
        if (!(periods > 0 && Double.isFinite(periods))) {
            throw new IllegalArgumentException("periods must be positive and finite, not " + periods);
        }
        return -Math.expm1(periods * Math.log1p(-rate));
    }

    private static KpiDefinition definition(String id, String name, String formula, String variant) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.MERGEABLE)
                .unit("ratio; 1 is 100 %")
                .formula(formula)
                .variant(variant)
                .emptyRule("undefined without customers in the base")
                .source("ChartMogul, churn-rate formulas; interval: Wilson 1927")
                .build();
    }
}
