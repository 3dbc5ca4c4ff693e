package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which share has had which of several exclusive events by a time. At every time the shares of all causes and the share
 * without any event sum to 1.
 *
 * <p>Standard errors are of Greenwood's type (the delta method over the transitions of each time), which for subjects
 * observed from the start equals the infinitesimal jackknife of R's {@code survfit}.
 *
 * <p>Immutable and thread-safe. Memory: five numbers for each cause and time at which somebody left.
 */
public final class CumulativeIncidence {

    private static final String VARIANCE = "Aalen-Johansen";

    private final int causes;
    private final RiskTable table;
    /** Index 0: free of all events; index k: cause k. */
    private final double[][] share;

    private final double[][] variance;

    CumulativeIncidence(int causes, RiskTable table) {
        this.causes = causes;
        this.table = table;
        share = new double[causes + 1][table.size()];
        variance = new double[causes + 1][table.size()];
        double s = 1;
        double varianceOfS = 0;
        double[] f = new double[causes + 1];
        double[] varianceOfF = new double[causes + 1];
        double[] covariance = new double[causes + 1];
        for (int row = 0; row < table.size(); row++) {
            double y = (double) table.atRisk(row);
            double d = (double) table.events(row);
            if (d > 0) {
                double stays = (y - d) / y;
                double square = s * s / (y * y * y);
                for (int k = 1; k <= causes; k++) {
                    double dk = (double) table.left(row, k);
                    double h = dk / y;
                    f[k] += s * h;
                    varianceOfF[k] += 2 * h * covariance[k] + h * h * varianceOfS + square * dk * (y - dk);
                    covariance[k] = stays * (covariance[k] + h * varianceOfS) - square * dk * (y - d);
                }
                varianceOfS = stays * stays * varianceOfS + square * d * (y - d);
                s *= stays;
            }
            for (int k = 1; k <= causes; k++) {
                share[k][row] = f[k];
                variance[k][row] = Math.max(0, varianceOfF[k]);
            }
            share[0][row] = s;
            variance[0][row] = varianceOfS;
        }
    }

    /**
     * How many causes there are.
     *
     * @return the number; they are numbered from 1
     */
    public int causes() {
        return causes;
    }

    /**
     * How many subjects there are.
     *
     * @return the number, not negative
     */
    public long n() {
        return table.n();
    }

    /**
     * How many subjects had an event.
     *
     * @param cause its number, from 1
     * @return the number of subjects, not negative
     * @throws IllegalArgumentException if there is no such cause
     */
    public long events(int cause) {
        requireCause(cause);
        long sum = 0;
        for (int row = 0; row < table.size(); row++) {
            sum += table.left(row, cause);
        }
        return sum;
    }

    /**
     * How many rows there are.
     *
     * @return the number of different times at which somebody left
     */
    public int size() {
        return table.size();
    }

    /**
     * The time of a row.
     *
     * @param row the row, from 0, by time
     * @return the time
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double time(int row) {
        return table.time(row);
    }

    /**
     * How many were at risk just before a row's time.
     *
     * @param row the row, from 0
     * @return the number, at least 1
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public long atRisk(int row) {
        return table.atRisk(row);
    }

    /**
     * The share that has had an event by a time, with its 95 % log-log interval.
     *
     * @param cause the event's number, from 1
     * @param time the time, not negative
     * @return the share, 0 to 1, without an interval where it is 0 or 1; undefined without a subject, or after the last time
     *     if somebody was left
     * @throws IllegalArgumentException if there is no such cause, or the time is negative or NaN
     */
    public Estimate incidenceAt(int cause, double time) {
        return incidenceAt(cause, time, SurvivalInterval.LOG_LOG, Interval.DEFAULT_LEVEL);
    }

    /**
     * The share that has had an event by a time.
     *
     * @param cause the event's number, from 1
     * @param time the time, not negative
     * @param scale on which scale the interval is symmetric
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the share, 0 to 1, without an interval where the scale has none; undefined without a subject, or after the last
     *     time if somebody was left
     * @throws IllegalArgumentException if there is no such cause, the time is negative or NaN, or the level out of range
     */
    public Estimate incidenceAt(int cause, double time, SurvivalInterval scale, double level) {
        requireCause(cause);
        return estimate(cause, time, scale, level);
    }

    /**
     * The share without any event after a time: the Kaplan&ndash;Meier curve of all causes together.
     *
     * @param time the time, not negative
     * @param scale on which scale the interval is symmetric
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the share, 0 to 1; undefined where {@link #incidenceAt(int, double)} is
     * @throws IllegalArgumentException if the time is negative or NaN, or the level out of range
     */
    public Estimate eventFreeAt(double time, SurvivalInterval scale, double level) {
        return estimate(0, time, scale, level);
    }

    /**
     * The standard error of {@link #incidenceAt(int, double)}.
     *
     * @param cause the event's number, from 1; 0 for that of {@link #eventFreeAt}
     * @param time the time, not negative
     * @return the standard error, not negative; 0 before the first time, that of the last row after it
     * @throws IllegalArgumentException if there is no such cause, or the time is negative or NaN
     */
    public double standardErrorAt(int cause, double time) {
        if (cause != 0) {
            requireCause(cause);
        }
        requireTime(time);
        int row = table.rowAt(time);
        return row < 0 ? 0 : Math.sqrt(variance[cause][row]);
    }

    private Estimate estimate(int cause, double time, SurvivalInterval scale, double level) {
        Interval.requireLevel(level);
        requireTime(time);
        int last = table.size() - 1;
        if (last < 0) {
            return Estimate.undefined(Undefined.noData("no subject"));
        }
        if (time > table.time(last) && share[0][last] > 0) {
            return Estimate.undefined(
                    new Undefined(
                            Undefined.Reason.NOT_YET_OBSERVED, "nobody was observed after time " + table.time(last)),
                    n());
        }
        int row = table.rowAt(time);
        double value = row < 0 ? (cause == 0 ? 1 : 0) : share[cause][row];
        Estimate estimate = Estimate.of(value, n());
        Optional<Interval> interval =
                row < 0 ? Optional.empty() : scale.of(value, Math.sqrt(variance[cause][row]), level, VARIANCE);
        return interval.map(estimate::withInterval).orElse(estimate);
    }

    private void requireCause(int cause) {
        if (cause < 1 || cause > causes) {
            throw new IllegalArgumentException("cause must be 1 to " + causes + ", not " + cause);
        }
    }

    private static void requireTime(double time) {
        if (!(time >= 0)) {
            throw new IllegalArgumentException("time must not be negative, not " + time);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CumulativeIncidence that && causes == that.causes && table.equals(that.table);
    }

    @Override
    public int hashCode() {
        return table.hashCode();
    }

    /** How many subjects and causes there are. */
    @Override
    public String toString() {
        return "cumulative incidence of " + causes + " causes, " + n() + " subjects";
    }
}
