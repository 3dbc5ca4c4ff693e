package dev.crmcore.metrics.internal;

import org.jspecify.annotations.Nullable;

/** Inverts small symmetric positive definite matrices by Cholesky's decomposition. */
public final class SymmetricInverse {

    private SymmetricInverse() {}

    /**
     * Returns the inverse, or null if the matrix is not positive definite beyond rounding. The matrix is scaled to a
     * unit diagonal first, so that variables of very different size do not look singular.
     */
    public static double @Nullable [][] of(double[][] matrix) {
        int n = matrix.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            if (!(matrix[i][i] > 0)) {
                return null;
            }
            scale[i] = 1.0 / Math.sqrt(matrix[i][i]);
        }
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] * scale[i] * scale[j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i == j) {
                    if (!(sum > 1e-13)) {
                        return null;
                    }
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    lower[i][j] = sum / lower[j][j];
                }
            }
        }
        double[][] root = invertLower(lower);
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0.0;
                for (int k = Math.max(i, j); k < n; k++) {
                    sum += root[k][i] * root[k][j];
                }
                inverse[i][j] = sum * scale[i] * scale[j];
            }
        }
        return inverse;
    }

    private static double[][] invertLower(double[][] lower) {
        int n = lower.length;
        double[][] inverse = new double[n][n];
        for (int j = 0; j < n; j++) {
            inverse[j][j] = 1.0 / lower[j][j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0.0;
                for (int k = j; k < i; k++) {
                    sum -= lower[i][k] * inverse[k][j];
                }
                inverse[i][j] = sum / lower[i][i];
            }
        }
        return inverse;
    }
}
