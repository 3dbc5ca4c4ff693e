package dev.crmcore.metrics.retention;

/**
 * A customer was active and paid an amount, or nothing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customer the customer's number
 * @param minorUnits the amount in minor units, 0 for an active customer who paid nothing, negative for a refund
 */
public record CustomerAmount(long customer, long minorUnits) {}
