package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.Normal;
import java.util.Arrays;

/**
 * The distribution of the number of wins among independent deals of different probabilities: the Poisson-binomial
 * distribution, exactly by convolution up to {@value #MOST_EXACT} deals, above that its normal approximation with continuity
 * correction (a probability is off by at most 0.56 over the standard deviation, by the theorem of Berry and Esseen).
 *
 * <p>Immutable and thread-safe. Making it costs n&sup2;/2 operations for n deals.
 */
public final class WinDistribution {

    /** The most deals for which the distribution is exact. */
    public static final int MOST_EXACT = 10_000;

    private final double[] atMost;
    private final long deals;
    private final double mean;
    private final double variance;

    private WinDistribution(double[] atMost, long deals, double mean, double variance) {
        this.atMost = atMost;
        this.deals = deals;
        this.mean = mean;
        this.variance = variance;
    }

    static WinDistribution of(double[] probabilities, long[] deals) {
        long n = Arrays.stream(deals).sum();
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < deals.length; i++) {
            mean += deals[i] * probabilities[i];
            variance += deals[i] * probabilities[i] * (1 - probabilities[i]);
        }
        double[] atMost = n > MOST_EXACT ? new double[0] : cumulated(convolved(probabilities, deals, (int) n));
        return new WinDistribution(atMost, n, mean, variance);
    }

    private static double[] convolved(double[] probabilities, long[] deals, int n) {
        double[] mass = new double[n + 1];
        mass[0] = 1;
        int known = 0;
        for (int i = 0; i < deals.length; i++) {
            for (long left = deals[i]; left > 0; left--) {
                known++;
                for (int wins = known; wins > 0; wins--) {
                    mass[wins] += probabilities[i] * (mass[wins - 1] - mass[wins]);
                }
                mass[0] *= 1 - probabilities[i];
            }
        }
        return mass;
    }

    private static double[] cumulated(double[] mass) {
        double[] atMost = mass.clone();
        for (int wins = 1; wins < atMost.length; wins++) {
            atMost[wins] = Math.min(1, atMost[wins - 1] + atMost[wins]);
        }
        atMost[atMost.length - 1] = 1;
        return atMost;
    }

    /**
     * How it was computed.
     *
     * @return "Poisson-binomial, exact" or "normal with continuity correction"
     */
    public String method() {
        return atMost.length > 0 ? "Poisson-binomial, exact" : "normal with continuity correction";
    }

    /**
     * The expected number of wins.
     *
     * @return the mean, 0 to the number of deals
     */
    public double mean() {
        return mean;
    }

    /**
     * The standard deviation of the number of wins.
     *
     * @return the standard deviation, not negative
     */
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /**
     * The probability of at most so many wins.
     *
     * @param wins a number of wins
     * @return the probability, 0 to 1
     */
    public double atMost(long wins) {
        if (wins < 0 || wins >= deals) {
            return wins < 0 ? 0 : 1;
        }
        if (atMost.length > 0) {
            return atMost[(int) wins];
        }
        return variance == 0 ? (wins >= mean ? 1 : 0) : Normal.cdf((wins + 0.5 - mean) / Math.sqrt(variance));
    }

    /**
     * The probability of at least so many wins.
     *
     * @param wins a number of wins
     * @return the probability, 0 to 1
     */
    public double atLeast(long wins) {
        return wins <= 0 ? 1 : 1 - atMost(wins - 1);
    }

    /**
     * Between which numbers the wins will lie.
     *
     * @param level how probably at least, above 0 and below 1
     * @return an interval of whole numbers
     * @throws IllegalArgumentException if the level is out of range
     */
    public Interval interval(double level) {
        Interval.requireLevel(level);
        return new Interval((double) quantile((1 - level) / 2), (double) quantile((1 + level) / 2), level, method());
    }

    /** The least number of wins that is not exceeded with at least that probability. */
    private long quantile(double probability) {
        long below = -1;
        long at = deals;
        while (at - below > 1) {
            long middle = (below + at) >>> 1;
            if (atMost(middle) >= probability) {
                at = middle;
            } else {
                below = middle;
            }
        }
        return at;
    }

    /** Mean and method. */
    @Override
    public String toString() {
        return "WinDistribution[" + mean + " of " + deals + ", " + method() + "]";
    }
}
