package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.Quantiles;
import dev.crmcore.metrics.internal.SplitMix;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Intervals from resampling, for figures whose distribution is not known or far from normal, such as revenue with its few large
 * buyers: the bias-corrected and accelerated (BCa) bootstrap of Efron 1987. The same seed gives the same interval on every
 * machine.
 *
 * <p>Acceleration is by the jackknife, bounds are quantiles of type 7 among the resampled figures. There is no interval where
 * the figure does not vary or lies beyond all resampled ones.
 *
 * <p>Immutable and thread-safe. Cost: resamples times n; for {@link #of} also n times the statistic, for the jackknife.
 */
public final class Bootstrap {

    private static final int LEAST_RESAMPLES = 100;

    private final int resamples;
    private final long seed;

    private Bootstrap(int resamples, long seed) {
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * A bootstrap.
     *
     * @param resamples how many samples are drawn, at least 100; some thousands steady the bounds
     * @param seed where the random numbers begin
     * @return the bootstrap
     * @throws IllegalArgumentException if there are too few resamples
     */
    public static Bootstrap with(int resamples, long seed) {
        if (resamples < LEAST_RESAMPLES) {
            throw new IllegalArgumentException("resamples must be at least 100, not " + resamples);
        }
        return new Bootstrap(resamples, seed);
    }

    /**
     * A mean with its interval.
     *
     * @param values the values, finite
     * @param level the nominal coverage, above 0 and below 1
     * @return the mean; undefined without values; without an interval if they are all equal
     * @throws IllegalArgumentException if a value is not finite or the level is out of range
     */
    public Estimate mean(double[] values, double level) {
        requireSummable(values, "values");
        Interval.requireLevel(level);
        if (values.length == 0) {
            return Estimate.undefined(Undefined.noData("a mean of nothing"));
        }
        SplitMix random = new SplitMix(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            drawn[i] = resampledMean(values, random);
        }
        double mean = mean(values);
        return withInterval(Estimate.of(mean, values.length), drawn, acceleration(influences(values, 1)), level);
    }

    /**
     * The difference of two means of independent groups with its interval.
     *
     * @param later the values of the group from whose mean is subtracted, finite
     * @param earlier the values of the group whose mean is subtracted, finite
     * @param level the nominal coverage, above 0 and below 1
     * @return the difference; undefined if a group is empty; without an interval if neither varies
     * @throws IllegalArgumentException if a value is not finite or the level is out of range
     */
    public Estimate differenceOfMeans(double[] later, double[] earlier, double level) {
        requireSummable(later, "later");
        requireSummable(earlier, "earlier");
        Interval.requireLevel(level);
        if (later.length == 0 || earlier.length == 0) {
            return Estimate.undefined(Undefined.noData("a difference of means needs values on both sides"));
        }
        SplitMix random = new SplitMix(seed);
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            drawn[i] = resampledMean(later, random) - resampledMean(earlier, random);
        }
        Estimate difference = Estimate.of(mean(later) - mean(earlier), (long) later.length + earlier.length);
        double[] influences = concat(influences(later, 1), influences(earlier, -1));
        return withInterval(difference, drawn, acceleration(influences), level);
    }

    /**
     * Any figure of one sample with its interval, such as a median or a ratio.
     *
     * @param values the values, finite, at least one
     * @param statistic computes the figure of a sample whose order means nothing; the array is used again, so it must not be
     *     kept, but may be sorted
     * @param level the nominal coverage, above 0 and below 1
     * @return the figure; without an interval for one value or if the figure does not vary
     * @throws IllegalArgumentException if there are no values, a value or figure is not finite, or the level is out of range
     */
    public Estimate of(double[] values, ToDoubleFunction<double[]> statistic, double level) {
        requireFinite(values, "values");
        Interval.requireLevel(level);
        if (values.length == 0) {
            throw new IllegalArgumentException("values must not be empty");
        }
        Estimate estimate = Estimate.of(finite(statistic.applyAsDouble(values.clone())), values.length);
        if (values.length == 1) {
            return estimate;
        }
        SplitMix random = new SplitMix(seed);
        double[] sample = new double[values.length];
        double[] drawn = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            for (int k = 0; k < sample.length; k++) {
                sample[k] = values[random.nextInt(values.length)];
            }
            drawn[i] = finite(statistic.applyAsDouble(sample));
        }
        return withInterval(estimate, drawn, acceleration(jackknife(values, statistic)), level);
    }

    private Estimate withInterval(Estimate estimate, double[] drawn, double acceleration, double level) {
        return interval(estimate.value(), drawn, acceleration, level)
                .map(estimate::withInterval)
                .orElse(estimate);
    }

    private Optional<Interval> interval(double value, double[] drawn, double acceleration, double level) {
        Arrays.sort(drawn);
        double below = 0;
        for (double figure : drawn) {
            below += figure < value ? 1 : figure == value ? 0.5 : 0;
        }
        double share = below / resamples;
        if (drawn[0] == drawn[resamples - 1] || share <= 0 || share >= 1) {
            return Optional.empty();
        }
        double bias = Normal.quantile(share);
        double z = Normal.twoSidedQuantile(level);
        double lower = Quantiles.type7(drawn, corrected(bias, -z, acceleration));
        double upper = Quantiles.type7(drawn, corrected(bias, z, acceleration));
        return Optional.of(new Interval(Math.min(lower, upper), Math.max(lower, upper), level, "BCa bootstrap"));
    }

    /** Which share of the resampled figures lies below the bound. */
    private static double corrected(double bias, double z, double acceleration) {
        double moved = bias + z;
        double stretch = 1 - acceleration * moved;
        return stretch <= 0 ? (z < 0 ? 0 : 1) : Normal.cdf(bias + moved / stretch);
    }

    /** A sixth of the skewness of the influences. */
    private static double acceleration(double[] influences) {
        double largest = 0;
        for (double influence : influences) {
            largest = Math.max(largest, Math.abs(influence));
        }
        // The measure has no unit; scaled, no cube leaves the range of a double
        double scale = largest == 0 ? 1 : largest;
        double squares = 0;
        double cubes = 0;
        for (double influence : influences) {
            double scaled = influence / scale;
            squares += scaled * scaled;
            cubes += scaled * scaled * scaled;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    /** How each value moves the mean of its group; for a mean this is the jackknife in closed form. */
    private static double[] influences(double[] values, double sign) {
        double mean = mean(values);
        double[] influences = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            influences[i] = sign * (values[i] - mean) / values.length;
        }
        return influences;
    }

    private static double[] jackknife(double[] values, ToDoubleFunction<double[]> statistic) {
        double[] figures = new double[values.length];
        double[] others = new double[values.length - 1];
        for (int left = 0; left < values.length; left++) {
            System.arraycopy(values, 0, others, 0, left);
            System.arraycopy(values, left + 1, others, left, others.length - left);
            figures[left] = finite(statistic.applyAsDouble(others));
        }
        double mean = mean(figures);
        for (int i = 0; i < figures.length; i++) {
            figures[i] = mean - figures[i];
        }
        return figures;
    }

    private static double resampledMean(double[] values, SplitMix random) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[random.nextInt(values.length)];
        }
        return sum / values.length;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double[] concat(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static double finite(double figure) {
        if (!Double.isFinite(figure)) {
            throw new IllegalArgumentException("statistic must be finite for every sample, not " + figure);
        }
        return figure;
    }

    /** Every sample of the values has a finite sum, and so has the difference of two. */
    private static void requireSummable(double[] values, String name) {
        requireFinite(values, name);
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > Double.MAX_VALUE / 2 / values.length) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] must be so small that sums are finite, not " + values[i]);
            }
        }
    }

    private static void requireFinite(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "] must be finite, not " + values[i]);
            }
        }
    }
}
