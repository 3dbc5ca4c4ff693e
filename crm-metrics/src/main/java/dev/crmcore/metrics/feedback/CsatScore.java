package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;

/**
 * A customer-satisfaction score on its scale.
 *
 * <p>Immutable and thread-safe.
 *
 * @param answers how often each answer was given
 */
public record CsatScore(AnswerDistribution answers) {

    /**
     * A score from counted answers.
     *
     * @param answers how often each answer was given
     */
    public CsatScore {}

    /**
     * The share of satisfied answers with its 95 % Wilson interval.
     *
     * @return the share of the top box, 0 to 1; undefined without answers
     */
    public Estimate estimate() {
        return answers.topBox().estimate();
    }

    /**
     * The mean answer with its 95 % t interval.
     *
     * @return the mean on the scale; undefined without answers
     */
    public Estimate mean() {
        return answers.mean().estimate();
    }

    /**
     * The change from an earlier, independent score: N-1 test of the top-box shares with Newcombe's 95 % interval.
     *
     * @param earlier the earlier score, on the same scale
     * @return the difference of the shares
     * @throws IllegalArgumentException if the scales differ
     */
    public Change changeFrom(CsatScore earlier) {
        return changeFrom(earlier, Interval.DEFAULT_LEVEL);
    }

    /**
     * The change from an earlier, independent score: N-1 test of the top-box shares with Newcombe's interval. The change of
     * the mean and the change of the ranks are {@code answers().mean().changeFrom(...)} and
     * {@link AnswerDistribution#rankChangeFrom}.
     *
     * @param earlier the earlier score, on the same scale
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference of the shares
     * @throws IllegalArgumentException if the scales differ or the level is out of range
     */
    public Change changeFrom(CsatScore earlier, double level) {
        answers.requireSameScale(earlier.answers);
        return answers.topBox().changeFrom(earlier.answers.topBox(), level);
    }
}
