package dev.crmcore.metrics.series;

import dev.crmcore.metrics.internal.SymmetricInverse;
import java.util.Arrays;

/**
 * Minimises a sum of squares by Levenberg's and Marquardt's method with derivatives by differences. A step is taken only if
 * the sum falls, so that the result is never worse than the start; the number of rounds is bounded.
 */
final class LeastSquaresSearch {

    private static final int ROUNDS = 120;
    private static final double DIFFERENCE = 1e-6;

    /** Fills in the residuals at a point; one that is not finite means that the point is not admissible. */
    @FunctionalInterface
    interface Residuals {
        void fill(double[] point, double[] residuals);
    }

    private final Residuals function;
    private final int count;
    private double[] point;
    private double sum;

    LeastSquaresSearch(Residuals function, int count, double[] start) {
        this.function = function;
        this.count = count;
        this.point = start.clone();
        this.sum = sum(residuals(point));
        search();
    }

    double[] point() {
        return point;
    }

    double sum() {
        return sum;
    }

    private void search() {
        int n = point.length;
        double damping = 1e-3;
        int small = 0;
        for (int round = 0; round < ROUNDS && Double.isFinite(sum); round++) {
            double[] residuals = residuals(point);
            double[][] jacobian = jacobian(residuals);
            double[][] products = new double[n][n];
            double[] slope = new double[n];
            for (int i = 0; i < n; i++) {
                slope[i] = -dot(jacobian[i], residuals);
                for (int j = 0; j <= i; j++) {
                    products[i][j] = dot(jacobian[i], jacobian[j]);
                    products[j][i] = products[i][j];
                }
            }
            double before = sum;
            for (int attempt = 0; attempt < 12 && sum == before; attempt++) {
                if (go(products, slope, damping)) {
                    damping = Math.max(damping / 5, 1e-12);
                } else {
                    damping *= 4;
                }
            }
            small = before - sum <= 1e-10 * before ? small + 1 : 0;
            if (small == 2 || sum == before) {
                return;
            }
        }
    }

    private boolean go(double[][] products, double[] slope, double damping) {
        int n = slope.length;
        double[][] damped = new double[n][];
        for (int i = 0; i < n; i++) {
            damped[i] = products[i].clone();
            damped[i][i] += damping * products[i][i] + 1e-12;
        }
        double[][] inverse = SymmetricInverse.of(damped);
        if (inverse == null) {
            return false;
        }
        double[] next = point.clone();
        for (int i = 0; i < n; i++) {
            next[i] += dot(inverse[i], slope);
        }
        double found = sum(residuals(next));
        if (found < sum) {
            point = next;
            sum = found;
            return true;
        }
        return false;
    }

    private double[][] jacobian(double[] residuals) {
        double[][] jacobian = new double[point.length][];
        for (int i = 0; i < point.length; i++) {
            double[] beside = point.clone();
            beside[i] += DIFFERENCE * Math.max(1, Math.abs(point[i]));
            double width = beside[i] - point[i];
            double[] moved = residuals(beside);
            for (int k = 0; k < count; k++) {
                double slope = (moved[k] - residuals[k]) / width;
                moved[k] = Double.isFinite(slope) ? slope : 0;
            }
            jacobian[i] = moved;
        }
        return jacobian;
    }

    private double[] residuals(double[] at) {
        double[] residuals = new double[count];
        function.fill(at, residuals);
        return residuals;
    }

    private static double sum(double[] residuals) {
        double sum = Arrays.stream(residuals).map(r -> r * r).sum();
        return Double.isFinite(sum) ? sum : Double.POSITIVE_INFINITY;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
