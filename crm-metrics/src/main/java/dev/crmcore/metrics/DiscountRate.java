package dev.crmcore.metrics;

import java.util.Objects;

/**
 * A discount rate with the period for which it is quoted: 15 % a year is not 15 % a month.
 *
 * <p>Rates of other periods are equivalent by compounding: {@code (1 + r)^(t'/t) - 1}. Immutable and thread-safe.
 *
 * @param rate the effective rate of one period, finite and not negative; 0.1 is 10 %
 * @param per the period for which it is quoted
 */
public record DiscountRate(double rate, PeriodUnit per) {

    /**
     * Checks the rate.
     *
     * @param rate the effective rate of one period, finite and not negative
     * @param per the period for which it is quoted
     * @throws IllegalArgumentException if the rate is negative or not finite
     */
    public DiscountRate {
        Objects.requireNonNull(per, "per");
        if (!(rate >= 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("rate must be finite and not negative, not " + rate);
        }
    }

    /**
     * A rate of some period.
     *
     * @param rate the effective rate of one period, finite and not negative
     * @param per the period for which it is quoted
     * @return the rate
     * @throws IllegalArgumentException if the rate is negative or not finite
     */
    public static DiscountRate of(double rate, PeriodUnit per) {
        return new DiscountRate(rate, per);
    }

    /**
     * The equivalent effective rate of another period.
     *
     * @param unit the other period
     * @return the rate of one such period
     */
    public double in(PeriodUnit unit) {
        return unit == per ? rate : Math.expm1(continuous(unit));
    }

    /**
     * The equivalent continuously compounded rate: present value is {@code exp(-continuous * t)}.
     *
     * @param unit the unit in which {@code t} is counted
     * @return the rate for one unit
     */
    public double continuous(PeriodUnit unit) {
        return Math.log1p(rate) * (unit.days() / per.days());
    }
}
