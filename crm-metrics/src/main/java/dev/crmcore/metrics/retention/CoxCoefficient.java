package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One coefficient of a Cox regression: by how much the logarithm of the hazard rises with one unit of the covariate.
 *
 * <p>Immutable and thread-safe.
 */
public final class CoxCoefficient {

    private final String name;
    private final double value;
    private final double standardError;
    private final CoefficientState state;
    private final long n;

    CoxCoefficient(String name, double value, double standardError, CoefficientState state, long n) {
        this.name = name;
        this.value = value;
        this.standardError = standardError;
        this.state = state;
        this.n = n;
    }

    /**
     * The covariate's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The value that predictions use.
     *
     * @return the maximum-likelihood value; where the search stopped if it is infinite, 0 if it is collinear
     */
    public double value() {
        return value;
    }

    /**
     * What is known about it.
     *
     * @return the state
     */
    public CoefficientState state() {
        return state;
    }

    /**
     * The standard error from the observed information.
     *
     * @return the standard error, or empty if the coefficient is not finite
     */
    public OptionalDouble standardError() {
        return state == CoefficientState.FINITE ? OptionalDouble.of(standardError) : OptionalDouble.empty();
    }

    /**
     * The coefficient with its Wald interval, value &plusmn; z se.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the coefficient; undefined if it is infinite or collinear
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate estimate(double level) {
        double half = Normal.twoSidedQuantile(Interval.requireLevel(level)) * standardError;
        Undefined unknown = unknown();
        return unknown != null
                ? Estimate.undefined(unknown, n)
                : Estimate.of(value, n).withInterval(new Interval(value - half, value + half, level, "Wald"));
    }

    /**
     * The hazard ratio of one unit of the covariate, exp(value), with its Wald interval on the logarithm.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the ratio; undefined if the coefficient is infinite or collinear
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate hazardRatio(double level) {
        double half = Normal.twoSidedQuantile(Interval.requireLevel(level)) * standardError;
        Undefined unknown = unknown();
        return unknown != null
                ? Estimate.undefined(unknown, n)
                : Estimate.of(Math.exp(value), n)
                        .withInterval(new Interval(
                                Math.exp(value - half), Math.exp(value + half), level, "Wald on the logarithm"));
    }

    /**
     * The Wald test of whether the coefficient is 0.
     *
     * @return z with its p-value, or empty if the coefficient is infinite or collinear
     */
    public Optional<TestResult> test() {
        return unknown() == null ? Optional.of(TestResult.ofZ("Wald", value / standardError)) : Optional.empty();
    }

    private @Nullable Undefined unknown() {
        return switch (state) {
            case FINITE -> null;
            case INFINITE ->
                new Undefined(
                        Undefined.Reason.DOES_NOT_EXIST,
                        "the likelihood rises without end as the coefficient of " + name + " goes to "
                                + (value < 0 ? "minus" : "plus") + " infinity");
            case COLLINEAR ->
                new Undefined(
                        Undefined.Reason.DOES_NOT_EXIST,
                        name + " is a linear combination of the covariates before it, or does not vary among those at"
                                + " risk");
        };
    }

    /** The name, value, standard error and state. */
    @Override
    public String toString() {
        return name + " = " + value
                + standardError().stream()
                        .mapToObj(se -> " (se " + se + ")")
                        .findAny()
                        .orElse("") + ", " + state;
    }
}
