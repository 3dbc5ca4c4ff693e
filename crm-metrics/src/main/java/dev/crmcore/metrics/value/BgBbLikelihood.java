package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.RisingFactorialSum;
import dev.crmcore.metrics.internal.TrustRegion;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * The log-likelihood of the BG/BB model over distinct histories, with gradient and Hessian in the logarithms of (&alpha;,
 * &beta;, &gamma;, &delta;).
 *
 * <p>A row gives the likelihood of being alive, which is a matter of rising factorials, and the logarithm of one plus the
 * odds of having died. The odds are a sum over the opportunities at which that may have happened; the rows with the same x
 * and n share it. One step of the sum costs a few divisions and no logarithm.
 */
final class BgBbLikelihood implements TrustRegion.Objective {

    private static final int ALPHA = 0;
    private static final int BETA = 1;
    private static final int GAMMA = 2;
    private static final int DELTA = 3;
    private static final double LARGE = 1e200;

    private final PurchaseHistories histories;
    private final RisingFactorialSum taken;
    private final RisingFactorialSum missed;
    private final RisingFactorialSum opportunities;

    BgBbLikelihood(PurchaseHistories histories) {
        this.histories = histories;
        taken = sum(histories::frequency);
        missed = sum(row -> opportunities(row) - histories.frequency(row));
        opportunities = sum(this::opportunities);
    }

