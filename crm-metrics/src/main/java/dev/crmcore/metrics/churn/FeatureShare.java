package dev.crmcore.metrics.churn;

import java.util.Objects;

/**
 * How much of what a model knows comes from one feature.
 *
 * <p>Immutable and thread-safe.
 *
 * @param feature the column's name
 * @param share its share, 0 to 1
 */
public record FeatureShare(String feature, double share) {

    /**
     * Checks the parts.
     *
     * @param feature the column's name
     * @param share its share, 0 to 1
     * @throws IllegalArgumentException if the share is out of range
     */
    public FeatureShare {
        Objects.requireNonNull(feature, "feature");
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1, not " + share);
        }
    }
}
