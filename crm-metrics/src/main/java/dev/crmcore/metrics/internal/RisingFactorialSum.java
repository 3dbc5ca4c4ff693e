package dev.crmcore.metrics.internal;

/**
 * The sum &Sigma; n<sub>j</sub> ln(&Gamma;(c + x<sub>j</sub>) / &Gamma;(c)) over whole counts x<sub>j</sub>, with its
 * first two derivatives in c: what every model of the NBD family needs of its purchase counts.
 *
 * <p>Since ln (c)<sub>x</sub> = &Sigma;<sub>i&lt;x</sub> ln(c + i), the sum needs only how many customers bought more
 * than i times: it costs one logarithm for each i up to the largest count (at most {@value #DIRECT}; larger counts go
 * through log-gamma differences), whatever the number of customers.
 */
public final class RisingFactorialSum {

    private static final int DIRECT = 512;

    /** {@code above[i]}: the weight of the counts greater than i. */
    private final double[] above;

    private final double[] large;
    private final double[] largeWeight;

    private double value;
    private double first;
    private double second;

    /**
     * @param counts distinct purchase counts in ascending order
     * @param weights how many customers have each count
     */
    public RisingFactorialSum(long[] counts, double[] weights) {
        int n = counts.length;
        long max = n == 0 ? 0 : counts[n - 1];
        above = new double[(int) Math.min(max, DIRECT)];
        int firstLarge = n;
        while (firstLarge > 0 && counts[firstLarge - 1] > DIRECT) {
            firstLarge--;
        }
        large = new double[n - firstLarge];
        largeWeight = new double[n - firstLarge];
        for (int j = firstLarge; j < n; j++) {
            large[j - firstLarge] = (double) counts[j] - DIRECT;
            largeWeight[j - firstLarge] = weights[j];
        }
        double weightAbove = 0.0;
        int j = n - 1;
        for (int i = above.length - 1; i >= 0; i--) {
            while (j >= 0 && counts[j] > i) {
                weightAbove += weights[j--];
            }
            above[i] = weightAbove;
        }
    }

    /** Evaluates the sum and its derivatives at {@code c}; read them from the accessors. */
    public void evaluate(double c) {
        double v = 0.0;
        double d1 = 0.0;
        double d2 = 0.0;
        for (int i = 0; i < above.length; i++) {
            double y = c + i;
            double w = above[i] / y;
            v += above[i] * Math.log(y);
            d1 += w;
            d2 -= w / y;
        }
        if (large.length > 0) {
            double base = c + DIRECT;
            double digamma = GammaFunctions.digamma(base);
            double trigamma = GammaFunctions.trigamma(base);
            for (int j = 0; j < large.length; j++) {
                double w = largeWeight[j];
                v += w * GammaFunctions.logRising(base, large[j]);
                d1 += w * (GammaFunctions.digamma(base + large[j]) - digamma);
                d2 += w * (GammaFunctions.trigamma(base + large[j]) - trigamma);
            }
        }
        value = v;
        first = d1;
        second = d2;
    }

    /** The sum at the last point evaluated. */
    public double value() {
        return value;
    }

    /** Its derivative in c. */
    public double first() {
        return first;
    }

    /** Its second derivative in c. */
    public double second() {
        return second;
    }
}
