package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;

/**
 * The steps at which the level of a series changes: the best division into pieces of constant level, where each further piece
 * must explain more than a penalty.
 *
 * <p>The division is exact, found by optimal partitioning with the pruning of PELT. Distances are measured in the standard
 * deviation of the noise, taken from the differences between neighbours, so that the changes themselves do not count as
 * noise. A single outlier is a short piece of its own. Take trend and season away first.
 *
 * <p>Source: Jackson and others 2005 (optimal partitioning), Killick and others 2012 (PELT). O(n) where changes are frequent,
 * O(n&sup2;) where there are none. Immutable and thread-safe.
 */
public final class ChangePoints {

    /** The change points. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("change-points", 1)
            .name("Change points")
            .kind(KpiKind.BATCH)
            .unit("steps")
            .formula("minimise sum of squared distances from the pieces' means / sigma^2 + penalty per change")
            .variant("penalty 2 ln n; sigma = 1.4826 MAD of the differences / sqrt 2")
            .emptyRule("undefined for fewer than 3 observations, with a gap, or if most neighbours are equal")
            .source("Killick, Fearnhead and Eckley 2012")
            .build();

    private final int[] starts;
    private final double sigma;
    private final double penalty;
    private final double objective;

    private ChangePoints(int[] starts, double sigma, double penalty, double objective) {
        this.starts = starts;
        this.sigma = sigma;
        this.penalty = penalty;
        this.objective = objective;
    }

    /**
     * Finds the changes with the usual penalty, 2 ln n.
     *
     * @param series the series without gaps
     * @return the changes, or the reason why there are none to be had
     */
    public static Finding<ChangePoints> of(RegularSeries series) {
        return of(series, 2 * Math.log(Math.max(1, series.length())));
    }

    /**
     * Finds the changes.
     *
     * @param series the series without gaps
     * @param penalty what a change must explain, in variances of the noise; positive and finite
     * @return the changes, or the reason why there are none to be had: a gap, fewer than 3 observations, or a noise of 0 as
     *     when most neighbours are equal
     * @throws IllegalArgumentException if the penalty is not positive and finite
     */
    public static Finding<ChangePoints> of(RegularSeries series, double penalty) {
        if (series.gap().isPresent()) {
            return Finding.undefined(series.gap().get());
        }
        int n = series.length();
        if (n < 3) {
            return Finding.undefined(Undefined.tooFew("changes need at least 3 observations, there are " + n));
        }
        if (!(penalty > 0 && Double.isFinite(penalty))) {
            throw new IllegalArgumentException("penalty must be positive and finite, not " + penalty);
        }
        double[] x = series.raw();
        double[] differences = new double[n - 1];
        Arrays.setAll(differences, i -> x[i + 1] - x[i]);
        double sigma = Medians.NORMAL * Medians.deviation(differences, Medians.median(differences)) / Math.sqrt(2);
        if (!(sigma > 0 && Double.isFinite(sigma))) {
            return Finding.undefined(
                    new Undefined(
                            Undefined.Reason.NO_VARIATION,
                            "at least half of the differences between neighbours are equal: there is no noise to compare with"));
        }
        double middle = Medians.median(x);
        double[] y = Arrays.stream(x).map(v -> (v - middle) / sigma).toArray();
        int[] starts = partition(y, penalty);
        return Finding.of(new ChangePoints(starts, sigma, penalty, cost(y, starts) + penalty * starts.length));
    }

    /**
     * For each end, the best last piece; pieces that can never again be best are dropped. The squared distances of each piece
     * from its mean are carried on from value to value (Welford 1962), so that far levels and outliers take no digits away.
     */
    private static int[] partition(double[] y, double penalty) {
        int n = y.length;
        double[] best = new double[n + 1];
        int[] lastStart = new int[n + 1];
        best[0] = -penalty;
        int[] candidates = new int[n + 1];
        double[] means = new double[n + 1];
        double[] costs = new double[n + 1];
        int count = 1;
        for (int end = 1; end <= n; end++) {
            double value = y[end - 1];
            best[end] = Double.POSITIVE_INFINITY;
            for (int c = 0; c < count; c++) {
                int start = candidates[c];
                double off = value - means[c];
                means[c] += off / (end - start);
                costs[c] += off * (value - means[c]);
                double total = best[start] + penalty + costs[c];
                if (total < best[end]) {
                    best[end] = total;
                    lastStart[end] = start;
                }
            }
            int kept = 0;
            for (int c = 0; c < count; c++) {
                // Rounding must not drop a piece that is as good
                if (best[candidates[c]] + costs[c] <= best[end] + 1e-9 * (1 + Math.abs(best[end]))) {
                    candidates[kept] = candidates[c];
                    means[kept] = means[c];
                    costs[kept++] = costs[c];
                }
            }
            candidates[kept] = end;
            means[kept] = 0;
            costs[kept] = 0;
            count = kept + 1;
        }
        int[] starts = new int[n];
        int found = n;
        for (int end = n; lastStart[end] > 0; end = lastStart[end]) {
            starts[--found] = lastStart[end];
        }
        return Arrays.copyOfRange(starts, found, n);
    }

    /** The squared distances from the pieces' means, in two passes. */
    private static double cost(double[] y, int[] starts) {
        double cost = 0;
        for (int piece = 0; piece <= starts.length; piece++) {
            int from = piece == 0 ? 0 : starts[piece - 1];
            int to = piece == starts.length ? y.length : starts[piece];
            double mean = Arrays.stream(y, from, to).sum() / (to - from);
            for (int i = from; i < to; i++) {
                cost += (y[i] - mean) * (y[i] - mean);
            }
        }
        return cost;
    }

    /**
     * Where the level changes.
     *
     * @return the first step of each new piece, ascending; the first piece, which begins at 0, is not among them
     */
    public int[] starts() {
        return starts.clone();
    }

    /**
     * The standard deviation of the noise.
     *
     * @return the standard deviation, in the unit of the series
     */
    public double sigma() {
        return sigma;
    }

    /**
     * What each change had to explain.
     *
     * @return the penalty
     */
    public double penalty() {
        return penalty;
    }

    /**
     * What was minimised.
     *
     * @return the squared distances in variances of the noise, and a penalty for each change
     */
    public double objective() {
        return objective;
    }

    /** The changes. */
    @Override
    public String toString() {
        return "changes at " + Arrays.toString(starts);
    }
}
