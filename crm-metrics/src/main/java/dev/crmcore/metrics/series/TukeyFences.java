package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Quantiles;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tukey's fences: what lies more than some quartile distances outside the middle half is an outlier.
 *
 * <p>Quartiles are of type 7 of Hyndman and Fan. Missing steps are left out. A constant series has fences of width 0 and no
 * outlier. Source: Tukey 1977. O(n log n). Immutable and thread-safe.
 */
public final class TukeyFences {

    /** The fences. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("tukey-fences", 1)
            .name("Tukey's fences")
            .kind(KpiKind.BATCH)
            .unit("unit of the series")
            .formula("Q1 - k (Q3 - Q1) and Q3 + k (Q3 - Q1), k = 1.5 by custom")
            .variant("quartiles by linear interpolation, type 7")
            .emptyRule("undefined without an observation")
            .source("Tukey 1977; Hyndman and Fan 1996")
            .build();

    private final double[] values;
    private final double lowerQuartile;
    private final double upperQuartile;
    private final double width;

    private TukeyFences(double[] values, double lowerQuartile, double upperQuartile, double width) {
        this.values = values;
        this.lowerQuartile = lowerQuartile;
        this.upperQuartile = upperQuartile;
        this.width = width;
    }

    /**
     * Puts up fences.
     *
     * @param series the series, without trend and season
     * @param width how many quartile distances the fences are away from the quartiles, positive and finite; 1.5 by custom
     * @return the fences, or the reason why there are none: no observation
     * @throws IllegalArgumentException if the width is not positive and finite
     */
    public static Finding<TukeyFences> of(RegularSeries series, double width) {
        if (!(width > 0 && Double.isFinite(width))) {
            throw new IllegalArgumentException("width must be positive and finite, not " + width);
        }
        double[] sorted = series.observed();
        if (sorted.length == 0) {
            return Finding.undefined(Undefined.noData("no observation"));
        }
        Arrays.sort(sorted);
        double lower = Quantiles.type7(sorted, 0.25);
        double upper = Quantiles.type7(sorted, 0.75);
        return Finding.of(new TukeyFences(series.raw(), lower, upper, width));
    }

    /**
     * A quarter of the values lies below it.
     *
     * @return the first quartile
     */
    public double lowerQuartile() {
        return lowerQuartile;
    }

    /**
     * A quarter of the values lies above it.
     *
     * @return the third quartile
     */
    public double upperQuartile() {
        return upperQuartile;
    }

    /**
     * The lower fence.
     *
     * @return the fence
     */
    public double lower() {
        return lowerQuartile - width * (upperQuartile - lowerQuartile);
    }

    /**
     * The upper fence.
     *
     * @return the fence
     */
    public double upper() {
        return upperQuartile + width * (upperQuartile - lowerQuartile);
    }

    /**
     * The steps beyond the fences.
     *
     * @return the steps, ascending
     */
    public int[] anomalies() {
        return IntStream.range(0, values.length)
                .filter(step -> values[step] < lower() || values[step] > upper())
                .toArray();
    }

    /** The fences. */
    @Override
    public String toString() {
        return "[" + lower() + ", " + upper() + "]";
    }
}
