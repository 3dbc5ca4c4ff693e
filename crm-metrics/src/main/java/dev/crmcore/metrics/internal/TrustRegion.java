package dev.crmcore.metrics.internal;

import java.util.Arrays;

/**
 * Maximises a smooth function of a few variables inside a box, with its gradient and Hessian: Newton's method with the
 * step held in a trust region (Mor&eacute; and Sorensen 1983), solved exactly through the eigenvalues of the Hessian.
 *
 * <p>A step is taken only if the function rises, so the result is never worse than the start; a variable that presses
 * against its bound is held there and the others go on. The number of evaluations is bounded: it never loops.
 */
public final class TrustRegion {

    private static final int EVALUATIONS = 300;
    private static final double SMALLEST_RADIUS = 1e-12;

    /** A function with its derivatives. */
    public interface Objective {

        /**
         * Returns the value at {@code point} and fills in both derivatives; a value that is not finite means that the
         * point is not admissible.
         */
        double evaluate(double[] point, double[] gradient, double[][] hessian);
    }

    /** Where the search ended. */
    public static final class Optimum {

        private final double[] point;
        private final double value;
        private final double[] gradient;
        private final double[][] hessian;
        private final boolean converged;
        private final int evaluations;

        private Optimum(
                double[] point,
                double value,
                double[] gradient,
                double[][] hessian,
                boolean converged,
                int evaluations) {
            this.point = point;
            this.value = value;
            this.gradient = gradient;
            this.hessian = hessian;
            this.converged = converged;
            this.evaluations = evaluations;
        }

        /** The best point found. */
        public double[] point() {
            return point;
        }

        /** The function there. */
        public double value() {
            return value;
        }

        /** Its gradient there. */
        public double[] gradient() {
            return gradient;
        }

        /** Its Hessian there. */
        public double[][] hessian() {
            return hessian;
        }

        /** Whether no further step promised a gain above rounding. */
        public boolean converged() {
            return converged;
        }

        /** How often the function was evaluated. */
        public int evaluations() {
            return evaluations;
        }
    }

    private final Objective objective;
    private final double[] low;
    private final double[] high;
    private final int n;

    private TrustRegion(Objective objective, double[] low, double[] high) {
        this.objective = objective;
        this.low = low;
        this.high = high;
        this.n = low.length;
    }

    /**
     * Searches for the maximum from {@code start}, which must be inside the box and admissible.
     *
     * @param low the lower bound of each variable
     * @param high the upper bound of each variable
     */
    public static Optimum maximise(Objective objective, double[] start, double[] low, double[] high) {
        return new TrustRegion(objective, low, high).search(start);
    }

    private Optimum search(double[] start) {
        double[] point = start.clone();
        double[] gradient = new double[n];
        double[][] hessian = new double[n][n];
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        double[][] nextHessian = new double[n][n];
        double value = objective.evaluate(point, gradient, hessian);
        double radius = 2.0;
        for (int evaluations = 1; evaluations < EVALUATIONS; ) {
            int[] free = free(point, gradient);
            if (free.length == 0) {
                return new Optimum(point, value, gradient, hessian, true, evaluations);
            }
            double[] step = step(gradient, hessian, free, radius);
            double length = clip(point, step, next);
            double promised = model(gradient, hessian, next, point);
            double rounding = 1e-15 * Math.abs(value);
            boolean last = promised <= 1e-11 + rounding;
            double nextValue = objective.evaluate(next, nextGradient, nextHessian);
            evaluations++;
            double gained = nextValue - value;
            boolean better = gained > 0 || (last && gained >= -(1e-11 + 64 * rounding));
            if (better) {
                System.arraycopy(next, 0, point, 0, n);
                double[] g = gradient;
                gradient = nextGradient;
                nextGradient = g;
                double[][] h = hessian;
                hessian = nextHessian;
                nextHessian = h;
                value = nextValue;
            }
            if (last) {
                return new Optimum(point, value, gradient, hessian, true, evaluations);
            }
            double ratio = gained / promised;
            if (!(ratio >= 0.25)) {
                radius = 0.25 * Math.min(radius, length);
            } else if (ratio > 0.75 && length > 0.9 * radius) {
                radius = Math.min(2.0 * radius, 8.0);
            }
            if (radius < SMALLEST_RADIUS) {
                // the model promises what rounding no longer lets the function show
                return new Optimum(
                        point, value, gradient, hessian, promised < 1e-6 + 1e-12 * Math.abs(value), evaluations);
            }
        }
        return new Optimum(point, value, gradient, hessian, false, EVALUATIONS);
    }

