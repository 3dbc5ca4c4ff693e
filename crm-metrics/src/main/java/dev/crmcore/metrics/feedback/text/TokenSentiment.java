package dev.crmcore.metrics.feedback.text;

import java.util.Set;

/**
 * What one token of a text contributes to its sentiment. The text form leaves out the token, which may be personal.
 *
 * <p>Immutable and thread-safe.
 *
 * @param token the token as it is scored: without punctuation, an emoji as its words
 * @param begin where it begins in the text
 * @param end where it ends in the text; the words of an emoji share its place
 * @param lexiconValence what the lexicon gives the word, -4 to 4; 0 if it gives nothing
 * @param valence what it contributes after all rules; the sum over the tokens, with the emphasis, makes the compound
 * @param rules what changed the one into the other
 */
public record TokenSentiment(
        String token, int begin, int end, double lexiconValence, double valence, Set<ValenceRule> rules) {

    /**
     * A token's contribution.
     *
     * @param token the token as it is scored
     * @param begin where it begins in the text
     * @param end where it ends in the text
     * @param lexiconValence what the lexicon gives the word
     * @param valence what it contributes after all rules
     * @param rules what changed the one into the other
     */
    public TokenSentiment {
        rules = Set.copyOf(rules);
    }

    /** The place and the valence only. */
    @Override
    public String toString() {
        return "TokenSentiment[" + begin + " to " + end + ", valence " + valence + ", " + rules + "]";
    }
}
