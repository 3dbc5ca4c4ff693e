package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A Kaplan&ndash;Meier curve with Greenwood's standard error, the Nelson&ndash;Aalen cumulative hazard, quantiles and the
 * restricted mean. The curve has a row for each time at which somebody left, with the event or without.
 *
 * <p>After the last time the curve is unknown if somebody was left without the event, and so is a quantile that it never
 * reaches. If subjects come in late, the risk set can be so small early on that all of it has the event: then the curve is 0
 * from there on, whatever comes later; the numbers at risk show it.
 *
 * <p>Immutable and thread-safe. Memory: six numbers for each row.
 */
public final class SurvivalCurve {

    /** What {@link #cumulativeHazard} means. */
    public static final KpiDefinition CUMULATIVE_HAZARD = KpiDefinition.builder("nelson-aalen", 1)
            .name("Nelson-Aalen cumulative hazard")
            .kind(KpiKind.KEYED)
            .unit("expected events of a subject, not negative")
            .formula("H(t) = sum over event times up to t of events / subjects at risk")
            .variant("events before censorings of the same time; at risk from after the entry to the end")
            .emptyRule("undefined without a subject, and after the last time if somebody was left")
            .source("Nelson 1972, Aalen 1978; interval: Aalen's variance, on the logarithm")
            .build();

    /** What {@link #quantile(double)} means. */
    public static final KpiDefinition QUANTILE = KpiDefinition.builder("survival-quantile", 1)
            .name("Survival time by which a share has had the event")
            .kind(KpiKind.KEYED)
            .unit("the unit of the times")
            .formula("first time at which the Kaplan-Meier curve is below 1 - share; the middle of a stretch at that"
                    + " height")
            .variant("the share; one half is the median")
            .emptyRule("undefined without a subject, and if the curve does not come down so far")
            .source("Brookmeyer and Crowley 1982")
            .build();

    private static final String VARIANCE = "Greenwood";
    /** How near a curve must come to a level to be on it, as the square root of the machine's precision. */
    private static final double FLAT = 1.4901161193847656e-8;

    private final RiskTable table;
    private final double[] survival;
    /** The sum of d/(n(n-d)), of which S times the root is the standard error. */
    private final double[] greenwood;

    private final double[] hazard;

