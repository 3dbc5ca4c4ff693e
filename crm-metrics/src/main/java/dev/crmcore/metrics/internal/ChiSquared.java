package dev.crmcore.metrics.internal;

/**
 * The chi-squared distribution, through the regularised incomplete gamma function: the series 6.5.29 of Abramowitz and
 * Stegun, <em>Handbook of Mathematical Functions</em>, below the mean and the continued fraction 6.5.31 above it. The tail
 * keeps its relative accuracy of about 1e-13 + 1e-15 &middot; df however small it is.
 */
public final class ChiSquared {

    private static final double TINY = 1e-300;

    private ChiSquared() {}

    /** P(X &ge; x) with {@code df} degrees of freedom, positive and not necessarily whole, and x at least 0. */
    public static double upperTail(double x, double df) {
        if (x <= 0) {
            return 1;
        }
        if (Double.isInfinite(x)) {
            return 0;
        }
        double a = df / 2;
        double half = x / 2;
        double logFactor = a * Math.log(half) - half - GammaFunctions.logGamma(a);
        return half < a + 1
                ? Math.max(0, 1 - Math.exp(logFactor) * series(a, half))
                : Math.exp(logFactor) * continuedFraction(a, half);
    }

    /** The x with P(X &le; x) = p, for p above 0 and below 1; by halving, to the last digits of the tail. */
    public static double quantile(double p, double df) {
        double low = 0;
        double high = Math.max(1, df);
        while (1 - upperTail(high, df) < p) {
            high *= 2;
        }
        while (high - low > 2 * Math.ulp(high)) {
            double middle = low + (high - low) / 2;
            if (1 - upperTail(middle, df) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** 1/a + x/(a(a+1)) + x^2/(a(a+1)(a+2)) + ... */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (double b = a + 1; term > sum * 1e-17; b++) {
            term *= x / b;
            sum += term;
        }
        return sum;
    }

    /** By the modified Lentz method; x is above a, where it converges within about the square root of a terms. */
    private static double continuedFraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        long terms = 500 + (long) (10 * Math.sqrt(a));
        for (long i = 1; i <= terms; i++) {
            double numerator = -i * (i - a);
            b += 2;
            d = 1 / away(numerator * d + b);
            c = away(b + numerator / c);
            double factor = c * d;
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
