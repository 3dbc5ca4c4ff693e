package dev.crmcore.metrics.feedback.text;

import java.util.List;

/**
 * A predicted rating with what it is made of: the sum of the base, the whole text's part and the tokens' parts.
 *
 * <p>Immutable and thread-safe. The text form leaves out the tokens.
 *
 * @param rating the predicted rating
 * @param base what a text without any sign would be rated
 * @param wholeText what length and punctuation add
 * @param tokens what each token adds, in their order; pairs of words count half for each
 */
public record RatingExplanation(double rating, double base, double wholeText, List<TokenContribution> tokens) {

    /**
     * An explanation.
     *
     * @param rating the predicted rating
     * @param base what a text without any sign would be rated
     * @param wholeText what length and punctuation add
     * @param tokens what each token adds
     */
    public RatingExplanation {
        tokens = List.copyOf(tokens);
    }

    /** The rating and how many tokens there are. */
    @Override
    public String toString() {
        return rating + " from " + tokens.size() + " tokens";
    }
}
