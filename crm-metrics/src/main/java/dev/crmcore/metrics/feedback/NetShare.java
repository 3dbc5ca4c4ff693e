package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.StudentT;
import java.util.Optional;

/**
 * Up minus down among n answers, in points of 100: the arithmetic of every net score. The counts need not be whole: weights
 * and finite customer bases speak through an effective n.
 */
record NetShare(double up, double down, double n) {

    static final double LEAST = -100;
    static final double GREATEST = 100;

    private static final double ADDED_TO_EACH_END = 0.75;
    private static final double ADDED_TO_ALL = 3;

    /** The score with the interval that is usual for so many answers. */
    Estimate estimate() {
        return estimate(NpsInterval.usualFor(n), Interval.DEFAULT_LEVEL);
    }

    /** The interval that is usual for so many answers; empty without answers. */
    Optional<Interval> usualInterval() {
        return interval(NpsInterval.usualFor(n), Interval.DEFAULT_LEVEL);
    }

    /** The score with its interval within -100 and 100; the score must come from whole counts. */
    Estimate estimate(NpsInterval method, double level) {
        Interval.requireLevel(level);
        if (n == 0) {
            return Estimate.undefined(AnswerDistribution.noAnswer());
        }
        Estimate estimate = Estimate.ratio(up - down, n, 100, (long) n);
        return interval(method, level)
                .map(i -> estimate.withInterval(i.clampedTo(LEAST, GREATEST)))
                .orElse(estimate);
    }

    Optional<Interval> interval(NpsInterval method, double level) {
        Interval.requireLevel(level);
        if (n == 0 || (method == NpsInterval.MEAN_T && n < 2)) {
            return Optional.empty();
        }
        double z = Normal.twoSidedQuantile(level);
        return Optional.of(
                switch (method) {
                    case ADJUSTED_WALD -> adjusted().round(z, method, level);
                    case WALD -> round(z, method, level);
                    case TANGO -> tango(z, level);
                    case GOODMAN -> round(Math.sqrt(-2 * Math.log1p(-level)), method, level);
                    case MEAN_T ->
                        round(StudentT.twoSidedQuantile(level, n - 1) * Math.sqrt(n / (n - 1)), method, level);
                });
    }

    NetShare adjusted() {
        return new NetShare(up + ADDED_TO_EACH_END, down + ADDED_TO_EACH_END, n + ADDED_TO_ALL);
    }

    /** The same shares as if {@code effectiveN} answers had been given. */
    NetShare withN(double effectiveN) {
        return new NetShare(up / n * effectiveN, down / n * effectiveN, effectiveN);
    }

    double score() {
        return 100 * (up - down) / n;
    }

    /** The variance of one answer coded +1, 0, -1. */
    double variance() {
        double p = up / n;
        double d = down / n;
        return Math.max(0, p + d - (p - d) * (p - d));
    }

    /** The squared standard error in squared points. */
    double squaredError() {
        return 10_000 * variance() / n;
    }

    /** The change from an earlier net share by the normal test; the difference is shown, the interval is of these shares. */
    Change changeFrom(NetShare earlier, Estimate difference, NpsChangeTest test, double level) {
        double error = Math.sqrt(squaredError() + earlier.squaredError());
        if (error == 0) {
            return Change.untested(
                    difference,
                    new Undefined(Undefined.Reason.NO_VARIATION, "all answers of either side are in one group"));
        }
        double centre = score() - earlier.score();
        double half = Normal.twoSidedQuantile(level) * error;
        return Change.of(
                difference.withInterval(new Interval(centre - half, centre + half, level, test.title())),
                TestResult.ofZ(test.title() + " z", centre / error));
    }

    private Interval round(double quantile, NpsInterval method, double level) {
        double half = quantile * Math.sqrt(squaredError());
        return new Interval(score() - half, score() + half, level, method.title());
    }

    private Interval tango(double z, double level) {
        double centre = (up - down) / n;
        double lower = tangoRoot(-1, centre, z);
        double upper = -new NetShare(down, up, n).tangoRoot(-1, -centre, z);
        return new Interval(100 * lower, 100 * Math.max(lower, upper), level, NpsInterval.TANGO.title());
    }

    /** Where the score statistic, which falls with delta and is 0 at the centre, comes down to z. */
    private double tangoRoot(double least, double centre, double z) {
        double low = least;
        double high = centre;
        for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (tangoStatistic(middle) > z) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double tangoStatistic(double delta) {
        double a = 2 * n;
        double b = -up - down + (2 * n - up + down) * delta;
        double c = -down * delta * (1 - delta);
        double q = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
        double variance = n * (2 * q + delta * (1 - delta));
        double numerator = up - down - n * delta;
        return variance > 0 ? numerator / Math.sqrt(variance) : Math.copySign(Double.POSITIVE_INFINITY, numerator);
    }
}
