package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.IndexSort;

/**
 * Pettitt's test for one change of level at an unknown time, whatever the distribution.
 *
 * <p>The p-value is Pettitt's approximation, good below 0.5. The test takes the values as independent: season and trend make
 * it find changes that are none. Missing steps are left out. Source: Pettitt 1979. O(n log n). Immutable and thread-safe.
 */
public final class Pettitt {

    /** The test. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("pettitt", 1)
            .name("Pettitt change-point test")
            .kind(KpiKind.BATCH)
            .unit("number of pairs")
            .formula("K = max over t of |sum over i <= t < j of sign(x_i - x_j)|; p = 2 exp(-6 K^2 / (n^3 + n^2))")
            .emptyRule("undefined for fewer than 2 observations")
            .source("Pettitt 1979")
            .build();

    private final double statistic;
    private final int change;
    private final double pValue;

    private Pettitt(double statistic, int change, double pValue) {
        this.statistic = statistic;
        this.change = change;
        this.pValue = pValue;
    }

    /**
     * Tests a series.
     *
     * @param series the series, without trend and season
     * @return the test, or the reason why there is none: fewer than 2 observations
     */
    public static Finding<Pettitt> test(RegularSeries series) {
        double[] x = series.observed();
        int n = x.length;
        if (n < 2) {
            return Finding.undefined(Undefined.tooFew("a change needs at least 2 observations, there are " + n));
        }
        double[] ranks = midranks(x);
        double running = 0;
        double most = -1;
        int change = 0;
        for (int t = 0; t + 1 < n; t++) {
            running += 2 * ranks[t] - (n + 1);
            if (Math.abs(running) > most) {
                most = Math.abs(running);
                change = t + 1;
            }
        }
        double size = n;
        double p = Math.min(1, 2 * Math.exp(-6 * most * most / (size * size * size + size * size)));
        return Finding.of(new Pettitt(most, series.observedSteps()[change], p));
    }

    private static double[] midranks(double[] x) {
        int[] order = IndexSort.sorted(x.length, (i, j) -> Double.compare(x[i] + 0.0, x[j] + 0.0));
        double[] ranks = new double[x.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && x[order[to]] == x[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    /**
     * How far the two sides are apart.
     *
     * @return Pettitt's K, not negative
     */
    public double statistic() {
        return statistic;
    }

    /**
     * The most likely time of the change.
     *
     * @return the first step of the new level; the earliest of equally likely ones
     */
    public int change() {
        return change;
    }

    /**
     * How likely a K at least as large would be if nothing changed.
     *
     * @return the approximate p-value, 0 to 1
     */
    public double pValue() {
        return pValue;
    }

    /** The step, the statistic and the p-value. */
    @Override
    public String toString() {
        return "change at step " + change + ", K = " + statistic + ", p = " + pValue;
    }
}
