package dev.crmcore.metrics.internal;

/**
 * The standard normal distribution.
 *
 * <p>The tail is a sum of positive terms near the centre and Laplace's continued fraction further out (Abramowitz and
 * Stegun, <em>Handbook of Mathematical Functions</em>, 26.2.11 and 26.2.14), so that it keeps a relative accuracy of about
 * 1e-14 however far out. The quantile starts from 26.2.23 and is polished by Halley's method to the accuracy of the tail.
 */
public final class Normal {

    private static final double SQRT_TWO_PI = 2.5066282746310007;
    private static final double SERIES_BELOW = 2.0;
    private static final int FRACTION_TERMS = 200;

    private Normal() {}

    /** P(Z &le; x). */
    public static double cdf(double x) {
        return x > 0 ? 1 - upperTail(x) : upperTail(-x);
    }

    /** P(|Z| &ge; |x|): the two-sided p-value of a standard normal statistic. */
    public static double twoSided(double x) {
        return Math.min(1, 2 * upperTail(Math.abs(x)));
    }

    /** The x with P(Z &le; x) = p, for p above 0 and below 1. */
    public static double quantile(double p) {
        return p > 0.5 ? upperQuantile(1 - p) : -upperQuantile(p);
    }

    /** The z of a two-sided interval: P(|Z| &le; z) = level. */
    public static double twoSidedQuantile(double level) {
        return upperQuantile((1 - level) / 2);
    }

    static double density(double x) {
        return Math.exp(-x * x / 2) / SQRT_TWO_PI;
    }

    /** P(Z &gt; x) for x &ge; 0. */
    static double upperTail(double x) {
        return x < SERIES_BELOW ? 0.5 - density(x) * centralSeries(x) : density(x) * millsRatio(x);
    }

    private static double upperQuantile(double tail) {
        if (tail == 0.5) {
            return 0;
        }
        double t = Math.sqrt(-2 * Math.log(tail));
        double x =
                t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int step = 0; step < 4; step++) {
            double newton = (upperTailOf(x) - tail) / density(x);
            x += newton / (1 - x * newton / 2);
        }
        return x;
    }

    private static double upperTailOf(double x) {
        return x >= 0 ? upperTail(x) : 1 - upperTail(-x);
    }

    /** x + x^3/3 + x^5/(3*5) + ... */
    private static double centralSeries(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; term > sum * 1e-17; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return sum;
    }

    /** 1/(x + 1/(x + 2/(x + 3/(x + ...)))), from the far end. */
    private static double millsRatio(double x) {
        double fraction = x;
        for (int i = FRACTION_TERMS; i >= 1; i--) {
            fraction = x + i / fraction;
        }
        return 1 / fraction;
    }
}
