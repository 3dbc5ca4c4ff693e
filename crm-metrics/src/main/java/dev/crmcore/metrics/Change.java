package dev.crmcore.metrics;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The change of a figure between two periods or groups, with the test that tells it from chance.
 *
 * <p>The difference is always later minus earlier (or second minus first). Whoever looks at many changes at once must
 * correct the p-values for it. Immutable and thread-safe.
 */
public final class Change {

    private final Estimate difference;
    private final String method;
    private final @Nullable Undefined undefined;
    private final double statistic;
    private final double degreesOfFreedom;
    private final double pValue;

    private Change(
            Estimate difference,
            String method,
            @Nullable Undefined undefined,
            double statistic,
            double degreesOfFreedom,
            double pValue) {
        this.difference = Objects.requireNonNull(difference, "difference");
        this.method = Objects.requireNonNull(method, "method");
        this.undefined = undefined;
        this.statistic = statistic;
        this.degreesOfFreedom = degreesOfFreedom;
        this.pValue = pValue;
    }

    /**
     * A change tested with a statistic that is standard normal if nothing changed.
     *
     * @param difference later minus earlier, defined, in the figure's unit
     * @param method the test's name
     * @param z the statistic, finite
     * @param pValue the two-sided p-value, 0 to 1
     * @return the change
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Change ofZ(Estimate difference, String method, double z, double pValue) {
        return tested(difference, method, z, Double.NaN, pValue);
    }

    /**
     * A change tested with a statistic that has degrees of freedom.
     *
     * @param difference later minus earlier, defined, in the figure's unit
     * @param method the test's name
     * @param statistic the statistic, finite
     * @param degreesOfFreedom its degrees of freedom, positive and not necessarily whole
     * @param pValue the two-sided p-value, 0 to 1
     * @return the change
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Change of(
            Estimate difference, String method, double statistic, double degreesOfFreedom, double pValue) {
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("degreesOfFreedom must be positive, not " + degreesOfFreedom);
        }
        return tested(difference, method, statistic, degreesOfFreedom, pValue);
    }

    /**
     * A change that cannot be tested: one side has no value, or nothing varies.
     *
     * @param difference later minus earlier, undefined if a side is
     * @param method the name of the test that would have been made
     * @param reason why there is no test
     * @return the change, without a statistic
     */
    public static Change untested(Estimate difference, String method, Undefined reason) {
        Objects.requireNonNull(reason, "reason");
        return new Change(difference, method, reason, Double.NaN, Double.NaN, Double.NaN);
    }

    private static Change tested(Estimate difference, String method, double statistic, double df, double pValue) {
        if (!difference.isDefined()) {
            throw new IllegalArgumentException("difference must be defined where there is a test");
        }
        if (!Double.isFinite(statistic)) {
            throw new IllegalArgumentException("statistic must be finite, not " + statistic);
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue must be 0 to 1, not " + pValue);
        }
        return new Change(difference, method, null, statistic, df, pValue);
    }

    /**
     * The difference, later minus earlier, with its interval.
     *
     * @return the difference; undefined if one of the two figures is
     */
    public Estimate difference() {
        return difference;
    }

    /**
     * The test's name.
     *
     * @return the name, such as "adjusted Wald z"
     */
    public String method() {
        return method;
    }

    /**
     * Whether the change could be tested.
     *
     * @return whether {@link #statistic()} and {@link #pValue()} answer
     */
    public boolean isTested() {
        return undefined == null;
    }

    /**
     * Why the change could not be tested.
     *
     * @return the reason, or empty if it was tested
     */
    public Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    /**
     * The test's statistic.
     *
     * @return the statistic, positive if the figure rose
     * @throws NoSuchElementException if the change was not tested; the message is the reason
     */
    public double statistic() {
        requireTested();
        return statistic;
    }

    /**
     * The statistic's degrees of freedom.
     *
     * @return the degrees of freedom, or empty for a normal statistic or without a test
     */
    public OptionalDouble degreesOfFreedom() {
        return Double.isNaN(degreesOfFreedom) ? OptionalDouble.empty() : OptionalDouble.of(degreesOfFreedom);
    }

    /**
     * How likely a statistic at least this far from zero would be if nothing had changed.
     *
     * @return the two-sided p-value, 0 to 1
     * @throws NoSuchElementException if the change was not tested; the message is the reason
     */
    public double pValue() {
        requireTested();
        return pValue;
    }

    /** The difference and the p-value, or the reason why there is no test. */
    @Override
    public String toString() {
        return difference + ", " + method + (undefined == null ? ": p = " + pValue : ": untested, " + undefined);
    }

    private void requireTested() {
        if (undefined != null) {
            throw new NoSuchElementException(undefined.message());
        }
    }
}
