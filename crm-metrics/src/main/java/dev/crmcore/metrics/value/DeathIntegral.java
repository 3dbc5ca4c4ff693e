package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.GaussLegendre;
import java.util.Arrays;

/**
 * The odds that a customer of the Pareto/NBD model has died since the last purchase, as an integral of positive terms:
 *
 * <pre>
 * s &int;_{t_x}^{T} ((&alpha;+T) / (&alpha;+u))^(r+x) ((&beta;+T) / (&beta;+u))^(s+1) du / (&beta;+T)
 * </pre>
 *
 * <p>The closed form of Schmittlein, Morrison and Colombo (1987) is a difference of two hypergeometric functions that may
 * agree in all digits; here nothing cancels. Gauss&ndash;Legendre panels in y = ln(c + u), c the lesser of &alpha; and
 * &beta;: there the nearest singularity is &pi; off the axis, so that the number of nodes depends on how far the integrand
 * falls and on nothing else. Where it has fallen by e<sup>45</sup> the rest is left out. The relative error is below 1e-11.
 *
 * <p>Begun at T and extended downwards, so that customers with the same x and T share the panels: the integral of one
 * customer goes on where that of a customer with a later purchase ended. On demand the panels also sum the moments from which
 * the derivatives are made. Not thread-safe.
 */
final class DeathIntegral {

    private static final GaussLegendre[] RULES = {GaussLegendre.of(4), GaussLegendre.of(8), GaussLegendre.of(16)};

    /** How far the integrand may fall in a panel of each rule (e-folds), for an error of 1e-12. */
    private static final double[] FALLS = {0.4, 4.5, 16.0};

    /** How long a panel of each rule may be, in y. */
    private static final double[] LENGTHS = {0.2, 1.2, 3.0};

    private static final double DEPTH = 45.0;
    private static final double RESCALE = 300.0;

    /** Moments: under the integrand, of A, d, B, f and their products, see {@link #moment}. */
    static final int MOMENTS = 15;

    private final double alpha;
    private final double s;
    private final double beta;

    /** The lesser of alpha and beta, and how far the other is away. */
    private final double lesser;

    private final double gap;
    private final boolean alphaIsLesser;
    private final boolean withMoments;

    private double shape;
    private double age;
    private double span;
    private double y;
    private double fall;
    private double scale;
    private double top;
    private final double[] sums = new double[MOMENTS];

    /** The integral at these parameters, with the moments for derivatives or without. */
    DeathIntegral(double alpha, double s, double beta, boolean withMoments) {
        this.alpha = alpha;
        this.s = s;
        this.beta = beta;
        this.alphaIsLesser = alpha <= beta;
        this.lesser = Math.min(alpha, beta);
        this.gap = Math.abs(alpha - beta);
        this.withMoments = withMoments;
    }

    /** Begins with an empty range at T = {@code newAge}, for r + x = {@code newShape}. */
    void begin(double newShape, double newAge) {
        shape = newShape;
        age = newAge;
        span = lesser + newAge;
        y = 0;
        fall = 0;
        scale = 0;
        top = Double.NEGATIVE_INFINITY;
        Arrays.fill(sums, 0.0);
    }

    /** Extends the range down to {@code recency}, which must not be above where it is. */
    void extend(double recency) {
        if (recency == age) {
            return;
        }
        double to = -log1p((age - recency) / (lesser + recency));
        double toFall = fall(to);
        if (to < y) {
            panels(to, toFall, y, fall);
            y = to;
            fall = toFall;
        }
    }

    /** The logarithm of the odds over the present range; minus infinity if it is empty. */
    double logOdds() {
        return sums[0] == 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(s) + Math.log(span / (beta + age)) + scale + Math.log(sums[0]);
    }

    /**
     * The mean of a product under the integrand, of A = ln((&alpha;+T)/(&alpha;+u)), d = 1/(&alpha;+u) &minus;
     * 1/(&alpha;+T), B and f the same with &beta;, in the order 1, A, d, B, f, AA, Ad, AB, Af, dd, dB, df, BB, Bf, ff.
     */
    double moment(int i) {
        return sums[i] / sums[0];
    }

