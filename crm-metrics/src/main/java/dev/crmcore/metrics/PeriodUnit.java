package dev.crmcore.metrics;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * The unit in which a KPI or a model counts time.
 *
 * <p>A unit has two faces. As a <em>length</em> ({@link #days()}) it converts rates and horizons, with the mean length of
 * the Gregorian calendar (a year is 365.2425 days, a month one twelfth of it). As a <em>calendar</em>
 * ({@link #indexOf(LocalDate)}) it numbers the periods that a human would name: days, ISO weeks from Monday, months,
 * quarters and years. Both operands of a comparison must come from dates of the same zone.
 *
 * <p>Constants may be added. Immutable and thread-safe.
 */
public enum PeriodUnit {
    /** A calendar day; as a length, 24 hours. */
    DAY(1),
    /** An ISO week, Monday to Sunday; as a length, seven days. */
    WEEK(7),
    /** A calendar month; as a length, 365.2425 / 12 = 30.436875 days. */
    MONTH(365.2425 / 12),
    /** A calendar quarter; as a length, three mean months. */
    QUARTER(365.2425 / 4),
    /** A calendar year; as a length, 365.2425 days. */
    YEAR(365.2425);

    /** 1970-01-01 was a Thursday: the ISO week that contains it began three days earlier. */
    private static final int DAYS_FROM_MONDAY_TO_EPOCH = 3;

    private final double days;

    PeriodUnit(double days) {
        this.days = days;
    }

    /**
     * The mean length of this unit.
     *
     * @return the length in days, positive
     */
    public double days() {
        return days;
    }

    /**
     * The number of the period that contains a date; 0 is the period that contains 1970-01-01, and neighbours differ by one.
     *
     * @param date a local date of the zone in which the business counts
     * @return the period's number, negative before 1970
     */
    public long indexOf(LocalDate date) {
        return switch (this) {
            case DAY -> date.toEpochDay();
            case WEEK -> Math.floorDiv(date.toEpochDay() + DAYS_FROM_MONDAY_TO_EPOCH, 7L);
            case MONTH -> monthIndex(date);
            case QUARTER -> Math.floorDiv(monthIndex(date), 3L);
            case YEAR -> date.getYear() - 1970L;
        };
    }

    /**
     * The first day of a period.
     *
     * @param index the period's number, as {@link #indexOf(LocalDate)} gives it
     * @return its first day
     * @throws java.time.DateTimeException if the date is outside what {@link LocalDate} can hold
     */
    public LocalDate startOf(long index) {
        return switch (this) {
            case DAY -> LocalDate.ofEpochDay(index);
            case WEEK -> LocalDate.ofEpochDay(Math.multiplyExact(index, 7L) - DAYS_FROM_MONDAY_TO_EPOCH);
            case MONTH -> firstOfMonth(index);
            case QUARTER -> firstOfMonth(Math.multiplyExact(index, 3L));
            case YEAR -> LocalDate.of(Math.toIntExact(index + 1970), 1, 1);
        };
    }

    /** The name of the period that begins on {@code start}: 1997-01-05, 1997-W02, 1997-01, 1997-Q1, 1997. */
    String nameOf(LocalDate start) {
        return switch (this) {
            case DAY -> start.toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        start.get(IsoFields.WEEK_BASED_YEAR),
                        start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> String.format(Locale.ROOT, "%04d-%02d", start.getYear(), start.getMonthValue());
            case QUARTER ->
                String.format(Locale.ROOT, "%04d-Q%d", start.getYear(), start.get(IsoFields.QUARTER_OF_YEAR));
            case YEAR -> String.format(Locale.ROOT, "%04d", start.getYear());
        };
    }

    private static long monthIndex(LocalDate date) {
        return (date.getYear() - 1970L) * 12 + date.getMonthValue() - 1;
    }

    private static LocalDate firstOfMonth(long index) {
        int year = Math.toIntExact(Math.floorDiv(index, 12L) + 1970);
        return LocalDate.of(year, Math.floorMod(index, 12) + 1, 1);
    }
}
