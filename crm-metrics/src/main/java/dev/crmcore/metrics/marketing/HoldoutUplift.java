package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import java.util.Objects;

/**
 * What a campaign caused, as far as its randomised holdout shows: the treated against those held out.
 *
 * <p>Immutable and thread-safe.
 *
 * @param treated conversions of those for whom the campaign was meant
 * @param heldOut conversions of the holdout
 * @param treatedRevenue revenue of each of the treated, in minor units
 * @param heldOutRevenue revenue of each of the holdout, in minor units
 */
public record HoldoutUplift(
        Proportion treated, Proportion heldOut, SampleMean treatedRevenue, SampleMean heldOutRevenue) {

    /** Gross profit that the campaign caused beyond its cost, over its cost. */
    public static final KpiDefinition ROMI = KpiDefinition.builder("romi-holdout", 1)
            .name("Return on marketing investment")
            .kind(KpiKind.MERGEABLE)
            .unit("ratio; 1 is 100 %")
            .formula("(incremental revenue x gross margin - cost) / cost")
            .variant("incremental by a randomised holdout")
            .emptyRule("undefined if a group is empty or the campaign cost nothing")
            .source("usual practice; interval: Welch 1947")
            .build();

    /**
     * Checks that the groups are given.
     *
     * @param treated conversions of those for whom the campaign was meant
     * @param heldOut conversions of the holdout
     * @param treatedRevenue revenue of each of the treated, in minor units
     * @param heldOutRevenue revenue of each of the holdout, in minor units
     */
    public HoldoutUplift {
        Objects.requireNonNull(treated, "treated");
        Objects.requireNonNull(heldOut, "heldOut");
        Objects.requireNonNull(treatedRevenue, "treatedRevenue");
        Objects.requireNonNull(heldOutRevenue, "heldOutRevenue");
    }

    /**
     * How much the share of those who converted rose.
     *
     * @return the difference of the shares with Newcombe's interval and the N-1 test; undefined if a group is empty
     */
    public Change conversionUplift() {
        return treated.changeFrom(heldOut);
    }

    /**
     * How much the share of those who converted rose, relative to the holdout.
     *
     * @return the ratio of the shares minus 1; with the interval of Katz where both groups have conversions; undefined if
     *     nobody in the holdout converted
     */
    public Estimate relativeUplift() {
        return treated.liftOver(heldOut, Interval.DEFAULT_LEVEL);
    }

    /**
     * How many conversions there would not have been without the campaign.
     *
     * @return the difference of the shares times the number treated, with its interval; undefined if a group is empty
     */
    public Estimate incrementalConversions() {
        return timesTreated(conversionUplift().difference());
    }

    /**
     * How much more each treated customer spent.
     *
     * @return the difference of the means in minor units with Welch's interval and test; undefined if a group is empty
     */
    public Change revenueUplift() {
        return treatedRevenue.changeFrom(heldOutRevenue);
    }

    /**
     * The revenue that there would not have been without the campaign.
     *
     * @return the difference of the means times the number treated, in minor units, with its interval; undefined if a group is
     *     empty
     */
    public Estimate incrementalRevenue() {
        return timesTreated(revenueUplift().difference());
    }

    /**
     * Gross profit caused beyond the cost, for each unit of money spent.
     *
     * @param cost what the campaign cost, in minor units, not negative
     * @param grossMargin the share of revenue left after the cost of what was sold, above 0 and at most 1
     * @return the ratio with its interval; undefined if a group is empty or the campaign cost nothing
     * @throws IllegalArgumentException if a number is out of range
     */
    public Estimate romi(long cost, double grossMargin) {
        CampaignReturn.requireMargin(grossMargin);
        if (cost < 0) {
            throw new IllegalArgumentException("cost must not be negative, not " + cost);
        }
        Estimate revenue = incrementalRevenue();
        if (!revenue.isDefined() || cost == 0) {
            return revenue.isDefined()
                    ? Estimate.undefined(new Undefined(Undefined.Reason.ZERO_BASE, "the campaign cost nothing"))
                    : revenue;
        }
        Estimate romi = Estimate.ratio(revenue.value() * grossMargin - cost, (double) cost, revenue.n());
        double scale = grossMargin / cost;
        return revenue.interval()
                .map(i -> romi.withInterval(
                        new Interval(i.lower() * scale - 1, i.upper() * scale - 1, i.level(), i.method())))
                .orElse(romi);
    }

    private Estimate timesTreated(Estimate difference) {
        if (!difference.isDefined()) {
            return difference;
        }
        double size = (double) treated.trials();
        Estimate total = Estimate.of(difference.value() * size, difference.n());
        return difference.interval().map(i -> total.withInterval(i.times(size))).orElse(total);
    }
}
