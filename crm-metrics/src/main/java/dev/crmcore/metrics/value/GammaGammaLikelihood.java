package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.GammaFunctions;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.Arrays;

/**
 * The log-likelihood of the Gamma-Gamma model over distinct rows, with gradient and Hessian in the logarithms of (p, q, v).
 *
 * <p>With S = x z&#772; the total of the repeat purchases a row gives &minus;ln z&#772; &minus; ln B(px, q) &minus; q ln(1 + S/v)
 * &minus; px ln(1 + v/S). The gamma functions depend on x alone and are taken once for each purchase count; a row costs one
 * logarithm.
 */
final class GammaGammaLikelihood implements TrustRegion.Objective {

    private static final int P = 0;
    private static final int Q = 1;
    private static final int V = 2;

    private final long[] frequency;
    private final double[] total;
    private final double[] logTotal;
    private final double[] weight;
    private final double constant;

    GammaGammaLikelihood(SpendHistories histories) {
        int rows = histories.size();
        frequency = new long[rows];
        total = new double[rows];
        logTotal = new double[rows];
        weight = new double[rows];
        double sum = 0.0;
        for (int row = 0; row < rows; row++) {
            frequency[row] = histories.frequency(row);
            total[row] = frequency[row] * histories.meanSpend(row);
            logTotal[row] = Math.log(total[row]);
            weight[row] = histories.customers(row);
            sum -= weight[row] * Math.log(histories.meanSpend(row));
        }
        constant = sum;
    }

    @Override
    public double evaluate(double[] point, double[] gradient, double[][] hessian) {
        double p = Math.exp(point[P]);
        double q = Math.exp(point[Q]);
        double v = Math.exp(point[V]);
        Arrays.fill(gradient, 0.0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0.0);
        }
        double value = constant;
        for (int from = 0; from < frequency.length; ) {
            int to = from + 1;
            while (to < frequency.length && frequency[to] == frequency[from]) {
                to++;
            }
            value += sameCount(from, to, p, q, v, point[V], gradient, hessian);
            from = to;
        }
        MaximumLikelihood.toLogarithms(new double[] {p, q, v}, gradient, hessian);
        return value;
    }

    /** The rows from {@code from} to before {@code to}, which share one purchase count. */
    private double sameCount(
            int from, int to, double p, double q, double v, double logV, double[] gradient, double[][] hessian) {
        double n = 0.0;
        double overV = 0.0;
        double overS = 0.0;
        double share = 0.0;
        double inverse = 0.0;
        double shareSquare = 0.0;
        double inverseSquare = 0.0;
        for (int row = from; row < to; row++) {
            double s = total[row];
            double w = weight[row];
            double logRatio = logTotal[row] - logV;
            // ln(1 + S/v) and ln(1 + v/S) differ by ln(S/v): the smaller one is taken, so that neither cancels
            double small = s > v ? Math.log1p(v / s) : Math.log1p(s / v);
            n += w;
            overV += w * (s > v ? small + logRatio : small);
            overS += w * (s > v ? small : small - logRatio);
            double inv = 1.0 / (v + s);
            double part = s * inv / v;
            share += w * part;
            inverse += w * inv;
            shareSquare += w * part * (1.0 / v + inv);
            inverseSquare += w * inv * inv;
        }
        double x = frequency[from];
        double px = p * x;
        double digamma = GammaFunctions.digamma(px + q);
        double trigamma = GammaFunctions.trigamma(px + q);
        gradient[P] += x * (n * (digamma - GammaFunctions.digamma(px)) - overS);
        gradient[Q] += n * (digamma - GammaFunctions.digamma(q)) - overV;
        gradient[V] += q * share - px * inverse;
        hessian[P][P] += n * x * x * (trigamma - GammaFunctions.trigamma(px));
        hessian[P][Q] += n * x * trigamma;
        hessian[Q][Q] += n * (trigamma - GammaFunctions.trigamma(q));
        hessian[P][V] -= x * inverse;
        hessian[Q][V] += share;
        hessian[V][V] += px * inverseSquare - q * shareSquare;
        return -n * GammaFunctions.logBeta(px, q) - q * overV - px * overS;
    }

    /** The mean spend over the customers, the natural size of v. */
    double scale() {
        double sum = 0.0;
        double n = 0.0;
        for (int row = 0; row < total.length; row++) {
            sum += weight[row] * total[row] / frequency[row];
            n += weight[row];
        }
        return sum / n;
    }

    /** Points from which the search begins, all with the mean spend of the data. */
    double[][] starts() {
        double logMean = Math.log(scale());
        return new double[][] {
            {Math.log(5.0), Math.log(4.0), logMean + Math.log(3.0 / 5.0)},
            {Math.log(1.0), Math.log(10.0), logMean + Math.log(9.0)},
        };
    }
}
