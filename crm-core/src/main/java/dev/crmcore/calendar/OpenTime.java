package dev.crmcore.calendar;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time without a break in which a business is open.
 *
 * @param from the first moment
 * @param to the end, no longer in it
 */
public record OpenTime(Instant from, Instant to) {
    /**
     * A stretch of time.
     *
     * @param from the first moment
     * @param to the end, after the first moment
     * @throws IllegalArgumentException if the end is not after the first moment
     */
    public OpenTime {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from " + from + " is not before to " + to);
        }
    }

    /**
     * How long it is.
     *
     * @return elapsed time, more than zero
     */
    public Duration duration() {
        return Duration.between(from, to);
    }
}
