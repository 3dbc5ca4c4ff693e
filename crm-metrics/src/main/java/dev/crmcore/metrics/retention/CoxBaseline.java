package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Undefined;
import java.util.Arrays;

/** The baseline of one stratum: cumulative hazard, its variance and the risk-weighted covariates at each event time. */
final class CoxBaseline {

    private final double[] time;
    private final double[] hazard;
    private final double[] variance;
    /** The sum of mean covariate times hazard, p numbers for each time. */
    private final double[] weighted;

    private final double lastTime;

    private CoxBaseline(double[] time, double[] hazard, double[] variance, double[] weighted, double lastTime) {
        this.time = time;
        this.hazard = hazard;
        this.variance = variance;
        this.weighted = weighted;
        this.lastTime = lastTime;
    }

    /** The baselines of all strata, for a subject with mean covariates and the linear predictor {@code sets.shift()}. */
    static CoxBaseline[] of(CoxDesign design, CoxRiskSets sets, TiedEvents ties) {
        int p = design.covariates();
        int[] counts = new int[design.strata()];
        for (int s = 0; s < counts.length; s++) {
            counts[s] = eventTimes(design, s);
        }
        CoxBaseline[] baselines = new CoxBaseline[counts.length];
        for (int s = 0; s < counts.length; s++) {
            int end = design.start(s + 1);
            baselines[s] = new CoxBaseline(
                    new double[counts[s]],
                    new double[counts[s]],
                    new double[counts[s]],
                    new double[counts[s] * p],
                    end == design.start(s) ? 0 : design.time(end - 1));
        }
        int[] next = counts.clone();
        sets.visit((stratum, first, end, events, atRisk, ofEvents) -> {
            int at = --next[stratum];
            baselines[stratum].time[at] = design.time(first);
            int terms = CoxLikelihood.terms(ties, events);
            for (int term = 0; term < terms; term++) {
                baselines[stratum].add(at, atRisk, ofEvents, (double) term / events, (double) events / terms, p);
            }
        });
        for (CoxBaseline baseline : baselines) {
            accumulate(baseline.hazard, 1);
            accumulate(baseline.variance, 1);
            accumulate(baseline.weighted, p);
        }
        return baselines;
    }

    private static int eventTimes(CoxDesign design, int stratum) {
        int count = 0;
        double before = Double.NaN;
        for (int row = design.start(stratum); row < design.start(stratum + 1); row++) {
            if (design.event(row) && design.time(row) != before) {
                before = design.time(row);
                count++;
            }
        }
        return count;
    }

    private void add(int at, RiskSums all, RiskSums dying, double gone, double times, int p) {
        double risk = all.risk() - gone * dying.risk();
        hazard[at] += times / risk;
        variance[at] += times / (risk * risk);
        for (int i = 0; i < p; i++) {
            weighted[at * p + i] += times * (all.first(i) - gone * dying.first(i)) / (risk * risk);
        }
    }

    private static void accumulate(double[] values, int width) {
        for (int i = width; i < values.length; i++) {
            values[i] += values[i - width];
        }
    }

    /** The event times, ascending. */
    int size() {
        return time.length;
    }

    double time(int at) {
        return time[at];
    }

    double lastTime() {
        return lastTime;
    }

    /** The last event time not after a time, or -1. */
    int at(double when) {
        int found = Arrays.binarySearch(time, when);
        return found >= 0 ? found : -found - 2;
    }

    double hazard(int at) {
        return at < 0 ? 0 : hazard[at];
    }

    /** The variance of the cumulative hazard of a subject with standardised covariates z and risk 1. */
    double variance(int at, double[] z, double[][] covariance) {
        if (at < 0) {
            return 0;
        }
        int p = z.length;
        double[] a = new double[p];
        for (int i = 0; i < p; i++) {
            a[i] = z[i] * hazard[at] - weighted[at * p + i];
        }
        double sum = variance[at];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                sum += a[i] * covariance[i][j] * a[j];
            }
        }
        return sum;
    }

    /** Why nothing is known about a time after the last one. */
    Undefined notYetObserved() {
        return new Undefined(Undefined.Reason.NOT_YET_OBSERVED, "nobody was observed after time " + lastTime);
    }
}
