package dev.crmcore.metrics.internal;

import java.util.Arrays;

/**
 * Solves with a symmetric matrix that is positive definite or nearly so: a variable that is a linear combination of those
 * before it is passed over, and stands out as {@linkplain #isDependent dependent}. The matrix is scaled to a unit diagonal
 * first, so that variables of very different size do not look dependent.
 */
public final class SemidefiniteCholesky {

    /** A pivot below this part of its variable's own size is rounding. */
    private static final double LEAST_PIVOT = 1e-11;

    private final int n;
    private final double[] scale;
    private final double[][] lower;
    private final boolean[] dependent;

    /** Decomposes a matrix, which is left as it is. */
    public SemidefiniteCholesky(double[][] matrix) {
        n = matrix.length;
        scale = new double[n];
        lower = new double[n][n];
        dependent = new boolean[n];
        for (int i = 0; i < n; i++) {
            scale[i] = matrix[i][i] > 0 ? 1 / Math.sqrt(matrix[i][i]) : 0;
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] * scale[i] * scale[j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (j < i) {
                    lower[i][j] = dependent[j] ? 0 : sum / lower[j][j];
                } else {
                    dependent[i] = !(sum > LEAST_PIVOT);
                    lower[i][i] = dependent[i] ? 0 : Math.sqrt(sum);
                }
            }
        }
    }

    /** Whether a variable is a linear combination of those before it, or has no size at all. */
    public boolean isDependent(int i) {
        return dependent[i];
    }

    /** How many variables are not dependent. */
    public int rank() {
        int rank = 0;
        for (boolean passedOver : dependent) {
            rank += passedOver ? 0 : 1;
        }
        return rank;
    }

    /** The x with matrix x = b, 0 for dependent variables. */
    public double[] solve(double[] b) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = b[i] * scale[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * x[k];
            }
            x[i] = dependent[i] ? 0 : sum / lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < n; k++) {
                sum -= lower[k][i] * x[k];
            }
            x[i] = dependent[i] ? 0 : sum / lower[i][i];
        }
        for (int i = 0; i < n; i++) {
            x[i] *= scale[i];
        }
        return x;
    }

    /** b' matrix<sup>-1</sup> b over the variables that are not dependent. */
    public double quadraticForm(double[] b) {
        double[] x = solve(b);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += b[i] * x[i];
        }
        return Math.max(0, sum);
    }

    /** The inverse, with rows and columns of zeros for dependent variables. */
    public double[][] inverse() {
        double[][] inverse = new double[n][];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(unit, 0);
            unit[i] = dependent[i] ? 0 : 1;
            inverse[i] = solve(unit);
        }
        return inverse;
    }
}
