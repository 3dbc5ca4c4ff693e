package dev.crmcore.metrics.internal;

/**
 * The linear algebra of absorbing Markov chains. No pivoting: I - Q of a chain that is absorbed from everywhere is a
 * non-singular M-matrix, and so are its Schur complements and the inverse of a block of its inverse, on all of which
 * elimination down the diagonal is stable (Berman and Plemmons, <em>Nonnegative Matrices in the Mathematical Sciences</em>).
 */
public final class FundamentalMatrix {

    private FundamentalMatrix() {}

    /**
     * The inverse of I - Q, the expected visits to the column's state from the row's; in 2 n^3 operations.
     *
     * @param transitions Q, from whose every state there is a way out; overwritten by the result
     */
    public static double[][] of(double[][] transitions) {
        int n = transitions.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                transitions[i][j] = (i == j ? 1.0 : 0.0) - transitions[i][j];
            }
        }
        for (int pivot = 0; pivot < n; pivot++) {
            double[] row = transitions[pivot];
            double inverse = 1 / row[pivot];
            row[pivot] = 1;
            for (int j = 0; j < n; j++) {
                row[j] *= inverse;
            }
            for (int i = 0; i < n; i++) {
                if (i != pivot && transitions[i][pivot] != 0) {
                    double factor = transitions[i][pivot];
                    transitions[i][pivot] = 0;
                    subtract(transitions[i], factor, row);
                }
            }
        }
        return transitions;
    }

    /** Solves B x = b for a block on the diagonal of such an inverse; overwrites both, b by x. */
    public static void solve(double[][] block, double[] b) {
        int n = b.length;
        for (int pivot = 0; pivot < n; pivot++) {
            for (int i = pivot + 1; i < n; i++) {
                double factor = block[i][pivot] / block[pivot][pivot];
                if (factor != 0) {
                    subtract(block[i], factor, block[pivot]);
                    b[i] -= factor * b[pivot];
                }
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                b[i] -= block[i][j] * b[j];
            }
            b[i] /= block[i][i];
        }
    }

    private static void subtract(double[] from, double factor, double[] row) {
        for (int j = 0; j < from.length; j++) {
            from[j] -= factor * row[j];
        }
    }
}
