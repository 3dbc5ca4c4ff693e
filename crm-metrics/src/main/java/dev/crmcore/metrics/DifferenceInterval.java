package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.Normal;
import java.util.function.DoubleUnaryOperator;

/**
 * The intervals of the difference of two independent proportions, later minus earlier.
 *
 * <p>{@link #NEWCOMBE} is the default: closed form, and covers well for small samples and extreme shares.
 * {@link #MIETTINEN_NURMINEN} is the one that authorities ask for in trials. {@link #WALD} is here because others print it.
 * If one side has no trials every method says [-1, 1]. All bounds are within [-1, 1].
 *
 * <p>Immutable and thread-safe. Cost: constant.
 */
public enum DifferenceInterval {

    /** Newcombe 1998, method 10: the hybrid of the two Wilson intervals. */
    NEWCOMBE("Newcombe") {
        @Override
        double lower(Proportion later, Proportion earlier, double level) {
            Interval mine = ProportionInterval.WILSON.of(later.successes(), later.trials(), level);
            Interval theirs = ProportionInterval.WILSON.of(earlier.successes(), earlier.trials(), level);
            return difference(later, earlier)
                    - Math.hypot(later.share() - mine.lower(), theirs.upper() - earlier.share());
        }
    },

    /**
     * Miettinen and Nurminen 1985: the differences that a score test with variance under the hypothesis does not refuse, with
     * the factor N/(N-1); the constrained shares by the closed form of Farrington and Manning 1990. Bounds within 1e-12.
     */
    MIETTINEN_NURMINEN("Miettinen-Nurminen") {
        @Override
        double lower(Proportion later, Proportion earlier, double level) {
            double difference = difference(later, earlier);
            if (difference <= -1) {
                return -1;
            }
            double z = Normal.twoSidedQuantile(level);
            return root(delta -> difference - delta - z * constrainedError(later, earlier, delta), difference);
        }
    },

    /** Agresti and Caffo 2000: Wald with one success and one failure more on either side. */
    AGRESTI_CAFFO("Agresti-Caffo") {
        @Override
        double lower(Proportion later, Proportion earlier, double level) {
            double n = later.trials() + 2.0;
            double m = earlier.trials() + 2.0;
            double p = (later.successes() + 1) / n;
            double q = (earlier.successes() + 1) / m;
            return p - q - Normal.twoSidedQuantile(level) * Math.sqrt(p * (1 - p) / n + q * (1 - q) / m);
        }
    },

    /** The textbook interval. Covers far too little for small samples or extreme shares. */
    WALD("Wald") {
        @Override
        double lower(Proportion later, Proportion earlier, double level) {
            double p = later.share();
            double q = earlier.share();
            return p
                    - q
                    - Normal.twoSidedQuantile(level)
                            * Math.sqrt(p * (1 - p) / later.trials() + q * (1 - q) / earlier.trials());
        }
    };

    private static final int HALVINGS = 200;

    private final String title;

    DifferenceInterval(String title) {
        this.title = title;
    }

    /**
     * The interval of a difference.
     *
     * @param later the proportion from which is subtracted
     * @param earlier the proportion that is subtracted, independent of the other
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval, within [-1, 1]; [-1, 1] if one side has no trials
     * @throws IllegalArgumentException if the level is out of range
     */
    public Interval of(Proportion later, Proportion earlier, double level) {
        Interval.requireLevel(level);
        if (later.trials() == 0 || earlier.trials() == 0) {
            return new Interval(-1, 1, level, title);
        }
        // The upper bound of a difference is the negated lower one of the opposite difference
        double lower = Math.max(-1, lower(later, earlier, level));
        double upper = Math.min(1, -lower(earlier, later, level));
        return new Interval(Math.min(lower, upper), Math.max(lower, upper), level, title);
    }

    abstract double lower(Proportion later, Proportion earlier, double level);

    static double difference(Proportion later, Proportion earlier) {
        return later.share() - earlier.share();
    }

    /** Where a function that falls from -1 on crosses zero before {@code end}. */
    private static double root(DoubleUnaryOperator falling, double end) {
        double low = -1;
        double high = end;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (falling.applyAsDouble(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    /** The standard error of the difference if it were {@code delta}, at the most likely shares with that difference. */
    private static double constrainedError(Proportion later, Proportion earlier, double delta) {
        double n = (double) later.trials();
        double m = (double) earlier.trials();
        double all = n + m;
        double base = constrainedBase(later, earlier, delta);
        double other = Math.max(0, Math.min(1, base + delta));
        double variance = other * (1 - other) / n + base * (1 - base) / m;
        return Math.sqrt(variance * all / (all - 1));
    }

    /** The most likely earlier share, given the difference: the root of the likelihood's cubic that is a share. */
    private static double constrainedBase(Proportion later, Proportion earlier, double delta) {
        double m = (double) earlier.trials();
        double x = (double) earlier.successes();
        double all = later.trials() + m;
        double successes = later.successes() + x;
        // all p^3 + b p^2 + c p + d = 0, divided by all
        double b = ((all + m) * delta - all - successes) / all;
        double c = ((m * delta - all - 2 * x) * delta + successes) / all;
        double d = x * delta * (1 - delta) / all;
        double shift = b / 3;
        double q = shift * shift * shift - shift * c / 2 + d / 2;
        double radius = Math.copySign(Math.sqrt(Math.max(0, shift * shift - c / 3)), q);
        double cube = radius * radius * radius;
        double cosine = cube == 0 ? 0 : Math.max(-1, Math.min(1, q / cube));
        double share = 2 * radius * Math.cos((Math.PI + Math.acos(cosine)) / 3) - shift;
        return Math.max(Math.max(0, -delta), Math.min(Math.min(1, 1 - delta), share));
    }
}
