package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cohorts against the periods after them. Period 0 is the cohort's own period. A cell after the end of the data is absent and
 * never 0, because nothing is known about it; a cell whose period was still running then is flagged as incomplete.
 *
 * <p>Immutable and thread-safe. Memory: two counts for each cohort and period.
 */
public final class CohortTable {

    private final PeriodUnit unit;
    private final ZoneId zone;
    private final @Nullable LocalDate asOf;
    private final long firstPeriod;
    private final long[][] active;
    private final long[][] unbounded;
    private final long[] retained;

    /** The table of no events. */
    CohortTable(PeriodUnit unit, ZoneId zone) {
        this(unit, zone, null, 0, new long[0][], new long[0][], new long[0]);
    }

    /** Rows begin at {@code firstPeriod}, null where no cohort began, and run to the last event; the arrays are kept. */
    CohortTable(
            PeriodUnit unit,
            ZoneId zone,
            @Nullable LocalDate asOf,
            long firstPeriod,
            long[][] active,
            long[][] unbounded,
            long[] retained) {
        this.unit = unit;
        this.zone = zone;
        this.asOf = asOf;
        this.firstPeriod = firstPeriod;
        this.active = active;
        this.unbounded = unbounded;
        this.retained = retained;
    }

    /**
     * The unit of the periods.
     *
     * @return the unit
     */
    public PeriodUnit unit() {
        return unit;
    }

    /**
     * The zone in which days were counted.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return zone;
    }

    /**
     * The last day that the data covers.
     *
     * @return the day, or empty if there was no event
     */
    public Optional<LocalDate> asOf() {
        return Optional.ofNullable(asOf);
    }

    /**
     * The cohorts that have customers, earliest first.
     *
     * @return the cohorts by the period of their first event
     */
    public List<CalendarPeriod> cohorts() {
        return IntStream.range(0, active.length)
                .filter(i -> active[i] != null)
                .mapToObj(i -> new CalendarPeriod(unit, firstPeriod + i))
                .toList();
    }

    /**
     * The periods from the first cohort to the end of the data, earliest first.
     *
     * @return the periods, empty if there was no event
     */
    public List<CalendarPeriod> periods() {
        if (asOf == null) {
            return List.of();
        }
        long count = unit.indexOf(asOf) - firstPeriod + 1;
        return IntStream.range(0, Math.toIntExact(count))
                .mapToObj(i -> new CalendarPeriod(unit, firstPeriod + i))
                .toList();
    }

    /**
     * How many customers had their first event in a period.
     *
     * @param cohort the period
     * @return the cohort's size, 0 if nobody began then
     * @throws IllegalArgumentException if the period is of another unit
     */
    public long size(CalendarPeriod cohort) {
        return cell(active, cohort, 0);
    }

    /**
     * How many customers of a cohort were active in a later period.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative; 0 is the cohort's size
     * @return how many, or empty if that period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public OptionalLong active(CalendarPeriod cohort, int k) {
        return isObserved(cohort, k) ? OptionalLong.of(cell(active, cohort, k)) : OptionalLong.empty();
    }

    /**
     * How many customers of a cohort were active in a later period or after it.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return how many, or empty if that period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public OptionalLong activeInOrAfter(CalendarPeriod cohort, int k) {
        return isObserved(cohort, k) ? OptionalLong.of(cell(unbounded, cohort, k)) : OptionalLong.empty();
    }

    /**
     * The share of a cohort that was active in a later period (bounded retention), with its 95 % Wilson interval.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return the share, 0 to 1; undefined after the end of the data or if nobody began in the cohort's period
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public Estimate retention(CalendarPeriod cohort, int k) {
        return share(active, cohort, k);
    }

    /**
     * The share of a cohort that was active in a later period or after it (unbounded retention), with its 95 % Wilson
     * interval. It can still rise when more data comes.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return the share, 0 to 1; undefined after the end of the data or if nobody began in the cohort's period
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public Estimate unboundedRetention(CalendarPeriod cohort, int k) {
        return share(unbounded, cohort, k);
    }

    /**
     * Whether a cell's period was over at the end of the data.
     *
     * @param cohort the cohort
     * @param k how many periods later, not negative
     * @return false if the period was still running or had not begun
     * @throws IllegalArgumentException if the period is of another unit or k is negative
     */
    public boolean isComplete(CalendarPeriod cohort, int k) {
        requirePeriod(cohort);
        requireLater(k);
        return asOf != null && !cohort.plus(k).lastDay().isAfter(asOf);
    }

