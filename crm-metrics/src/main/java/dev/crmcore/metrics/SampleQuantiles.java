package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.Beta;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A sample of whole numbers, such as durations in milliseconds or amounts in minor units: its mean, its quantiles and their
 * intervals. {@link CountedValues} makes it.
 *
 * <pre>{@code
 * SampleQuantiles waits = ...;                                  // milliseconds
 * waits.median();                                               // with the 95 % interval of the order statistics
 * waits.quantile(0.9, QuantileDefinition.NEAREST_RANK);
 * waits.in(3_600_000).mean();                                   // the same in hours
 * }</pre>
 *
 * <p>Immutable and thread-safe. Memory: 16 bytes for each distinct value.
 */
public final class SampleQuantiles {

    private static final Undefined EMPTY = Undefined.noData("no value");

    private final long[] values;
    private final long[] upTo;
    private final double unit;

    /**
     * @param values the distinct values, ascending
     * @param upTo for each how many values of the sample do not exceed it
     */
    SampleQuantiles(long[] values, long[] upTo, double unit) {
        this.values = values;
        this.upTo = upTo;
        this.unit = unit;
    }

    /**
     * The sample of some values.
     *
     * @param values the values, in any order; not kept
     * @return the sample
     */
    public static SampleQuantiles of(long... values) {
        CountedValues counted = CountedValues.TYPE.create();
        for (long value : values) {
            counted.add(value);
        }
        return counted.result();
    }

