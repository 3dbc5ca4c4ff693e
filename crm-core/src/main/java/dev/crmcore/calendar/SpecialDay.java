package dev.crmcore.calendar;

import java.time.LocalDate;
import java.util.List;

/**
 * A day that does not keep the hours of its weekday.
 *
 * @param date in the calendar's zone
 * @param reason in words: the name of the holiday
 * @param hours when it is open all the same; empty if it is closed
 */
public record SpecialDay(LocalDate date, String reason, List<OpeningHours> hours) {
    /**
     * A day of its own hours.
     *
     * @param date in the calendar's zone
     * @param reason in words
     * @param hours when it is open, in order; empty if it is closed
     */
    public SpecialDay {
        hours = List.copyOf(hours);
    }
}
