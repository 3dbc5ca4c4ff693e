package dev.crmcore.metrics.stats;

/**
 * One customer of an experiment, with what was known before it began.
 *
 * <p>Immutable and thread-safe.
 *
 * @param treated whether the customer is in the group with the change
 * @param outcome the figure of the experiment, such as revenue; finite
 * @param covariate the same figure from before the experiment, or anything else that the experiment cannot have moved; finite
 */
public record CupedObservation(boolean treated, double outcome, double covariate) {

    /**
     * Checks the numbers.
     *
     * @param treated whether the customer is in the group with the change
     * @param outcome the figure of the experiment, finite
     * @param covariate a figure from before the experiment, finite
     * @throws IllegalArgumentException if a number is not finite
     */
    public CupedObservation {
        requireFinite(outcome, "outcome");
        requireFinite(covariate, "covariate");
    }

    static double requireFinite(double number, String name) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(name + " must be finite, not " + number);
        }
        return number;
    }
}