    /**
     * How many customers were active in a period, whenever they began.
     *
     * @param period the period
     * @return how many, or empty if the period lies after the end of the data
     * @throws IllegalArgumentException if the period is of another unit
     */
    public OptionalLong activeIn(CalendarPeriod period) {
        if (!isObserved(period, 0)) {
            return OptionalLong.empty();
        }
        long at = period.index() - firstPeriod;
        long sum = 0;
        for (int cohort = 0; cohort < active.length && cohort <= at; cohort++) {
            if (active[cohort] != null && at - cohort < active[cohort].length) {
                sum += active[cohort][(int) (at - cohort)];
            }
        }
        return OptionalLong.of(sum);
    }

    /**
     * The share of the customers active in the period before who were active again in this one, with its 95 % Wilson
     * interval.
     *
     * @param period the period
     * @return the share, 0 to 1; undefined after the end of the data or if nobody was active in the period before
     * @throws IllegalArgumentException if the period is of another unit
     */
    public Estimate retentionFromPrevious(CalendarPeriod period) {
        if (!isObserved(period, 0)) {
            return notYetObserved(period);
        }
        long at = period.index() - firstPeriod;
        long both = at >= 0 && at < retained.length ? retained[(int) at] : 0;
        return Proportion.of(both, activeIn(period.plus(-1)).orElse(0)).estimate();
    }

    private Estimate share(long[][] rows, CalendarPeriod cohort, int k) {
        return isObserved(cohort, k)
                ? Proportion.of(cell(rows, cohort, k), size(cohort)).estimate()
                : notYetObserved(cohort.plus(k));
    }

    private Estimate notYetObserved(CalendarPeriod period) {
        return asOf == null
                ? Estimate.undefined(Undefined.noData("no event"))
                : Estimate.undefined(new Undefined(
                        Undefined.Reason.NOT_YET_OBSERVED, period + " lies after the end of the data on " + asOf));
    }

    private boolean isObserved(CalendarPeriod cohort, int k) {
        requirePeriod(cohort);
        requireLater(k);
        return asOf != null && cohort.index() + k <= unit.indexOf(asOf);
    }

    private long cell(long[][] rows, CalendarPeriod cohort, int k) {
        requirePeriod(cohort);
        long row = cohort.index() - firstPeriod;
        if (row < 0 || row >= rows.length || rows[(int) row] == null || k >= rows[(int) row].length) {
            return 0;
        }
        return rows[(int) row][k];
    }

    private void requirePeriod(CalendarPeriod period) {
        if (period.unit() != unit) {
            throw new IllegalArgumentException("a period of unit " + period.unit() + " is not in a table by " + unit);
        }
    }

    private static void requireLater(int k) {
        if (k < 0) {
            throw new IllegalArgumentException("k must not be negative, not " + k);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CohortTable that
                && unit == that.unit
                && zone.equals(that.zone)
                && Objects.equals(asOf, that.asOf)
                && firstPeriod == that.firstPeriod
                && Arrays.deepEquals(active, that.active)
                && Arrays.deepEquals(unbounded, that.unbounded)
                && Arrays.equals(retained, that.retained);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unit, zone, asOf, firstPeriod, Arrays.deepHashCode(active));
    }

    /** The unit, the number of cohorts and the end of the data. */
    @Override
    public String toString() {
        return "cohorts by " + unit + ": " + cohorts().size() + ", as of " + asOf;
    }
}
