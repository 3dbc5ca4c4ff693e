package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.ChiSquared;

/**
 * How the number of customers with a contract moved in a period, and the churn rates that follow from it. The variants answer
 * different questions and are different KPIs; a churn rate is worth nothing without its name.
 *
 * <pre>{@code
 * CustomerMovement march = CustomerMovement.of(500, 40, 60);
 * march.churnRate();                                        // 0.08 of those there at the start
 * march.retentionRate();                                    // 0.92
 * ChurnRate.of(march.churnRate().value(), PeriodUnit.MONTH).annual();
 * }</pre>
 *
 * <p>A customer who comes and leaves within the period is in none of the numbers. Immutable and thread-safe.
 *
 * @param start customers at the start of the period, not negative
 * @param lost those of them who left within it, at most {@code start}
 * @param gained customers who came within it and are there at its end, not negative
 */
public record CustomerMovement(long start, long lost, long gained) {

    /** Lost customers by those at the start. */
    public static final KpiDefinition CHURN_RATE = definition("customer-churn-rate", "Customer churn rate")
            .unit("share of customers, 0 to 1")
            .formula("customers lost of those at the start / customers at the start")
            .variant("base at the start; new customers who leave within the period are in neither number")
            .emptyRule("undefined without a customer at the start")
            .source("usual practice; interval: Wilson 1927")
            .build();

    /** Customers kept by those at the start. */
    public static final KpiDefinition RETENTION_RATE = definition(
                    "customer-retention-rate", "Customer retention rate (CRR)")
            .unit("share of customers, 0 to 1")
            .formula("(customers at the end - customers gained) / customers at the start = 1 - churn rate")
            .variant("base at the start")
            .emptyRule("undefined without a customer at the start")
            .source("usual practice; interval: Wilson 1927")
            .build();

    /** Lost customers by the mean of start and end. */
    public static final KpiDefinition CHURN_RATE_AVERAGE_BASE = definition(
                    "customer-churn-rate-average-base", "Customer churn rate on the average base")
            .unit("lost customers for each customer and period, not negative, may exceed 1")
            .formula("customers lost of those at the start / ((customers at the start + at the end) / 2)")
            .variant("average base, which is the exposure if customers come and leave evenly")
            .emptyRule("undefined if there was no customer at either end")
            .source("usual practice; interval: Garwood 1936")
            .build();

    /** Lost customers by the time under contract. */
    public static final KpiDefinition CHURN_PER_EXPOSURE = definition(
                    "customer-churn-per-exposure", "Customer churn per customer period")
            .unit("lost customers for each customer and period, not negative, may exceed 1")
            .formula("customers lost / customer periods under contract")
            .variant("exposure base")
            .emptyRule("undefined without exposure")
            .source("usual practice; interval: Garwood 1936")
            .build();

    /** Daily churn rates, summed. */
    public static final KpiDefinition SUM_OF_DAILY_RATES = definition(
                    "customer-churn-sum-of-daily-rates", "Customer churn as a sum of daily rates")
            .unit("sum of shares, not negative, may exceed 1")
            .formula("sum over days of customers lost on the day / customers at the start of the day")
            .variant("daily base, for customers who come and go fast")
            .emptyRule("undefined without a day on which there were customers")
            .source("ChartMogul, churn rate for consumer businesses; interval: Fay and Feuer 1997")
            .build();

    /**
     * Checks the numbers.
     *
     * @param start customers at the start of the period, not negative
     * @param lost those of them who left within it, at most {@code start}
     * @param gained customers who came within it and are there at its end, not negative
     * @throws IllegalArgumentException if a number is out of range
     */
    public CustomerMovement {
        if (start < 0) {
            throw new IllegalArgumentException("start must not be negative, not " + start);
        }
        if (lost < 0 || lost > start) {
            throw new IllegalArgumentException("lost must be 0 to start, not " + lost + " of " + start);
        }
        if (gained < 0 || gained > Long.MAX_VALUE - start) {
            throw new IllegalArgumentException("gained must not be negative or overflow, not " + gained);
        }
    }

    /**
     * A movement.
     *
     * @param start customers at the start of the period, not negative
     * @param lost those of them who left within it, at most {@code start}
     * @param gained customers who came within it and are there at its end, not negative
     * @return the movement
     * @throws IllegalArgumentException if a number is out of range
     */
    public static CustomerMovement of(long start, long lost, long gained) {
        return new CustomerMovement(start, lost, gained);
    }

    /**
     * How many customers there are at the end.
     *
     * @return start &minus; lost + gained
     */
    public long end() {
        return start - lost + gained;
    }

