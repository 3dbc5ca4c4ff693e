package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Distances from the median of the steps around, in 1.4826 times the median of these distances around: a detector that needs
 * no season, for series whose level drifts slowly.
 *
 * <p>Missing steps are left out of the windows. Where the spread around is 0, a step that differs at all is out of line.
 * O(n w log w). Immutable and thread-safe.
 */
public final class RollingMedian {

    /** The score. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("rolling-median-z", 1)
            .name("Rolling median score")
            .kind(KpiKind.BATCH)
            .unit("standard deviations")
            .formula("|x - rolling median| / (1.4826 rolling median of |x - rolling median|)")
            .variant("centred window")
            .emptyRule("undefined if no window has enough observations")
            .source("Hampel 1974")
            .build();

    private final double[] distance;
    private final double[] spread;

    private RollingMedian(double[] distance, double[] spread) {
        this.distance = distance;
        this.spread = spread;
    }

    /**
     * Scores the steps of a series.
     *
     * @param series the series
     * @param window the number of steps of a window, odd, from 3
     * @param least how many observations a window has at least, from 1 to the window; steps with fewer around get no score
     * @return the scores, or the reason why there are none: no window has enough observations
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Finding<RollingMedian> of(RegularSeries series, int window, int least) {
        if (window < 3 || window % 2 == 0) {
            throw new IllegalArgumentException("window must be odd and at least 3, not " + window);
        }
        if (least < 1 || least > window) {
            throw new IllegalArgumentException("least must be 1 to " + window + ", not " + least);
        }
        double[] medians = rolling(series.raw(), window, least);
        double[] distance = new double[medians.length];
        Arrays.setAll(distance, i -> Math.abs(series.raw()[i] - medians[i]));
        if (Arrays.stream(distance).allMatch(Double::isNaN)) {
            return Finding.undefined(Undefined.tooFew("no " + window + " steps have " + least + " observations"));
        }
        double[] spread = rolling(distance, window, least);
        return Finding.of(new RollingMedian(distance, spread));
    }

    /**
     * The steps that are out of line.
     *
     * @param threshold how large a score may be; 3.5 by custom
     * @return the steps with a larger one, ascending
     * @throws IllegalArgumentException if the threshold is not positive
     */
    public int[] anomalies(double threshold) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold must be positive, not " + threshold);
        }
        return IntStream.range(0, distance.length)
                .filter(i -> distance[i] > threshold * Medians.NORMAL * spread[i])
                .toArray();
    }

    private static double[] rolling(double[] values, int window, int least) {
        double[] medians = new double[values.length];
        int half = window / 2;
        for (int i = 0; i < values.length; i++) {
            double[] around = Arrays.stream(values, Math.max(0, i - half), Math.min(values.length, i + half + 1))
                    .filter(v -> !Double.isNaN(v))
                    .toArray();
            medians[i] = around.length < least ? Double.NaN : Medians.median(around);
        }
        return medians;
    }

    /** The number of steps. */
    @Override
    public String toString() {
        return "scores of " + distance.length + " steps";
    }
}
