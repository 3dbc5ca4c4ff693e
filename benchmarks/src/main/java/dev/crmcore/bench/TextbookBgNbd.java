package dev.crmcore.bench;

import dev.crmcore.metrics.value.PurchaseHistories;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The BG/NBD fit as the paper's spreadsheet and the usual packages do it: the log-likelihood as it is printed, its maximum by
 * Nelder and Mead's simplex over the logarithms of the parameters. Given the distinct rows, as the library makes them.
 */
final class TextbookBgNbd {

    private static final int MOST_STEPS = 5_000;
    private static final double TOLERANCE = 1e-8;

    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private final PurchaseHistories histories;

    TextbookBgNbd(PurchaseHistories histories) {
        this.histories = histories;
    }

    /** A corner of the simplex. */
    private static final class Corner {

        private final double[] at;
        private final double cost;

        Corner(double[] at, double cost) {
            this.at = at;
            this.cost = cost;
        }

        double cost() {
            return cost;
        }
    }

    /** The greatest log-likelihood. */
    double fit() {
        int n = 4;
        Corner[] simplex = new Corner[n + 1];
        for (int i = 0; i <= n; i++) {
            double[] at = new double[n];
            if (i < n) {
                at[i] = 1;
            }
            simplex[i] = corner(at);
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            Arrays.sort(simplex, Comparator.comparingDouble(Corner::cost));
            if (simplex[n].cost - simplex[0].cost < TOLERANCE * Math.abs(simplex[0].cost)) {
                break;
            }
            improve(simplex, n);
        }
        return -simplex[0].cost;
    }

    private void improve(Corner[] simplex, int n) {
        double[] centre = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                centre[j] += simplex[i].at[j] / n;
            }
        }
        Corner worst = simplex[n];
        Corner reflected = along(centre, worst, -1);
        if (reflected.cost < simplex[0].cost) {
            Corner expanded = along(centre, worst, -2);
            simplex[n] = expanded.cost < reflected.cost ? expanded : reflected;
        } else if (reflected.cost < simplex[n - 1].cost) {
            simplex[n] = reflected;
        } else {
            Corner contracted = along(centre, worst, reflected.cost < worst.cost ? -0.5 : 0.5);
            if (contracted.cost < Math.min(worst.cost, reflected.cost)) {
                simplex[n] = contracted;
            } else {
                for (int i = 1; i <= n; i++) {
                    simplex[i] = along(simplex[0].at, simplex[i], 0.5);
                }
            }
        }
    }

    private Corner along(double[] centre, Corner corner, double factor) {
        double[] at = new double[centre.length];
        for (int j = 0; j < at.length; j++) {
            at[j] = centre[j] + factor * (corner.at[j] - centre[j]);
        }
        return corner(at);
    }

    private Corner corner(double[] at) {
        double cost = -logLikelihood(Math.exp(at[0]), Math.exp(at[1]), Math.exp(at[2]), Math.exp(at[3]));
        return new Corner(at, Double.isNaN(cost) ? Double.POSITIVE_INFINITY : cost);
    }

    private double logLikelihood(double r, double alpha, double a, double b) {
        double sum = 0;
        double constant = r * Math.log(alpha) - logGamma(r) + logGamma(a + b) - logGamma(b);
        for (int row = 0; row < histories.size(); row++) {
            long x = histories.frequency(row);
            double alive = -(r + x) * Math.log(alpha + histories.age(row));
            double either = alive;
            if (x > 0) {
                double gone = Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + histories.recency(row));
                double greater = Math.max(alive, gone);
                either = greater + Math.log(Math.exp(alive - greater) + Math.exp(gone - greater));
            }
            double value = constant + logGamma(r + x) + logGamma(b + x) - logGamma(a + b + x) + either;
            sum += histories.customers(row) * value;
        }
        return sum;
    }

    private static double logGamma(double x) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x + LANCZOS.length - 2.5;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
