package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;

/**
 * What the revenue that is ascribed to a campaign says about its cost. Ascribed is not caused: without a randomised holdout
 * the revenue might have come anyway, and {@link #incrementalRomi(long)} is only as good as the baseline it is given.
 *
 * <p>Immutable and thread-safe.
 *
 * @param revenue the revenue ascribed to the campaign, in minor units
 * @param cost what the campaign cost, in minor units, not negative
 * @param grossMargin the share of revenue left after the cost of what was sold, above 0 and at most 1
 */
public record CampaignReturn(long revenue, long cost, double grossMargin) {

    /** Revenue over cost. */
    public static final KpiDefinition ROAS =
            definition("roas", "Return on advertising spend", "revenue / cost", "ascribed revenue");

    /** Revenue beyond the cost, over cost. */
    public static final KpiDefinition ROI =
            definition("roi", "Return on investment", "(revenue - cost) / cost", "on ascribed revenue");

    /** Gross profit beyond the cost, over cost. */
    public static final KpiDefinition ROMI = definition(
            "romi", "Return on marketing investment", "(revenue x gross margin - cost) / cost", "on ascribed margin");

    /** Gross profit beyond baseline and cost, over cost, with a baseline that is an assumption. */
    public static final KpiDefinition INCREMENTAL_ROMI = definition(
            "romi-assumed-baseline",
            "Return on marketing investment",
            "((revenue - baseline) x gross margin - cost) / cost",
            "incremental by an assumed baseline, not by a holdout");

    /** The revenue that pays for the cost. */
    public static final KpiDefinition BREAK_EVEN = KpiDefinition.builder("campaign-break-even", 1)
            .name("Break-even revenue")
            .kind(KpiKind.BATCH)
            .unit("minor units")
            .formula("cost / gross margin")
            .emptyRule("always defined")
            .source("usual practice")
            .build();

    /**
     * Checks the numbers.
     *
     * @param revenue the revenue ascribed to the campaign, in minor units
     * @param cost what the campaign cost, in minor units, not negative
     * @param grossMargin the share of revenue left after the cost of what was sold, above 0 and at most 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public CampaignReturn {
        if (cost < 0) {
            throw new IllegalArgumentException("cost must not be negative, not " + cost);
        }
        requireMargin(grossMargin);
    }

    /**
     * The return of a campaign.
     *
     * @param revenue the revenue ascribed to the campaign, in minor units
     * @param cost what the campaign cost, in minor units, not negative
     * @param grossMargin the share of revenue left after the cost of what was sold, above 0 and at most 1
     * @return the return
     * @throws IllegalArgumentException if a number is out of range
     */
    public static CampaignReturn of(long revenue, long cost, double grossMargin) {
        return new CampaignReturn(revenue, cost, grossMargin);
    }

    /**
     * Revenue for each unit of money spent.
     *
     * @return the ratio; undefined if the campaign cost nothing
     */
    public Estimate roas() {
        return perCost((double) revenue);
    }

    /**
     * Revenue beyond the cost for each unit of money spent.
     *
     * @return the ratio, -1 if nothing was sold; undefined if the campaign cost nothing
     */
    public Estimate roi() {
        return perCost((double) revenue - cost);
    }

    /**
     * Gross profit beyond the cost for each unit of money spent.
     *
     * @return the ratio, -1 if nothing was sold; undefined if the campaign cost nothing
     */
    public Estimate romi() {
        return perCost(revenue * grossMargin - cost);
    }

    /**
     * Gross profit beyond the cost and beyond what would have come anyway, for each unit of money spent. The baseline is an
     * assumption; {@link HoldoutUplift#romi} measures it.
     *
     * @param baselineRevenue what is assumed to have come without the campaign, in minor units
     * @return the ratio; undefined if the campaign cost nothing
     */
    public Estimate incrementalRomi(long baselineRevenue) {
        return perCost(((double) revenue - baselineRevenue) * grossMargin - cost);
    }

    /**
     * The revenue at which the gross profit equals the cost.
     *
     * @return minor units
     */
    public Estimate breakEvenRevenue() {
        return Estimate.ratio((double) cost, grossMargin, 1);
    }

    static double requireMargin(double grossMargin) {
        if (!(grossMargin > 0 && grossMargin <= 1)) {
            throw new IllegalArgumentException("grossMargin must be above 0 and at most 1, not " + grossMargin);
        }
        return grossMargin;
    }

    private Estimate perCost(double gain) {
        return cost == 0
                ? Estimate.undefined(new Undefined(Undefined.Reason.ZERO_BASE, "the campaign cost nothing"), 1)
                : Estimate.ratio(gain, (double) cost, 1);
    }

    private static KpiDefinition definition(String id, String name, String formula, String variant) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.BATCH)
                .unit("ratio; 1 is 100 %")
                .formula(formula)
                .variant(variant)
                .emptyRule("undefined if the campaign cost nothing")
                .source("usual practice")
                .build();
    }
}
