package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Win rates, deal sizes, cycle times and velocity of a period. {@link SalesPeriod} makes it.
 *
 * <p>Immutable and thread-safe.
 */
public final class SalesFigures {

    /** Won of those closed in the period. */
    public static final KpiDefinition WIN_RATE = rate(
            "win-rate", "Win rate", "won / (won + lost)", "opportunities closed in the period; interval: Wilson 1927");
    /** The same by amount. */
    public static final KpiDefinition WIN_RATE_BY_VALUE = rate(
            "win-rate-by-value",
            "Win rate by value",
            "amount won / (amount won + amount lost)",
            "opportunities closed in the period; interval: normal, variance of a ratio linearised");
    /** Won of all that were created in the period. */
    public static final KpiDefinition WIN_RATE_CREATED = rate(
            "win-rate-created",
            "Win rate of a created cohort",
            "won / created",
            "opportunities created in the period, open ones in the denominator: it grows until all are closed");
    /** Won of those created in the period and closed since. */
    public static final KpiDefinition WIN_RATE_CREATED_CLOSED = rate(
            "win-rate-created-closed",
            "Win rate of a created cohort, closed only",
            "won / (won + lost)",
            "opportunities created in the period; biased to whichever closes faster while some are open");
    /** What a deal brought. */
    public static final KpiDefinition WON_AMOUNT = KpiDefinition.builder("won-amount", 1)
            .name("Deal size")
            .kind(KpiKind.KEYED)
            .unit("minor units of a currency")
            .formula("amounts of the opportunities won in the period")
            .emptyRule("undefined without an opportunity won")
            .source("usual practice")
            .build();
    /** How long it took to win. */
    public static final KpiDefinition SALES_CYCLE = KpiDefinition.builder("sales-cycle", 1)
            .name("Sales cycle")
            .kind(KpiKind.KEYED)
            .unit("days")
            .formula("closed - created, of the opportunities won in the period")
            .variant("won only: lost and open ones are not in it")
            .emptyRule("undefined without an opportunity won")
            .source("usual practice")
            .build();
    /** What the opportunities at hand bring by day. */
    public static final KpiDefinition VELOCITY = KpiDefinition.builder("pipeline-velocity", 1)
            .name("Pipeline velocity")
            .kind(KpiKind.KEYED)
            .unit("minor units of a currency by day")
            .formula("opportunities open in the period * win rate * mean amount won / mean days to win")
            .variant("open in the period: created before its end and not closed before its begin")
            .emptyRule("undefined without an opportunity won, or if all were won on the day they were created")
            .source("usual practice; interval: delta method on the logarithm")
            .build();

    private final long openInPeriod;
    private final long[] cohort;
    private final SampleMean won;
    private final SampleMean lost;
    private final double amountDays;
    private final SampleQuantiles wonAmounts;
    private final SampleQuantiles wonDays;

    /**
     * @param cohort created in the period, of these won, of these lost
     * @param amountDays sum of amount times days of those won
     */
    SalesFigures(
            long openInPeriod,
            long[] cohort,
            SampleMean won,
            SampleMean lost,
            double amountDays,
            SampleQuantiles wonAmounts,
            SampleQuantiles wonDays) {
        this.openInPeriod = openInPeriod;
        this.cohort = cohort;
        this.won = won;
        this.lost = lost;
        this.amountDays = amountDays;
        this.wonAmounts = wonAmounts;
        this.wonDays = wonDays;
    }

    /**
     * Won of those closed in the period.
     *
     * @return the proportion by {@link #WIN_RATE}
     */
    public Proportion winRate() {
        return Proportion.of(won.n(), Math.addExact(won.n(), lost.n()));
    }

    /**
     * The amount won of the amounts closed in the period, with a 95 % interval.
     *
     * @return the share by {@link #WIN_RATE_BY_VALUE}; undefined if nothing of value was closed
     */
    public Estimate winRateByValue() {
        return winRateByValue(Interval.DEFAULT_LEVEL);
    }

