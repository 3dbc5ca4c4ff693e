package dev.crmcore.metrics.series;

/**
 * With what a value is compared to learn its season: two customs, which give different numbers from the same parameters.
 *
 * <p>Immutable and thread-safe.
 */
public enum SeasonalUpdate {
    /**
     * With the level that was expected before the value: s = gamma (y - l' - b') + (1 - gamma) s'. Hyndman's book and
     * statsmodels.
     */
    EXPECTED_LEVEL,
    /** With the level that the value has already moved: s = gamma (y - l) + (1 - gamma) s'. Winters 1960 and R's HoltWinters. */
    NEW_LEVEL
}
