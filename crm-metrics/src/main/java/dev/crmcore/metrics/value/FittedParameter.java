package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.Normal;
import java.util.OptionalDouble;

/**
 * One parameter of a fitted model: its maximum-likelihood value, standard error and intervals, and whether it ran to its
 * border.
 *
 * <p>Immutable and thread-safe.
 */
public final class FittedParameter {

    private final String name;
    private final double value;
    private final double standardError;
    private final ParameterState state;
    private final boolean positive;
    private final long customers;

    FittedParameter(
            String name, double value, double standardError, ParameterState state, boolean positive, long customers) {
        this.name = name;
        this.value = value;
        this.standardError = standardError;
        this.state = state;
        this.positive = positive;
        this.customers = customers;
    }

    /**
     * The name in the papers.
     *
     * @return the name, such as "alpha"
     */
    public String name() {
        return name;
    }

    /**
     * The value at the maximum of the likelihood.
     *
     * @return the value, positive except for coefficients; see {@link #state()} for what it means at a border
     */
    public double value() {
        return value;
    }

    /**
     * The standard error from the observed information.
     *
     * @return the standard error, or empty for a parameter that is at a border or if the information is singular
     */
    public OptionalDouble standardError() {
        return Double.isNaN(standardError) ? OptionalDouble.empty() : OptionalDouble.of(standardError);
    }

    /** Whether it can only be positive, so that its natural scale is the logarithm. */
    boolean positive() {
        return positive;
    }

    /**
     * Whether the parameter ran to a border.
     *
     * @return the state
     */
    public ParameterState state() {
        return state;
    }

    /**
     * The value with an interval on the logarithmic scale, exp(ln value &plusmn; z &middot; se / value), which stays
     * positive and follows the skewed likelihood of such parameters better than a symmetric one. For a coefficient, which
     * may have either sign, it is the same as {@link #waldEstimate(double)}.
     *
     * @param level the nominal coverage, above 0 and below 1
     * @return the estimate; without an interval where there is no standard error
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate estimate(double level) {
        if (!positive) {
            return waldEstimate(level);
        }
        double z = quantile(level);
        Estimate estimate = Estimate.of(value, customers);
        if (Double.isNaN(standardError)) {
            return estimate;
        }
        double factor = Math.exp(z * standardError / value);
        return estimate.withInterval(new Interval(value / factor, value * factor, level, "Wald on the logarithm"));
    }

    /**
     * The value with the symmetric interval value &plusmn; z &middot; se, which may reach below zero.
     *
     * @param level the nominal coverage, above 0 and below 1
     * @return the estimate; without an interval where there is no standard error
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate waldEstimate(double level) {
        double half = quantile(level) * standardError;
        Estimate estimate = Estimate.of(value, customers);
        return Double.isNaN(standardError)
                ? estimate
                : estimate.withInterval(new Interval(value - half, value + half, level, "Wald"));
    }

    private static double quantile(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, not " + level);
        }
        return Normal.twoSidedQuantile(level);
    }

    /** The name, value, standard error and state. */
    @Override
    public String toString() {
        return name + " = " + value + (Double.isNaN(standardError) ? "" : " (se " + standardError + ")") + ", " + state;
    }
}
