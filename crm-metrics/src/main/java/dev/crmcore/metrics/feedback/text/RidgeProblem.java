package dev.crmcore.metrics.feedback.text;

import java.util.Arrays;

/**
 * Ridge regression over sparse rows: minimises |y - b - X w|&sup2; + penalty |w|&sup2; with a free intercept b, by conjugate
 * gradients on the normal equations, to a residual of 1e-8 of its beginning. Columns are centred without making them dense.
 *
 * <p>Not thread-safe while rows are added.
 */
final class RidgeProblem {

    private static final double PRECISION = 1e-8;
    private static final int MOST_STEPS = 1_000;

    private final int columns;
    private final double[] targets;
    private final int[] begins;
    private int[] columnOf = new int[1024];
    private double[] valueOf = new double[1024];
    private int rows;
    private int size;

    private double[] means = {};
    private double meanTarget;

    RidgeProblem(int rows, int columns) {
        this.columns = columns;
        this.targets = new double[rows];
        this.begins = new int[rows + 1];
    }

    void put(int column, double value) {
        if (size == columnOf.length) {
            columnOf = Arrays.copyOf(columnOf, 2 * size);
            valueOf = Arrays.copyOf(valueOf, 2 * size);
        }
        columnOf[size] = column;
        valueOf[size++] = value;
    }

    void endRow(double target) {
        targets[rows++] = target;
        begins[rows] = size;
    }

    /** Multiplies every value of the columns from {@code first} on by a factor of its column. */
    void scale(int first, double[] factors) {
        for (int at = 0; at < size; at++) {
            if (columnOf[at] >= first) {
                valueOf[at] *= factors[columnOf[at]];
            }
        }
    }

    /** The mean over the rows of the sum of squares in the columns from {@code first} on. */
    double meanSquare(int first) {
        double sum = 0;
        for (int at = 0; at < size; at++) {
            sum += columnOf[at] >= first ? valueOf[at] * valueOf[at] : 0;
        }
        return sum / rows;
    }

    /** For each column how many standard deviations its sum of target deviations is from zero, if it had no effect. */
    double[] effects() {
        centre();
        double variance = 0;
        double[] sums = new double[columns];
        double[] squares = new double[columns];
        for (int row = 0; row < rows; row++) {
            double deviation = targets[row] - meanTarget;
            variance += deviation * deviation / rows;
            for (int at = begins[row]; at < begins[row + 1]; at++) {
                sums[columnOf[at]] += valueOf[at] * deviation;
                squares[columnOf[at]] += valueOf[at] * valueOf[at];
            }
        }
        for (int column = 0; column < columns; column++) {
            sums[column] = squares[column] > 0 ? sums[column] / Math.sqrt(squares[column] * variance) : 0;
        }
        return sums;
    }

    /** The weights, starting from those of a nearby penalty. */
    double[] solve(double penalty, double[] start) {
        centre();
        double[] weights = start.clone();
        double[] residual = rightSide();
        double goal = PRECISION * PRECISION * dot(residual, residual);
        double[] product = times(weights, penalty);
        for (int j = 0; j < columns; j++) {
            residual[j] -= product[j];
        }
        double[] direction = residual.clone();
        double square = dot(residual, residual);
        for (int step = 0; step < MOST_STEPS && square > goal; step++) {
            product = times(direction, penalty);
            double length = square / dot(direction, product);
            for (int j = 0; j < columns; j++) {
                weights[j] += length * direction[j];
                residual[j] -= length * product[j];
            }
            double next = dot(residual, residual);
            for (int j = 0; j < columns; j++) {
                direction[j] = residual[j] + next / square * direction[j];
            }
            square = next;
        }
        return weights;
    }

    /** The intercept that belongs to some weights. */
    double intercept(double[] weights) {
        return meanTarget - dot(means, weights);
    }

    private void centre() {
        means = new double[columns];
        meanTarget = 0;
        for (int row = 0; row < rows; row++) {
            meanTarget += targets[row] / rows;
        }
        for (int at = 0; at < size; at++) {
            means[columnOf[at]] += valueOf[at] / rows;
        }
    }

    private double[] rightSide() {
        double[] side = new double[columns];
        for (int row = 0; row < rows; row++) {
            addRow(row, targets[row] - meanTarget, side);
        }
        return side;
    }

    /** (X'X + penalty) w with centred X. */
    private double[] times(double[] weights, double penalty) {
        double offset = dot(means, weights);
        double[] product = new double[columns];
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double value = -offset;
            for (int at = begins[row]; at < begins[row + 1]; at++) {
                value += valueOf[at] * weights[columnOf[at]];
            }
            addRow(row, value, product);
            sum += value;
        }
        for (int j = 0; j < columns; j++) {
            product[j] += penalty * weights[j] - sum * means[j];
        }
        return product;
    }

    private void addRow(int row, double factor, double[] to) {
        for (int at = begins[row]; at < begins[row + 1]; at++) {
            to[columnOf[at]] += factor * valueOf[at];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
