package dev.crmcore.metrics.series;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A fitted robust Fourier regression: what is usual at each step, and how far off each value is.
 *
 * <p>Immutable and thread-safe.
 */
public final class RobustFourierFit {

    private final double[] usual;
    private final double[] residuals;
    private final RobustZ scores;

    RobustFourierFit(double[] usual, double[] residuals, RobustZ scores) {
        this.usual = usual;
        this.residuals = residuals;
        this.scores = scores;
    }

    /**
     * What the trend and the season make one expect.
     *
     * @param step the step, from 0; a missing one has a value too
     * @return the usual value, in the unit of the series
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double usual(int step) {
        return usual[Objects.checkIndex(step, usual.length)];
    }

    /**
     * How far a value is from the usual one: the difference, of the logarithms if the fit is on them.
     *
     * @param step the step, from 0
     * @return the residual, or empty if the step is missing
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public OptionalDouble residual(int step) {
        double residual = residuals[Objects.checkIndex(step, residuals.length)];
        return Double.isNaN(residual) ? OptionalDouble.empty() : OptionalDouble.of(residual);
    }

    /**
     * The scores of the residuals.
     *
     * @return the scores
     */
    public RobustZ scores() {
        return scores;
    }

    /**
     * The steps that are out of line.
     *
     * @param threshold how large a score may be, by size; 3.5 by custom, 5 for fewer alarms
     * @return the steps with a larger one, ascending
     * @throws IllegalArgumentException if the threshold is not positive
     */
    public int[] anomalies(double threshold) {
        return scores.anomalies(threshold);
    }

    /** The number of steps. */
    @Override
    public String toString() {
        return "robust Fourier fit of " + usual.length + " steps";
    }
}
