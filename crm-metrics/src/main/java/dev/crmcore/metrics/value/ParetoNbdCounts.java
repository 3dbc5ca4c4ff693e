package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.GaussLegendre;

/**
 * The distribution of the number of purchases in t of a customer who buys at a Gamma(r, &alpha;) rate and dies at a
 * Gamma(s, &beta;) rate, alive at first.
 *
 * <p>Either the customer lives through t, or dies at some v with density s &beta;<sup>s</sup> (&beta; +
 * v)<sup>&minus;s&minus;1</sup>; up to then the number is negative binomial. All terms are positive, unlike those of the
 * closed form (Fader and Hardie, note 028). The integral over v takes Gauss&ndash;Legendre panels in y = ln(1 + v / c), c the
 * lesser of &alpha; and &beta;, whose ends are squares: that is where the peaks of the negative binomials are equally wide.
 * All numbers share the nodes. The relative error is about 1e-12.
 */
final class ParetoNbdCounts {

    private static final GaussLegendre RULE = GaussLegendre.of(16);
    private static final double DEPTH = 45.0;
    private static final int MOST_PANELS = 20_000;

    private static final double LARGE = 1e250;
    private static final double LOG_LARGE = Math.log(LARGE);

    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;

    ParetoNbdCounts(double r, double alpha, double s, double beta) {
        this.r = r;
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
    }

    /** P(n purchases) for n = 0 &hellip; most. */
    double[] distribution(double t, int most) {
        double[] probability = new double[most + 1];
        if (t == 0) {
            probability[0] = 1.0;
            return probability;
        }
        add(probability, t, -s * Math.log1p(t / beta));
        double lesser = Math.min(alpha, beta);
        double end = end(t, most, lesser);
        double fall = fall(Math.min(t, lesser * Math.expm1(end)));
        double wanted = Math.max(1.4 * end, Math.max(fall / 8, 0.5 * Math.sqrt(end * (most + r + s + 16))));
        int panels = (int) Math.min(MOST_PANELS, Math.ceil(wanted));
        for (int panel = 0; panel < panels; panel++) {
            double from = square(panel, panels) * end;
            double length = square(panel + 1, panels) * end - from;
            for (int i = 0; i < RULE.size(); i++) {
                double y = from + length * RULE.node(i);
                double v = Math.min(t, lesser * Math.expm1(y));
                // dv = (c + v) dy
                double density = s * ((lesser + v) / (beta + v)) * RULE.weight(i) * length;
                add(probability, v, Math.log(density) - s * Math.log1p(v / beta));
            }
        }
        return probability;
    }

    private static double square(int panel, int panels) {
        double part = (double) panel / panels;
        return part * part;
    }

    /** How far the chance of no purchase and no death falls until v, in e-folds. */
    private double fall(double v) {
        return r * Math.log1p(v / alpha) + s * Math.log1p(v / beta);
    }

    /** Where to stop: at t, or where nothing is left even of the largest number. */
    private double end(double t, int most, double lesser) {
        double ratio = t / lesser;
        double whole = Double.isInfinite(ratio) ? Math.log(t) - Math.log(lesser) : Math.log1p(ratio);
        double peak = most * (alpha / r);
        double rise = most == 0 ? 0.0 : r * Math.log1p(most / r) + most * Math.log1p(r / most);
        double limit = rise + s * Math.log1p(peak / beta) + DEPTH;
        if (!(fall(t) > limit)) {
            return whole;
        }
        double low = 0.0;
        double high = whole;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (fall(Math.min(t, lesser * Math.expm1(middle))) > limit) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private void add(double[] probability, double v, double logFactor) {
        addNegativeBinomial(probability, r, v / alpha, logFactor);
    }

    /**
     * Adds the negative binomial probabilities of shape r and mean r tau, times a factor given as its logarithm. Begins at 0,
     * where the probability may be too small for a double, and keeps what is too large for one in the logarithm.
     */
    static void addNegativeBinomial(double[] probability, double r, double tau, double logFactor) {
        double z = tau / (1.0 + tau);
        double log = logFactor - r * Math.log1p(tau);
        double factor = log > -600 ? Math.exp(log) : 0.0;
        double w = 1.0;
        for (int n = 0; n < probability.length; n++) {
            probability[n] += w * factor;
            w *= (r + n) / (n + 1) * z;
            if (Double.isInfinite(w)) {
                return;
            }
            if (w > LARGE) {
                w /= LARGE;
                log += LOG_LARGE;
                factor = log > -600 ? Math.exp(log) : 0.0;
            }
        }
    }
}
