package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Distances from the median in robust standard deviations, Iglewicz's and Hoaglin's modified z-score: 0.6745 (x - median) /
 * MAD; above 3.5 is an outlier by custom.
 *
 * <p>Where more than half of the values are equal, so that the MAD is 0, the mean absolute deviation takes its place, times
 * 1.253314. Missing steps are left out. Source: Iglewicz and Hoaglin 1993. O(n log n). Immutable and thread-safe.
 */
public final class RobustZ {

    /** The score. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("robust-z", 1)
            .name("Modified z-score")
            .kind(KpiKind.BATCH)
            .unit("standard deviations")
            .formula("0.6745 (x - median) / MAD")
            .variant("mean absolute deviation times 1.253314 in the denominator where the MAD is 0")
            .emptyRule("undefined without an observation or for a constant series")
            .source("Iglewicz and Hoaglin 1993")
            .build();

    private static final double QUARTILE = 0.6745;
    private static final double MEAN_DEVIATION = 1.253314;

    private final double median;
    private final double deviation;
    private final boolean fallback;
    private final double[] scores;

    private RobustZ(double median, double deviation, boolean fallback, double[] scores) {
        this.median = median;
        this.deviation = deviation;
        this.fallback = fallback;
        this.scores = scores;
    }

    /**
     * Scores the steps of a series.
     *
     * @param series the series, without trend and season
     * @return the scores, or the reason why there are none: no observation, or all values equal
     */
    public static Finding<RobustZ> of(RegularSeries series) {
        double[] observed = series.observed();
        if (observed.length == 0) {
            return Finding.undefined(Undefined.noData("no observation"));
        }
        double median = Medians.median(observed);
        double mad = Medians.deviation(observed, median);
        double mean = Arrays.stream(observed)
                .map(v -> Math.abs(v - median) / observed.length)
                .sum();
        if (mean == 0) {
            return Finding.undefined(
                    new Undefined(Undefined.Reason.NO_VARIATION, "all " + observed.length + " values are equal"));
        }
        boolean fallback = mad == 0;
        double[] scores = Arrays.stream(series.raw())
                .map(v -> fallback ? (v - median) / (MEAN_DEVIATION * mean) : QUARTILE * (v - median) / mad)
                .toArray();
        return Finding.of(new RobustZ(median, mad, fallback, scores));
    }

    /**
     * The middle of the series.
     *
     * @return the median
     */
    public double median() {
        return median;
    }

    /**
     * The median absolute deviation from the median, not scaled.
     *
     * @return the MAD, not negative
     */
    public double medianAbsoluteDeviation() {
        return deviation;
    }

    /**
     * Whether the mean absolute deviation took the place of a MAD of 0.
     *
     * @return whether it did
     */
    public boolean isFallback() {
        return fallback;
    }

    /**
     * The score of a step.
     *
     * @param step the step, from 0
     * @return the score, positive above the median; empty if the step is missing
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public OptionalDouble score(int step) {
        double score = scores[Objects.checkIndex(step, scores.length)];
        return Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
    }

    /**
     * The largest score by size.
     *
     * @return the largest absolute score
     */
    public double largest() {
        return Arrays.stream(scores)
                .filter(z -> !Double.isNaN(z))
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /**
     * The steps that are out of line.
     *
     * @param threshold how large a score may be, by size; 3.5 by custom
     * @return the steps with a larger one, ascending
     * @throws IllegalArgumentException if the threshold is not positive
     */
    public int[] anomalies(double threshold) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold must be positive, not " + threshold);
        }
        return IntStream.range(0, scores.length)
                .filter(step -> Math.abs(scores[step]) > threshold)
                .toArray();
    }

    /** The median and the deviation. */
    @Override
    public String toString() {
        return "median " + median + ", MAD " + deviation;
    }
}
