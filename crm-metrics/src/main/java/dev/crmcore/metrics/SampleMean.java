package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.StudentT;
import java.util.Optional;

/**
 * The mean of a sample with its spread.
 *
 * <p>Immutable and thread-safe.
 *
 * @param n how many values there are, not negative
 * @param sum the sum of the values, finite
 * @param variance the sample variance (with n - 1), not negative; 0 for fewer than two values
 */
public record SampleMean(long n, double sum, double variance) {

    /**
     * Checks the numbers.
     *
     * @param n how many values there are, not negative
     * @param sum the sum of the values, finite
     * @param variance the sample variance, finite and not negative
     * @throws IllegalArgumentException if a number is out of range
     */
    public SampleMean {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, not " + n);
        }
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException("sum must be finite, not " + sum);
        }
        if (!(variance >= 0 && Double.isFinite(variance))) {
            throw new IllegalArgumentException("variance must be finite and not negative, not " + variance);
        }
    }

    /**
     * The mean of some values, in two passes.
     *
     * @param values the values, finite
     * @return the mean
     * @throws IllegalArgumentException if a value is not finite
     */
    public static SampleMean of(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        if (values.length < 2) {
            return new SampleMean(values.length, sum, 0);
        }
        double mean = sum / values.length;
        double squares = 0;
        double drift = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
            drift += value - mean;
        }
        return new SampleMean(
                values.length, sum, Math.max(0, squares - drift * drift / values.length) / (values.length - 1));
    }

    /**
     * The mean with its 95 % t interval.
     *
     * @return the mean; undefined without values
     */
    public Estimate estimate() {
        return estimate(Interval.DEFAULT_LEVEL);
    }

    /**
     * The mean with its t interval.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the mean; undefined without values, without an interval if {@link #interval(double)} has none
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate estimate(double level) {
        Interval.requireLevel(level);
        if (n == 0) {
            return Estimate.undefined(Undefined.noData("a mean of nothing"));
        }
        Estimate estimate = Estimate.ratio(sum, (double) n, n);
        return interval(level).map(estimate::withInterval).orElse(estimate);
    }

    /**
     * The t interval: mean &plusmn; t sqrt(variance/n) with n - 1 degrees of freedom.
     *
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval, or empty for fewer than two values and for values that are all equal, where it would have
     *     width 0
     * @throws IllegalArgumentException if the level is out of range
     */
    public Optional<Interval> interval(double level) {
        Interval.requireLevel(level);
        if (n < 2 || variance == 0) {
            return Optional.empty();
        }
        double half = StudentT.twoSidedQuantile(level, n - 1.0) * Math.sqrt(variance / n);
        return Optional.of(new Interval(mean() - half, mean() + half, level, "Student t"));
    }

    /**
     * The standard deviation of the values.
     *
     * @return the square root of the sample variance, not negative; 0 for fewer than two values
     */
    public double standardDeviation() {
        return Math.sqrt(variance);
    }

    /**
     * The change from an earlier, independent mean, with a 95 % interval.
     *
     * @param earlier the earlier mean
     * @return the difference with Welch's interval and test; untested if a side has fewer than two values or nothing varies;
     *     undefined if a side has none
     */
    public Change changeFrom(SampleMean earlier) {
        return changeFrom(earlier, Interval.DEFAULT_LEVEL);
    }

    /**
     * The change from an earlier, independent mean by Welch's t, which does not assume equal variances (degrees of freedom by
     * Welch and Satterthwaite).
     *
     * @param earlier the earlier mean
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the difference; untested if a side has fewer than two values or nothing varies; undefined if a side has none
     * @throws IllegalArgumentException if the level is out of range
     */
    public Change changeFrom(SampleMean earlier, double level) {
        Interval.requireLevel(level);
        if (n == 0 || earlier.n == 0) {
            return Change.undefined(Undefined.noData("a change needs values on both sides"));
        }
        double difference = mean() - earlier.mean();
        Estimate estimate = Estimate.of(difference, n + earlier.n);
        if (n < 2 || earlier.n < 2) {
            return Change.untested(estimate, Undefined.tooFew("a test of means needs two values on either side"));
        }
        double mine = variance / n;
        double theirs = earlier.variance / earlier.n;
        double square = mine + theirs;
        if (square == 0) {
            return Change.untested(
                    estimate, new Undefined(Undefined.Reason.NO_VARIATION, "all values of either side are equal"));
        }
        double df = square * square / (mine * mine / (n - 1.0) + theirs * theirs / (earlier.n - 1.0));
        double half = StudentT.twoSidedQuantile(level, df) * Math.sqrt(square);
        return Change.of(
                estimate.withInterval(new Interval(difference - half, difference + half, level, "Welch t")),
                TestResult.ofT("Welch t", difference / Math.sqrt(square), df));
    }

    private double mean() {
        return sum / n;
    }
}
