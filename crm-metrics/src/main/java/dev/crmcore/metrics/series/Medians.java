package dev.crmcore.metrics.series;

import dev.crmcore.metrics.internal.Quantiles;
import java.util.Arrays;

/** Centre and spread that outliers do not move. */
final class Medians {

    /** The median absolute deviation of a normal distribution is its standard deviation times 1 / 1.4826. */
    static final double NORMAL = 1.4826;

    private Medians() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Quantiles.type7(sorted, 0.5);
    }

    /** The median distance from a centre. */
    static double deviation(double[] values, double centre) {
        return median(Arrays.stream(values).map(v -> Math.abs(v - centre)).toArray());
    }
}
