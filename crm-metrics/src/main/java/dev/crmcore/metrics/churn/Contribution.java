package dev.crmcore.metrics.churn;

import java.util.Objects;

/**
 * What one feature adds to a customer's score.
 *
 * <p>Immutable and thread-safe.
 *
 * @param feature the column's name
 * @param logOdds what it adds to the log-odds of churn beside the average customer; positive speaks for churn
 */
public record Contribution(String feature, double logOdds) {

    /**
     * Checks the parts.
     *
     * @param feature the column's name
     * @param logOdds what it adds to the log-odds
     * @throws IllegalArgumentException if the number is not finite
     */
    public Contribution {
        Objects.requireNonNull(feature, "feature");
        if (!Double.isFinite(logOdds)) {
            throw new IllegalArgumentException("logOdds must be finite, not " + logOdds);
        }
    }
}
