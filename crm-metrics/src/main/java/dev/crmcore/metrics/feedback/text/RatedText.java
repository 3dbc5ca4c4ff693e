package dev.crmcore.metrics.feedback.text;

import java.util.Objects;

/**
 * A text and how good the news in it is, as people rated it. The text form leaves out the text.
 *
 * <p>Immutable and thread-safe.
 *
 * @param text the text
 * @param rating the rating, on any scale whose higher end is better
 */
public record RatedText(String text, double rating) {

    /**
     * Checks the parts.
     *
     * @param text the text
     * @param rating the rating, finite
     * @throws IllegalArgumentException if the rating is not finite
     */
    public RatedText {
        Objects.requireNonNull(text, "text");
        if (!Double.isFinite(rating)) {
            throw new IllegalArgumentException("rating must be finite, not " + rating);
        }
    }

    /** The rating and the length of the text. */
    @Override
    public String toString() {
        return "RatedText[" + rating + ", " + text.length() + " characters]";
    }
}
