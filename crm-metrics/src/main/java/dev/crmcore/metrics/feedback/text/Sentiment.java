package dev.crmcore.metrics.feedback.text;

/**
 * The sentiment of a text by rules: one score, and how the words share out.
 *
 * <p>Immutable and thread-safe.
 *
 * @param compound the score, -1 (most negative) to 1, rounded half even to 4 decimals
 * @param positive the share of positive words, 0 to 1, weighted by their strength, rounded to 3 decimals
 * @param neutral the share of neutral words, 0 to 1, rounded to 3 decimals
 * @param negative the share of negative words, 0 to 1, weighted by their strength, rounded to 3 decimals
 */
public record Sentiment(double compound, double positive, double neutral, double negative) {

    /**
     * Checks the numbers. The three shares add up to 1 but for rounding, or are all 0 for a text without words.
     *
     * @param compound the score, -1 to 1
     * @param positive the share of positive words, 0 to 1
     * @param neutral the share of neutral words, 0 to 1
     * @param negative the share of negative words, 0 to 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Sentiment {
        if (!(compound >= -1 && compound <= 1)) {
            throw new IllegalArgumentException("compound must be -1 to 1, not " + compound);
        }
        requireShare(positive, "positive");
        requireShare(neutral, "neutral");
        requireShare(negative, "negative");
    }

    /**
     * Whether it is good or bad news.
     *
     * @return the class of the compound score
     */
    public Polarity polarity() {
        return Polarity.of(compound);
    }

    private static void requireShare(double share, String name) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, not " + share);
        }
    }
}
