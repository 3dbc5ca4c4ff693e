package dev.crmcore.metrics.internal;

/**
 * The gamma function and its logarithmic derivatives for positive real arguments.
 *
 * <p>Small arguments are shifted upwards by the recurrence, then Stirling's series is summed (Abramowitz and Stegun,
 * <em>Handbook of Mathematical Functions</em>, 6.1.40, 6.3.18, 6.4.11). The absolute error of {@link #logGamma} is
 * below 1e-14 &middot; max(1, |value|); {@link #digamma} and {@link #trigamma} are within 1e-13 relative to their
 * largest term. Arguments must be positive and finite; this is internal code and does not check.
 */
public final class GammaFunctions {

    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;

    /** From here on Stirling's series with the terms kept below is exact to double precision. */
    private static final double ASYMPTOTIC = 10.0;

    /** Below this the logarithm of a rising factorial is small, and counts relative to its size. */
    private static final double SMALL_RISE = 0.1;

    /** A square of this side is small enough for two terms of a series over it. */
    private static final double SMALL_SQUARE = 0.02;

    /** Below this a difference is as good as a slope. */
    private static final double TINY_RISE = 1e-4;

    private GammaFunctions() {}

    /** Returns ln &Gamma;(x). */
    public static double logGamma(double x) {
        if (x >= ASYMPTOTIC) {
            return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingCorrection(x);
        }
        double product = 1.0;
        double y = x;
        while (y < ASYMPTOTIC) {
            product *= y;
            y += 1.0;
        }
        return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + stirlingCorrection(y) - Math.log(product);
    }

    /** Returns ln B(a, b). */
    public static double logBeta(double a, double b) {
        double small = Math.min(a, b);
        double large = Math.max(a, b);
        return logGamma(small) - logRising(large, small);
    }

    /**
     * Returns ln(&Gamma;(c + n) / &Gamma;(c)), the logarithm of the rising factorial, without the cancellation that the
     * difference of two log-gammas suffers when {@code c} is large.
     *
     * @param c positive
     * @param n at least 0, not necessarily whole
     */
    public static double logRising(double c, double n) {
        if (n == 0) {
            return 0.0;
        }
        if (n < SMALL_RISE) {
            return smallRise(c, n);
        }
        double top = 1.0;
        double bottom = 1.0;
        double low = c;
        while (low < ASYMPTOTIC) {
            // (c)_n = c (c+1)_n / (c+n), repeated until Stirling's series holds
            bottom *= low + n;
            top *= low;
            low += 1.0;
            if (bottom > 1e100) {
                return Math.log(top) - Math.log(bottom) + logRising(low, n);
            }
        }
        double high = low + n;
        double value = (low - 0.5) * Math.log1p(n / low)
                + n * (Math.log(high) - 1.0)
                + (stirlingCorrection(high) - stirlingCorrection(low));
        return low == c ? value : value + Math.log(top / bottom);
    }

    /**
     * Returns ln(B(c + n, a) / B(c, a)) = ln((c)<sub>n</sub> / (c + a)<sub>n</sub>), which is negative, by the shorter of
     * its two pairs of rising factorials, and without cancellation where a and n are both small.
     *
     * @param c positive
     * @param a at least 0
     * @param n at least 0
     */
    public static double logRisingRatio(double c, double a, double n) {
        if (a < SMALL_SQUARE && n < SMALL_SQUARE) {
            double sum = 0.0;
            double low = c;
            while (low < ASYMPTOTIC) {
                sum += Math.log1p(a / low * (n / (low + a + n)));
                low += 1.0;
            }
            // a double integral of psi' over so small a square that two terms of its series are enough
            double middle = low + 0.5 * (a + n);
            double i = 1.0 / middle;
            double bend = 2.0 * i * i * i * (1.0 + i * (1.5 + i * (1.0 - 0.5 * i * i)));
            return -sum - a * n * (trigamma(middle) + (a * a + n * n) / 24 * bend);
        }
        double ratio = n <= a ? logRising(c, n) - logRising(c + a, n) : logRising(c, a) - logRising(c + n, a);
        return Math.min(0.0, ratio);
    }

