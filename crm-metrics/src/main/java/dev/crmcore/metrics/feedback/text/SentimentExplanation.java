package dev.crmcore.metrics.feedback.text;

import java.util.List;

/**
 * A sentiment with what each token did to it. The text form leaves out the tokens.
 *
 * <p>Immutable and thread-safe.
 *
 * @param sentiment the sentiment
 * @param tokens every token in its order
 * @param emphasis what exclamation and question marks added to the sum of the valences, away from zero
 */
public record SentimentExplanation(Sentiment sentiment, List<TokenSentiment> tokens, double emphasis) {

    /**
     * An explanation.
     *
     * @param sentiment the sentiment
     * @param tokens every token in its order
     * @param emphasis what exclamation and question marks added
     */
    public SentimentExplanation {
        tokens = List.copyOf(tokens);
    }

    /** The sentiment and how many tokens there are. */
    @Override
    public String toString() {
        return sentiment + " from " + tokens.size() + " tokens";
    }
}
