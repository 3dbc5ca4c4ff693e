package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Optional;

/**
 * A weighted Net Promoter Score. Its intervals are those of as many equally weighted answers as the weights are worth
 * ({@link #effectiveN()}).
 *
 * <p>Immutable and thread-safe.
 */
public final class WeightedNpsScore {

    private final long n;
    private final double[] weights;
    private final double[] squares;

    /** Sums of weights and of their squares for promoters, passives and detractors; the arrays are kept. */
    WeightedNpsScore(long n, double[] weights, double[] squares) {
        this.n = n;
        this.weights = weights;
        this.squares = squares;
    }

    /**
     * The score with its 95 % interval on the effective n, cut to -100 and 100: Tango's up to an effective n of 10,
     * adjusted Wald's above.
     *
     * @return the score in points; undefined without answers or if all weights are 0
     */
    public Estimate estimate() {
        if (sumOfWeights() == 0) {
            return undefined();
        }
        Estimate estimate = Estimate.ratio(weights[0] - weights[2], sumOfWeights(), 100, n);
        return net().usualInterval()
                .map(i -> estimate.withInterval(i.clampedTo(NetShare.LEAST, NetShare.GREATEST)))
                .orElse(estimate);
    }

    /**
     * An interval on the effective n, as the method gives it.
     *
     * @param method the method
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval in points; empty where the score is undefined, and for {@link NpsInterval#MEAN_T} below an
     *     effective n of 2
     * @throws IllegalArgumentException if the level is out of range
     */
    public Optional<Interval> interval(NpsInterval method, double level) {
        Interval.requireLevel(level);
        return sumOfWeights() == 0 ? Optional.empty() : net().interval(method, level);
    }

    /**
     * The change from an earlier, independent score, tested by the adjusted Wald z on the effective numbers of answers.
     *
     * @param earlier the earlier score
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference in points; undefined if a side has no answers or all its weights are 0
     * @throws IllegalArgumentException if the level is out of range
     */
    public Change changeFrom(WeightedNpsScore earlier, double level) {
        Interval.requireLevel(level);
        if (sumOfWeights() == 0 || earlier.sumOfWeights() == 0) {
            return Change.undefined((sumOfWeights() == 0 ? undefined() : earlier.undefined())
                    .undefined()
                    .orElseThrow());
        }
        Estimate difference = Estimate.of(net().score() - earlier.net().score(), Math.addExact(n, earlier.n));
        return net().adjusted().changeFrom(earlier.net().adjusted(), difference, NpsChangeTest.ADJUSTED_WALD, level);
    }

    /**
     * How many answers there are, whatever they weigh.
     *
     * @return the number of answers
     */
    public long n() {
        return n;
    }

    /**
     * What all answers weigh.
     *
     * @return the sum of the weights
     */
    public double sumOfWeights() {
        return weights[0] + weights[1] + weights[2];
    }

    /**
     * How many equally weighted answers would be as precise: (sum w)&sup2; / sum w&sup2; (Kish).
     *
     * @return the effective n, at most {@link #n()}; undefined without answers or if all weights are 0
     */
    public Estimate effectiveN() {
        return sumOfWeights() == 0 ? undefined() : Estimate.of(kish(), n);
    }

    /**
     * The standard error with Kish's effective n: 100 sqrt(v/n_eff).
     *
     * @return the standard error in points; undefined without answers or if all weights are 0
     */
    public Estimate standardError() {
        return sumOfWeights() == 0 ? undefined() : Estimate.of(Math.sqrt(net().squaredError()), n);
    }

    /**
     * The standard error by linearisation (Taylor): 100 sqrt(sum w&sup2; (x - mean)&sup2;) / sum w. It also sees whether heavy answers
     * are the unusual ones.
     *
     * @return the standard error in points; undefined without answers or if all weights are 0
     */
    public Estimate linearisedStandardError() {
        if (sumOfWeights() == 0) {
            return undefined();
        }
        double mean = net().score() / 100;
        double sum = 0;
        for (NpsCategory category : NpsCategory.values()) {
            double deviation = category.code() - mean;
            sum += squares[category.position()] * deviation * deviation;
        }
        return Estimate.of(100 * Math.sqrt(sum) / sumOfWeights(), n);
    }

    /** The score and how many answers it is made of. */
    @Override
    public String toString() {
        return "weighted NPS " + estimate();
    }

    private double kish() {
        double sum = sumOfWeights();
        return sum / (squares[0] + squares[1] + squares[2]) * sum;
    }

    private NetShare net() {
        return new NetShare(weights[0], weights[2], sumOfWeights()).withN(kish());
    }

    private Estimate undefined() {
        return Estimate.undefined(
                n == 0
                        ? AnswerDistribution.noAnswer()
                        : new Undefined(Undefined.Reason.ZERO_BASE, "all " + n + " answers weigh nothing"),
                n);
    }
}
