package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;

/**
 * The restricted mean survival time: how long a subject lasts on average within a horizon, which is the area under the
 * survival curve up to there. Unlike the mean it exists however many are censored.
 *
 * <p>Immutable and thread-safe.
 *
 * @param horizon up to when times count, positive
 * @param value the mean, 0 to {@code horizon}
 * @param standardError its standard error, not negative
 * @param n how many subjects there are
 */
public record RestrictedMean(double horizon, double value, double standardError, long n) {

    /** What the mean means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("restricted-mean-survival-time", 1)
            .name("Restricted mean survival time")
            .kind(KpiKind.KEYED)
            .unit("the unit of the times, 0 to the horizon")
            .formula("area under the Kaplan-Meier curve from 0 to the horizon")
            .variant("the horizon")
            .emptyRule("undefined without a subject, and if the curve is not known up to the horizon")
            .source("Irwin 1949; variance of Greenwood's type; normal interval")
            .build();

    /**
     * Checks the numbers.
     *
     * @param horizon up to when times count, positive
     * @param value the mean, 0 to {@code horizon}
     * @param standardError its standard error, not negative
     * @param n how many subjects there are
     * @throws IllegalArgumentException if a number is out of range
     */
    public RestrictedMean {
        if (!(horizon > 0 && Double.isFinite(horizon))) {
            throw new IllegalArgumentException("horizon must be positive and finite, not " + horizon);
        }
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("value must be finite and not negative, not " + value);
        }
        if (!(standardError >= 0 && Double.isFinite(standardError))) {
            throw new IllegalArgumentException("standardError must be finite and not negative, not " + standardError);
        }
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, not " + n);
        }
    }

    /**
     * The mean with its normal interval.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the mean, in the unit of the times
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate estimate(double level) {
        return withInterval(Estimate.of(value, n), standardError, Interval.requireLevel(level));
    }

    /**
     * The difference from the mean of other, independent subjects within the same horizon.
     *
     * @param earlier the other mean
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return this mean minus the other one, with the normal test; untested if neither side varies
     * @throws IllegalArgumentException if the horizons differ or the level is out of range
     */
    public Change changeFrom(RestrictedMean earlier, double level) {
        Interval.requireLevel(level);
        if (horizon != earlier.horizon) {
            throw new IllegalArgumentException(
                    "a mean within " + horizon + " cannot be compared with one within " + earlier.horizon);
        }
        double spread = Math.hypot(standardError, earlier.standardError);
        Estimate difference = Estimate.of(value - earlier.value, Math.addExact(n, earlier.n));
        return spread == 0
                ? Change.untested(difference, new Undefined(Undefined.Reason.NO_VARIATION, "neither side varies"))
                : Change.of(
                        withInterval(difference, spread, level),
                        TestResult.ofZ("normal", (value - earlier.value) / spread));
    }

    private static Estimate withInterval(Estimate estimate, double standardError, double level) {
        double half = Normal.twoSidedQuantile(level) * standardError;
        return estimate.withInterval(new Interval(estimate.value() - half, estimate.value() + half, level, "normal"));
    }
}
