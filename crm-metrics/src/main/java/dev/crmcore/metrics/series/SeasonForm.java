package dev.crmcore.metrics.series;

/**
 * How the season acts on the level.
 *
 * <p>Immutable and thread-safe.
 */
public enum SeasonForm {
    /** There is none. */
    NONE,
    /** It adds the same amount at any level. */
    ADDITIVE,
    /** It multiplies the level, which must be positive. */
    MULTIPLICATIVE
}
