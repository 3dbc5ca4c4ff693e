package dev.crmcore.metrics.value;

import java.time.LocalDate;
import java.util.Objects;

/**
 * One purchase as an RFM summary sees it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customer the customer's number
 * @param day the day of the purchase in the zone in which the business counts
 * @param minorUnits the amount in minor units of the currency (cents); zero and negative amounts (returns) take part in the
 *     sums
 */
public record RfmPurchase(long customer, LocalDate day, long minorUnits) {

    /**
     * Checks that the day is given.
     *
     * @param customer the customer's number
     * @param day the day of the purchase
     * @param minorUnits the amount in minor units of the currency
     */
    public RfmPurchase {
        Objects.requireNonNull(day, "day");
    }
}
