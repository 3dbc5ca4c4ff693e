package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.RisingFactorialSum;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.Arrays;

/**
 * The log-likelihood of the Pareto/NBD model over distinct histories, with gradient and Hessian in the logarithms of (r,
 * &alpha;, s, &beta;).
 *
 * <p>With Q the odds of having died a row gives ln (r)_x + r ln &alpha; &minus; (r+x) ln(&alpha;+T) &minus; s ln(1 +
 * T/&beta;) + ln(1 + Q). The first parts cost one logarithm for each purchase count or distinct age; Q and its derivatives
 * are moments of one integral, whose panels the rows with the same x and T share.
 */
final class ParetoNbdLikelihood implements TrustRegion.Objective {

    private static final int R = 0;
    private static final int ALPHA = 1;
    private static final int S = 2;
    private static final int BETA = 3;

    private final PurchaseHistories histories;
    private final double[] ages;
    private final double[] ageWeight;
    private final double[] agePurchases;
    private final RisingFactorialSum purchases;

    ParetoNbdLikelihood(PurchaseHistories histories) {
        this.histories = histories;
        int rows = histories.size();
        double[] all = new double[rows];
        for (int row = 0; row < rows; row++) {
            all[row] = histories.age(row);
        }
        ages = Arrays.stream(all).sorted().distinct().toArray();
        ageWeight = new double[ages.length];
        agePurchases = new double[ages.length];
        long[] counts = new long[rows];
        double[] weights = new double[rows];
        int distinct = 0;
        for (int row = 0; row < rows; row++) {
            int age = Arrays.binarySearch(ages, all[row]);
            double n = histories.customers(row);
            ageWeight[age] += n;
            agePurchases[age] += n * histories.frequency(row);
            if (row == 0 || histories.frequency(row) != histories.frequency(row - 1)) {
                counts[distinct++] = histories.frequency(row);
            }
            weights[distinct - 1] += n;
        }
        purchases = new RisingFactorialSum(Arrays.copyOf(counts, distinct), Arrays.copyOf(weights, distinct));
    }

