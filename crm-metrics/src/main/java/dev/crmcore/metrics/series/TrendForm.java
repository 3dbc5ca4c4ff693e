package dev.crmcore.metrics.series;

/**
 * How exponential smoothing carries a trend on.
 *
 * <p>Immutable and thread-safe.
 */
public enum TrendForm {
    /** There is none. */
    NONE,
    /** A straight line. */
    ADDITIVE,
    /** A line that becomes flatter with each step, which forecasts better in the long run. */
    DAMPED
}
