package dev.crmcore.metrics.series;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One number for each step of time, such as the revenue of each week. Steps are equally far apart; a step without an
 * observation is missing, which is not the same as zero.
 *
 * <p>A first or last period that is only partly observed misleads every method: leave it out with {@link #part}.
 *
 * <p>Immutable and thread-safe.
 */
public final class RegularSeries {

    private static final int LONGEST = 10_000_000;
    private static final double LARGEST = 1e140;

    private final double[] values;
    private final @Nullable CalendarPeriod first;

    private RegularSeries(double[] values, @Nullable CalendarPeriod first) {
        this.values = values;
        this.first = first;
    }

    /**
     * A series of numbered steps.
     *
     * @param values one number for each step, at most 1e140 in size so that it can be squared, or {@link Double#NaN} where
     *     none was observed; copied
     * @return the series
     * @throws IllegalArgumentException if a value is larger
     */
    public static RegularSeries of(double... values) {
        double[] copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            if (Math.abs(copy[i]) > LARGEST) {
                throw new IllegalArgumentException("value of step " + i + " must be at most " + LARGEST
                        + " in size, or NaN if it is missing, not " + copy[i]);
            }
        }
        return new RegularSeries(copy, null);
    }

    /**
     * A series of calendar periods, from the first to the last one that has a value; those between without one are missing.
     * ISO weeks follow one another without regard to the year, so that a 53rd week is a step like any other.
     *
     * @param unit the step
     * @param values the value of the period in which each date lies; no period twice
     * @return the series
     * @throws IllegalArgumentException if two dates lie in one period, a value is above 1e140 in size, or the periods are more than ten
     *     million
     */
    public static RegularSeries of(PeriodUnit unit, Map<LocalDate, Double> values) {
        TreeMap<Long, Double> byPeriod = new TreeMap<>();
        values.forEach((date, value) -> {
            if (!(Math.abs(value) <= LARGEST)) {
                throw new IllegalArgumentException(
                        "value of " + date + " must be at most " + LARGEST + " in size, not " + value);
            }
            if (byPeriod.putIfAbsent(unit.indexOf(date), value) != null) {
                throw new IllegalArgumentException("two values in " + CalendarPeriod.of(unit, date));
            }
        });
        if (byPeriod.isEmpty()) {
            return new RegularSeries(new double[0], null);
        }
        long from = byPeriod.firstKey();
        long length = byPeriod.lastKey() - from + 1;
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "from the first to the last date are " + length + " periods, more than " + LONGEST);
        }
        double[] steps = new double[(int) length];
        Arrays.fill(steps, Double.NaN);
        byPeriod.forEach((period, value) -> steps[(int) (period - from)] = value);
        return new RegularSeries(steps, new CalendarPeriod(unit, from));
    }

    /**
     * The number of steps, missing ones included.
     *
     * @return the length, not negative
     */
    public int length() {
        return values.length;
    }

    /**
     * The value of a step.
     *
     * @param step the step, from 0
     * @return the value, or empty if it is missing
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public OptionalDouble value(int step) {
        double value = values[Objects.checkIndex(step, values.length)];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The values.
     *
     * @return a copy, with {@link Double#NaN} where a step is missing
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The period of a step.
     *
     * @param step the step, from 0
     * @return the period, or empty if the series was not made of calendar periods
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public Optional<CalendarPeriod> period(int step) {
        Objects.checkIndex(step, values.length);
        return Optional.ofNullable(first).map(period -> period.plus(step));
    }

    /**
     * How many steps have no observation.
     *
     * @return the number of missing steps
     */
    public int missing() {
        int missing = 0;
        for (double value : values) {
            missing += Double.isNaN(value) ? 1 : 0;
        }
        return missing;
    }

    /**
     * Some consecutive steps.
     *
     * @param from the first step
     * @param to the step after the last one
     * @return the part
     * @throws IndexOutOfBoundsException if the steps are not within the series
     */
    public RegularSeries part(int from, int to) {
        Objects.checkFromToIndex(from, to, values.length);
        return new RegularSeries(Arrays.copyOfRange(values, from, to), first == null ? null : first.plus(from));
    }

    /**
     * The series without gaps: a missing step lies on the straight line between its neighbours; before the first and after
     * the last observation it is like these.
     *
     * @return the filled series; the same if nothing is missing or nothing was observed
     */
    public RegularSeries interpolated() {
        double[] filled = values.clone();
        int last = -1;
        for (int i = 0; i < filled.length; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            for (int k = last + 1; k < i; k++) {
                double share = last < 0 ? 1 : (double) (k - last) / (i - last);
                filled[k] = last < 0 ? values[i] : values[last] * (1 - share) + values[i] * share;
            }
            last = i;
        }
        for (int k = last + 1; last >= 0 && k < filled.length; k++) {
            filled[k] = values[last];
        }
        return new RegularSeries(filled, first);
    }

    /**
     * The series with a number in place of each gap: 0 where no event means nothing happened.
     *
     * @param value the number, at most 1e140 in size
     * @return the filled series
     * @throws IllegalArgumentException if the number is larger
     */
    public RegularSeries withMissingAs(double value) {
        if (!(Math.abs(value) <= LARGEST)) {
            throw new IllegalArgumentException("value must be at most " + LARGEST + " in size, not " + value);
        }
        return new RegularSeries(
                Arrays.stream(values).map(v -> Double.isNaN(v) ? value : v).toArray(), first);
    }

    /**
     * The series without some steps, such as known outliers.
     *
     * @param steps the steps that become missing
     * @return a series of the same length
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public RegularSeries without(int... steps) {
        double[] rest = values.clone();
        for (int step : steps) {
            rest[Objects.checkIndex(step, rest.length)] = Double.NaN;
        }
        return new RegularSeries(rest, first);
    }

    /** What was computed from a series, whatever its size; not copied. */
    static RegularSeries derived(double[] values) {
        return new RegularSeries(values, null);
    }

    /** The values themselves, not to be changed. */
    double[] raw() {
        return values;
    }

    /** The observed values in the order of time. */
    double[] observed() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    }

    /** The steps that have an observation, ascending. */
    int[] observedSteps() {
        int[] steps = new int[values.length];
        int count = 0;
        for (int i = 0; i < steps.length; i++) {
            if (!Double.isNaN(values[i])) {
                steps[count++] = i;
            }
        }
        return Arrays.copyOf(steps, count);
    }

    /** A reason if a step is missing, for methods that need them all. */
    Optional<Undefined> gap() {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                return Optional.of(Undefined.noData("step " + i + " has no observation (" + missing() + " of "
                        + values.length + " are missing): interpolate them or say what they count as"));
            }
        }
        return Optional.empty();
    }

    /** The number of steps and of missing ones; no values. */
    @Override
    public String toString() {
        return values.length + " steps" + (first == null ? "" : " from " + first) + ", " + missing() + " missing";
    }
}
