package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A control chart: what is plotted at each step, between which limits it stays while nothing changes, and where it leaves
 * them.
 *
 * <ul>
 *   <li>{@link #individuals}: single values, limits from the mean moving range;
 *   <li>{@link #ewma}: an exponentially weighted mean, which sees small lasting shifts;
 *   <li>{@link #proportions} and {@link #laney}: shares of varying numbers, such as bad reviews among all of a week.
 * </ul>
 *
 * <p>The limits take the values as independent. O(n). Immutable and thread-safe.
 */
public final class ControlChart {

    /** The chart of individual values. */
    public static final KpiDefinition INDIVIDUALS_DEFINITION = definition("individuals-chart", "Individuals chart")
            .unit("unit of the series")
            .formula("mean +- 2.66 mean moving range")
            .emptyRule("undefined for fewer than 2 observations")
            .source("Shewhart 1931; Montgomery, Introduction to Statistical Quality Control")
            .build();

    /** The EWMA chart. */
    public static final KpiDefinition EWMA_DEFINITION = definition("ewma-chart", "EWMA chart")
            .unit("unit of the series")
            .formula("z_i = lambda x_i + (1-lambda) z_(i-1); mean +- L s sqrt(lambda/(2-lambda) (1-(1-lambda)^(2i)))")
            .variant("mean and sample standard deviation of a baseline; exact limits")
            .emptyRule("undefined if the baseline is longer than the series or constant")
            .source("Roberts 1959; Lucas and Saccucci 1990")
            .build();

    /** The p-chart. */
    public static final KpiDefinition PROPORTIONS_DEFINITION = definition("p-chart", "p-chart")
            .unit("share, 0 to 1")
            .formula("pbar +- 3 sqrt(pbar (1 - pbar) / n_i)")
            .emptyRule("undefined without an item")
            .source("Shewhart 1931")
            .build();

    /** Laney's p'-chart. */
    public static final KpiDefinition LANEY_DEFINITION = definition("laney-p-chart", "Laney's p'-chart")
            .unit("share, 0 to 1")
            .formula("pbar +- 3 sqrt(pbar (1 - pbar) / n_i) sigma_z; sigma_z = mean |z_i - z_(i-1)| / 1.128")
            .variant("limits widened or narrowed to the variation between steps")
            .emptyRule("undefined without an item, for fewer than 2 steps and where all or none count")
            .source("Laney 2002")
            .build();

    private static final double TWO_SIDED_RANGE = 2.66;
    private static final double MEAN_RANGE_OF_TWO = 1.128;
    private static final double SIGMAS = 3;

    private final double centre;
    private final double spread;
    private final double[] plotted;
    private final double[] lower;
    private final double[] upper;

    private ControlChart(double centre, double spread, double[] plotted, double[] lower, double[] upper) {
        this.centre = centre;
        this.spread = spread;
        this.plotted = plotted;
        this.lower = lower;
        this.upper = upper;
    }

    /**
     * A chart of individual values.
     *
     * @param series the series; moving ranges are between neighbouring observations
     * @return the chart, or the reason why there is none: fewer than 2 observations
     */
    public static Finding<ControlChart> individuals(RegularSeries series) {
        double[] x = series.observed();
        if (x.length < 2) {
            return Finding.undefined(Undefined.tooFew("a moving range needs 2 observations, there are " + x.length));
        }
        // Summed from the first value on, so that the mean of equal values is this value and not beside it by rounding
        double mean = x[0] + Arrays.stream(x).map(v -> v - x[0]).sum() / x.length;
        double range = 0;
        for (int i = 1; i < x.length; i++) {
            range += Math.abs(x[i] - x[i - 1]);
        }
        range /= x.length - 1;
        double[] lower = new double[series.length()];
        double[] upper = new double[series.length()];
        Arrays.fill(lower, mean - TWO_SIDED_RANGE * range);
        Arrays.fill(upper, mean + TWO_SIDED_RANGE * range);
        return Finding.of(new ControlChart(mean, range, series.raw(), lower, upper));
    }

    /**
     * A chart of the exponentially weighted mean, which begins at the baseline's mean.
     *
     * @param series the series without gaps
     * @param baseline how many steps at the beginning show what is usual, from 2
     * @param lambda the weight of the newest value, above 0 and at most 1; 0.2 by custom
     * @param width how many standard deviations the limits are away, positive; 3 by custom
     * @return the chart, or the reason why there is none: a gap, a baseline longer than the series or constant
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Finding<ControlChart> ewma(RegularSeries series, int baseline, double lambda, double width) {
        if (!(lambda > 0 && lambda <= 1)) {
            throw new IllegalArgumentException("lambda must be above 0 and at most 1, not " + lambda);
        }
        if (!(width > 0 && Double.isFinite(width))) {
            throw new IllegalArgumentException("width must be positive and finite, not " + width);
        }
        Finding<SampleMean> usual = baseline(series, baseline);
        if (!usual.isDefined()) {
            return Finding.undefined(usual.undefined().orElseThrow());
        }
        double mean = usual.value().sum() / usual.value().n();
        double deviation = usual.value().standardDeviation();
        double[] plotted = new double[series.length()];
        double[] lower = new double[plotted.length];
        double[] upper = new double[plotted.length];
        double z = mean;
        double forgotten = 1;
        for (int i = 0; i < plotted.length; i++) {
            z = lambda * series.raw()[i] + (1 - lambda) * z;
            forgotten *= (1 - lambda) * (1 - lambda);
            double half = width * deviation * Math.sqrt(lambda / (2 - lambda) * (1 - forgotten));
            plotted[i] = z;
            lower[i] = mean - half;
            upper[i] = mean + half;
        }
        return Finding.of(new ControlChart(mean, deviation, plotted, lower, upper));
    }

    /**
     * A chart of shares with the limits of the binomial distribution.
     *
     * @param counts how many items of each step have the property, 0 to its size
     * @param sizes how many items each step has, not negative; a step without one is missing
     * @return the chart, or the reason why there is none: no item
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static Finding<ControlChart> proportions(long[] counts, long[] sizes) {
        return shares(counts, sizes, false);
    }

    /**
     * A chart of shares whose limits follow the variation between steps, for large numbers, where binomial limits are too
     * narrow because the true share is never quite the same.
     *
     * @param counts how many items of each step have the property, 0 to its size
     * @param sizes how many items each step has, not negative; a step without one is missing
     * @return the chart, or the reason why there is none: fewer than 2 steps with an item, or shares that are all 0 or 1
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static Finding<ControlChart> laney(long[] counts, long[] sizes) {
        return shares(counts, sizes, true);
    }

    private static Finding<ControlChart> shares(long[] counts, long[] sizes, boolean laney) {
        requireCounts(counts, sizes);
        double items = Arrays.stream(sizes).asDoubleStream().sum();
        if (items == 0) {
            return Finding.undefined(Undefined.noData("no item"));
        }
        double mean = Arrays.stream(counts).asDoubleStream().sum() / items;
        double[] plotted = new double[sizes.length];
        double[] sigma = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            plotted[i] = sizes[i] == 0 ? Double.NaN : (double) counts[i] / sizes[i];
            sigma[i] = sizes[i] == 0 ? 0 : Math.sqrt(mean * (1 - mean) / sizes[i]);
        }
        double widened = 1;
        if (laney) {
            double[] z = IntStream.range(0, sizes.length)
                    .filter(i -> sigma[i] > 0)
                    .mapToDouble(i -> (plotted[i] - mean) / sigma[i])
                    .toArray();
            if (z.length < 2) {
                return Finding.undefined(Undefined.tooFew("the variation between steps needs 2 steps with a spread"));
            }
            double range = 0;
            for (int i = 1; i < z.length; i++) {
                range += Math.abs(z[i] - z[i - 1]);
            }
            widened = range / (z.length - 1) / MEAN_RANGE_OF_TWO;
        }
        double[] lower = new double[sizes.length];
        double[] upper = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            lower[i] = Math.max(0, mean - SIGMAS * sigma[i] * widened);
            upper[i] = Math.min(1, mean + SIGMAS * sigma[i] * widened);
        }
        return Finding.of(new ControlChart(mean, widened, plotted, lower, upper));
    }

    private static void requireCounts(long[] counts, long[] sizes) {
        if (counts.length != sizes.length) {
            throw new IllegalArgumentException(
                    "sizes must have " + counts.length + " values, one for each count, not " + sizes.length);
        }
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || counts[i] > sizes[i]) {
                throw new IllegalArgumentException(
                        "count " + i + " must be 0 to its size of " + sizes[i] + ", not " + counts[i]);
            }
        }
    }

    /** The mean and spread of the first steps of a series without gaps. */
    static Finding<SampleMean> baseline(RegularSeries series, int baseline) {
        if (baseline < 2) {
            throw new IllegalArgumentException("baseline must be at least 2, not " + baseline);
        }
        if (series.gap().isPresent()) {
            return Finding.undefined(series.gap().get());
        }
        if (series.length() < baseline) {
            return Finding.undefined(
                    Undefined.tooFew("the baseline needs " + baseline + " observations, there are " + series.length()));
        }
        SampleMean mean = SampleMean.of(Arrays.copyOf(series.raw(), baseline));
        return mean.variance() == 0
                ? Finding.undefined(
                        new Undefined(Undefined.Reason.NO_VARIATION, "the baseline is constant and shows no spread"))
                : Finding.of(mean);
    }

    /**
     * The middle: the mean of all steps or of the baseline.
     *
     * @return the centre line
     */
    public double centre() {
        return centre;
    }

    /**
     * What the limits are made from: the mean moving range of individuals, the standard deviation of an EWMA's baseline,
     * Laney's sigma of z, or 1 for binomial limits.
     *
     * @return the spread, not negative
     */
    public double spread() {
        return spread;
    }

    /**
     * What is plotted at a step.
     *
     * @param step the step, from 0
     * @return the value, or empty if the step is missing
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public OptionalDouble plotted(int step) {
        double value = plotted[Objects.checkIndex(step, plotted.length)];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The lower limit at a step.
     *
     * @param step the step, from 0
     * @return the limit
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double lower(int step) {
        return lower[Objects.checkIndex(step, lower.length)];
    }

    /**
     * The upper limit at a step.
     *
     * @param step the step, from 0
     * @return the limit
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double upper(int step) {
        return upper[Objects.checkIndex(step, upper.length)];
    }

    /**
     * The steps beyond the limits.
     *
     * @return the steps, ascending
     */
    public int[] signals() {
        return IntStream.range(0, plotted.length)
                .filter(i -> plotted[i] < lower[i] || plotted[i] > upper[i])
                .toArray();
    }

    private static KpiDefinition.Builder definition(String id, String name) {
        return KpiDefinition.builder(id, 1).name(name).kind(KpiKind.BATCH);
    }

    /** The centre and the number of signals. */
    @Override
    public String toString() {
        return "centre " + centre + ", " + signals().length + " signals in " + plotted.length + " steps";
    }
}
