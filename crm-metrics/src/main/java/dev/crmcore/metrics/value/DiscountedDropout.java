package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.GammaFunctions;
import java.util.Arrays;

/**
 * All purchases to come of a customer who buys at a Gamma(r, &alpha;) rate &lambda; and drops out after each purchase with a
 * Beta(a, b) probability p, discounted continuously at a rate &delta;: E[&lambda; / (&delta; + &lambda; p)].
 *
 * <p>The expectation over p depends on &kappa; = &lambda; / &delta; alone and is &kappa; times the probability of
 * {@link DropoutSeries#alive} for r = 1; it is kept for each point of a grid in ln &lambda;, which all &alpha; share. Over
 * &lambda; it takes the trapezoidal rule, which converges exponentially. The relative error is below 1e-10. Not thread-safe.
 */
final class DiscountedDropout {

    private static final double NEGLIGIBLE = 1e-17;
    private static final int FARTHEST = 100_000;

    private final DropoutSeries series;
    private final double r;
    private final double rate;
    private final double step;

    /** E[kappa / (1 + kappa p)] at the points from {@code origin} on; NaN where it has not been asked for. */
    private double[] known = new double[64];

    private int origin;

    DiscountedDropout(DropoutSeries series, double r, double rate) {
        this.series = series;
        this.r = r;
        this.rate = rate;
        this.step = Math.min(0.25, 0.5 / Math.sqrt(r));
        this.origin = -known.length / 2;
        Arrays.fill(known, Double.NaN);
    }

    double rate() {
        return rate;
    }

    /** The expectation for rates ~ Gamma(r, alpha). */
    double purchases(double alpha) {
        // the point about which the density of ln lambda, times lambda, is largest
        double mode = Math.log(r + 1) - Math.log(alpha);
        int centre = (int) Math.rint(mode / step);
        Sums sums = new Sums(mode);
        boolean more = true;
        for (int i = centre; more && i < centre + FARTHEST; i++) {
            more = sums.add(i);
        }
        more = true;
        for (int i = centre - 1; more && i > centre - FARTHEST; i--) {
            more = sums.add(i);
        }
        // a wide density is not in sight as a whole, a narrow one is known best by its own sum
        double whole = r < 10
                ? Math.exp(GammaFunctions.logGamma(r) - r * (mode + Math.log(alpha)) + (r + 1)) / step
                : sums.density;
        return sums.weighted / whole;
    }

    /** Sums of the density, less a factor, and of the density times the expectation over p. */
    private final class Sums {

        private final double mode;
        private double density;
        private double weighted;

        Sums(double mode) {
            this.mode = mode;
        }

        /** Adds a point and returns whether it made a difference. */
        boolean add(int i) {
            double u = i * step - mode;
            double weight = Math.exp(r * u - (r + 1) * Math.expm1(u));
            double term = weight * expectation(i);
            density += weight;
            weighted += term;
            return term > NEGLIGIBLE * weighted || (r >= 10 && weight > NEGLIGIBLE * density);
        }
    }

    private double expectation(int i) {
        if (i < origin || i >= origin + known.length) {
            grow(i);
        }
        double value = known[i - origin];
        if (Double.isNaN(value)) {
            double kappa = Math.exp(i * step - Math.log(rate));
            value = kappa * series.alive(1.0, kappa);
            known[i - origin] = value;
        }
        return value;
    }

    private void grow(int i) {
        int low = Math.min(origin, i) - known.length / 2;
        int high = Math.max(origin + known.length, i + 1) + known.length / 2;
        double[] wider = new double[high - low];
        Arrays.fill(wider, Double.NaN);
        System.arraycopy(known, 0, wider, origin - low, known.length);
        known = wider;
        origin = low;
    }
}
