package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cohorts against rolling windows. Customers count in a window only when it is over for them, so that a share is not low
 * because many have just begun; a window that is over for nobody is absent, not 0.
 *
 * <p>Immutable and thread-safe. Memory: three counts for each cohort and window.
 */
public final class RollingTable {

    private final PeriodUnit unit;
    private final int windows;
    private final TreeMap<Long, Row> rows;

    /** The rows while they are being counted. */
    static final class Counts {

        private final int windows;
        private final TreeMap<Long, Row> rows = new TreeMap<>();

        Counts(int windows) {
            this.windows = windows;
        }

        Row row(long cohort) {
            return rows.computeIfAbsent(cohort, index -> new Row(windows));
        }
    }

    /** One cohort. */
    static final class Row {

        long size;
        final long[] over;
        final long[] active;
        final long[] activeOrLater;

        Row(int windows) {
            over = new long[windows];
            active = new long[windows];
            activeOrLater = new long[windows];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Row that
                    && size == that.size
                    && Arrays.equals(over, that.over)
                    && Arrays.equals(active, that.active)
                    && Arrays.equals(activeOrLater, that.activeOrLater);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(size);
        }
    }

    RollingTable(PeriodUnit unit, int windows, Counts counts) {
        this.unit = unit;
        this.windows = windows;
        this.rows = counts.rows;
    }

    /**
     * How many windows there are.
     *
     * @return the number
     */
    public int windows() {
        return windows;
    }

    /**
     * The cohorts that have customers, earliest first.
     *
     * @return the cohorts by the period of their first event
     */
    public List<CalendarPeriod> cohorts() {
        return rows.keySet().stream()
                .map(index -> new CalendarPeriod(unit, index))
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
        Row row = row(cohort);
        return row == null ? 0 : row.size;
    }

    /**
     * For how many customers of a cohort a window is over.
     *
     * @param cohort the cohort
     * @param k the window, from 0
     * @return how many; fewer than the size if the window still runs, or has not begun, for some
     * @throws IllegalArgumentException if the period is of another unit or there is no such window
     */
    public long over(CalendarPeriod cohort, int k) {
        requireWindow(k);
        Row row = row(cohort);
        return row == null ? 0 : row.over[k];
    }

    /**
     * How many customers, of those for whom it is over, were active in a window.
     *
     * @param cohort the cohort
     * @param k the window, from 0
     * @return how many, or empty if the window is over for nobody
     * @throws IllegalArgumentException if the period is of another unit or there is no such window
     */
    public OptionalLong active(CalendarPeriod cohort, int k) {
        Row row = row(cohort);
        return row == null || over(cohort, k) == 0 ? OptionalLong.empty() : OptionalLong.of(row.active[k]);
    }

    /**
     * The share of a cohort that was active in a window, with its 95 % Wilson interval.
     *
     * @param cohort the cohort
     * @param k the window, from 0
     * @return the share, 0 to 1, of the customers for whom the window is over; undefined if there are none
     * @throws IllegalArgumentException if the period is of another unit or there is no such window
     */
    public Estimate retention(CalendarPeriod cohort, int k) {
        requireWindow(k);
        Row row = row(cohort);
        return row == null ? nobody(cohort) : share(row.active[k], row.over[k], k);
    }

    /**
     * The share of a cohort that was active in a window or after it, with its 95 % Wilson interval. It can still rise when
     * more data comes.
     *
     * @param cohort the cohort
     * @param k the window, from 0
     * @return the share, 0 to 1, of the customers for whom the window is over; undefined if there are none
     * @throws IllegalArgumentException if the period is of another unit or there is no such window
     */
    public Estimate unboundedRetention(CalendarPeriod cohort, int k) {
        requireWindow(k);
        Row row = row(cohort);
        return row == null ? nobody(cohort) : share(row.activeOrLater[k], row.over[k], k);
    }

    /**
     * The share of the customers of all cohorts that was active in a window, with its 95 % Wilson interval.
     *
     * @param k the window, from 0
     * @return the share, 0 to 1, of the customers for whom the window is over; undefined if there are none
     * @throws IllegalArgumentException if there is no such window
     */
    public Estimate retention(int k) {
        requireWindow(k);
        long active = 0;
        long over = 0;
        for (Row row : rows.values()) {
            active += row.active[k];
            over += row.over[k];
        }
        return share(active, over, k);
    }

    private static Estimate share(long active, long over, int k) {
        return over == 0
                ? Estimate.undefined(
                        new Undefined(Undefined.Reason.NOT_YET_OBSERVED, "window " + k + " is over for nobody"))
                : Proportion.of(active, over).estimate();
    }

    private static Estimate nobody(CalendarPeriod cohort) {
        return Estimate.undefined(Undefined.noData("nobody began in " + cohort));
    }

    private @Nullable Row row(CalendarPeriod cohort) {
        if (cohort.unit() != unit) {
            throw new IllegalArgumentException("a period of unit " + cohort.unit() + " is not in a table by " + unit);
        }
        return rows.get(cohort.index());
    }

    private void requireWindow(int k) {
        if (k < 0 || k >= windows) {
            throw new IllegalArgumentException("window must be 0 to " + (windows - 1) + ", not " + k);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RollingTable that
                && unit == that.unit
                && windows == that.windows
                && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }

    /** The cohorts and windows. */
    @Override
    public String toString() {
        return "rolling retention of " + rows.size() + " cohorts by " + unit + ", " + windows + " windows";
    }
}
