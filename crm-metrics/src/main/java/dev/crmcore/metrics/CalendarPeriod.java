package dev.crmcore.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * One period of the calendar, such as January 1997 or the second ISO week of 1997.
 *
 * <p>Periods of one unit are ordered by time. Immutable and thread-safe.
 *
 * @param unit what the period is one of
 * @param index its number, 0 being the period that contains 1970-01-01
 */
public record CalendarPeriod(PeriodUnit unit, long index) implements Comparable<CalendarPeriod> {

    /**
     * Checks that the unit is given.
     *
     * @param unit what the period is one of
     * @param index its number, 0 being the period that contains 1970-01-01
     */
    public CalendarPeriod {
        Objects.requireNonNull(unit, "unit");
    }

    /**
     * The period that contains a date.
     *
     * @param unit the unit of the period
     * @param date a local date
     * @return the period
     */
    public static CalendarPeriod of(PeriodUnit unit, LocalDate date) {
        return new CalendarPeriod(unit, unit.indexOf(date));
    }

    /**
     * The period that contains an instant, as the clocks of a zone show it.
     *
     * @param unit the unit of the period
     * @param instant the instant
     * @param zone the zone in which the business counts its days
     * @return the period
     */
    public static CalendarPeriod of(PeriodUnit unit, Instant instant, ZoneId zone) {
        return of(unit, LocalDate.ofInstant(instant, zone));
    }

    /**
     * The first day of the period.
     *
     * @return the first day
     */
    public LocalDate start() {
        return unit.startOf(index);
    }

    /**
     * The last day of the period.
     *
     * @return the last day, which belongs to the period
     */
    public LocalDate lastDay() {
        return unit.startOf(index + 1).minusDays(1);
    }

    /**
     * The period some periods later.
     *
     * @param periods how many periods later, negative for earlier
     * @return that period
     * @throws ArithmeticException if the number overflows
     */
    public CalendarPeriod plus(long periods) {
        return new CalendarPeriod(unit, Math.addExact(index, periods));
    }

    /**
     * How many periods another one lies after this one.
     *
     * @param later the other period, of the same unit
     * @return the difference, negative if {@code later} is in fact earlier
     * @throws IllegalArgumentException if the units differ
     */
    public long until(CalendarPeriod later) {
        requireSameUnit(later);
        return Math.subtractExact(later.index, index);
    }

    /**
     * Orders periods of one unit by time.
     *
     * @throws IllegalArgumentException if the units differ
     */
    @Override
    public int compareTo(CalendarPeriod other) {
        requireSameUnit(other);
        return Long.compare(index, other.index);
    }

    /** The name that people use: 1997-01-05, 1997-W02, 1997-01, 1997-Q1 or 1997. */
    @Override
    public String toString() {
        return unit.nameOf(start());
    }

    private void requireSameUnit(CalendarPeriod other) {
        if (unit != other.unit) {
            throw new IllegalArgumentException(
                    "a period of unit " + other.unit + " cannot be compared with one of " + unit);
        }
    }
}
