package dev.crmcore.metrics.retention;

import org.jspecify.annotations.Nullable;

/**
 * How often a subscription is paid: every so many months or weeks. A week is 12/52 of a month, as subscription businesses count
 * it; a year is twelve months.
 *
 * <p>Immutable and thread-safe.
 */
public final class BillingInterval {

    /** Paid every month. */
    public static final BillingInterval MONTHLY = ofMonths(1);

    /** Paid every three months. */
    public static final BillingInterval QUARTERLY = ofMonths(3);

    /** Paid every year. */
    public static final BillingInterval YEARLY = ofMonths(12);

    private static final int WEEKS_OF_THREE_MONTHS = 13;

    /** How many parts of a minor unit each minor unit of the amount adds to a month. */
    private final long partsPerMonth;

    private final String name;

    private BillingInterval(long partsPerMonth, String name) {
        this.partsPerMonth = partsPerMonth;
        this.name = name;
    }

    /**
     * Paid every so many months.
     *
     * @param months how many months, a divisor of {@link MonthlyAmount#PARTS}: 1 to 12 and 14, 15, 16, 18, 20, 21, 22, 24, 36, 48,
     *     60 among them
     * @return the interval
     * @throws IllegalArgumentException if a month's share could not be counted exactly
     */
    public static BillingInterval ofMonths(int months) {
        if (months < 1 || MonthlyAmount.PARTS % months != 0) {
            throw new IllegalArgumentException(
                    "months must be a divisor of " + MonthlyAmount.PARTS + ", such as 1, 3, 12 or 24, not " + months);
        }
        return new BillingInterval(MonthlyAmount.PARTS / months, months + " months");
    }

    /**
     * Paid every so many weeks.
     *
     * @param weeks how many weeks, three times which is a divisor of {@link MonthlyAmount#PARTS}: 1, 2, 4, 6, 8 and 12 among them
     * @return the interval
     * @throws IllegalArgumentException if a month's share could not be counted exactly
     */
    public static BillingInterval ofWeeks(int weeks) {
        if (weeks < 1 || MonthlyAmount.PARTS % (3L * weeks) != 0) {
            throw new IllegalArgumentException("weeks must be such that three times them are a divisor of "
                    + MonthlyAmount.PARTS + ", such as 1, 2, 4 or 8, not " + weeks);
        }
        return new BillingInterval(MonthlyAmount.PARTS * WEEKS_OF_THREE_MONTHS / (3L * weeks), weeks + " weeks");
    }

    long partsPerMonth() {
        return partsPerMonth;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BillingInterval that && partsPerMonth == that.partsPerMonth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(partsPerMonth);
    }

    /** The length, such as "3 months". */
    @Override
    public String toString() {
        return name;
    }
}
