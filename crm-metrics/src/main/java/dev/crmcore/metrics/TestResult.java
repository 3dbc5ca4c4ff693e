package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.ChiSquared;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.StudentT;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a statistical test found: its statistic and how likely one at least as extreme would be if there were no effect.
 *
 * <p>Whoever looks at many tests at once must correct the p-values for it. Immutable and thread-safe.
 */
public final class TestResult {

    private final String method;
    private final double statistic;
    private final double degreesOfFreedom;
    private final double pValue;

    private TestResult(String method, double statistic, double degreesOfFreedom, double pValue) {
        this.method = Objects.requireNonNull(method, "method");
        if (!Double.isFinite(statistic)) {
            throw new IllegalArgumentException("statistic must be finite, not " + statistic);
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue must be 0 to 1, not " + pValue);
        }
        this.statistic = statistic;
        this.degreesOfFreedom = degreesOfFreedom;
        this.pValue = pValue;
    }

    /**
     * A two-sided test whose statistic is standard normal if there is no effect.
     *
     * @param method the test's name
     * @param z the statistic, finite
     * @return the result
     * @throws IllegalArgumentException if the statistic is not finite
     */
    public static TestResult ofZ(String method, double z) {
        return new TestResult(method, z, Double.NaN, Normal.twoSided(z));
    }

    /**
     * A two-sided test whose statistic follows Student's t if there is no effect.
     *
     * @param method the test's name
     * @param t the statistic, finite
     * @param degreesOfFreedom its degrees of freedom, positive and not necessarily whole
     * @return the result
     * @throws IllegalArgumentException if the statistic is not finite or the degrees of freedom are not positive
     */
    public static TestResult ofT(String method, double t, double degreesOfFreedom) {
        requireDegreesOfFreedom(degreesOfFreedom);
        return new TestResult(method, t, degreesOfFreedom, StudentT.twoSided(t, degreesOfFreedom));
    }

    /**
     * A test whose statistic follows the chi-squared distribution if there is no effect.
     *
     * @param method the test's name
     * @param statistic the statistic, finite and not negative
     * @param degreesOfFreedom its degrees of freedom, positive
     * @return the result
     * @throws IllegalArgumentException if a number is out of range
     */
    public static TestResult ofChiSquared(String method, double statistic, double degreesOfFreedom) {
        requireDegreesOfFreedom(degreesOfFreedom);
        if (!(statistic >= 0)) {
            throw new IllegalArgumentException("statistic must not be negative, not " + statistic);
        }
        return new TestResult(method, statistic, degreesOfFreedom, ChiSquared.upperTail(statistic, degreesOfFreedom));
    }

    /**
     * A test with another distribution.
     *
     * @param method the test's name
     * @param statistic the statistic, finite
     * @param degreesOfFreedom its degrees of freedom, positive
     * @param pValue the p-value, 0 to 1
     * @return the result
     * @throws IllegalArgumentException if a number is out of range
     */
    public static TestResult of(String method, double statistic, double degreesOfFreedom, double pValue) {
        requireDegreesOfFreedom(degreesOfFreedom);
        return new TestResult(method, statistic, degreesOfFreedom, pValue);
    }

    /**
     * An exact test, whose p-value is counted out instead of read from a distribution.
     *
     * @param method the test's name
     * @param statistic the statistic, finite
     * @param pValue the p-value, 0 to 1
     * @return the result, without degrees of freedom
     * @throws IllegalArgumentException if a number is out of range
     */
    public static TestResult exact(String method, double statistic, double pValue) {
        return new TestResult(method, statistic, Double.NaN, pValue);
    }

    /**
     * The test's name.
     *
     * @return the name, such as "Welch t"
     */
    public String method() {
        return method;
    }

    /**
     * The statistic.
     *
     * @return the statistic, finite
     */
    public double statistic() {
        return statistic;
    }

    /**
     * The statistic's degrees of freedom.
     *
     * @return the degrees of freedom, or empty for a normal statistic and an exact test
     */
    public OptionalDouble degreesOfFreedom() {
        return Double.isNaN(degreesOfFreedom) ? OptionalDouble.empty() : OptionalDouble.of(degreesOfFreedom);
    }

    /**
     * How likely a statistic at least as extreme would be if there were no effect.
     *
     * @return the p-value, 0 to 1
     */
    public double pValue() {
        return pValue;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestResult that
                && method.equals(that.method)
                && Double.compare(statistic, that.statistic) == 0
                && Double.compare(degreesOfFreedom, that.degreesOfFreedom) == 0
                && Double.compare(pValue, that.pValue) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, statistic, degreesOfFreedom, pValue);
    }

    /** The method, the statistic and the p-value. */
    @Override
    public String toString() {
        return method + " = " + statistic + ", p = " + pValue;
    }

    private static void requireDegreesOfFreedom(double degreesOfFreedom) {
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("degreesOfFreedom must be positive, not " + degreesOfFreedom);
        }
    }
}
