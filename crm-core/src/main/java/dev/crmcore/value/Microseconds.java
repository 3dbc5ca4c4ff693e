package dev.crmcore.value;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The one rule for instants that are to be kept: whole microseconds, in the years 1 to 9999 of UTC. Databases keep no more
 * than that alike, so records cut their instants when they are built and get back from any store what was put in.
 */
public final class Microseconds {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Microseconds() {}

    /**
     * Cuts an instant to the microsecond.
     *
     * @param instant in the years 1 to 9999 of UTC
     * @return the last whole microsecond that is not after it
     * @throws InvalidValueException if it is in another year
     */
    public static Instant of(Instant instant) {
        if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
            throw new InvalidValueException("instant", instant.toString(), "is not in the years 1 to 9999");
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
