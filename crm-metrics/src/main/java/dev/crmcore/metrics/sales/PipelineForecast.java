package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the open pipeline will bring, if each deal is won with its probability and independently of the others. Deals that hang
 * together, by a season or a competitor, scatter more than that.
 *
 * <p>Immutable and thread-safe.
 */
public final class PipelineForecast {

    private final List<Group> groups;
    private final long deals;
    private final long minorUnits;
    private final double weighted;
    private final double variance;

    private PipelineForecast(List<Group> groups, long deals, long minorUnits, double weighted, double variance) {
        this.groups = groups;
        this.deals = deals;
        this.minorUnits = minorUnits;
        this.weighted = weighted;
        this.variance = variance;
    }

    /** Deals of one stage and probability. */
    record Group(String stage, double probability, long deals, long minorUnits, SampleMean amounts) {

        double squares() {
            return amounts.variance() * (deals - 1) + (double) minorUnits * minorUnits / deals;
        }
    }

    /**
     * One stage of the pipeline.
     *
     * @param name the stage's name
     * @param deals how many deals are in it
     * @param minorUnits what they would bring together
     * @param weighted the same, each weighted by its probability
     */
    public record Stage(String name, long deals, long minorUnits, double weighted) {
        /**
         * A stage.
         *
         * @param name the stage's name
         * @param deals how many deals are in it
         * @param minorUnits what they would bring together
         * @param weighted the same, each weighted by its probability
         */
        public Stage {}
    }

    static PipelineForecast of(List<Group> groups) {
        long deals = 0;
        long minorUnits = 0;
        double weighted = 0;
        double variance = 0;
        for (Group group : groups) {
            deals += group.deals();
            minorUnits += group.minorUnits();
            weighted += group.probability() * group.minorUnits();
            variance += group.probability() * (1 - group.probability()) * group.squares();
        }
        return new PipelineForecast(groups, deals, minorUnits, weighted, variance);
    }

    /**
     * The stages.
     *
     * @return stages with a deal, by name; a new list
     */
    public List<Stage> stages() {
        Map<String, Stage> stages = new LinkedHashMap<>();
        for (Group group : groups) {
            Stage one = new Stage(
                    group.stage(), group.deals(), group.minorUnits(), group.probability() * group.minorUnits());
            stages.merge(
                    group.stage(),
                    one,
                    (a, b) -> new Stage(
                            a.name(),
                            a.deals() + b.deals(),
                            a.minorUnits() + b.minorUnits(),
                            a.weighted() + b.weighted()));
        }
        return List.copyOf(stages.values());
    }

    /**
     * How many deals are open.
     *
     * @return the number of deals, not negative
     */
    public long deals() {
        return deals;
    }

    /**
     * What all open deals would bring.
     *
     * @return minor units of the currency, not negative
     */
    public long minorUnits() {
        return minorUnits;
    }

    /**
     * The expected value of the pipeline with a 95 % interval.
     *
     * @return minor units of the currency; 0 without a deal
     */
    public Estimate expected() {
        return expected(Interval.DEFAULT_LEVEL);
    }

    /**
     * The expected value of the pipeline. The interval says between which values what is won will lie, by the normal
     * approximation, within what is possible; with few deals or one that outweighs the others it is rough.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return minor units of the currency; 0 without a deal
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate expected(double level) {
        Interval.requireLevel(level);
        double half = Normal.twoSidedQuantile(level) * standardDeviation();
        Interval interval = new Interval(weighted - half, weighted + half, level, "normal, independent deals")
                .clampedTo(0, Math.max(weighted, (double) minorUnits));
        return Estimate.of(weighted, deals).withInterval(interval);
    }

    /**
     * The standard deviation of what will be won.
     *
     * @return minor units of the currency, not negative
     */
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /**
     * How many deals will be won.
     *
     * @return the distribution of the number
     */
    public WinDistribution wins() {
        return WinDistribution.of(
                groups.stream().mapToDouble(Group::probability).toArray(),
                groups.stream().mapToLong(Group::deals).toArray());
    }

    /**
     * How often the open pipeline covers what is still to be sold.
     *
     * @param remainingQuota what is still to be sold, in minor units of the currency
     * @return open amount by remaining quota; undefined if nothing remains to be sold
     */
    public Estimate coverage(long remainingQuota) {
        return remainingQuota <= 0
                ? Estimate.undefined(new Undefined(Undefined.Reason.ZERO_BASE, "no quota remains"), deals)
                : Estimate.ratio((double) minorUnits, (double) remainingQuota, deals);
    }

    /**
     * What would be reached if every open deal were won.
     *
     * @param wonMinorUnits what is won already
     * @return minor units of the currency
     */
    public BigInteger bestCase(long wonMinorUnits) {
        return BigInteger.valueOf(minorUnits).add(BigInteger.valueOf(wonMinorUnits));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PipelineForecast that && groups.equals(that.groups);
    }

    @Override
    public int hashCode() {
        return groups.hashCode();
    }

    /** How many deals are open. */
    @Override
    public String toString() {
        return "PipelineForecast[" + deals + " deals]";
    }
}
