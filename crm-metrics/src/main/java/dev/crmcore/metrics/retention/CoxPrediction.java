package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.function.IntToDoubleFunction;

/**
 * The survival that a Cox regression predicts for subjects with given covariates: S(t) = exp(&minus;H(t)), H being their
 * cumulative hazard. Standard errors carry both the uncertainty of the baseline and that of the coefficients (Tsiatis 1981),
 * with tied events taken as in the regression.
 *
 * <p>Immutable and thread-safe. Each question costs O(log m + p&sup2;) for m event times; a quantile O(m).
 */
public final class CoxPrediction {

    private final CoxBaseline baseline;
    private final double risk;
    private final double[] covariates;
    private final double[][] covariance;
    private final long n;

    CoxPrediction(CoxBaseline baseline, double risk, double[] covariates, double[][] covariance, long n) {
        this.baseline = baseline;
        this.risk = risk;
        this.covariates = covariates;
        this.covariance = covariance;
        this.n = n;
    }

    /**
     * The cumulative hazard up to a time.
     *
     * @param time the time, not negative
     * @return the cumulative hazard, not negative; after the last time that of the last time
     * @throws IllegalArgumentException if the time is negative or NaN
     */
    public double cumulativeHazardAt(double time) {
        requireTime(time);
        return hazard(baseline.at(time));
    }

    /**
     * The share without the event after a time, with its 95 % log-log interval.
     *
     * @param time the time, not negative
     * @return the share, 0 to 1; undefined after the last time in the stratum
     * @throws IllegalArgumentException if the time is negative or NaN
     */
    public Estimate survivalAt(double time) {
        return survivalAt(time, SurvivalInterval.LOG_LOG, Interval.DEFAULT_LEVEL);
    }

    /**
     * The share without the event after a time.
     *
     * @param time the time, not negative
     * @param scale on which scale the interval is symmetric
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the share, 0 to 1; undefined after the last time in the stratum
     * @throws IllegalArgumentException if the time is negative or NaN, or the level out of range
     */
    public Estimate survivalAt(double time, SurvivalInterval scale, double level) {
        Interval.requireLevel(level);
        requireTime(time);
        if (time > baseline.lastTime()) {
            return Estimate.undefined(baseline.notYetObserved(), n);
        }
        int at = baseline.at(time);
        double survival = Math.exp(-hazard(at));
        Estimate estimate = Estimate.of(survival, n);
        return scale.of(survival, error(at), level, "Tsiatis")
                .map(estimate::withInterval)
                .orElse(estimate);
    }

    /**
     * The standard error of {@link #survivalAt(double)}.
     *
     * @param time the time, not negative
     * @return the standard error, not negative; after the last time that of the last time
     * @throws IllegalArgumentException if the time is negative or NaN
     */
    public double standardErrorAt(double time) {
        requireTime(time);
        return error(baseline.at(time));
    }

    /**
     * The time by which a share of such subjects will have had the event.
     *
     * @param share the share with the event, above 0 and below 1
     * @return the first event time at which survival is at most 1 &minus; share, with its 95 % interval: from where the lower
     *     bounds of the curve, on the log-log scale, come down so far to where the upper ones do, or to infinity; undefined if
     *     it stays above
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate quantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be above 0 and below 1, not " + share);
        }
        double time = crossing(at -> Math.exp(-hazard(at)), 1 - share);
        if (time < Double.POSITIVE_INFINITY) {
            double z = Normal.twoSidedQuantile(Interval.DEFAULT_LEVEL);
            double lower = crossing(at -> bound(at, -z), 1 - share);
            double upper = crossing(at -> bound(at, z), 1 - share);
            return Estimate.of(time, n)
                    .withInterval(new Interval(
                            Math.min(lower, time),
                            Math.max(upper, time),
                            Interval.DEFAULT_LEVEL,
                            "Brookmeyer-Crowley " + SurvivalInterval.LOG_LOG.word()));
        }
        return Estimate.undefined(
                new Undefined(
                        Undefined.Reason.NOT_YET_OBSERVED,
                        "the curve does not come down to " + (1 - share) + " within the data"),
                n);
    }

    /** The first event time at which a curve is down to a height; infinite if there is none. */
    private double crossing(IntToDoubleFunction curve, double height) {
        for (int at = 0; at < baseline.size(); at++) {
            if (curve.applyAsDouble(at) <= height) {
                return baseline.time(at);
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private double bound(int at, double z) {
        return SurvivalInterval.LOG_LOG.bound(Math.exp(-hazard(at)), error(at), z);
    }

    private double hazard(int at) {
        return risk * baseline.hazard(at);
    }

    private double error(int at) {
        return Math.exp(-hazard(at)) * risk * Math.sqrt(Math.max(0, baseline.variance(at, covariates, covariance)));
    }

    private static void requireTime(double time) {
        if (!(time >= 0)) {
            throw new IllegalArgumentException("time must not be negative, not " + time);
        }
    }

    /** The risk relative to the subject with the highest one. */
    @Override
    public String toString() {
        return "Cox prediction at " + risk + " of the highest risk";
    }
}
