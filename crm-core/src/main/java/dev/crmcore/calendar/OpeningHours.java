package dev.crmcore.calendar;

import dev.crmcore.internal.text.Quoted;
import dev.crmcore.value.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A part of a day when a business is open, by the clock on its wall: from the first time on, until just before the second.
 * Hours over midnight are two parts, {@code 22:00-24:00} of one day and {@code 00:00-06:00} of the next: which of the two
 * days is a holiday then matters. Immutable and thread-safe.
 *
 * @param from the first moment that is open
 * @param to the first moment that is closed again; {@link LocalTime#MIDNIGHT} is the end of the day
 */
public record OpeningHours(LocalTime from, LocalTime to) {
    private static final OpeningHours ALL_DAY = new OpeningHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    private static final String END_OF_DAY = "24:00";

    /**
     * Opening hours.
     *
     * @param from the first moment that is open
     * @param to the first moment that is closed again; {@link LocalTime#MIDNIGHT} is the end of the day
     * @throws InvalidValueException if they do not begin before they end
     */
    public OpeningHours {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (!endsAtMidnight(to) && !from.isBefore(to)) {
            throw new InvalidValueException(
                    "opening hours",
                    from + "-" + to,
                    from + "-" + to + " do not begin before they end; hours over midnight are two, one for each day");
        }
    }

    /**
     * Opening hours.
     *
     * @param from the first moment that is open
     * @param to the first moment that is closed again; {@link LocalTime#MIDNIGHT} is the end of the day
     * @return the hours
     * @throws InvalidValueException if they do not begin before they end
     */
    public static OpeningHours of(LocalTime from, LocalTime to) {
        return new OpeningHours(from, to);
    }

    /**
     * Reads opening hours.
     *
     * @param text two times of 24 hours with a hyphen between: {@code 09:00-12:30}; the end of the day is {@code 24:00}
     * @return the hours
     * @throws InvalidValueException if it is not of this form, or the hours do not begin before they end
     */
    public static OpeningHours parse(String text) {
        int hyphen = text.indexOf('-');
        try {
            if (hyphen >= 0) {
                String to = text.substring(hyphen + 1);
                return new OpeningHours(
                        LocalTime.parse(text.substring(0, hyphen)),
                        to.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(to));
            }
        } catch (DateTimeException e) {
            // refused below, with the same words
        }
        throw new InvalidValueException("opening hours", text, Quoted.of(text) + " is not of the form 09:00-12:30");
    }

    /**
     * The whole day.
     *
     * @return {@code 00:00-24:00}
     */
    public static OpeningHours allDay() {
        return ALL_DAY;
    }

    private static boolean endsAtMidnight(LocalTime to) {
        return to.equals(LocalTime.MIDNIGHT);
    }

    boolean contains(LocalTime time) {
        return !time.isBefore(from) && (endsAtMidnight(to) || time.isBefore(to));
    }

    /** Whether these hours, which begin no later than the others, reach into them. */
    boolean overlaps(OpeningHours later) {
        return endsAtMidnight(to) || to.isAfter(later.from);
    }

    /** Whether the others begin just when these end. */
    boolean meets(OpeningHours later) {
        return !endsAtMidnight(to) && to.equals(later.from);
    }

    Instant opensOn(LocalDate date, ZoneOffset offset) {
        return date.atTime(from).toInstant(offset);
    }

    Instant closesOn(LocalDate date, ZoneOffset offset) {
        return (endsAtMidnight(to) ? date.plusDays(1) : date).atTime(to).toInstant(offset);
    }

    /** As {@link #parse} reads it: {@code 09:00-12:30}. */
    @Override
    public String toString() {
        return from + "-" + (endsAtMidnight(to) ? END_OF_DAY : to);
    }
}
