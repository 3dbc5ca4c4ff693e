package dev.crmcore.metrics.feedback.text;

/**
 * Whether a text is good or bad news.
 *
 * <p>Immutable and thread-safe.
 */
public enum Polarity {
    /** A compound of 0.05 or more. */
    POSITIVE,
    /** A compound between the two bounds. */
    NEUTRAL,
    /** A compound of -0.05 or less. */
    NEGATIVE;

    /** From here on, a compound is positive; from its negative on, negative. */
    public static final double THRESHOLD = 0.05;

    /**
     * The class of a compound score.
     *
     * @param compound a score, -1 to 1
     * @return its class
     * @throws IllegalArgumentException if the score is not a number
     */
    public static Polarity of(double compound) {
        if (Double.isNaN(compound)) {
            throw new IllegalArgumentException("compound must be a number, not NaN");
        }
        if (compound >= THRESHOLD) {
            return POSITIVE;
        }
        return compound <= -THRESHOLD ? NEGATIVE : NEUTRAL;
    }
}
