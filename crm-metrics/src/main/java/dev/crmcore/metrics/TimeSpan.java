package dev.crmcore.metrics;

import java.util.Objects;

/**
 * A length of time with its unit, so that 39 weeks cannot be taken for 39 days.
 *
 * <p>Immutable and thread-safe.
 *
 * @param length how many units, finite and not negative
 * @param unit the unit
 */
public record TimeSpan(double length, PeriodUnit unit) {

    /**
     * Checks the length.
     *
     * @param length how many units, finite and not negative
     * @param unit the unit
     * @throws IllegalArgumentException if the length is negative or not finite
     */
    public TimeSpan {
        Objects.requireNonNull(unit, "unit");
        if (!(length >= 0 && Double.isFinite(length))) {
            throw new IllegalArgumentException("length must be finite and not negative, not " + length);
        }
    }

    /**
     * A span of some units.
     *
     * @param length how many units, finite and not negative
     * @param unit the unit
     * @return the span
     * @throws IllegalArgumentException if the length is negative or not finite
     */
    public static TimeSpan of(double length, PeriodUnit unit) {
        return new TimeSpan(length, unit);
    }

    /**
     * The same span counted in another unit, by the units' mean lengths.
     *
     * @param other the unit to count in
     * @return how many of them, not negative
     */
    public double in(PeriodUnit other) {
        return other == unit ? length : length * (unit.days() / other.days());
    }
}
