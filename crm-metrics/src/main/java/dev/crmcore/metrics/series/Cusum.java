package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The tabular CUSUM chart: sums up how far the values have run above and below the baseline, and so sees a small lasting
 * shift earlier than single values show it.
 *
 * <p>Values are standardised by the mean and the sample standard deviation of the baseline and taken as independent. Source:
 * Page 1954. O(n). Immutable and thread-safe.
 */
public final class Cusum {

    /** The chart. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("cusum-chart", 1)
            .name("CUSUM chart")
            .kind(KpiKind.BATCH)
            .unit("standard deviations")
            .formula("upper_i = max(0, upper_(i-1) + z_i - k); lower_i = max(0, lower_(i-1) - z_i - k); signal above h")
            .variant("tabular, standardised by a baseline; k = 0.5 and h = 5 by custom")
            .emptyRule("undefined if the baseline is longer than the series or constant")
            .source("Page 1954; Montgomery, Introduction to Statistical Quality Control")
            .build();

    private final double[] upper;
    private final double[] lower;
    private final double limit;

    private Cusum(double[] upper, double[] lower, double limit) {
        this.upper = upper;
        this.lower = lower;
        this.limit = limit;
    }

    /**
     * Charts a series.
     *
     * @param series the series without gaps
     * @param baseline how many steps at the beginning show what is usual, from 2
     * @param slack the shift that is let pass, in standard deviations, not negative; 0.5 by custom
     * @param limit the sum that signals, in standard deviations, positive; 5 by custom
     * @return the chart, or the reason why there is none: a gap, a baseline longer than the series or constant
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Finding<Cusum> of(RegularSeries series, int baseline, double slack, double limit) {
        if (!(slack >= 0 && Double.isFinite(slack))) {
            throw new IllegalArgumentException("slack must not be negative and must be finite, not " + slack);
        }
        if (!(limit > 0 && Double.isFinite(limit))) {
            throw new IllegalArgumentException("limit must be positive and finite, not " + limit);
        }
        Finding<SampleMean> usual = ControlChart.baseline(series, baseline);
        if (!usual.isDefined()) {
            return Finding.undefined(usual.undefined().orElseThrow());
        }
        double mean = usual.value().sum() / usual.value().n();
        double deviation = usual.value().standardDeviation();
        double[] upper = new double[series.length()];
        double[] lower = new double[upper.length];
        double above = 0;
        double below = 0;
        for (int i = 0; i < upper.length; i++) {
            double z = (series.raw()[i] - mean) / deviation;
            above = Math.max(0, above + z - slack);
            below = Math.max(0, below - z - slack);
            upper[i] = above;
            lower[i] = below;
        }
        return Finding.of(new Cusum(upper, lower, limit));
    }

    /**
     * The sum above the baseline.
     *
     * @param step the step, from 0
     * @return the sum in standard deviations, not negative
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double upper(int step) {
        return upper[Objects.checkIndex(step, upper.length)];
    }

    /**
     * The sum below the baseline.
     *
     * @param step the step, from 0
     * @return the sum in standard deviations, not negative
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double lower(int step) {
        return lower[Objects.checkIndex(step, lower.length)];
    }

    /**
     * When a shift upwards was first seen.
     *
     * @return the first step whose upper sum is above the limit, or empty
     */
    public OptionalInt firstUpperSignal() {
        return first(upper);
    }

    /**
     * When a shift downwards was first seen.
     *
     * @return the first step whose lower sum is above the limit, or empty
     */
    public OptionalInt firstLowerSignal() {
        return first(lower);
    }

    private OptionalInt first(double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] > limit) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The first signals. */
    @Override
    public String toString() {
        return "first signals: up " + firstUpperSignal() + ", down " + firstLowerSignal();
    }
}
