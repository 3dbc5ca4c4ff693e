package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.RisingFactorialSum;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The log-likelihood of the BG/NBD and MBG/NBD models over distinct histories, with gradient and Hessian in the logarithms of (r,
 * &alpha;, a, b).
 *
 * <p>Written so that each part costs what it must: the rising factorials need one logarithm for each purchase count, the
 * times one logarithm for each distinct value, and only the histories with a chance to drop out are visited one by one, with
 * one exponential and one logarithm each. All differences of logarithms are taken as log1p, so that nothing cancels when r
 * and &alpha; or a and b grow together.
 */
final class BetaGeometricLikelihood implements TrustRegion.Objective {

    private static final int R = 0;
    private static final int ALPHA = 1;
    private static final int A = 2;
    private static final int B = 3;

    /** Distinct times; the first is 0. */
    private final double[] times;

    private final double[] logRatio;
    private final double[] inverse;

    /** For each time: how many customers have this age, and how many purchases they made. */
    private final double[] ageWeight;

    private final double[] agePurchases;

    /** The histories with a chance to drop out, ascending in x. */
    private final long[] frequency;

    private final int[] recencyIndex;
    private final int[] ageIndex;
    private final double[] weight;

    private final int earlyChances;
    private final RisingFactorialSum purchases;
    private final RisingFactorialSum chances;
    private final double customers;

    BetaGeometricLikelihood(PurchaseHistories histories, int earlyChances) {
        this.earlyChances = earlyChances;
        int rows = histories.size();
        times = distinctTimes(histories);
        logRatio = new double[times.length];
        inverse = new double[times.length];
        ageWeight = new double[times.length];
        agePurchases = new double[times.length];
        int first = 0;
        while (first < rows && histories.frequency(first) + earlyChances == 0) {
            first++;
        }
        int repeaters = rows - first;
        frequency = new long[repeaters];
        recencyIndex = new int[repeaters];
        ageIndex = new int[repeaters];
        weight = new double[repeaters];
        for (int row = 0; row < rows; row++) {
            int age = Arrays.binarySearch(times, histories.age(row));
            double n = histories.customers(row);
            ageWeight[age] += n;
            agePurchases[age] += n * histories.frequency(row);
            if (row >= first) {
                int i = row - first;
                frequency[i] = histories.frequency(row);
                recencyIndex[i] = Arrays.binarySearch(times, histories.recency(row));
                ageIndex[i] = age;
                weight[i] = n;
            }
        }
        customers = histories.customers();
        purchases = risingSum(0);
        chances = risingSum(earlyChances);
    }

    /** The fit of the model with that many chances to drop out before the first repeat purchase. */
    static <M> ModelFit<M> fit(PurchaseHistories histories, int earlyChances, Function<double[], M> model) {
        FittedOn fittedOn = FittedOn.of(histories);
        Undefined reason = FittedOn.reasonAgainst(histories);
        if (reason != null) {
            return ModelFit.refused(reason, fittedOn);
        }
        BetaGeometricLikelihood likelihood = new BetaGeometricLikelihood(histories, earlyChances);
        double[] logScale = {0.0, Math.log(likelihood.timeScale()), 0.0, 0.0};
        return new MaximumLikelihood(BetaGeometric.NAMES, logScale, BetaGeometric.RAYS)
                .fit(likelihood, likelihood.starts(), model, fittedOn);
    }