    /**
     * The amount won of the amounts closed in the period. The interval is normal with the linearised variance of a ratio,
     * n/(n-1) &Sigma;(a (w - p))&sup2;/(&Sigma;a)&sup2;, within [0, 1]; few large deals make it rough.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the share by {@link #WIN_RATE_BY_VALUE}; undefined if nothing of value was closed
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate winRateByValue(double level) {
        Interval.requireLevel(level);
        long n = won.n() + lost.n();
        double all = won.sum() + lost.sum();
        if (all == 0) {
            return Estimate.undefined(Undefined.noData("no amount was closed in the period"), n);
        }
        Estimate rate = Estimate.ratio(won.sum(), all, n);
        if (n < 2) {
            return rate;
        }
        double p = rate.value();
        double scatter = (1 - p) * (1 - p) * squares(won) + p * p * squares(lost);
        double half = Normal.twoSidedQuantile(level) * Math.sqrt(scatter * n / (n - 1)) / all;
        return rate.withInterval(new Interval(p - half, p + half, level, "linearised ratio").clampedTo(0, 1));
    }

    private static double squares(SampleMean mean) {
        return mean.n() == 0 ? 0 : mean.variance() * (mean.n() - 1) + mean.sum() * mean.sum() / mean.n();
    }

    /**
     * Won of all that were created in the period; a young cohort is censored, see {@link WonAgainstLost}.
     *
     * @return the proportion by {@link #WIN_RATE_CREATED}
     */
    public Proportion createdWinRate() {
        return Proportion.of(cohort[1], cohort[0]);
    }

    /**
     * Won of those created in the period and closed since.
     *
     * @return the proportion by {@link #WIN_RATE_CREATED_CLOSED}
     */
    public Proportion createdWinRateOfClosed() {
        return Proportion.of(cohort[1], Math.addExact(cohort[1], cohort[2]));
    }

    /**
     * What the opportunities won in the period brought.
     *
     * @return minor units by {@link #WON_AMOUNT}, one for each
     */
    public SampleQuantiles wonAmounts() {
        return wonAmounts;
    }

    /**
     * How long the opportunities won in the period took.
     *
     * @return days by {@link #SALES_CYCLE}, one for each
     */
    public SampleQuantiles cycleDays() {
        return wonDays;
    }

    /**
     * How many opportunities were open at any time of the period.
     *
     * @return the number of opportunities, not negative
     */
    public long openInPeriod() {
        return openInPeriod;
    }

    /**
     * What the opportunities at hand bring by day, with a 95 % interval.
     *
     * @return minor units by day by {@link #VELOCITY}; undefined if nothing was won, or all on the day it was created
     */
    public Estimate velocity() {
        return velocity(Interval.DEFAULT_LEVEL);
    }

    /**
     * What the opportunities at hand bring by day. The interval adds the relative variances of the win rate and of the ratio of
     * amounts to days and takes the number of opportunities as known; it needs two deals won.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return minor units by day by {@link #VELOCITY}; undefined if nothing was won, or all on the day it was created
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate velocity(double level) {
        Interval.requireLevel(level);
        double days = wonDays.moments().sum();
        long closed = won.n() + lost.n();
        if (won.n() == 0 || days == 0) {
            return Estimate.undefined(
                    new Undefined(Undefined.Reason.ZERO_BASE, "no opportunity was won that took a day"), closed);
        }
        double winRate = (double) won.n() / closed;
        Estimate velocity = Estimate.of(openInPeriod * winRate * won.sum() / days, closed);
        if (won.n() < 2 || won.sum() == 0) {
            return velocity;
        }
        double ratio = won.sum() / days;
        double scatter = squares(won) - 2 * ratio * amountDays + ratio * ratio * squares(wonDays.moments());
        double relative =
                (1 - winRate) / won.n() + Math.max(0, scatter) * won.n() / (won.n() - 1) / (won.sum() * won.sum());
        double spread = Math.exp(Normal.twoSidedQuantile(level) * Math.sqrt(relative));
        return velocity.withInterval(
                new Interval(velocity.value() / spread, velocity.value() * spread, level, "log delta"));
    }

    private static KpiDefinition rate(String id, String name, String formula, String variant) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.KEYED)
                .unit("share, 0 to 1")
                .formula(formula)
                .variant(variant)
                .emptyRule("undefined without an opportunity in the denominator")
                .source("usual practice")
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SalesFigures that
                && openInPeriod == that.openInPeriod
                && Arrays.equals(cohort, that.cohort)
                && won.equals(that.won)
                && lost.equals(that.lost)
                && amountDays == that.amountDays
                && wonAmounts.equals(that.wonAmounts)
                && wonDays.equals(that.wonDays);
    }

    @Override
    public int hashCode() {
        return Objects.hash(openInPeriod, won, lost, wonDays);
    }

    /** How many were won and lost. */
    @Override
    public String toString() {
        return "SalesFigures[" + won.n() + " won, " + lost.n() + " lost]";
    }
}
