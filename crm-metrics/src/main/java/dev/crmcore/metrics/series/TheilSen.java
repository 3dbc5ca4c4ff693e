package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.Arrays;

/**
 * Theil's and Sen's slope: the median of the slopes between all pairs of observations, which up to 29 % of outliers do not
 * move.
 *
 * <p>Missing steps are left out. Source: Theil 1950, Sen 1968 (interval). Exact; O(n&sup2;) time with constant memory, about
 * a second for 5,000 steps. Immutable and thread-safe.
 */
public final class TheilSen {

    /** The slope. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("theil-sen-slope", 1)
            .name("Theil-Sen slope")
            .kind(KpiKind.BATCH)
            .unit("unit of the series per step")
            .formula("median over i < j of (x_j - x_i) / (j - i)")
            .emptyRule("undefined for fewer than 2 observations")
            .source("Theil 1950; interval: Sen 1968")
            .build();

    private static final int DIGITS = 1 << 16;

    private final Estimate slope;
    private final double intercept;

    private TheilSen(Estimate slope, double intercept) {
        this.slope = slope;
        this.intercept = intercept;
    }

    /**
     * Finds the slope of a series, with its interval at 95 %.
     *
     * @param series the series
     * @return the line, or the reason why there is none: fewer than 2 observations
     */
    public static Finding<TheilSen> fit(RegularSeries series) {
        return fit(series, Interval.DEFAULT_LEVEL);
    }

    /**
     * Finds the slope of a series.
     *
     * @param series the series
     * @param level the nominal coverage of the interval, above 0 and below 1
     * @return the line, or the reason why there is none: fewer than 2 observations
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public static Finding<TheilSen> fit(RegularSeries series, double level) {
        Interval.requireLevel(level);
        double[] x = series.observed();
        int[] t = series.observedSteps();
        if (x.length < 2) {
            return Finding.undefined(Undefined.tooFew("a slope needs at least 2 observations, there are " + x.length));
        }
        long pairs = (long) x.length * (x.length - 1) / 2;
        double median = (kthSlope(x, t, (pairs - 1) / 2) + kthSlope(x, t, pairs / 2)) / 2;
        double half = Normal.twoSidedQuantile(level) * Math.sqrt(variance(x));
        long upper = Math.min((long) Math.rint((pairs + half) / 2), pairs - 1);
        long lower = Math.max((long) Math.rint((pairs - half) / 2) - 1, 0);
        double low = kthSlope(x, t, lower);
        double high = kthSlope(x, t, upper);
        Estimate slope = Estimate.of(median, x.length).withInterval(new Interval(low, high, level, "Sen"));
        double middle = Medians.median(Arrays.stream(t).asDoubleStream().toArray());
        return Finding.of(new TheilSen(slope, Medians.median(x) - median * middle));
    }

    /**
     * The change from one step to the next.
     *
     * @return the median slope with Sen's interval
     */
    public Estimate slope() {
        return slope;
    }

    /**
     * Where the line through the median value at the median step stands at step 0.
     *
     * @return the intercept, in the unit of the series
     */
    public double intercept() {
        return intercept;
    }

    /** The line. */
    @Override
    public String toString() {
        return intercept + " + " + slope + " * step";
    }

    /** The variance of Kendall's S; steps are never tied. */
    private static double variance(double[] x) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double n = x.length;
        double sum = n * (n - 1) * (2 * n + 5);
        for (int from = 0; from < sorted.length; ) {
            int equal = MannKendall.runLength(sorted, from);
            sum -= MannKendall.tieCorrection(equal);
            from += equal;
        }
        return sum / 18;
    }

    /** The slope with k smaller ones, found digit by digit of its bits: nothing needs to be kept of the pairs. */
    private static double kthSlope(double[] x, int[] t, long k) {
        long prefix = 0;
        long rank = k;
        long[] counts = new long[DIGITS];
        for (int shift = 48; shift >= 0; shift -= 16) {
            Arrays.fill(counts, 0);
            for (int i = 0; i < x.length; i++) {
                for (int j = i + 1; j < x.length; j++) {
                    long key = key((x[j] - x[i]) / (t[j] - t[i]));
                    if (shift == 48 || key >>> (shift + 16) == prefix) {
                        counts[(int) (key >>> shift) & (DIGITS - 1)]++;
                    }
                }
            }
            int digit = 0;
            while (rank >= counts[digit]) {
                rank -= counts[digit++];
            }
            prefix = prefix << 16 | digit;
        }
        return Double.longBitsToDouble(prefix < 0 ? prefix ^ Long.MIN_VALUE : ~prefix);
    }

    /** The bits of a number such that, taken as unsigned, they ascend with it. */
    private static long key(double slope) {
        long bits = Double.doubleToLongBits(slope + 0.0);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }
}