    /** As {@link #logRising}, accurate relative to n. */
    private static double smallRise(double c, double n) {
        double shift = 0.0;
        double low = c;
        while (low < ASYMPTOTIC) {
            shift += Math.log1p(n / low);
            low += 1.0;
        }
        double high = low + n;
        double correction =
                n < TINY_RISE ? -n * digammaTail(low + 0.5 * n) : stirlingCorrection(high) - stirlingCorrection(low);
        return (low - 0.5) * Math.log1p(n / low) + n * (Math.log(high) - 1.0) + correction - shift;
    }

    /** Returns &psi;(x), the derivative of ln &Gamma;. */
    public static double digamma(double x) {
        double sum = 0.0;
        double y = x;
        while (y < ASYMPTOTIC) {
            sum -= 1.0 / y;
            y += 1.0;
        }
        return sum + Math.log(y) - 0.5 / y - digammaTail(y);
    }

    /** Returns &psi;&prime;(x), the second derivative of ln &Gamma;. */
    public static double trigamma(double x) {
        double sum = 0.0;
        double y = x;
        while (y < ASYMPTOTIC) {
            sum += 1.0 / (y * y);
            y += 1.0;
        }
        return sum + (1.0 + 0.5 / y) / y + trigammaTail(y);
    }

    /**
     * Returns &psi;(c + n) &minus; &psi;(c) without the cancellation of the difference.
     *
     * @param c positive
     * @param n at least 0
     */
    public static double digammaRise(double c, double n) {
        double sum = 0.0;
        double low = c;
        while (low < ASYMPTOTIC) {
            sum += n / (low * (low + n));
            low += 1.0;
        }
        double high = low + n;
        return sum + Math.log1p(n / low) + n / (2.0 * low * high) + (digammaTail(low) - digammaTail(high));
    }

    /**
     * Returns &psi;&prime;(c + n) &minus; &psi;&prime;(c), which is negative, without the cancellation of the difference.
     *
     * @param c positive
     * @param n at least 0
     */
    public static double trigammaRise(double c, double n) {
        double sum = 0.0;
        double low = c;
        while (low < ASYMPTOTIC) {
            double high = low + n;
            sum -= n / low / high * (1.0 / low + 1.0 / high);
            low += 1.0;
        }
        double high = low + n;
        double part = n / low / high;
        return sum - part - 0.5 * part * (1.0 / low + 1.0 / high) + (trigammaTail(high) - trigammaTail(low));
    }

    /** What follows ln x - 1 / (2 x) in the asymptotic series of digamma, with its sign turned. */
    private static double digammaTail(double x) {
        double i = 1.0 / (x * x);
        double series = 691.0 / 32760 - i / 12;
        series = 1.0 / 132 - i * series;
        series = 1.0 / 240 - i * series;
        series = 1.0 / 252 - i * series;
        series = 1.0 / 120 - i * series;
        return i * (1.0 / 12 - i * series);
    }

    /** What follows 1 / x + 1 / (2 x^2) in the asymptotic series of trigamma. */
    private static double trigammaTail(double x) {
        double i = 1.0 / (x * x);
        double series = 691.0 / 2730 - i * 7.0 / 6;
        series = 5.0 / 66 - i * series;
        series = 1.0 / 30 - i * series;
        series = 1.0 / 42 - i * series;
        series = 1.0 / 30 - i * series;
        series = 1.0 / 6 - i * series;
        return series * i / x;
    }

    private static double stirlingCorrection(double x) {
        double i = 1.0 / (x * x);
        double series = 691.0 / 360360 - i / 156;
        series = 1.0 / 1188 - i * series;
        series = 1.0 / 1680 - i * series;
        series = 1.0 / 1260 - i * series;
        series = 1.0 / 360 - i * series;
        return (1.0 / 12 - i * series) / x;
    }
}
