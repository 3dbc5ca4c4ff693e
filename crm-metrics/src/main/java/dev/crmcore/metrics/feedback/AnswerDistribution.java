package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How often each answer of a scale was given, and what follows from that alone: mean, median, shares, and the tests of
 * change that need nothing else.
 *
 * <p>Immutable and thread-safe. Every method costs time in proportion to the steps of the scale.
 */
public final class AnswerDistribution {

    private final RatingScale scale;
    private final long[] counts;
    private final long[] rejected;
    private final long n;

    AnswerDistribution(RatingScale scale, long[] counts, long[] rejected) {
        this.scale = scale;
        this.counts = counts;
        this.rejected = rejected;
        this.n = total(counts);
    }

    /**
     * A distribution from counts, as a group-by delivers them.
     *
     * @param scale the scale
     * @param counts how often each answer was given, from the lowest answer to the highest
     * @return the distribution
     * @throws IllegalArgumentException if there is not one count for each answer, or one is negative
     * @throws ArithmeticException if the sum of the counts overflows
     */
    public static AnswerDistribution of(RatingScale scale, long... counts) {
        if (counts.length != scale.steps()) {
            throw new IllegalArgumentException(
                    "counts must have one entry for each of the " + scale.steps() + " answers, not " + counts.length);
        }
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("counts must not be negative, not " + count);
            }
        }
        return new AnswerDistribution(scale, counts.clone(), new long[AnswerState.values().length]);
    }

    /**
     * The scale of the answers.
     *
     * @return the scale
     */
    public RatingScale scale() {
        return scale;
    }

    /**
     * How many valid answers there are.
     *
     * @return the number of answers
     */
    public long n() {
        return n;
    }

    /**
     * How often an answer was given.
     *
     * @param answer an answer of the scale
     * @return how often
     * @throws IllegalArgumentException if it is not on the scale
     */
    public long count(int answer) {
        if (!scale.contains(answer)) {
            throw new IllegalArgumentException("answer must be on the scale " + scale + ", not " + answer);
        }
        return counts[answer - scale.lowest()];
    }

    /**
     * How often each answer was given.
     *
     * @return a new array, from the lowest answer to the highest
     */
    public long[] counts() {
        return counts.clone();
    }

    /**
     * How many raw answers were in a state.
     *
     * @param state the state
     * @return how many; for {@link AnswerState#VALID} the same as {@link #n()}
     */
    public long count(AnswerState state) {
        return state == AnswerState.VALID ? n : rejected[state.position()];
    }

    /**
     * The mean of the answers with their spread.
     *
     * @return the mean
     */
    public SampleMean mean() {
        double sum = 0;
        for (int step = 0; step < counts.length; step++) {
            sum += (double) counts[step] * (scale.lowest() + step);
        }
        if (n < 2) {
            return new SampleMean(n, sum, 0);
        }
        double mean = sum / n;
        double squares = 0;
        for (int step = 0; step < counts.length; step++) {
            double deviation = scale.lowest() + step - mean;
            squares += counts[step] * deviation * deviation;
        }
        return new SampleMean(n, sum, squares / (n - 1.0));
    }

    /**
     * The median; between two answers, their mid-point. With its 95 % interval by order statistics, from 6 answers on.
     *
     * @return the median; undefined without answers
     */
    public Estimate median() {
        long[] steps = LongStream.rangeClosed(scale.lowest(), scale.highest()).toArray();
        return SampleQuantiles.ofCounts(steps, counts).median();
    }

    /**
     * The mean on a scale from 0 (the lowest answer) to 100 (the highest): (mean - min)/(max - min) * 100. It is an index, not
     * a CSAT.
     *
     * @return the rescaled mean with its t interval; undefined without answers
     */
    public Estimate rescaledMean() {
        if (n == 0) {
            return Estimate.undefined(noAnswer());
        }
        SampleMean mean = mean();
        double range = scale.highest() - (double) scale.lowest();
        double base = (double) n * scale.lowest();
        Estimate estimate = Estimate.ratio(mean.sum() - base, n * range, 100, n);
        return mean.interval(Interval.DEFAULT_LEVEL)
                .map(i -> estimate.withInterval(new Interval(
                        100 * (i.lower() - scale.lowest()) / range,
                        100 * (i.upper() - scale.lowest()) / range,
                        i.level(),
                        i.method())))
                .orElse(estimate);
    }

    /**
     * The answers in the top box among all answers.
     *
     * @return the proportion of good answers
     */
    public Proportion topBox() {
        return Proportion.of(inBox(true), n);
    }

    /**
     * The answers in the bottom box among all answers.
     *
     * @return the proportion of bad answers
     */
    public Proportion bottomBox() {
        return Proportion.of(inBox(false), n);
    }

    /**
     * Top box minus bottom box in points of 100, with the interval of an NPS within -100 and 100: Tango's up to
     * 10 answers, adjusted Wald's from 11 on.
     *
     * @return the net score, -100 to 100; undefined without answers
     */
    public Estimate netScore() {
        return netShare().estimate();
    }

    /**
     * Whether answers tend to be higher than earlier ones, by the ranks alone (Mann-Whitney with tie correction and
     * continuity correction, normal approximation). The difference is P(later &gt; earlier) - P(later &lt; earlier).
     *
     * @param earlier earlier, independent answers on the same scale
     * @return the difference, -1 to 1; untested if all answers are equal; undefined if one side has none
     * @throws IllegalArgumentException if the scales differ
     */
    public Change rankChangeFrom(AnswerDistribution earlier) {
        requireSameScale(earlier);
        if (n == 0 || earlier.n == 0) {
            return Change.undefined(noAnswer());
        }
        double pairs = (double) n * earlier.n;
        double net = 0;
        double below = 0;
        double ties = 0;
        for (int step = 0; step < counts.length; step++) {
            double above = (double) earlier.n - below - earlier.counts[step];
            net += counts[step] * (below - above);
            below += earlier.counts[step];
            double tied = (double) counts[step] + earlier.counts[step];
            ties += tied * tied * tied - tied;
        }
        Estimate difference = Estimate.ratio(net, pairs, Math.addExact(n, earlier.n));
        double all = (double) n + earlier.n;
        double variance = pairs / 12 * (all + 1 - ties / (all * (all - 1)));
        if (!(variance > 0)) {
            return Change.untested(difference, new Undefined(Undefined.Reason.NO_VARIATION, "all answers are equal"));
        }
        // net/2 is U minus its mean; the continuity correction moves it half a step towards zero
        double z = Math.signum(net) * Math.max(0, Math.abs(net) / 2 - 0.5) / Math.sqrt(variance);
        return Change.of(difference, TestResult.ofZ("Mann-Whitney z with tie and continuity correction", z));
    }

    NetShare netShare() {
        return new NetShare(inBox(true), inBox(false), n);
    }

    static Undefined noAnswer() {
        return Undefined.noData("no valid answer");
    }

    void requireSameScale(AnswerDistribution other) {
        if (!scale.equals(other.scale)) {
            throw new IllegalArgumentException(
                    "answers on " + scale + " do not compare with answers on " + other.scale);
        }
    }

    private long inBox(boolean top) {
        long sum = 0;
        for (int step = 0; step < counts.length; step++) {
            int answer = scale.lowest() + step;
            if (top ? scale.isTop(answer) : scale.isBottom(answer)) {
                sum += counts[step];
            }
        }
        return sum;
    }

    private static long total(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum = Math.addExact(sum, count);
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnswerDistribution that
                && scale.equals(that.scale)
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(rejected, that.rejected);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scale, Arrays.hashCode(counts), Arrays.hashCode(rejected));
    }

    /** The scale and the counts from the lowest answer. */
    @Override
    public String toString() {
        return scale + " " + Arrays.toString(counts);
    }
}
