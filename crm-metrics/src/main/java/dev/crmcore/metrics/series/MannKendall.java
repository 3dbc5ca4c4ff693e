package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;

/**
 * Mann's and Kendall's test for a monotone trend: whether later values tend to be larger, whatever their distribution.
 *
 * <p>The variance is corrected for ties and the statistic for continuity. The test takes the values as independent: season and
 * autocorrelation make it find trends that are none, so take them away first. Missing steps are left out.
 *
 * <p>Source: Mann 1945, Kendall 1975. Exact in S; O(n log n). Immutable and thread-safe.
 */
public final class MannKendall {

    /** The trend test. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("mann-kendall", 1)
            .name("Mann-Kendall trend test")
            .kind(KpiKind.BATCH)
            .unit("standard normal statistic")
            .formula("S = sum over i < j of sign(x_j - x_i); z = (S - sign S) / sqrt(var S)")
            .variant("corrected for ties, with continuity correction")
            .emptyRule("undefined for fewer than 2 observations; z = 0 for a constant series")
            .source("Mann 1945; Kendall 1975")
            .build();

    private final long s;
    private final double variance;
    private final Estimate tau;

    private MannKendall(long s, double variance, Estimate tau) {
        this.s = s;
        this.variance = variance;
        this.tau = tau;
    }

    /**
     * Tests a series.
     *
     * @param series the series, without season and autocorrelation
     * @return the test, or the reason why there is none: fewer than 2 observations
     */
    public static Finding<MannKendall> test(RegularSeries series) {
        double[] x = series.observed();
        if (x.length < 2) {
            return Finding.undefined(Undefined.tooFew("a trend needs at least 2 observations, there are " + x.length));
        }
        long n = x.length;
        long pairs = n * (n - 1) / 2;
        double[] sorted = x.clone();
        long discordant = sortCountingInversions(sorted, 0, x.length, new double[x.length]);
        long tied = 0;
        double correction = 0;
        for (int from = 0; from < sorted.length; ) {
            long t = runLength(sorted, from);
            tied += t * (t - 1) / 2;
            correction += tieCorrection((double) t);
            from += (int) t;
        }
        long s = pairs - tied - 2 * discordant;
        double variance = ((double) n * (n - 1) * (2 * n + 5) - correction) / 18;
        Estimate tau = tied == pairs
                ? Estimate.undefined(new Undefined(Undefined.Reason.NO_VARIATION, "all values are equal"), n)
                : Estimate.of(s / Math.sqrt((double) pairs * (pairs - tied)), n);
        return Finding.of(new MannKendall(s, variance, tau));
    }

    /**
     * The number of pairs that rise less the number of pairs that fall.
     *
     * @return Kendall's S
     */
    public long s() {
        return s;
    }

    /**
     * The variance of S if there is no trend.
     *
     * @return the variance, corrected for ties; 0 for a constant series
     */
    public double variance() {
        return variance;
    }

    /**
     * The test of whether there is a trend, two-sided.
     *
     * @return the test; its statistic is positive for a rise
     */
    public TestResult test() {
        return TestResult.ofZ("Mann-Kendall", s == 0 ? 0 : (s - Long.signum(s)) / Math.sqrt(variance));
    }

    /**
     * Kendall's rank correlation with time, tau-b.
     *
     * @return the correlation, -1 to 1; undefined for a constant series
     */
    public Estimate tau() {
        return tau;
    }

    /** S and the test. */
    @Override
    public String toString() {
        return "S = " + s + ", " + test();
    }

    /** Merge sort that counts the pairs that stand the wrong way round; equal values do not. */
    private static long sortCountingInversions(double[] x, int from, int to, double[] spare) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long count = sortCountingInversions(x, from, middle, spare) + sortCountingInversions(x, middle, to, spare);
        int left = from;
        int right = middle;
        for (int k = from; k < to; k++) {
            if (right >= to || (left < middle && x[left] <= x[right])) {
                spare[k] = x[left++];
            } else {
                spare[k] = x[right++];
                count += middle - left;
            }
        }
        System.arraycopy(spare, from, x, from, to - from);
        return count;
    }

    /** How many values from a position on are equal. */
    static int runLength(double[] sorted, int from) {
        int to = from;
        while (to < sorted.length && sorted[to] == sorted[from]) {
            to++;
        }
        return to - from;
    }

    /** What values that are equal take away from 18 times the variance of S. */
    static double tieCorrection(double equal) {
        return equal * (equal - 1) * (2 * equal + 5);
    }
}
