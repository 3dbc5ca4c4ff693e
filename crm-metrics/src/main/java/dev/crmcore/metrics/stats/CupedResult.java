package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.SampleMean;
import java.util.Objects;

/**
 * Two groups of an experiment, as they are and after what was known before is taken away.
 *
 * <p>Immutable and thread-safe.
 *
 * @param theta by how much the outcome rises with the covariate; 0 if the covariate does not vary
 * @param treated the adjusted outcome of the treated
 * @param others the adjusted outcome of the others
 * @param treatedAsIs the outcome of the treated without adjustment
 * @param othersAsIs the outcome of the others without adjustment
 */
public record CupedResult(
        double theta, SampleMean treated, SampleMean others, SampleMean treatedAsIs, SampleMean othersAsIs) {

    /**
     * Checks that the groups are given.
     *
     * @param theta by how much the outcome rises with the covariate
     * @param treated the adjusted outcome of the treated
     * @param others the adjusted outcome of the others
     * @param treatedAsIs the outcome of the treated without adjustment
     * @param othersAsIs the outcome of the others without adjustment
     */
    public CupedResult {
        Objects.requireNonNull(treated, "treated");
        Objects.requireNonNull(others, "others");
        Objects.requireNonNull(treatedAsIs, "treatedAsIs");
        Objects.requireNonNull(othersAsIs, "othersAsIs");
    }

    /**
     * The adjusted difference, treated minus others.
     *
     * @return the difference with Welch's interval and test; undefined if a group is empty
     */
    public Change difference() {
        return treated.changeFrom(others);
    }

    /**
     * The difference without adjustment, for comparison.
     *
     * @return the difference with Welch's interval and test; undefined if a group is empty
     */
    public Change unadjustedDifference() {
        return treatedAsIs.changeFrom(othersAsIs);
    }
}
