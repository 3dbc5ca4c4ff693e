package dev.crmcore.metrics.value;

import java.time.LocalDate;
import java.util.Objects;

/**
 * One purchase of a customer who is known by a text, as an RFM summary sees it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customer the customer's key, compared character by character
 * @param day the day of the purchase in the zone in which the business counts
 * @param minorUnits the amount in minor units of the currency (cents); zero and negative amounts (returns) take part in the
 *     sums
 */
public record NamedRfmPurchase(String customer, LocalDate day, long minorUnits) {

    /**
     * Checks that key and day are given.
     *
     * @param customer the customer's key
     * @param day the day of the purchase
     * @param minorUnits the amount in minor units of the currency
     */
    public NamedRfmPurchase {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(day, "day");
    }

    /** The purchase without the customer's key, which may be personal. */
    @Override
    public String toString() {
        return "NamedRfmPurchase[day=" + day + ", minorUnits=" + minorUnits + "]";
    }
}
