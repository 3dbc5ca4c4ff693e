package dev.crmcore.metrics.retention;

/**
 * How a Cox regression takes events that happened at the same time.
 *
 * <p>Constants may be added. Immutable and thread-safe.
 */
public enum TiedEvents {
    /** Each of d tied events leaves 1/d of the tied risk behind (Efron 1977): near the exact likelihood, and the usual choice. */
    EFRON,
    /** All tied events see the whole risk set (Breslow 1974): pulls coefficients towards 0 where ties are many. */
    BRESLOW
}
