package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of money a month. A yearly plan of 100.00 is 8.33&hellip; a month, which no number of minor units is; so
 * amounts are counted in {@value #PARTS}ths of a minor unit, of which every usual billing interval takes a whole number, and the
 * movements of a period add up to the last part. Holds up to about 1.6e14 minor units.
 *
 * <p>Immutable and thread-safe.
 *
 * @param parts how many {@value #PARTS}ths of a minor unit a month
 */
public record MonthlyAmount(long parts) implements Comparable<MonthlyAmount> {

    /** Into how many parts a minor unit is divided: 2&#8308; &middot; 3&sup2; &middot; 5 &middot; 7 &middot; 11. */
    public static final long PARTS = 55_440;

    /** Nothing. */
    public static final MonthlyAmount ZERO = new MonthlyAmount(0);

    /**
     * The share of a month in what is paid every interval.
     *
     * @param minorUnits what is paid every interval, in minor units
     * @param interval the interval
     * @return the amount a month
     * @throws ArithmeticException if the amount does not fit
     */
    public static MonthlyAmount of(long minorUnits, BillingInterval interval) {
        return new MonthlyAmount(Math.multiplyExact(minorUnits, interval.partsPerMonth()));
    }

    /**
     * The sum.
     *
     * @param other what is added
     * @return the sum
     * @throws ArithmeticException if the sum does not fit
     */
    public MonthlyAmount plus(MonthlyAmount other) {
        return new MonthlyAmount(Math.addExact(parts, other.parts));
    }

    /**
     * The difference.
     *
     * @param other what is taken away
     * @return the difference
     * @throws ArithmeticException if the difference does not fit
     */
    public MonthlyAmount minus(MonthlyAmount other) {
        return new MonthlyAmount(Math.subtractExact(parts, other.parts));
    }

    /**
     * Whether there is anything.
     *
     * @return whether the amount is zero
     */
    public boolean isZero() {
        return parts == 0;
    }

    /**
     * The amount in minor units, as the nearest double.
     *
     * @return minor units a month
     */
    public double minorUnits() {
        return (double) parts / PARTS;
    }

    /**
     * The amount in minor units for display, rounded half up (ties away from zero) from the exact value.
     *
     * @param decimals digits after the decimal point of a minor unit, not negative
     * @return minor units a month
     * @throws IllegalArgumentException if {@code decimals} is negative
     */
    public BigDecimal rounded(int decimals) {
        if (decimals < 0) {
            throw new IllegalArgumentException("decimals must not be negative, not " + decimals);
        }
        return BigDecimal.valueOf(parts).divide(BigDecimal.valueOf(PARTS), decimals, RoundingMode.HALF_UP);
    }

    /**
     * The amount as a figure that keeps numerator and denominator.
     *
     * @param n how many items it was made from
     * @return minor units a month
     */
    Estimate estimate(long n) {
        return Estimate.ratio((double) parts, (double) PARTS, n);
    }

    @Override
    public int compareTo(MonthlyAmount other) {
        return Long.compare(parts, other.parts);
    }

    /** The amount in minor units with three decimals. */
    @Override
    public String toString() {
        return rounded(3) + " a month";
    }
}
