package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;

/**
 * A Customer Effort Score on its scale, which says which way is up ({@link RatingScale#isHigherBetter()}).
 *
 * <p>Immutable and thread-safe.
 *
 * @param answers how often each answer was given
 */
public record CesScore(AnswerDistribution answers) {

    /**
     * A score from counted answers.
     *
     * @param answers how often each answer was given
     */
    public CesScore {}

    /**
     * The mean answer with its 95 % t interval.
     *
     * @return the mean on the scale; undefined without answers, without an interval for one answer or equal ones
     */
    public Estimate estimate() {
        return answers.mean().estimate();
    }

    /**
     * The share of answers that found it easy, with its 95 % Wilson interval.
     *
     * @return the share of the top box, 0 to 1; undefined without answers
     */
    public Estimate easyShare() {
        return answers.topBox().estimate();
    }

    /**
     * Easy minus hard in points of 100.
     *
     * @return the net form, -100 to 100; undefined without answers
     */
    public Estimate net() {
        return answers.netScore();
    }

    /**
     * The change of the mean from an earlier, independent score by Welch's t, with a 95 % interval. The change of the easy
     * share is {@code answers().topBox().changeFrom(...)}.
     *
     * @param earlier the earlier score, on the same scale
     * @return the difference of the means
     * @throws IllegalArgumentException if the scales differ
     */
    public Change changeFrom(CesScore earlier) {
        return changeFrom(earlier, Interval.DEFAULT_LEVEL);
    }

    /**
     * The change of the mean from an earlier, independent score by Welch's t.
     *
     * @param earlier the earlier score, on the same scale
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference of the means
     * @throws IllegalArgumentException if the scales differ or the level is out of range
     */
    public Change changeFrom(CesScore earlier, double level) {
        answers.requireSameScale(earlier.answers);
        return answers.mean().changeFrom(earlier.answers.mean(), level);
    }
}
