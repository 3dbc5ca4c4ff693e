package dev.crmcore.metrics.marketing;

/**
 * One customer of a campaign with a randomised holdout.
 *
 * <p>Immutable and thread-safe.
 *
 * @param treated whether the campaign was meant for this customer; false in the holdout. It counts what was meant, not who was
 *     reached, since only that was left to chance
 * @param converted whether the customer did what the campaign was for, within the window
 * @param revenue what the customer spent within the window, in minor units, 0 for nothing and negative after returns
 */
public record HoldoutCustomer(boolean treated, boolean converted, long revenue) {}