    private static double[] distinctTimes(PurchaseHistories histories) {
        double[] all = new double[2 * histories.size()];
        for (int row = 0; row < histories.size(); row++) {
            all[2 * row] = histories.recency(row);
            all[2 * row + 1] = histories.age(row);
        }
        Arrays.sort(all);
        int distinct = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
            }
        }
        return Arrays.copyOf(all, distinct);
    }

    private RisingFactorialSum risingSum(int extra) {
        long[] counts = new long[frequency.length];
        double[] weights = new double[frequency.length];
        int distinct = 0;
        for (int i = 0; i < frequency.length; i++) {
            if (i == 0 || frequency[i] != frequency[i - 1]) {
                counts[distinct++] = frequency[i] + extra;
            }
            weights[distinct - 1] += weight[i];
        }
        return new RisingFactorialSum(Arrays.copyOf(counts, distinct), Arrays.copyOf(weights, distinct));
    }

    @Override
    public double evaluate(double[] point, double[] gradient, double[][] hessian) {
        double r = Math.exp(point[R]);
        double alpha = Math.exp(point[ALPHA]);
        double a = Math.exp(point[A]);
        double b = Math.exp(point[B]);
        Arrays.fill(gradient, 0.0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0.0);
        }
        double value = counts(r, a, b, gradient, hessian);
        value += ages(r, alpha, point[ALPHA], gradient, hessian);
        value += dropout(r, a, b, gradient, hessian);
        MaximumLikelihood.toLogarithms(new double[] {r, alpha, a, b}, gradient, hessian);
        return value;
    }

    /** The parts that depend on x alone: ln (r)_x, and of the c chances survived ln (b)_c - ln (a + b)_c. */
    private double counts(double r, double a, double b, double[] gradient, double[][] hessian) {
        purchases.evaluate(r);
        double value = purchases.value();
        gradient[R] += purchases.first();
        hessian[R][R] += purchases.second();
        chances.evaluate(b);
        value += chances.value();
        gradient[B] += chances.first();
        hessian[B][B] += chances.second();
        chances.evaluate(a + b);
        value -= chances.value();
        gradient[B] -= chances.first();
        gradient[A] -= chances.first();
        hessian[B][B] -= chances.second();
        hessian[A][B] -= chances.second();
        hessian[A][A] -= chances.second();
        return value;
    }

    /** The parts that depend on T: r ln alpha - (r + x) ln(alpha + T); fills the tables of the times on the way. */
    private double ages(double r, double alpha, double logAlpha, double[] gradient, double[][] hessian) {
        double value = 0.0;
        for (int i = 0; i < times.length; i++) {
            double t = times[i];
            double l = Math.log1p(t / alpha);
            double inv = 1.0 / (alpha + t);
            logRatio[i] = l;
            inverse[i] = inv;
            double n = ageWeight[i];
            if (n == 0) {
                continue;
            }
            double x = agePurchases[i];
            value -= (r * n + x) * l + x * logAlpha;
            gradient[R] -= n * l;
            double share = t / alpha * inv;
            gradient[ALPHA] += r * n * share - x * inv;
            hessian[R][ALPHA] += n * share;
            hessian[ALPHA][ALPHA] += x * inv * inv - r * n * share * (1.0 / alpha + inv);
        }
        return value;
    }

    /** ln(1 + e^z) of every history with a chance to drop out, e^z being the odds that the customer has dropped out. */
    private double dropout(double r, double a, double b, double[] gradient, double[][] hessian) {
        double value = 0.0;
        double gr = 0.0;
        double gAlpha = 0.0;
        double ga = 0.0;
        double gb = 0.0;
        double hrr = 0.0;
        double hrAlpha = 0.0;
        double hAlphaAlpha = 0.0;
        double hra = 0.0;
        double hrb = 0.0;
        double hAlphaA = 0.0;
        double hAlphaB = 0.0;
        double haa = 0.0;
        double hab = 0.0;
        double hbb = 0.0;
        double za = 1.0 / a;
        long lastX = -1;
        double logOdds = 0.0;
        double zb = 0.0;
        for (int i = 0; i < frequency.length; i++) {
            long x = frequency[i];
            if (x != lastX) {
                lastX = x;
                double denominator = b + (x + earlyChances - 1);
                logOdds = Math.log(a / denominator);
                zb = -1.0 / denominator;
            }
            int tx = recencyIndex[i];
            int t = ageIndex[i];
            double d = logRatio[t] - logRatio[tx];
            double d1 = (times[tx] - times[t]) * inverse[t] * inverse[tx];
            double d2 = -d1 * (inverse[t] + inverse[tx]);
            double rx = r + x;
            double z = logOdds + rx * d;
            double e = Math.exp(-Math.abs(z));
            double n = weight[i];
            value += n * ((z > 0 ? z : 0.0) + Math.log(1.0 + e));
            double s = (z > 0 ? 1.0 : e) / (1.0 + e);
            double ns = n * s;
            double nv = ns * (1.0 - s);
            double zAlpha = rx * d1;
            gr += ns * d;
            gAlpha += ns * zAlpha;
            ga += ns;
            gb += ns * zb;
            hrr += nv * d * d;
            hrAlpha += nv * d * zAlpha + ns * d1;
            hAlphaAlpha += nv * zAlpha * zAlpha + ns * rx * d2;
            hra += nv * d;
            hrb += nv * d * zb;
            hAlphaA += nv * zAlpha;
            hAlphaB += nv * zAlpha * zb;
            haa += nv - ns;
            hab += nv * zb;
            hbb += (nv + ns) * zb * zb;
        }
        gradient[R] += gr;
        gradient[ALPHA] += gAlpha;
        gradient[A] += ga * za;
        gradient[B] += gb;
        hessian[R][R] += hrr;
        hessian[R][ALPHA] += hrAlpha;
        hessian[ALPHA][ALPHA] += hAlphaAlpha;
        hessian[R][A] += hra * za;
        hessian[R][B] += hrb;
        hessian[ALPHA][A] += hAlphaA * za;
        hessian[ALPHA][B] += hAlphaB;
        hessian[A][A] += haa * za * za;
        hessian[A][B] += hab * za;
        hessian[B][B] += hbb;
        return value;
    }

    /** A point from which the search begins: the purchase rate of the data, some spread, some dropout. */
    double[][] starts() {
        double purchases = 0.0;
        double exposure = 0.0;
        for (int i = 0; i < times.length; i++) {
            purchases += agePurchases[i];
            exposure += ageWeight[i] * times[i];
        }
        double logTime = Math.log(exposure / purchases);
        double logMeanAge = Math.log(exposure / customers);
        return new double[][] {
            {Math.log(0.5), Math.min(logTime, logMeanAge), Math.log(0.8), Math.log(2.5)},
            {Math.log(4.0), Math.log(4.0) + logTime, Math.log(0.2), Math.log(4.0)},
        };
    }

    /** The scale of alpha: the mean age. */
    double timeScale() {
        double exposure = 0.0;
        for (int i = 0; i < times.length; i++) {
            exposure += ageWeight[i] * times[i];
        }
        return exposure / customers;
    }
}
