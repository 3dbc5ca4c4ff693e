package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The classical additive decomposition: the trend is a centred moving average over one season, the season the mean distance
 * from it at each place of the season.
 *
 * <p>Simple and known to everybody, but the season never changes, the ends have no trend and outliers leave their mark;
 * {@link Stl} does better. Equal to R's {@code decompose}. O(n). Immutable and thread-safe.
 */
public final class ClassicalDecomposition {

    private final double[] figure;
    private final double[] trend;

    private ClassicalDecomposition(double[] figure, double[] trend) {
        this.figure = figure;
        this.trend = trend;
    }

    /**
     * Decomposes a series.
     *
     * @param series the series without gaps
     * @param period the steps of a season, at least 2
     * @return the decomposition, or the reason why there is none: a gap or fewer than two seasons
     * @throws IllegalArgumentException if the period is less than 2
     */
    public static Finding<ClassicalDecomposition> additive(RegularSeries series, int period) {
        if (period < 2) {
            throw new IllegalArgumentException("period must be at least 2, not " + period);
        }
        if (series.gap().isPresent()) {
            return Finding.undefined(series.gap().get());
        }
        int n = series.length();
        if (n < 2L * period) {
            return Finding.undefined(
                    Undefined.tooFew("two seasons of " + period + " steps are needed, the series has " + n + " steps"));
        }
        double[] x = series.raw();
        double[] trend = trend(x, period);
        double[] sums = new double[period];
        int[] counts = new int[period];
        for (int i = 0; i < n; i++) {
            if (!Double.isNaN(trend[i])) {
                sums[i % period] += x[i] - trend[i];
                counts[i % period]++;
            }
        }
        double[] figure = new double[period];
        Arrays.setAll(figure, i -> sums[i] / counts[i]);
        double mean = Arrays.stream(figure).sum() / period;
        Arrays.setAll(figure, i -> figure[i] - mean);
        return Finding.of(new ClassicalDecomposition(figure, trend));
    }

    /** The centred moving average; an even window counts both ends half. */
    private static double[] trend(double[] x, int period) {
        double[] trend = new double[x.length];
        Arrays.fill(trend, Double.NaN);
        int half = period / 2;
        for (int i = half; i + half < x.length; i++) {
            double sum = 0;
            for (int k = i - half; k <= i + half; k++) {
                boolean end = period % 2 == 0 && (k == i - half || k == i + half);
                sum += end ? x[k] / 2 : x[k];
            }
            trend[i] = sum / period;
        }
        return trend;
    }

    /**
     * The season at a step.
     *
     * @param step the step, from 0; any step before or after the end too
     * @return the seasonal component; one season of them sums to 0
     * @throws IndexOutOfBoundsException if the step is negative
     */
    public double seasonal(int step) {
        return figure[Objects.checkIndex(step, Integer.MAX_VALUE) % figure.length];
    }

    /**
     * The trend at a step.
     *
     * @param step the step, from 0
     * @return the trend, or empty in the first and last half season
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public OptionalDouble trend(int step) {
        double value = trend[Objects.checkIndex(step, trend.length)];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The trend as a series with gaps at both ends. */
    RegularSeries trends() {
        return RegularSeries.derived(trend);
    }

    double[] figure() {
        return figure.clone();
    }

    /** The season. */
    @Override
    public String toString() {
        return "season " + Arrays.toString(figure);
    }
}
