package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;

/**
 * Harrell's concordance: of all pairs of subjects of whom it is known who had the event first, the share in which that one
 * was given the higher risk. One half is chance, 1 is a perfect order.
 *
 * <p>Pairs count within strata. A subject censored at the time of another's event lasted longer; two events at one time are
 * no pair. The standard error is the infinitesimal jackknife.
 *
 * <p>Immutable and thread-safe.
 *
 * @param concordant pairs in which the one with the earlier event had the higher risk
 * @param discordant pairs in which that one had the lower risk
 * @param tied pairs with equal risk, which count one half
 * @param standardError the standard error of the share; NaN without a pair
 */
public record Concordance(long concordant, long discordant, long tied, double standardError) {

    /** What the concordance means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("concordance", 1)
            .name("Concordance")
            .kind(KpiKind.BATCH)
            .unit("share of pairs, 0 to 1")
            .formula("(concordant pairs + tied pairs / 2) / pairs of which it is known who had the event first")
            .variant("Harrell's; within strata; two events at one time are no pair")
            .emptyRule("undefined without a pair")
            .source("Harrell, Lee and Mark 1996; error: infinitesimal jackknife")
            .build();

    /**
     * How many pairs there are.
     *
     * @return the number of pairs that can be compared
     */
    public long pairs() {
        return concordant + discordant + tied;
    }

    /**
     * The concordance with its normal interval.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the share, 0 to 1, n being the pairs; without an interval where all pairs are alike, which shows no spread;
     *     undefined without a pair
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate estimate(double level) {
        Interval.requireLevel(level);
        if (pairs() == 0) {
            return Estimate.undefined(Undefined.noData("no pair of subjects of whom one had the event first"));
        }
        double half = Normal.twoSidedQuantile(level) * standardError;
        Estimate share = Estimate.ratio(concordant + tied / 2.0, (double) pairs(), pairs());
        return standardError > 0
                ? share.withInterval(
                        new Interval(share.value() - half, share.value() + half, level, "infinitesimal jackknife")
                                .clampedTo(0, 1))
                : share;
    }
}
