package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.GammaFunctions;
import java.util.Arrays;

/**
 * Expectations over a customer who buys at a Gamma(r, &alpha;) rate and drops out after each purchase with a Beta(a, b)
 * probability p, for given a and b.
 *
 * <p>Had the customer never dropped out, the number K of purchases in t would be negative binomial with weights
 * w<sub>k</sub> &prop; (r)<sub>k</sub> Z<sup>k</sup> / k!, Z = t / (&alpha; + t). Of k chances the customer takes
 * S<sub>k</sub> = &Sigma;<sub>j&lt;k</sub> m<sub>j</sub> on average, where m<sub>j</sub> = E[(1 &minus; p)<sup>j</sup>] =
 * (b)<sub>j</sub> / (a + b)<sub>j</sub>. So
 *
 * <pre>  E[purchases in t] = &Sigma; w_k S_k      P(alive at t) = &Sigma; w_k m_k</pre>
 *
 * which is the hypergeometric closed form of Fader, Hardie and Lee (2005) with all terms positive: there is no singularity
 * at a = 1 or a + b = 1, nothing cancels for small t, and the relative error is below 1e-12. Where the series would be
 * longer than {@value #LONGEST} terms (t many thousand times &alpha;), {@link DropoutIntegral} takes the same expectations.
 *
 * <p>The tables of m and S grow as needed and serve every history with the same a and b. Not thread-safe.
 */
final class DropoutSeries {

    private static final int LONGEST = 20_000;
    private static final double ROUNDING = 1e-17;

    private final double a;
    private final double b;

    private double[] survival = {};
    private double[] cumulative = {};
    private double[] reciprocal = {};

    DropoutSeries(double a, double b) {
        this.a = a;
        this.b = b;
        grow(64);
    }

    /** E[purchases] of a customer with these r in a time of tau, measured in units of alpha. */
    double purchases(double r, double tau) {
        if (tau == 0) {
            return 0.0;
        }
        if (isLong(r, tau)) {
            return new DropoutIntegral(a, b, r, tau).purchases();
        }
        return sum(r, tau, true);
    }

    /** P(alive) of such a customer after that time. */
    double alive(double r, double tau) {
        if (isLong(r, tau)) {
            return new DropoutIntegral(a, b, r, tau).alive();
        }
        return Math.min(1.0, sum(r, tau, false));
    }

    /** P(exactly n purchases) for n = 0 &hellip; most. */
    double[] distribution(double r, double tau, int most) {
        if (most + 2 > survival.length) {
            grow(most + 2);
        }
        double z = tau / (1.0 + tau);
        double logFirst = -r * Math.log1p(tau);
        double[] w = new double[most + 1];
        w[0] = Math.exp(logFirst);
        for (int k = 1; k <= most; k++) {
            w[k] = w[0] > 1e-290 ? w[k - 1] * ((r + (k - 1)) / k) * z : Math.exp(logWeight(r, z, logFirst, k));
        }
        double tail = tail(r, tau, z, logFirst, w);
        double[] probability = new double[most + 1];
        for (int n = most; n >= 1; n--) {
            tail += w[n];
            // the n-th purchase was made, and it was the last chance or was followed by dropping out
            probability[n] = w[n] * survival[n] + tail * survival[n - 1] * (a / (a + b + (n - 1)));
        }
        probability[0] = w[0];
        return probability;
    }

    /** P(K &gt; most), without the cancellation of 1 minus a sum near 1. */
    private static double tail(double r, double tau, double z, double logFirst, double[] w) {
        int next = w.length;
        boolean beyondMean = next > r * tau;
        if (beyondMean && 40.0 * (1.0 + tau) + next < 5.0 * LONGEST) {
            double term = Math.exp(logWeight(r, z, logFirst, next));
            double sum = term;
            for (int k = next; term > ROUNDING * (1.0 - z) * sum; k++) {
                term *= (r + k) / (k + 1) * z;
                sum += term;
            }
            return sum;
        }
        double tail = -Math.expm1(logFirst);
        for (int k = 1; k < next; k++) {
            tail -= w[k];
        }
        return Math.max(0.0, tail);
    }

    private static double logWeight(double r, double z, double logFirst, int k) {
        if (z == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return GammaFunctions.logRising(r, k) - GammaFunctions.logGamma(k + 1.0) + k * Math.log(z) + logFirst;
    }

    private static boolean isLong(double r, double tau) {
        double mean = r * tau;
        return !(mean + 12.0 * Math.sqrt(mean * (1.0 + tau)) + 40.0 * (1.0 + tau) < LONGEST);
    }

    /** &Sigma; w_k S_k or &Sigma; w_k m_k, normalised by &Sigma; w_k so that no power has to be taken. */
    private double sum(double r, double tau, boolean purchases) {
        double z = tau / (1.0 + tau);
        double w = 1.0;
        double total = 1.0;
        double sum = purchases ? 0.0 : 1.0;
        double mode = (r - 1.0) * tau;
        double threshold = ROUNDING * (1.0 - z);
        for (int k = 1; ; k++) {
            if (k == survival.length) {
                grow(2 * k);
            }
            w *= z * (r + (k - 1)) * reciprocal[k];
            total += w;
            double term = w * (purchases ? cumulative[k] : survival[k]);
            sum += term;
            if (k > mode && term <= threshold * sum && w <= threshold * total) {
                return sum / total;
            }
            if (w > 1e200) {
                w *= 1e-200;
                total *= 1e-200;
                sum *= 1e-200;
            }
        }
    }

    private void grow(int capacity) {
        int k = survival.length;
        survival = Arrays.copyOf(survival, capacity);
        cumulative = Arrays.copyOf(cumulative, capacity);
        reciprocal = Arrays.copyOf(reciprocal, capacity);
        if (k == 0) {
            survival[0] = 1.0;
            k = 1;
        }
        for (; k < capacity; k++) {
            survival[k] = survival[k - 1] * ((b + (k - 1)) / (a + b + (k - 1)));
            cumulative[k] = cumulative[k - 1] + survival[k - 1];
            reciprocal[k] = 1.0 / k;
        }
    }
}
