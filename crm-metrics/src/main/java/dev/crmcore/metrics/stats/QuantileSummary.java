package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Undefined;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Approximate quantiles with bounds that hold for certain. The quantile of p is the number of rank ceil(p n), the first for p = 0;
 * least and greatest number are exact.
 *
 * <p>Immutable and thread-safe. A quantile costs the number of buckets, a few microseconds.
 */
public final class QuantileSummary {

    /** By how much a quantile differs from the exact one at most, relative to it: 1/128. */
    public static final double RELATIVE_ERROR = 1.0 / 128;

    private final long n;
    private final long least;
    private final long greatest;
    private final long[] fromZero;
    private final long[] negative;

    QuantileSummary(long n, long least, long greatest, long[] fromZero, long[] negative) {
        this.n = n;
        this.least = least;
        this.greatest = greatest;
        this.fromZero = fromZero;
        this.negative = negative;
    }

    /**
     * How many numbers there are.
     *
     * @return the number of numbers
     */
    public long n() {
        return n;
    }

    /**
     * An approximate quantile.
     *
     * @param p which one, 0 to 1, such as 0.5 for the median; by its decimals
     * @return the middle of {@link #lowerBound} and {@link #upperBound}; undefined without numbers
     * @throws IllegalArgumentException if {@code p} is out of range
     */
    public Estimate quantile(double p) {
        requireShare(p);
        return n == 0
                ? Estimate.undefined(Undefined.noData("a quantile of nothing"))
                : Estimate.of(lowerBound(p) / 2.0 + upperBound(p) / 2.0, n);
    }

    /**
     * What the exact quantile is not below.
     *
     * @param p which quantile, 0 to 1
     * @return the least number that shares a bucket with the exact quantile
     * @throws IllegalArgumentException if {@code p} is out of range
     * @throws NoSuchElementException if there are no numbers
     */
    public long lowerBound(double p) {
        int bucket = bucketOf(p);
        long lower = bucket < 0 ? negated(LogLinear.greatest(-1 - bucket)) : LogLinear.least(bucket);
        return Math.max(least, lower);
    }

    /**
     * What the exact quantile is not above.
     *
     * @param p which quantile, 0 to 1
     * @return the greatest number that shares a bucket with the exact quantile
     * @throws IllegalArgumentException if {@code p} is out of range
     * @throws NoSuchElementException if there are no numbers
     */
    public long upperBound(double p) {
        int bucket = bucketOf(p);
        long upper = bucket < 0 ? negated(LogLinear.least(-1 - bucket)) : LogLinear.greatest(bucket);
        return Math.min(greatest, upper);
    }

    /** Whether least and greatest number lie in the first and the last bucket in use. */
    boolean isConsistent() {
        return least <= greatest && bucketOf(0) == bucketHolding(least) && bucketOf(1) == bucketHolding(greatest);
    }

    /** From the most negative numbers up: -1 - bucket for the negative ones, the bucket for the others. */
    private int bucketOf(double p) {
        requireShare(p);
        if (n == 0) {
            throw new NoSuchElementException("a quantile of nothing");
        }
        long rank = Math.max(
                1,
                BigDecimal.valueOf(p)
                        .multiply(BigDecimal.valueOf(n))
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact());
        for (int bucket = negative.length - 1; bucket >= 0; bucket--) {
            rank -= negative[bucket];
            if (rank <= 0) {
                return -1 - bucket;
            }
        }
        int bucket = -1;
        while (rank > 0) {
            rank -= fromZero[++bucket];
        }
        return bucket;
    }

    private static int bucketHolding(long number) {
        return number < 0 ? -1 - LogLinear.bucket(-number) : LogLinear.bucket(number);
    }

    /** The number of an unsigned magnitude; beyond 2^63 there is none below the least long. */
    private static long negated(long magnitude) {
        return magnitude < 0 ? Long.MIN_VALUE : -magnitude;
    }

    private static void requireShare(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p must be 0 to 1, not " + p);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QuantileSummary that
                && n == that.n
                && least == that.least
                && greatest == that.greatest
                && Arrays.equals(fromZero, that.fromZero)
                && Arrays.equals(negative, that.negative);
    }

    @Override
    public int hashCode() {
        return Objects.hash(n, least, greatest, Arrays.hashCode(fromZero));
    }

    /** The median and the number of numbers. */
    @Override
    public String toString() {
        return "about " + quantile(0.5);
    }
}