    /** ln of the integrand at u against T: what it falls by on the way up. */
    private double fall(double at) {
        double time = -span * expm1(at, Math.exp(at));
        double other = log1p(time / (span * Math.exp(at) + gap));
        return alphaIsLesser ? -shape * at + (s + 1) * other : -(s + 1) * at + shape * other;
    }

    private void panels(double low, double lowFall, double high, double highFall) {
        double drop = lowFall - highFall;
        double length = high - low;
        for (int rule = 0; rule < RULES.length; rule++) {
            if (drop <= FALLS[rule] && length <= LENGTHS[rule]) {
                panel(RULES[rule], low, lowFall, length);
                return;
            }
        }
        double middle = low + 0.5 * length;
        if (!(middle > low && middle < high)) {
            return;
        }
        double middleFall = fall(middle);
        top = Math.max(top, lowFall + low);
        panels(low, lowFall, middle, middleFall);
        // du grows with y: the integrand in y rises, if it does, before it falls
        double here = middleFall + middle;
        if (here > top - DEPTH || here > lowFall + low) {
            panels(middle, middleFall, high, highFall);
        }
    }

    private void panel(GaussLegendre rule, double low, double lowFall, double length) {
        if (lowFall > scale + RESCALE) {
            double factor = Math.exp(scale - lowFall);
            for (int i = 0; i < MOMENTS; i++) {
                sums[i] *= factor;
            }
            scale = lowFall;
        }
        double alphaEnd = 1.0 / (alpha + age);
        double betaEnd = 1.0 / (beta + age);
        for (int i = 0; i < rule.size(); i++) {
            double at = low + length * rule.node(i);
            double e = Math.exp(at);
            double time = -span * expm1(at, e);
            double near = span * e;
            double far = near + gap;
            double otherInverse = 1.0 / far;
            double other = log1p(time * otherInverse);
            double a = alphaIsLesser ? -at : other;
            double b = alphaIsLesser ? other : -at;
            double weight = rule.weight(i) * length * e * Math.exp(shape * a + (s + 1) * b - scale);
            sums[0] += weight;
            if (withMoments) {
                double nearInverse = 1.0 / near;
                double d = time * alphaEnd * (alphaIsLesser ? nearInverse : otherInverse);
                double f = time * betaEnd * (alphaIsLesser ? otherInverse : nearInverse);
                addMoments(weight, a, d, b, f);
            }
        }
    }

    private void addMoments(double weight, double a, double d, double b, double f) {
        double wa = weight * a;
        double wd = weight * d;
        double wb = weight * b;
        double wf = weight * f;
        double[] m = sums;
        m[1] += wa;
        m[2] += wd;
        m[3] += wb;
        m[4] += wf;
        m[5] += wa * a;
        m[6] += wa * d;
        m[7] += wa * b;
        m[8] += wa * f;
        m[9] += wd * d;
        m[10] += wd * b;
        m[11] += wd * f;
        m[12] += wb * b;
        m[13] += wb * f;
        m[14] += wf * f;
    }

    /** e^y - 1, given e^y: near 0 by its series, which costs less than the library's and loses nothing. */
    private static double expm1(double y, double exp) {
        if (Math.abs(y) > 0.1) {
            return exp - 1;
        }
        return y
                * (1
                        + y
                                / 2
                                * (1
                                        + y
                                                / 3
                                                * (1
                                                        + y
                                                                / 4
                                                                * (1
                                                                        + y
                                                                                / 5
                                                                                * (1
                                                                                        + y
                                                                                                / 6
                                                                                                * (1
                                                                                                        + y
                                                                                                                / 7
                                                                                                                * (1
                                                                                                                        + y
                                                                                                                                / 8
                                                                                                                                * (1
                                                                                                                                        + y
                                                                                                                                                / 9))))))));
    }

    /** ln(1 + z) for z of at least 0: the logarithm of the rounded sum, corrected for the rounding (Kahan). */
    private static double log1p(double z) {
        double sum = 1 + z;
        if (sum == 1 || Double.isInfinite(sum)) {
            return sum == 1 ? z : Math.log(z);
        }
        return Math.log(sum) * (z / (sum - 1));
    }
}
