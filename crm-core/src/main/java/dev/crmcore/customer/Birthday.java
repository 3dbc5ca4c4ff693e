package dev.crmcore.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A day of birth with or without its year. 29 February without a year is a birthday too.
 *
 * <p>Immutable and thread-safe; {@code toString} shows nothing of it.
 */
public final class Birthday {

    private static final ZoneId EARLIEST_DAY = ZoneOffset.ofHours(14);

    private final MonthDay monthDay;
    private final @Nullable LocalDate date;

    private Birthday(MonthDay monthDay, @Nullable LocalDate date) {
        this.monthDay = monthDay;
        this.date = date;
    }

    /**
     * A birthday with its year.
     *
     * @param date the day of birth
     * @return the birthday
     */
    public static Birthday of(LocalDate date) {
        return new Birthday(MonthDay.from(Objects.requireNonNull(date, "date")), date);
    }

    /**
     * A birthday without its year.
     *
     * @param monthDay the day of every year
     * @return the birthday
     */
    public static Birthday of(MonthDay monthDay) {
        return new Birthday(Objects.requireNonNull(monthDay, "monthDay"), null);
    }

    /**
     * The day of the year.
     *
     * @return month and day
     */
    public MonthDay monthDay() {
        return monthDay;
    }

    /**
     * The day of birth.
     *
     * @return the date, empty where the year is not known
     */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /**
     * Whether the day of birth has yet to come. A birthday without its year never has.
     *
     * @param now what time it is
     * @param zone the person's time zone; null where it is not known: then the day counts at UTC+14, where days begin
     *     first
     * @return whether it lies after the day that it is now
     */
    public boolean isInFuture(Instant now, @Nullable ZoneId zone) {
        return date != null && date.isAfter(LocalDate.ofInstant(now, zone == null ? EARLIEST_DAY : zone));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Birthday that && monthDay.equals(that.monthDay) && Objects.equals(date, that.date);
    }

    @Override
    public int hashCode() {
        return Objects.hash(monthDay, date);
    }

    /** Nothing of the day. */
    @Override
    public String toString() {
        return "Birthday[***]";
    }
}
