package dev.crmcore.metrics.marketing;

/**
 * How the area between a Qini curve and the straight line of a random order becomes a coefficient. Coefficients of different
 * normalisations say nothing about each other: one ranking has 0.10 under one and 0.43 under another.
 *
 * <p>Immutable and thread-safe.
 */
public enum QiniNormalization {
    /** The area over the squared number of customers: nothing else enters, so campaigns compare. */
    CUSTOMERS_SQUARED,
    /** The area over that of the best possible order, with customers whom the campaign puts off last; as scikit-uplift has it. */
    PERFECT_ORDER,
    /**
     * The mean, over all customers, of the curve's height above the line, over the curve's last value; as causalml has it. May
     * exceed 1. Ties are taken in proportion, where causalml takes them as an unstable sort leaves them.
     */
    LAST_VALUE
}
