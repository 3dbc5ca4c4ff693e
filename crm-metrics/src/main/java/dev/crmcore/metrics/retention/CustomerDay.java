package dev.crmcore.metrics.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A customer was active on a day: bought, logged in, whatever the KPI is about.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customer the customer's number
 * @param day the day in the zone in which the business counts, in the years 1 to 9999
 */
public record CustomerDay(long customer, LocalDate day) {

    /**
     * Checks that the day is given.
     *
     * @param customer the customer's number
     * @param day the day in the zone in which the business counts
     */
    public CustomerDay {
        Objects.requireNonNull(day, "day");
    }

    /**
     * The day on which an instant falls in a zone.
     *
     * @param customer the customer's number
     * @param instant when the customer was active
     * @param zone the zone in which the business counts
     * @return the customer with the day
     */
    public static CustomerDay of(long customer, Instant instant, ZoneId zone) {
        return new CustomerDay(customer, LocalDate.ofInstant(instant, zone));
    }
}