    /** The variables that do not press outwards against a bound. */
    private int[] free(double[] point, double[] gradient) {
        int[] free = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            boolean held = (point[i] <= low[i] && gradient[i] <= 0) || (point[i] >= high[i] && gradient[i] >= 0);
            if (!held) {
                free[count++] = i;
            }
        }
        return Arrays.copyOf(free, count);
    }

    /** The maximiser of the quadratic model among the free variables, no longer than the radius. */
    private double[] step(double[] gradient, double[][] hessian, int[] free, double radius) {
        int m = free.length;
        double[][] sub = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                sub[i][j] = -hessian[free[i]][free[j]];
            }
        }
        SymmetricEigen eigen = new SymmetricEigen(sub);
        double[] lambda = eigen.values();
        double[] along = new double[m];
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0.0;
        for (int k = 0; k < m; k++) {
            for (int i = 0; i < m; i++) {
                along[k] += eigen.vector(i, k) * gradient[free[i]];
            }
            smallest = Math.min(smallest, lambda[k]);
            largest = Math.max(largest, Math.abs(lambda[k]));
        }
        double floor = Math.max(1e-14 * largest, 1e-300);
        double shift = smallest > floor ? 0.0 : floor - smallest;
        if (norm(along, lambda, shift) > radius) {
            shift = shiftFor(along, lambda, shift, radius);
        }
        double[] step = new double[n];
        for (int k = 0; k < m; k++) {
            double scale = along[k] / (lambda[k] + shift);
            for (int i = 0; i < m; i++) {
                step[free[i]] += scale * eigen.vector(i, k);
            }
        }
        return step;
    }

    /** The shift of the eigenvalues at which the step has the length of the radius, by bisection on its logarithm. */
    private static double shiftFor(double[] along, double[] lambda, double least, double radius) {
        double total = 0.0;
        double spread = 0.0;
        for (int k = 0; k < along.length; k++) {
            total = Math.hypot(total, along[k]);
            spread = Math.max(spread, Math.abs(lambda[k]));
        }
        double below = 0.0;
        double above = total / radius + 2.0 * spread;
        for (int i = 0; i < 60 && above - below > 1e-3 * above; i++) {
            double middle = below < 1e-6 * above ? above * 1e-2 : 0.5 * (below + above);
            if (norm(along, lambda, least + middle) > radius) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return least + above;
    }

    private static double norm(double[] along, double[] lambda, double shift) {
        double sum = 0.0;
        for (int k = 0; k < along.length; k++) {
            double s = along[k] / (lambda[k] + shift);
            sum += s * s;
        }
        return Math.sqrt(sum);
    }

    /** Puts {@code point + step}, cut to the box, into {@code next} and returns the length of the step. */
    private double clip(double[] point, double[] step, double[] next) {
        double length = 0.0;
        for (int i = 0; i < n; i++) {
            next[i] = Math.max(low[i], Math.min(high[i], point[i] + step[i]));
            length = Math.hypot(length, next[i] - point[i]);
        }
        return length;
    }

    /** The gain that the quadratic model promises at {@code next}. */
    private double model(double[] gradient, double[][] hessian, double[] next, double[] point) {
        double gain = 0.0;
        for (int i = 0; i < n; i++) {
            double di = next[i] - point[i];
            gain += gradient[i] * di;
            for (int j = 0; j < n; j++) {
                gain += 0.5 * hessian[i][j] * di * (next[j] - point[j]);
            }
        }
        return gain;
    }
}
