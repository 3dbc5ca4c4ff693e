package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.Normal;
import java.util.Objects;

/**
 * What comes next: a number for each step ahead, with its spread.
 *
 * <p>Prediction intervals take the errors as normal and the parameters as known, so that they are a little too narrow.
 * Immutable and thread-safe.
 */
public final class Forecast {

    private final double[] means;
    private final double[] deviations;
    private final long observations;

    private Forecast(double[] means, double[] deviations, long observations) {
        this.means = means;
        this.deviations = deviations;
        this.observations = observations;
    }

    /**
     * A forecast.
     *
     * @param means the expected value of each step ahead, finite; copied
     * @param deviations the standard deviation of each, not negative and finite; copied
     * @param observations how many observations it was made from
     * @return the forecast
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static Forecast of(double[] means, double[] deviations, long observations) {
        if (means.length != deviations.length) {
            throw new IllegalArgumentException(
                    "deviations must have " + means.length + " values, one for each step, not " + deviations.length);
        }
        for (int i = 0; i < means.length; i++) {
            if (!Double.isFinite(means[i]) || !(deviations[i] >= 0 && Double.isFinite(deviations[i]))) {
                throw new IllegalArgumentException(
                        "step " + (i + 1) + " must have a finite mean and a deviation that is not" + " negative, not "
                                + means[i] + " and " + deviations[i]);
            }
        }
        if (observations < 0) {
            throw new IllegalArgumentException("observations must not be negative, not " + observations);
        }
        return new Forecast(means.clone(), deviations.clone(), observations);
    }

    /**
     * How many steps ahead it reaches.
     *
     * @return the number of steps
     */
    public int steps() {
        return means.length;
    }

    /**
     * The expected value of a step.
     *
     * @param ahead how many steps ahead, from 1
     * @return the expected value
     * @throws IndexOutOfBoundsException if the forecast does not reach so far
     */
    public double value(int ahead) {
        return means[Objects.checkIndex(ahead - 1, means.length)];
    }

    /**
     * The standard deviation of what a step will be.
     *
     * @param ahead how many steps ahead, from 1
     * @return the standard deviation, not negative
     * @throws IndexOutOfBoundsException if the forecast does not reach so far
     */
    public double standardDeviation(int ahead) {
        return deviations[Objects.checkIndex(ahead - 1, means.length)];
    }

    /**
     * The expected value of a step with the interval in which it will lie.
     *
     * @param ahead how many steps ahead, from 1
     * @param level the probability of the interval, above 0 and below 1
     * @return the estimate with its prediction interval
     * @throws IndexOutOfBoundsException if the forecast does not reach so far
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate estimate(int ahead, double level) {
        double half = Normal.twoSidedQuantile(Interval.requireLevel(level)) * standardDeviation(ahead);
        double mean = value(ahead);
        return Estimate.of(mean, observations)
                .withInterval(new Interval(mean - half, mean + half, level, "normal prediction"));
    }

    /**
     * The expected values.
     *
     * @return a copy, the next step first
     */
    public double[] values() {
        return means.clone();
    }

    /** The number of steps and the next value. */
    @Override
    public String toString() {
        return means.length + " steps ahead" + (means.length == 0 ? "" : ", next " + means[0]);
    }
}