    /**
     * The sample of values that were counted, as a group-by delivers them.
     *
     * @param values the distinct values, strictly ascending
     * @param counts how often each occurs, not negative
     * @return the sample
     * @throws IllegalArgumentException if the lengths differ, the values are not strictly ascending or a count is negative
     * @throws ArithmeticException if there are more values than a long holds
     */
    public static SampleQuantiles ofCounts(long[] values, long[] counts) {
        if (values.length != counts.length) {
            throw new IllegalArgumentException(
                    "there must be a count for each of the " + values.length + " values, not " + counts.length);
        }
        long[] present = new long[values.length];
        long[] upTo = new long[values.length];
        long sum = 0;
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            if (counts[i] < 0 || (i > 0 && values[i] <= values[i - 1])) {
                throw new IllegalArgumentException("values must ascend and counts not be negative, not " + counts[i]
                        + " of " + values[i] + " at " + i);
            }
            if (counts[i] > 0) {
                sum = Math.addExact(sum, counts[i]);
                present[size] = values[i];
                upTo[size++] = sum;
            }
        }
        return new SampleQuantiles(Arrays.copyOf(present, size), Arrays.copyOf(upTo, size), 1);
    }

    /**
     * The same sample counted in another unit.
     *
     * @param newUnit how many of the numbers that were counted make one of the new unit, such as 3,600,000 for hours from
     *     milliseconds; positive and finite
     * @return the sample whose figures are in that unit
     * @throws IllegalArgumentException if the unit is not positive and finite
     */
    public SampleQuantiles in(double newUnit) {
        if (!(newUnit > 0 && Double.isFinite(newUnit))) {
            throw new IllegalArgumentException("newUnit must be positive and finite, not " + newUnit);
        }
        return new SampleQuantiles(values, upTo, newUnit);
    }

    /**
     * How many values there are.
     *
     * @return the size of the sample, not negative
     */
    public long n() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /**
     * The mean with its t interval, which leans on the normal approximation: with few and skewed values prefer the median.
     *
     * @return the mean with a 95 % interval; undefined for an empty sample
     */
    public Estimate mean() {
        return moments().estimate();
    }

    /**
     * Sum, mean and variance, for intervals at another level and for tests against another sample.
     *
     * @return the moments, in this sample's unit
     */
    public SampleMean moments() {
        double n = n();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] / unit * count(i);
        }
        double squares = 0;
        double drift = 0;
        for (int i = 0; i < values.length; i++) {
            double distance = values[i] / unit - sum / n;
            squares += distance * distance * count(i);
            drift += distance * count(i);
        }
        return new SampleMean(n(), sum, n < 2 ? 0 : Math.max(0, squares - drift * drift / n) / (n - 1));
    }

    /**
     * The median, which is the mean of the two middle values where n is even.
     *
     * @return the median with the 95 % interval of the order statistics; undefined for an empty sample
     */
    public Estimate median() {
        return quantile(0.5, QuantileDefinition.TYPE_7);
    }

    /**
     * A quantile with its 95 % interval.
     *
     * @param p the share of the sample that does not exceed it, 0 to 1
     * @param definition what is meant by a quantile
     * @return the quantile; undefined for an empty sample
     * @throws IllegalArgumentException if the share is out of range
     */
    public Estimate quantile(double p, QuantileDefinition definition) {
        return quantile(p, definition, Interval.DEFAULT_LEVEL);
    }

    /**
     * A quantile with the interval between two order statistics whose ranks come from the binomial distribution: it holds for
     * any distribution of independent values and covers at least its level. Without an interval where the sample is too small
     * for one, for a median at 95 % below 6 values.
     *
     * @param p the share of the sample that does not exceed it, 0 to 1
     * @param definition what is meant by a quantile
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the quantile; undefined for an empty sample
     * @throws IllegalArgumentException if the share or the level is out of range
     */
    public Estimate quantile(double p, QuantileDefinition definition, double level) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p must be 0 to 1, not " + p);
        }
        Interval.requireLevel(level);
        long n = n();
        if (n == 0) {
            return Estimate.undefined(EMPTY);
        }
        double value = definition == QuantileDefinition.TYPE_7
                ? interpolated(p)
                : ranked(QuantileDefinition.nearestRank(p, n)) / unit;
        Estimate quantile = Estimate.of(value, n);
        return orderStatistics(p, level).map(quantile::withInterval).orElse(quantile);
    }

    /**
     * The greatest value.
     *
     * @return the maximum; undefined for an empty sample
     */
    public Estimate max() {
        return n() == 0 ? Estimate.undefined(EMPTY) : Estimate.of(values[values.length - 1] / unit, n());
    }

    /**
     * The least value.
     *
     * @return the minimum; undefined for an empty sample
     */
    public Estimate min() {
        return n() == 0 ? Estimate.undefined(EMPTY) : Estimate.of(values[0] / unit, n());
    }

    private long count(int i) {
        return i == 0 ? upTo[0] : upTo[i] - upTo[i - 1];
    }

    private double interpolated(double p) {
        double position = (n() - 1) * p;
        long below = (long) position;
        double lower = ranked(below + 1);
        return (lower + (position - below) * (ranked(Math.min(n(), below + 2)) - lower)) / unit;
    }

    /** The order statistic of a rank from 1. */
    private double ranked(long rank) {
        int at = Arrays.binarySearch(upTo, rank);
        return values[at >= 0 ? at : -at - 1];
    }

    private Optional<Interval> orderStatistics(double p, double level) {
        long n = n();
        double tail = (1 - level) / 2;
        if (p == 0 || p == 1) {
            return Optional.empty();
        }
        // The greatest rank with P(B < rank) <= tail, and the least with P(B >= rank) <= tail, for B binomial(n, p)
        long lower = firstRank(n, rank -> Beta.cdf(1 - p, p, n - rank + 1.0, (double) rank) > tail) - 1;
        long upper = firstRank(n, rank -> Beta.cdf(p, 1 - p, (double) rank, n - rank + 1.0) <= tail);
        if (lower < 1 || upper > n) {
            return Optional.empty();
        }
        return Optional.of(new Interval(ranked(lower) / unit, ranked(upper) / unit, level, "order statistics"));
    }

    /** The least rank from 1 that satisfies a condition which, once true, stays so; n + 1 if none does. */
    private static long firstRank(long n, LongPredicate condition) {
        long below = 0;
        long at = n + 1;
        while (at - below > 1) {
            long middle = (below + at) >>> 1;
            if (condition.test(middle)) {
                at = middle;
            } else {
                below = middle;
            }
        }
        return at;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SampleQuantiles that
                && Arrays.equals(values, that.values)
                && Arrays.equals(upTo, that.upTo)
                && unit == that.unit;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(upTo);
    }

    /** The size of the sample. */
    @Override
    public String toString() {
        return "SampleQuantiles[n = " + n() + "]";
    }
}
