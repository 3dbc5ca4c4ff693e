package dev.crmcore.metrics.retention;

import java.time.Instant;
import java.util.Objects;

/**
 * From an instant on a subscription is paid with an amount: it began, changed its price, quantity or interval, or ended, with an
 * amount of 0. Discounts are taken off; one-off fees, usage and tax are left out. All amounts are of one currency; foreign ones
 * are converted at one fixed rate before, so that rates make no movements.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customer the customer's number
 * @param subscription the subscription's number among those of the customer
 * @param effective from when on the amount is paid; where only a day is known, its beginning in the zone of the business
 * @param amount what is paid every interval, in minor units, not negative
 * @param interval how often it is paid
 */
public record SubscriptionChange(
        long customer, long subscription, Instant effective, long amount, BillingInterval interval) {

    /**
     * Checks the parts.
     *
     * @param customer the customer's number
     * @param subscription the subscription's number among those of the customer
     * @param effective from when on the amount is paid
     * @param amount what is paid every interval, in minor units, not negative
     * @param interval how often it is paid
     * @throws IllegalArgumentException if the amount is negative
     */
    public SubscriptionChange {
        Objects.requireNonNull(effective, "effective");
        Objects.requireNonNull(interval, "interval");
        if (amount < 0) {
            throw new IllegalArgumentException("amount must not be negative, not " + amount);
        }
    }
}