    SurvivalCurve(RiskTable table) {
        this.table = table;
        int size = table.size();
        survival = new double[size];
        greenwood = new double[size];
        hazard = new double[size];
        double s = 1;
        double variance = 0;
        double h = 0;
        for (int row = 0; row < size; row++) {
            long events = table.left(row, 1);
            if (events > 0) {
                double atRisk = (double) table.atRisk(row);
                double left = (double) (table.atRisk(row) - events);
                s *= left / atRisk;
                variance += events / (atRisk * left);
                h += events / atRisk;
            }
            survival[row] = s;
            greenwood[row] = variance;
            hazard[row] = h;
        }
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
     * How many subjects had the event.
     *
     * @return the number, not negative
     */
    public long events() {
        return LongStream.range(0, size()).map(row -> table.left((int) row, 1)).sum();
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
     * How many were at risk just before a row's time: who had come in and not left.
     *
     * @param row the row, from 0
     * @return the number, at least 1
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public long atRisk(int row) {
        return table.atRisk(row);
    }

    /**
     * How many had the event at a row's time.
     *
     * @param row the row, from 0
     * @return the number
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public long events(int row) {
        return table.left(row, 1);
    }

    /**
     * How many were censored at a row's time.
     *
     * @param row the row, from 0
     * @return the number
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public long censored(int row) {
        return table.left(row, 0);
    }

    /**
     * The share without the event after a row's time.
     *
     * @param row the row, from 0
     * @return the share, 0 to 1
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double survival(int row) {
        return survival[row];
    }

    /**
     * Greenwood's standard error of {@link #survival(int)}.
     *
     * @param row the row, from 0
     * @return the standard error; empty where the curve is 0
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public OptionalDouble standardError(int row) {
        double error = error(row);
        return Double.isNaN(error) ? OptionalDouble.empty() : OptionalDouble.of(error);
    }

    /**
     * The interval of {@link #survival(int)}, which holds for this time alone and not for the whole curve at once.
     *
     * @param row the row, from 0
     * @param scale on which scale it is symmetric
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval; empty where the curve is 0, and where it is 1 on the log-log scale
     * @throws IndexOutOfBoundsException if there is no such row
     * @throws IllegalArgumentException if the level is out of range
     */
    public Optional<Interval> interval(int row, SurvivalInterval scale, double level) {
        Interval.requireLevel(level);
        return scale.of(survival[row], error(row), level, VARIANCE);
    }

    /**
     * The Nelson&ndash;Aalen cumulative hazard after a row's time: the sum of events / at risk.
     *
     * @param row the row, from 0
     * @return the cumulative hazard, not negative
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double cumulativeHazard(int row) {
        return hazard[row];
    }

    /**
     * The share without the event after a time, with its 95 % log-log interval.
     *
     * @param time the time, not negative
     * @return the share, 0 to 1; undefined without a subject, or after the last time if the curve did not reach 0
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
     * @return the share, 0 to 1, without an interval where {@link #interval} has none; undefined without a subject, or after
     *     the last time if the curve did not reach 0
     * @throws IllegalArgumentException if the time is negative or NaN, or the level out of range
     */
    public Estimate survivalAt(double time, SurvivalInterval scale, double level) {
        Interval.requireLevel(level);
        Undefined unknown = unknownAt(time);
        if (unknown != null) {
            return Estimate.undefined(unknown, n());
        }
        int row = table.rowAt(time);
        if (row < 0) {
            return Estimate.of(1, n());
        }
        Estimate estimate = Estimate.of(survival[row], n());
        return interval(row, scale, level).map(estimate::withInterval).orElse(estimate);
    }

    /**
     * The share that has had the event by a time: 1 minus the survival, with its interval turned round.
     *
     * @param time the time, not negative
     * @return the share, 0 to 1; undefined where {@link #survivalAt(double)} is
     * @throws IllegalArgumentException if the time is negative or NaN
     */
    public Estimate eventBy(double time) {
        Estimate survived = survivalAt(time);
        if (!survived.isDefined()) {
            return survived;
        }
        Estimate share = Estimate.of(1 - survived.value(), n());
        return survived.interval()
                .map(i -> share.withInterval(new Interval(1 - i.upper(), 1 - i.lower(), i.level(), i.method())))
                .orElse(share);
    }

    /**
     * The Nelson&ndash;Aalen cumulative hazard at a time, with an interval symmetric on the logarithm and Aalen's variance,
     * the sum of events / at risk&sup2;.
     *
     * @param time the time, not negative
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the cumulative hazard, without an interval before the first event; undefined without a subject, or after the
     *     last time
     * @throws IllegalArgumentException if the time is negative or NaN, or the level out of range
     */
    public Estimate cumulativeHazardAt(double time, double level) {
        Interval.requireLevel(level);
        Undefined unknown = unknownAt(time);
        if (unknown != null) {
            return Estimate.undefined(unknown, n());
        }
        int last = table.rowAt(time);
        double variance = 0;
        for (int row = 0; row <= last; row++) {
            double atRisk = (double) table.atRisk(row);
            variance += table.left(row, 1) / (atRisk * atRisk);
        }
        double value = last < 0 ? 0 : hazard[last];
        Estimate estimate = Estimate.of(value, n());
        if (value == 0) {
            return estimate;
        }
        double factor = Math.exp(Normal.twoSidedQuantile(level) * Math.sqrt(variance) / value);
        return estimate.withInterval(new Interval(value / factor, value * factor, level, "Aalen log"));
    }

    /**
     * The time by which half of the subjects have had the event, with its 95 % interval on the log-log scale.
     *
     * @return the median; undefined if the curve stays above one half
     */
    public Estimate median() {
        return quantile(0.5);
    }

    /**
     * The time by which a share of the subjects has had the event, with its 95 % interval on the log-log scale.
     *
     * @param share the share with the event, above 0 and below 1
     * @return the time; undefined if the curve does not come down so far
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate quantile(double share) {
        return quantile(share, SurvivalInterval.LOG_LOG, Interval.DEFAULT_LEVEL);
    }

    /**
     * The time by which a share of the subjects has had the event: the first time at which the curve is below 1 &minus;
     * share. Where the curve runs exactly at that height for a while, it is the middle of that while, as in R.
     *
     * @param share the share with the event, above 0 and below 1
     * @param scale on which scale the interval of the curve is symmetric
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the time with {@link #quantileInterval}; undefined if the curve does not come down so far
     * @throws IllegalArgumentException if the share or the level is out of range
     */
    public Estimate quantile(double share, SurvivalInterval scale, double level) {
        requireShare(share);
        Optional<Interval> interval = quantileInterval(share, scale, level);
        double time = crossing(row -> survival[row], 1 - share);
        if (Double.isNaN(time)) {
            return Estimate.undefined(
                    n() == 0
                            ? Undefined.noData("no subject")
                            : new Undefined(
                                    Undefined.Reason.NOT_YET_OBSERVED,
                                    "the curve does not come down to " + (1 - share) + " within the data"),
                    n());
        }
        Estimate estimate = Estimate.of(time, n());
        return interval.filter(i -> i.contains(time))
                .map(estimate::withInterval)
                .orElse(estimate);
    }

    /**
     * The interval of a quantile: from where the lower bounds of the curve come down to 1 &minus; share to where the upper
     * bounds do (Brookmeyer and Crowley 1982). It can be known in part although the quantile itself is not.
     *
     * @param share the share with the event, above 0 and below 1
     * @param scale on which scale the interval of the curve is symmetric
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval, with an infinite upper bound if the upper bounds stay above; empty if the lower bounds do, too
     * @throws IllegalArgumentException if the share or the level is out of range
     */
    public Optional<Interval> quantileInterval(double share, SurvivalInterval scale, double level) {
        requireShare(share);
        Interval.requireLevel(level);
        double z = Normal.twoSidedQuantile(level);
        double low = crossing(row -> scale.bound(survival[row], error(row), -z), 1 - share);
        double high = crossing(row -> scale.bound(survival[row], error(row), z), 1 - share);
        if (Double.isNaN(low)) {
            return Optional.empty();
        }
        double upper = Double.isNaN(high) ? Double.POSITIVE_INFINITY : Math.max(low, high);
        return Optional.of(new Interval(low, upper, level, "Brookmeyer-Crowley " + scale.word()));
    }

    /**
     * The restricted mean survival time: the area under the curve up to a horizon.
     *
     * @param horizon up to when times count, positive and finite
     * @return the mean with its standard error; empty without a subject, or if the curve is not known up to the horizon
     * @throws IllegalArgumentException if the horizon is not positive and finite
     */
    public Optional<RestrictedMean> restrictedMean(double horizon) {
        if (!(horizon > 0 && Double.isFinite(horizon))) {
            throw new IllegalArgumentException("horizon must be positive and finite, not " + horizon);
        }
        if (unknownAt(horizon) != null) {
            return Optional.empty();
        }
        double area = 0;
        double variance = 0;
        double end = horizon;
        for (int row = table.rowAt(horizon); row >= 0; row--) {
            area += survival[row] * (end - table.time(row));
            end = table.time(row);
            double step = greenwood[row] - (row == 0 ? 0 : greenwood[row - 1]);
            if (area > 0 && step > 0) {
                double atRisk = (double) table.atRisk(row);
                variance += area * area * table.left(row, 1) / (atRisk * (atRisk - table.left(row, 1)));
            }
        }
        return Optional.of(new RestrictedMean(horizon, area + end, Math.sqrt(variance), n()));
    }

    /** The last row not after a time, or -1. */
    int rowAt(double time) {
        return table.rowAt(time);
    }

    /** Why the curve is unknown at a time, or null. */
    private @Nullable Undefined unknownAt(double time) {
        if (!(time >= 0)) {
            throw new IllegalArgumentException("time must not be negative, not " + time);
        }
        int size = size();
        if (size == 0) {
            return Undefined.noData("no subject");
        }
        return time > table.time(size - 1) && survival[size - 1] > 0
                ? new Undefined(
                        Undefined.Reason.NOT_YET_OBSERVED, "nobody was observed after time " + table.time(size - 1))
                : null;
    }

    private double error(int row) {
        return survival[row] == 0 ? Double.NaN : survival[row] * Math.sqrt(greenwood[row]);
    }

    /** Where a curve comes down to a height; NaN where it does not. Rows at which the curve is NaN are passed over. */
    private double crossing(IntToDoubleFunction curve, double height) {
        for (int row = 0; row < size(); row++) {
            double value = curve.applyAsDouble(row);
            if (value <= height + FLAT) {
                return value >= height - FLAT ? (table.time(row) + endOfFlat(curve, row, height)) / 2 : table.time(row);
            }
        }
        return Double.NaN;
    }

    private double endOfFlat(IntToDoubleFunction curve, int start, double height) {
        for (int row = start + 1; row < size(); row++) {
            if (curve.applyAsDouble(row) < height - FLAT) {
                return table.time(row);
            }
        }
        return table.time(size() - 1);
    }

    private static void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be above 0 and below 1, not " + share);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SurvivalCurve that && table.equals(that.table);
    }

    @Override
    public int hashCode() {
        return Objects.hash(table);
    }

    /** How many subjects and events there are, and the median. */
    @Override
    public String toString() {
        return "survival curve of " + n() + " subjects, " + events() + " events, median " + median();
    }
}
