package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Proportion;
import java.util.Objects;

/**
 * What was predicted and what happened among customers of similar probabilities: one point of a calibration curve.
 *
 * <p>Immutable and thread-safe.
 *
 * @param meanPredicted the mean of their probabilities, 0 to 1
 * @param observed the share of them that churned, with its interval
 */
public record CalibrationBin(double meanPredicted, Proportion observed) {

    /**
     * Checks the parts.
     *
     * @param meanPredicted the mean of their probabilities, 0 to 1
     * @param observed the share of them that churned
     * @throws IllegalArgumentException if the mean is not 0 to 1
     */
    public CalibrationBin {
        Objects.requireNonNull(observed, "observed");
        if (!(meanPredicted >= 0 && meanPredicted <= 1)) {
            throw new IllegalArgumentException("meanPredicted must be 0 to 1, not " + meanPredicted);
        }
    }
}
