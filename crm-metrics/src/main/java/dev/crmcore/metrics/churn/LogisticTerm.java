package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.internal.Normal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One coefficient of a logistic regression: how the log-odds of churn change with one more unit of a numeric column, or with
 * a level of a categorical column instead of its first one.
 *
 * <p>In a penalised regression the spread is that of the posterior, taken as normal: a ridge penalty of some strength is the
 * prior that coefficients scatter normally about 0 with the variance 1 / strength. Such intervals hold the true coefficients as
 * often as they say over the terms of a model together, not each by itself, because the penalty draws large ones towards 0
 * (Nychka 1988).
 *
 * <p>Immutable and thread-safe.
 */
public final class LogisticTerm {

    private final String name;
    private final String feature;
    private final double value;
    private final double standardised;
    private final double standardError;
    private final boolean aliased;
    private final boolean penalised;
    private final long customers;

    LogisticTerm(
            String name,
            String feature,
            double value,
            double standardised,
            double standardError,
            boolean aliased,
            boolean penalised,
            long customers) {
        this.name = name;
        this.feature = feature;
        this.value = value;
        this.standardised = standardised;
        this.standardError = standardError;
        this.aliased = aliased;
        this.penalised = penalised;
        this.customers = customers;
    }

    /**
     * The name of the term.
     *
     * @return the column's name, or column and level such as {@code contract=yearly}
     */
    public String name() {
        return name;
    }

    /**
     * The column that the term belongs to.
     *
     * @return the column's name
     */
    public String feature() {
        return feature;
    }

    /**
     * The coefficient in the column's own unit.
     *
     * @return the change of the log-odds for one unit, or for the level; 0 if the term is {@link #isAliased() aliased}
     */
    public double value() {
        return value;
    }

    /**
     * The coefficient for one standard deviation of a numeric column, which is what a ridge penalty looks at; the same as
     * {@link #value()} for a level.
     *
     * @return the change of the log-odds for one standard deviation, or for the level
     */
    public double standardised() {
        return standardised;
    }

    /**
     * Whether the term was left out because it is constant or a linear combination of terms before it.
     *
     * @return whether it was left out of an unpenalised regression; never in a penalised one
     */
    public boolean isAliased() {
        return aliased;
    }

    /**
     * The standard error of {@link #value()} from the observed information; in a penalised regression the standard deviation of
     * the posterior.
     *
     * @return the standard error, or empty if the term was left out
     */
    public OptionalDouble standardError() {
        return Double.isNaN(standardError) ? OptionalDouble.empty() : OptionalDouble.of(standardError);
    }

    /**
     * The coefficient with Wald's interval, in a penalised regression with that of the posterior.
     *
     * @param level the nominal coverage, above 0 and below 1
     * @return the estimate; without an interval where there is no standard error
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate estimate(double level) {
        double half = Normal.twoSidedQuantile(Interval.requireLevel(level)) * standardError;
        Estimate estimate = Estimate.of(value, customers);
        return Double.isNaN(standardError)
                ? estimate
                : estimate.withInterval(new Interval(value - half, value + half, level, method()));
    }

    /**
     * The odds ratio e<sup>value</sup> with the interval of {@link #estimate} on the logarithm.
     *
     * @param level the nominal coverage, above 0 and below 1
     * @return the estimate, above 0; without an interval where there is no standard error
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public Estimate oddsRatio(double level) {
        double half = Normal.twoSidedQuantile(Interval.requireLevel(level)) * standardError;
        Estimate ratio = Estimate.of(Math.exp(value), customers);
        return Double.isNaN(standardError)
                ? ratio
                : ratio.withInterval(new Interval(
                        Math.exp(value - half), Math.exp(value + half), level, method() + " on the logarithm"));
    }

    /**
     * Wald's test of whether the coefficient is 0.
     *
     * @return the test, or empty where there is no standard error or the regression was penalised: its coefficients are drawn
     *     towards 0, and no test of this form is of the size that it says
     */
    public Optional<TestResult> test() {
        return penalised || Double.isNaN(standardError)
                ? Optional.empty()
                : Optional.of(TestResult.ofZ("Wald z", value / standardError));
    }

    private String method() {
        return penalised ? "normal prior" : "Wald";
    }

    double rawStandardError() {
        return standardError;
    }

    /** The name, value and standard error. */
    @Override
    public String toString() {
        return name + " = " + value + (Double.isNaN(standardError) ? "" : " (se " + standardError + ")");
    }
}
