package dev.crmcore.metrics.internal;

/**
 * The beta distribution: its distribution function, the regularised incomplete beta function I_x(a, b), and its quantiles.
 *
 * <p>I_x(a, b) is the continued fraction 26.5.8 of Abramowitz and Stegun, <em>Handbook of Mathematical Functions</em>,
 * evaluated by the modified Lentz method on the side where it converges fast; its relative error is about
 * 1e-16 &middot; (a + b) + 1e-14. The number of terms grows with the square root of the larger parameter.
 */
public final class Beta {

    private static final double TINY = 1e-300;
    private static final int QUANTILE_STEPS = 400;

    private Beta() {}

    /** I_x(a, b) for positive a and b and x from 0 to 1. */
    public static double cdf(double x, double a, double b) {
        return cdf(x, 1 - x, a, b);
    }

    /** I_x(a, b), given both x and its complement y = 1 - x, either of which may be tiny. */
    public static double cdf(double x, double y, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (y <= 0) {
            return 1;
        }
        return x <= (a + 1) / (a + b + 2) ? leftTail(x, y, a, b) : 1 - leftTail(y, x, b, a);
    }

    /** The x with I_x(a, b) = p, for p above 0 and below 1; accurate relative to x. */
    public static double quantile(double p, double a, double b) {
        double low = 0;
        double high = 1;
        double x = a / (a + b);
        for (int step = 0; step < QUANTILE_STEPS; step++) {
            double error = cdf(x, a, b) - p;
            if (error == 0) {
                return x;
            }
            if (error > 0) {
                high = x;
            } else {
                low = x;
            }
            double newton = x - error * Math.exp(-logDensity(x, 1 - x, a, b));
            double next = newton > low && newton < high ? newton : split(low, high);
            if (Math.abs(next - x) <= Math.ulp(x)) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** Halves the bracket, by orders of magnitude as long as it begins at zero. */
    private static double split(double low, double high) {
        return low == 0 ? high / 16 : low + (high - low) / 2;
    }

    private static double logDensity(double x, double y, double a, double b) {
        return (a - 1) * log(x, y) + (b - 1) * log(y, x) - GammaFunctions.logBeta(a, b);
    }

    /** ln x, from the complement where x is near 1. */
    private static double log(double x, double complement) {
        return x > 0.5 ? Math.log1p(-complement) : Math.log(x);
    }

    private static double leftTail(double x, double y, double a, double b) {
        double logFactor = a * log(x, y) + b * log(y, x) - GammaFunctions.logBeta(a, b);
        return Math.exp(logFactor) / a * continuedFraction(x, a, b);
    }

    private static double continuedFraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1));
        double value = d;
        long terms = 500 + (long) (10 * Math.sqrt(Math.max(a, b)));
        for (long m = 1; m <= terms; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d);
            c = away(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d);
            c = away(1 + odd / c);
            double factor = d * c;
            value *= factor;
            if (Math.abs(factor - 1) < 3e-16) {
                break;
            }
        }
        return value;
    }

    private static double away(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }
}
