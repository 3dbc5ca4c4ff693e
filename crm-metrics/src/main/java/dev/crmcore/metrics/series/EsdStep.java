package dev.crmcore.metrics.series;

/**
 * One step of a generalised ESD test: the value that is farthest from the others.
 *
 * <p>Immutable and thread-safe.
 *
 * @param index where the value stands in the series
 * @param value the value
 * @param statistic its distance from the centre of what is left, in deviations
 * @param critical what the statistic must exceed
 */
public record EsdStep(int index, double value, double statistic, double critical) {

    /**
     * Checks the parts.
     *
     * @param index where the value stands in the series
     * @param value the value
     * @param statistic its distance from the centre
     * @param critical what the statistic must exceed
     * @throws IllegalArgumentException if a number is out of range
     */
    public EsdStep {
        if (index < 0 || !Double.isFinite(value) || !(statistic >= 0) || !(critical > 0)) {
            throw new IllegalArgumentException(
                    "step " + index + " with value " + value + ", statistic " + statistic + ", critical " + critical);
        }
    }
}
