package dev.crmcore.metrics.feedback.text;

/**
 * What one token of a text adds to a predicted rating. The text form leaves out the token, which may be personal.
 *
 * <p>Immutable and thread-safe.
 *
 * @param token the token without punctuation, an emoji as its words
 * @param begin where it begins in the text
 * @param end where it ends in the text
 * @param contribution what it adds, in units of the rating
 */
public record TokenContribution(String token, int begin, int end, double contribution) {

    /**
     * A token's contribution.
     *
     * @param token the token without punctuation
     * @param begin where it begins in the text
     * @param end where it ends in the text
     * @param contribution what it adds
     */
    public TokenContribution {}

    /** The place and the contribution only. */
    @Override
    public String toString() {
        return "TokenContribution[" + begin + " to " + end + ", " + contribution + "]";
    }
}
