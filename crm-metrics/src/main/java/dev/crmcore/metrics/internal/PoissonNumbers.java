package dev.crmcore.metrics.internal;

import java.util.random.RandomGenerator;

/**
 * Poisson numbers: by multiplying uniform ones for small means (Knuth), by transformed rejection (H&ouml;rmann 1993, algorithm
 * PTRS) for others.
 *
 * <p>Not thread-safe.
 */
public final class PoissonNumbers {

    private static final double SMALL_MEAN = 10;

    private final RandomGenerator random;

    /** Draws from a generator. */
    public PoissonNumbers(RandomGenerator random) {
        this.random = random;
    }

    /** The next number, not negative; {@code mean} is finite and not negative. */
    public long next(double mean) {
        return mean < SMALL_MEAN ? byProduct(mean) : byRejection(mean);
    }

    private long byProduct(double mean) {
        double threshold = Math.exp(-mean);
        double product = random.nextDouble();
        long number = 0;
        while (product > threshold) {
            product *= random.nextDouble();
            number++;
        }
        return number;
    }

    private long byRejection(double mean) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double logInverseAlpha = Math.log(1.1239 + 1.1328 / (b - 3.4));
        double inner = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double distance = 0.5 - Math.abs(u);
            double number = Math.floor((2 * a / distance + b) * u + mean + 0.43);
            if (distance >= 0.07 && v <= inner) {
                return (long) number;
            }
            if (number >= 0
                    && (distance >= 0.013 || v <= distance)
                    && accepts(number, mean, v, logInverseAlpha, a, b, distance)) {
                return (long) number;
            }
        }
    }

    private static boolean accepts(
            double number, double mean, double v, double logInverseAlpha, double a, double b, double distance) {
        return Math.log(v) + logInverseAlpha - Math.log(a / (distance * distance) + b)
                <= number * Math.log(mean) - mean - GammaFunctions.logGamma(number + 1);
    }
}