    /**
     * The share of the customers at the start who left ({@link #CHURN_RATE}).
     *
     * @return the share with its 95 % Wilson interval; undefined without a customer at the start
     */
    public Estimate churnRate() {
        return Proportion.of(lost, start).estimate();
    }

    /**
     * The share of the customers at the start who stayed ({@link #RETENTION_RATE}).
     *
     * @return the share with its 95 % Wilson interval; undefined without a customer at the start
     */
    public Estimate retentionRate() {
        return Proportion.of(start - lost, start).estimate();
    }

    /**
     * Lost customers by the mean of the customers at the start and at the end ({@link #CHURN_RATE_AVERAGE_BASE}).
     *
     * @return the rate with its 95 % Garwood interval; undefined if there was no customer at either end
     */
    public Estimate churnRateOnAverageBase() {
        return churnPerExposure(start / 2.0 + end() / 2.0);
    }

    /**
     * Lost customers by the time that customers were under contract ({@link #CHURN_PER_EXPOSURE}).
     *
     * @param exposure the sum over customers of the part of the period in which each was there, finite and not negative
     * @return the rate of one period with its 95 % Garwood interval; undefined without exposure
     * @throws IllegalArgumentException if the exposure is negative or not finite
     */
    public Estimate churnPerExposure(double exposure) {
        if (!(exposure >= 0 && exposure <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("exposure must be finite and not negative, not " + exposure);
        }
        if (exposure == 0) {
            return Estimate.undefined(new Undefined(Undefined.Reason.ZERO_BASE, "no customer was there"), start);
        }
        double tail = (1 - Interval.DEFAULT_LEVEL) / 2;
        double lower = lost == 0 ? 0 : ChiSquared.quantile(tail, 2.0 * lost) / 2;
        double upper = ChiSquared.quantile(1 - tail, 2.0 * lost + 2) / 2;
        return Estimate.ratio((double) lost, exposure, start)
                .withInterval(new Interval(lower / exposure, upper / exposure, Interval.DEFAULT_LEVEL, "Garwood"));
    }

    /**
     * The churn rate of a year if it stays as in this period ({@link ChurnRate#ANNUAL}).
     *
     * @param period how long the period was
     * @return the share lost in a year, 0 to 1, with the bounds of {@link #churnRate()} compounded alike; undefined without a
     *     customer at the start
     */
    public Estimate annualChurnRate(PeriodUnit period) {
        Estimate rate = churnRate();
        if (!rate.isDefined()) {
            return rate;
        }
        Estimate annual = Estimate.of(annual(rate.value(), period), start);
        return rate.interval()
                .map(i -> annual.withInterval(
                        new Interval(annual(i.lower(), period), annual(i.upper(), period), i.level(), i.method())))
                .orElse(annual);
    }

    private static double annual(double rate, PeriodUnit period) {
        return ChurnRate.of(rate, period).annual().rate();
    }

    /**
     * The sum of the churn rates of days ({@link #SUM_OF_DAILY_RATES}). Days without a customer add nothing.
     *
     * <p>The interval is that of a weighted sum of Poisson counts by the gamma distribution (Fay and Feuer 1997): with equal
     * numbers every day it is Garwood's, it is there also if nobody was lost, and it covers at least its level.
     *
     * @param days the movements of the days
     * @return the sum with its 95 % interval, n being the days with customers; undefined without such a day
     */
    public static Estimate sumOfDailyRates(Iterable<CustomerMovement> days) {
        double sum = 0;
        double variance = 0;
        double largest = 0;
        long n = 0;
        for (CustomerMovement day : days) {
            if (day.start > 0) {
                double weight = 1.0 / day.start;
                sum += day.lost * weight;
                variance += day.lost * weight * weight;
                largest = Math.max(largest, weight);
                n++;
            }
        }
        if (n == 0) {
            return Estimate.undefined(Undefined.noData("no day with customers"));
        }
        double tail = (1 - Interval.DEFAULT_LEVEL) / 2;
        double lower = sum == 0 ? 0 : gammaQuantile(tail, sum, variance);
        double upper = gammaQuantile(1 - tail, sum + largest, variance + largest * largest);
        return Estimate.of(sum, n).withInterval(new Interval(lower, upper, Interval.DEFAULT_LEVEL, "Fay-Feuer gamma"));
    }

    private static double gammaQuantile(double p, double mean, double variance) {
        return variance / mean / 2 * ChiSquared.quantile(p, 2 * mean * mean / variance);
    }

    private static KpiDefinition.Builder definition(String id, String name) {
        return KpiDefinition.builder(id, 1).name(name).kind(KpiKind.BATCH);
    }
}
