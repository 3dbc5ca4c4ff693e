package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.SymmetricInverse;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The search for the coefficients of a logistic regression; column 0 is the intercept, which is not penalised. */
final class LogisticNewton {

    private static final int STEPS = 80;
    private static final double ALIASED = 1e-10;
    private static final double NEAR = 1e-7;

    private final double[][] columns;
    private final boolean[] churned;
    private final double strength;
    private final int rows;
    private final int[] kept;
    private final double[] weights;
    private final double[] scores;
    private double @Nullable [][] covariance;
    private double @Nullable [] separation;

    LogisticNewton(double[][] columns, boolean[] churned, double strength) {
        this.columns = columns;
        this.churned = churned;
        this.strength = strength;
        this.rows = churned.length;
        this.kept = strength > 0 ? all(columns.length) : independent(columns);
        this.weights = new double[columns.length];
        this.scores = new double[rows];
    }

    /** Whether the optimum was reached. */
    boolean solve() {
        double share = (double) Outcomes.count(churned) / rows;
        weights[0] = Math.log(share / (1 - share));
        Arrays.fill(scores, weights[0]);
        double loss = loss(scores, weights);
        double last = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient();
            double[][] inverse = SymmetricInverse.of(information());
            if (inverse == null) {
                return false;
            }
            double[] change = multiply(inverse, gradient);
            if (strength == 0 && separates(change)) {
                return false;
            }
            double promised = 0;
            for (int i = 0; i < change.length; i++) {
                promised += change[i] * gradient[i];
            }
            if (promised < NEAR * (1 + loss)) {
                // So near, the loss is flat to rounding, but the steps still halve their digits' error
                if (promised >= last / 4) {
                    covariance = inverse;
                    return true;
                }
                last = promised;
                go(change, 1, weights, scores);
                loss = loss(scores, weights);
                continue;
            }
            double next = descend(change, loss);
            if (next >= loss) {
                return false;
            }
            loss = next;
        }
        return false;
    }

    /** The direction in which the likelihood rises for ever, over all columns, if one was met. */
    Optional<double[]> separation() {
        return Optional.ofNullable(separation);
    }

    double[] weights() {
        return weights;
    }

    /** Whether a column is part of the regression. */
    boolean keeps(int column) {
        return Arrays.binarySearch(kept, column) >= 0;
    }

    boolean penalised() {
        return strength > 0;
    }

    /** The covariance of two estimates, that of the posterior if penalised; 0 for a column that was left out. */
    double covariance(int first, int second) {
        int i = Arrays.binarySearch(kept, first);
        int j = Arrays.binarySearch(kept, second);
        return covariance == null || i < 0 || j < 0 ? 0 : covariance[i][j];
    }

    double logLikelihood() {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum -= Outcomes.logLoss(scores[row], churned[row]);
        }
        return sum;
    }

    /** Goes along the change, half as far as long as that makes it worse; stays where it is if nothing is better. */
    private double descend(double[] change, double loss) {
        double length = 1;
        for (int half = 0; half < 40; half++, length /= 2) {
            double[] candidate = weights.clone();
            double[] moved = scores.clone();
            go(change, length, candidate, moved);
            double next = loss(moved, candidate);
            if (next < loss) {
                System.arraycopy(candidate, 0, weights, 0, weights.length);
                System.arraycopy(moved, 0, scores, 0, rows);
                return next;
            }
        }
        return loss;
    }

    private void go(double[] change, double length, double[] from, double[] itsScores) {
        for (int i = 0; i < kept.length; i++) {
            double by = length * change[i];
            from[kept[i]] += by;
            double[] column = columns[kept[i]];
            for (int row = 0; row < rows; row++) {
                itsScores[row] += by * column[row];
            }
        }
    }

    private double loss(double[] at, double[] with) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += Outcomes.logLoss(at[row], churned[row]);
        }
        double squares = 0;
        for (int j = 1; j < with.length; j++) {
            squares += with[j] * with[j];
        }
        return sum + strength / 2 * squares;
    }

    private double[] gradient() {
        double[] residual = new double[rows];
        for (int row = 0; row < rows; row++) {
            residual[row] = (churned[row] ? 1 : 0) - Outcomes.probability(scores[row]);
        }
        double[] gradient = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            double[] column = columns[kept[i]];
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += column[row] * residual[row];
            }
            gradient[i] = sum - (kept[i] == 0 ? 0 : strength * weights[kept[i]]);
        }
        return gradient;
    }

    private double[][] information() {
        double[] variance = new double[rows];
        for (int row = 0; row < rows; row++) {
            // p (1 - p) from the smaller tail, so that it stays positive far out
            double tail = Outcomes.probability(-Math.abs(scores[row]));
            variance[row] = tail * (1 - tail);
        }
        double[][] information = new double[kept.length][kept.length];
        double[] weighted = new double[rows];
        for (int i = 0; i < kept.length; i++) {
            double[] first = columns[kept[i]];
            for (int row = 0; row < rows; row++) {
                weighted[row] = first[row] * variance[row];
            }
            for (int j = 0; j <= i; j++) {
                double[] second = columns[kept[j]];
                double sum = 0;
                for (int row = 0; row < rows; row++) {
                    sum += weighted[row] * second[row];
                }
                information[i][j] = sum;
                information[j][i] = sum;
            }
            information[i][i] += kept[i] == 0 ? 0 : strength;
        }
        return information;
    }

    /**
     * Whether the change is a direction along which no customer's likelihood falls and some rise: the proof that there is
     * no maximum. Where there is one, the steps become short before they could pass for such a direction.
     */
    private boolean separates(double[] change) {
        double worst = 0;
        double best = 0;
        for (int row = 0; row < rows; row++) {
            double along = 0;
            for (int i = 0; i < kept.length; i++) {
                along += change[i] * columns[kept[i]][row];
            }
            double gain = churned[row] ? along : -along;
            worst = Math.min(worst, gain);
            best = Math.max(best, gain);
        }
        if (best < 0.1 || worst < -1e-6 * best) {
            return false;
        }
        double[] direction = new double[columns.length];
        for (int i = 0; i < kept.length; i++) {
            direction[kept[i]] = change[i];
        }
        separation = direction;
        return true;
    }

    private static double[] multiply(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }

    private static int[] all(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /** The columns that are no linear combination of columns before them, by Cholesky's decomposition of their products. */
    private static int[] independent(double[][] columns) {
        int[] kept = new int[columns.length];
        double[][] lower = new double[columns.length][];
        int count = 0;
        for (int j = 0; j < columns.length; j++) {
            double length = Math.sqrt(product(columns[j], columns[j]));
            double[] line = new double[count + 1];
            double left = length > 0 ? 1 : 0;
            for (int i = 0; i < count && left > ALIASED; i++) {
                double sum = product(columns[j], columns[kept[i]])
                        / length
                        / Math.sqrt(product(columns[kept[i]], columns[kept[i]]));
                for (int k = 0; k < i; k++) {
                    sum -= line[k] * lower[i][k];
                }
                line[i] = sum / lower[i][i];
                left -= line[i] * line[i];
            }
            if (left > ALIASED) {
                line[count] = Math.sqrt(left);
                lower[count] = line;
                kept[count++] = j;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static double product(double[] first, double[] second) {
        double sum = 0;
        for (int row = 0; row < first.length; row++) {
            sum += first[row] * second[row];
        }
        return sum;
    }
}