    private RisingFactorialSum sum(IntToLongFunction count) {
        TreeMap<Long, Double> weights = new TreeMap<>();
        for (int row = 0; row < histories.size(); row++) {
            weights.merge(count.applyAsLong(row), (double) histories.customers(row), Double::sum);
        }
        return new RisingFactorialSum(
                weights.keySet().stream().mapToLong(Long::longValue).toArray(),
                weights.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private int opportunities(int row) {
        return BgBb.whole(histories.age(row), "age");
    }

    @Override
    public double evaluate(double[] point, double[] gradient, double[][] hessian) {
        double[] p = {Math.exp(point[0]), Math.exp(point[1]), Math.exp(point[2]), Math.exp(point[3])};
        Arrays.fill(gradient, 0.0);
        for (double[] row : hessian) {
            Arrays.fill(row, 0.0);
        }
        double value = alive(p, gradient, hessian) + deaths(p, gradient, hessian);
        MaximumLikelihood.toLogarithms(p, gradient, hessian);
        return value;
    }

    /** ln (alpha)_x + ln (beta)_(n-x) - ln (alpha+beta)_n + ln (delta)_n - ln (gamma+delta)_n. */
    private double alive(double[] p, double[] gradient, double[][] hessian) {
        double value = 0.0;
        taken.evaluate(p[ALPHA]);
        value += add(taken, 1, ALPHA, ALPHA, gradient, hessian);
        missed.evaluate(p[BETA]);
        value += add(missed, 1, BETA, BETA, gradient, hessian);
        opportunities.evaluate(p[ALPHA] + p[BETA]);
        value += add(opportunities, -1, ALPHA, BETA, gradient, hessian);
        opportunities.evaluate(p[DELTA]);
        value += add(opportunities, 1, DELTA, DELTA, gradient, hessian);
        opportunities.evaluate(p[GAMMA] + p[DELTA]);
        value += add(opportunities, -1, GAMMA, DELTA, gradient, hessian);
        return value;
    }

    /** Adds a rising factorial of the parameters i and j together, or of one if they are the same. */
    private static double add(RisingFactorialSum sum, int sign, int i, int j, double[] gradient, double[][] hessian) {
        gradient[i] += sign * sum.first();
        hessian[i][i] += sign * sum.second();
        if (i != j) {
            gradient[j] += sign * sum.first();
            hessian[j][j] += sign * sum.second();
            hessian[i][j] += sign * sum.second();
        }
        return sign * sum.value();
    }

    private double deaths(double[] p, double[] gradient, double[][] hessian) {
        double value = 0.0;
        Odds odds = new Odds(p);
        for (int last = histories.size() - 1; last >= 0; ) {
            odds.begin(histories.frequency(last), opportunities(last));
            int row = last;
            while (row >= 0
                    && histories.frequency(row) == histories.frequency(last)
                    && histories.age(row) == histories.age(last)) {
                odds.extend(BgBb.whole(histories.recency(row), "recency"));
                value += odds.add((double) histories.customers(row), gradient, hessian);
                row--;
            }
            last = row;
        }
        return value;
    }

    /** The odds of having died, against being alive after n opportunities: begun at n and extended down to the last one used. */
    private static final class Odds {

        private final double[] p;
        private long x;
        private int at;
        private double term;
        private double logScale;
        private double u1;
        private double u2;
        private double v1;
        private double v2;
        private double w1;
        private double w2;
        private double z1;
        private double z2;

        /** The sum of the terms and of their derivatives. */
        private double sum;

        private final double[] first = new double[4];
        private final double[][] second = new double[4][4];
        private final double[] h = new double[4];

        Odds(double[] p) {
            this.p = p;
        }

        void begin(long frequency, int n) {
            x = frequency;
            at = n;
            term = p[GAMMA];
            logScale = 0.0;
            u1 = 0.0;
            u2 = 0.0;
            v1 = 0.0;
            v2 = 0.0;
            w1 = 0.0;
            w2 = 0.0;
            z1 = 0.0;
            z2 = 0.0;
            sum = 0.0;
            Arrays.fill(first, 0.0);
            for (double[] row : second) {
                Arrays.fill(row, 0.0);
            }
        }

        /** Adds the deaths before opportunity k + 1 for k down to {@code recency}. */
        void extend(int recency) {
            boolean started = sum > 0;
            for (int k = at - 1; k >= recency; k--) {
                if (started) {
                    double g = p[GAMMA] + p[DELTA] + (k + 1);
                    term *= g;
                    w1 += 1 / g;
                    w2 += 1 / (g * g);
                }
                started = true;
                double u = p[ALPHA] + p[BETA] + k;
                double v = p[BETA] + (k - x);
                double z = p[DELTA] + k;
                term *= u / v / z;
                u1 += 1 / u;
                u2 += 1 / (u * u);
                v1 += 1 / v;
                v2 += 1 / (v * v);
                z1 += 1 / z;
                z2 += 1 / (z * z);
                if (term > LARGE) {
                    rescale();
                }
                addTerm();
            }
            at = Math.min(at, recency);
        }

        private void rescale() {
            logScale += Math.log(term);
            double factor = 1 / term;
            term = 1;
            sum *= factor;
            for (int i = 0; i < 4; i++) {
                first[i] *= factor;
                for (int j = 0; j < 4; j++) {
                    second[i][j] *= factor;
                }
            }
        }

        private void addTerm() {
            h[ALPHA] = u1;
            h[BETA] = u1 - v1;
            h[GAMMA] = 1 / p[GAMMA] + w1;
            h[DELTA] = w1 - z1;
            sum += term;
            for (int i = 0; i < 4; i++) {
                first[i] += term * h[i];
                for (int j = i; j < 4; j++) {
                    second[i][j] += term * h[i] * h[j];
                }
            }
            second[ALPHA][ALPHA] -= term * u2;
            second[ALPHA][BETA] -= term * u2;
            second[BETA][BETA] -= term * (u2 - v2);
            second[GAMMA][GAMMA] -= term * (1 / (p[GAMMA] * p[GAMMA]) + w2);
            second[GAMMA][DELTA] -= term * w2;
            second[DELTA][DELTA] -= term * (w2 - z2);
        }

        /** Adds the derivatives of n ln(1 + odds) and returns its value. */
        double add(double customers, double[] gradient, double[][] hessian) {
            if (sum == 0) {
                return 0.0;
            }
            double logOdds = logScale + Math.log(sum);
            double e = Math.exp(-Math.abs(logOdds));
            double dead = (logOdds > 0 ? 1.0 : e) / (1.0 + e);
            double weight = customers * dead / sum;
            for (int i = 0; i < 4; i++) {
                gradient[i] += weight * first[i];
                for (int j = i; j < 4; j++) {
                    hessian[i][j] += weight * (second[i][j] - dead / sum * first[i] * first[j]);
                }
            }
            return customers * (Math.max(logOdds, 0.0) + Math.log1p(e));
        }
    }

    /** Points from which the search begins. */
    static double[][] starts() {
        return new double[][] {
            {0.0, 0.0, 0.0, Math.log(3.0)}, {Math.log(3.0), Math.log(3.0), Math.log(0.3), Math.log(6.0)},
        };
    }
}