    @Override
    public double evaluate(double[] point, double[] gradient, double[][] hessian) {
        double r = Math.exp(point[R]);
        double alpha = Math.exp(point[ALPHA]);
        double s = Math.exp(point[S]);
        double beta = Math.exp(point[BETA]);
        Arrays.fill(gradient, 0.0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0.0);
        }
        purchases.evaluate(r);
        gradient[R] = purchases.first();
        hessian[R][R] = purchases.second();
        double value = purchases.value();
        value += ages(r, alpha, s, beta, gradient, hessian);
        value += deaths(r, alpha, s, beta, gradient, hessian);
        MaximumLikelihood.toLogarithms(new double[] {r, alpha, s, beta}, gradient, hessian);
        return value;
    }

    /** The parts that depend on T: those of a customer who is still alive. */
    private double ages(double r, double alpha, double s, double beta, double[] gradient, double[][] hessian) {
        double value = 0.0;
        double logAlpha = Math.log(alpha);
        for (int i = 0; i < ages.length; i++) {
            double t = ages[i];
            double n = ageWeight[i];
            double x = agePurchases[i];
            double la = Math.log1p(t / alpha);
            double lb = Math.log1p(t / beta);
            double ia = 1.0 / (alpha + t);
            double ib = 1.0 / (beta + t);
            double shareA = t / alpha * ia;
            double shareB = t / beta * ib;
            value -= (r * n + x) * la + x * logAlpha + s * n * lb;
            gradient[R] -= n * la;
            gradient[ALPHA] += r * n * shareA - x * ia;
            gradient[S] -= n * lb;
            gradient[BETA] += s * n * shareB;
            hessian[R][ALPHA] += n * shareA;
            hessian[ALPHA][ALPHA] += x * ia * ia - r * n * shareA * (1.0 / alpha + ia);
            hessian[S][BETA] += n * shareB;
            hessian[BETA][BETA] -= s * n * shareB * (1.0 / beta + ib);
        }
        return value;
    }

    /** ln(1 + Q) of every row. */
    private double deaths(double r, double alpha, double s, double beta, double[] gradient, double[][] hessian) {
        double value = 0.0;
        DeathIntegral integral = new DeathIntegral(alpha, s, beta, true);
        double[] first = new double[4];
        double[][] second = new double[4][4];
        for (int last = histories.size() - 1; last >= 0; ) {
            double shape = r + histories.frequency(last);
            double age = histories.age(last);
            integral.begin(shape, age);
            int row = last;
            while (row >= 0 && histories.frequency(row) == histories.frequency(last) && histories.age(row) == age) {
                integral.extend(histories.recency(row));
                double logOdds = integral.logOdds();
                if (logOdds > Double.NEGATIVE_INFINITY) {
                    double n = histories.customers(row);
                    double e = Math.exp(-Math.abs(logOdds));
                    value += n * (Math.max(logOdds, 0.0) + Math.log1p(e));
                    double dead = (logOdds > 0 ? 1.0 : e) / (1.0 + e);
                    derivatives(integral, shape, 1.0 / (alpha + age), s, 1.0 / (beta + age), first, second);
                    add(n * dead, dead, first, second, gradient, hessian);
                }
                row--;
            }
            last = row;
        }
        return value;
    }

    /**
     * The derivatives of Q as parts of Q. With h the logarithm of the integrand they are the means of h_i and of h_i h_j +
     * h_ij, where h_r = A, h_alpha = -(r+x) d, h_s = B + 1/s and h_beta = -(s+1) f - 1/(beta+T).
     */
    private static void derivatives(
            DeathIntegral m, double k, double pEnd, double s, double qEnd, double[] first, double[][] second) {
        double a = m.moment(1);
        double d = m.moment(2);
        double b = m.moment(3);
        double f = m.moment(4);
        double ff = m.moment(14);
        double c = s + 1;
        first[R] = a;
        first[ALPHA] = -k * d;
        first[S] = b + 1 / s;
        first[BETA] = -c * f - qEnd;
        second[R][R] = m.moment(5);
        second[R][ALPHA] = -k * m.moment(6) - d;
        second[R][S] = m.moment(7) + a / s;
        second[R][BETA] = -c * m.moment(8) - qEnd * a;
        second[ALPHA][ALPHA] = k * ((k + 1) * m.moment(9) + 2 * pEnd * d);
        second[ALPHA][S] = -k * (m.moment(10) + d / s);
        second[ALPHA][BETA] = k * (c * m.moment(11) + qEnd * d);
        second[S][S] = m.moment(12) + 2 * b / s;
        second[S][BETA] = -c * (m.moment(13) + f / s) - qEnd * (b + 1 / s) - f;
        second[BETA][BETA] = c * (c + 1) * ff + 4 * c * qEnd * f + 2 * qEnd * qEnd;
    }

    /** The derivatives of n ln(1 + Q), upper triangle. */
    private static void add(
            double weight, double dead, double[] first, double[][] second, double[] gradient, double[][] hessian) {
        for (int i = 0; i < 4; i++) {
            gradient[i] += weight * first[i];
            for (int j = i; j < 4; j++) {
                hessian[i][j] += weight * (second[i][j] - dead * first[i] * first[j]);
            }
        }
    }

    /** Points from which the search begins: the purchase rate of the data, some spread, some death. */
    double[][] starts() {
        double bought = 0.0;
        for (double x : agePurchases) {
            bought += x;
        }
        double logAge = Math.log(timeScale());
        double logTime = logAge + Math.log(histories.customers() / bought);
        return new double[][] {
            {Math.log(0.6), Math.min(logTime, logAge), Math.log(0.6), logAge - 1},
            {Math.log(4.0), Math.log(4.0) + logTime, Math.log(2.0), logAge + 3},
        };
    }

    /** The scale of alpha and beta: the mean age. */
    double timeScale() {
        double exposure = 0.0;
        for (int i = 0; i < ages.length; i++) {
            exposure += ageWeight[i] * ages[i];
        }
        return exposure / histories.customers();
    }
}
