package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.Beta;
import dev.crmcore.metrics.internal.Normal;

/**
 * The intervals of one proportion: k successes in n trials, p = k/n, z the normal quantile of the level.
 *
 * <p>{@link #WILSON} is the default. {@link #CLOPPER_PEARSON} never covers less than its level and is wide for it;
 * {@link #WALD} is here because others print it, and has width 0 at 0 % and 100 %. Without trials every method says
 * [0, 1]. All bounds are within [0, 1].
 *
 * <p>Immutable and thread-safe. Cost: constant for the closed forms, about the square root of n for those with beta
 * quantiles.
 */
public enum ProportionInterval {

    /** Wilson's score interval: (p + z&sup2;/2n &plusmn; z sqrt(p(1-p)/n + z&sup2;/4n&sup2;)) / (1 + z&sup2;/n). */
    WILSON("Wilson") {
        @Override
        double lower(double k, double n, double level) {
            return score(k / n, n, -Normal.twoSidedQuantile(level));
        }

        @Override
        double upper(double k, double n, double level) {
            return score(k / n, n, Normal.twoSidedQuantile(level));
        }
    },

    /**
     * Wilson's interval with continuity correction: the score bounds at p &minus; c/n and p + c/n, where c is a half but no more than
     * |k - n/2|, which is the convention of R's {@code prop.test}.
     */
    WILSON_CONTINUITY_CORRECTED("Wilson with continuity correction") {
        @Override
        double lower(double k, double n, double level) {
            return score((k - correction(k, n)) / n, n, -Normal.twoSidedQuantile(level));
        }

        @Override
        double upper(double k, double n, double level) {
            return score((k + correction(k, n)) / n, n, Normal.twoSidedQuantile(level));
        }

        private double correction(double k, double n) {
            return Math.min(0.5, Math.abs(k - n / 2));
        }
    },

    /** The textbook interval p &plusmn; z sqrt(p(1-p)/n). Covers far too little for small n or extreme p. */
    WALD("Wald") {
        @Override
        double lower(double k, double n, double level) {
            return k / n - halfWidth(k / n, n, level);
        }

        @Override
        double upper(double k, double n, double level) {
            return k / n + halfWidth(k / n, n, level);
        }
    },

    /** Agresti and Coull 1998: Wald on n + z&sup2; trials with k + z&sup2;/2 successes. */
    AGRESTI_COULL("Agresti-Coull") {
        @Override
        double lower(double k, double n, double level) {
            double z2 = square(Normal.twoSidedQuantile(level));
            double p = (k + z2 / 2) / (n + z2);
            return p - halfWidth(p, n + z2, level);
        }

        @Override
        double upper(double k, double n, double level) {
            return 1 - lower(n - k, n, level);
        }
    },

    /** The exact interval of Clopper and Pearson 1934, by beta quantiles. Never covers less than its level. */
    CLOPPER_PEARSON("Clopper-Pearson") {
        @Override
        double lower(double k, double n, double level) {
            return Beta.quantile((1 - level) / 2, k, n - k + 1);
        }

        @Override
        double upper(double k, double n, double level) {
            return 1 - lower(n - k, n, level);
        }
    },

    /** The Bayesian interval with Jeffreys' prior: quantiles of Beta(k + 1/2, n - k + 1/2). */
    JEFFREYS("Jeffreys") {
        @Override
        double lower(double k, double n, double level) {
            return Beta.quantile((1 - level) / 2, k + 0.5, n - k + 0.5);
        }

        @Override
        double upper(double k, double n, double level) {
            return 1 - lower(n - k, n, level);
        }
    };

    private final String title;

    ProportionInterval(String title) {
        this.title = title;
    }

    /**
     * The interval of a proportion.
     *
     * @param successes how many trials succeeded, not negative
     * @param trials how many trials there were, not below {@code successes}
     * @param level the nominal coverage, above 0 and below 1
     * @return the interval, within [0, 1]; [0, 1] without trials
     * @throws IllegalArgumentException if the counts or the level are out of range
     */
    public Interval of(long successes, long trials, double level) {
        Interval.requireLevel(level);
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes must be 0 to trials, not " + successes + " of " + trials + " trials");
        }
        if (trials == 0) {
            return new Interval(0, 1, level, title);
        }
        double lower =
                successes == 0 && this != JEFFREYS ? 0 : Math.max(0, lower((double) successes, (double) trials, level));
        double upper = successes == trials && this != JEFFREYS
                ? 1
                : Math.min(1, upper((double) successes, (double) trials, level));
        return new Interval(lower, Math.max(lower, upper), level, title);
    }

    abstract double lower(double k, double n, double level);

    abstract double upper(double k, double n, double level);

    /** The bound on the side of {@code z} of Wilson's score interval round {@code p}, which may be no multiple of 1/n. */
    static double score(double p, double n, double z) {
        double z2 = z * z;
        return (p + z2 / (2 * n) + z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n);
    }

    private static double halfWidth(double p, double n, double level) {
        return Normal.twoSidedQuantile(level) * Math.sqrt(Math.max(0, p * (1 - p)) / n);
    }

    private static double square(double x) {
        return x * x;
    }
}
