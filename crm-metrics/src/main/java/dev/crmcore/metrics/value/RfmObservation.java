package dev.crmcore.metrics.value;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * How purchases are observed: until which day, merged within which period, and in which zone an instant becomes a day.
 *
 * <p>The last day belongs to the observation with all its hours; later purchases are ignored. Purchases of one customer
 * within one period are one purchase with the sum of the amounts: with {@link PeriodUnit#DAY} that is the convention of the
 * papers, weeks run from Monday to Sunday.
 *
 * <p>Immutable and thread-safe.
 *
 * @param until the last day of the observation, between the years -100,000 and 100,000
 * @param period the period within which a customer's purchases are one
 * @param zone the zone in which the business counts its days
 */
public record RfmObservation(LocalDate until, PeriodUnit period, ZoneId zone) {

    private static final int FARTHEST_YEAR = 100_000;

    /**
     * Checks that all parts are given.
     *
     * @param until the last day of the observation
     * @param period the period within which a customer's purchases are one
     * @param zone the zone in which the business counts its days
     * @throws IllegalArgumentException if the day is farther than 100,000 years away
     */
    public RfmObservation {
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(zone, "zone");
        if (Math.abs(until.getYear()) > FARTHEST_YEAR) {
            throw new IllegalArgumentException("until must be within 100,000 years, not " + until);
        }
    }

    /**
     * An observation by days, as in the papers.
     *
     * @param until the last day
     * @param zone the zone in which the business counts its days
     * @return the observation
     */
    public static RfmObservation until(LocalDate until, ZoneId zone) {
        return new RfmObservation(until, PeriodUnit.DAY, zone);
    }

    /**
     * The same observation with another period of merging.
     *
     * @param newPeriod the period within which a customer's purchases are one
     * @return an observation by that period
     */
    public RfmObservation by(PeriodUnit newPeriod) {
        return new RfmObservation(until, newPeriod, zone);
    }

    /** The period of the last day. */
    CalendarPeriod lastPeriod() {
        return CalendarPeriod.of(period, until);
    }

    /** The day of an instant in the observation's zone. */
    LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }
}
