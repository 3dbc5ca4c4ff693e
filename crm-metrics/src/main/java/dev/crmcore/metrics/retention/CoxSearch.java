package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.SemidefiniteCholesky;

/**
 * Maximises the partial likelihood by Newton's method from 0, halving steps that do not rise. The likelihood is concave, so
 * the search ends at its maximum, or runs on in a direction in which it rises without end; then it stops when a further step
 * would gain nothing, and tells which coefficients were still running.
 */
final class CoxSearch {

    private static final int STEPS = 100;
    private static final int HALVINGS = 40;
    /** U'I<sup>-1</sup>U, in squared standard errors, below which one more step is exact. */
    private static final double DECREMENT = 1e-9;
    /** A step of this part of a coefficient's size, when nothing is left to gain, is not the end of a search. */
    private static final double RUNNING = 0.005;
    /** How much a variance must have grown since the start for its coefficient to be called infinite. */
    private static final double GROWTH = 1e4;

    private final CoxLikelihood likelihood;
    private final double nullValue;
    private final double scoreStatistic;
    private final double[][] nullVariance;

    private double[] point;
    private double value;
    private double[][] information;
    private double[][] covariance;
    private boolean[] infinite;
    private boolean converged;
    private int evaluations;

    CoxSearch(CoxDesign design, TiedEvents ties) {
        int p = design.covariates();
        likelihood = new CoxLikelihood(design, ties);
        point = new double[p];
        value = evaluate(point);
        nullValue = value;
        information = likelihood.information();
        SemidefiniteCholesky atNull = new SemidefiniteCholesky(information);
        scoreStatistic = atNull.quadraticForm(likelihood.gradient());
        nullVariance = atNull.inverse();
        covariance = nullVariance;
        infinite = new boolean[p];
        search();
    }

    private void search() {
        double[] gradient = likelihood.gradient();
        for (int step = 0; step < STEPS; step++) {
            SemidefiniteCholesky cholesky = new SemidefiniteCholesky(information);
            double[] direction = cholesky.solve(gradient);
            double decrement = cholesky.quadraticForm(gradient);
            boolean last = decrement < DECREMENT;
            double[] before = point;
            if (!advance(direction, last)) {
                converged = last;
                finish(direction, before);
                return;
            }
            gradient = likelihood.gradient();
            information = likelihood.information();
            if (last) {
                converged = true;
                finish(direction, before);
                return;
            }
        }
        finish(new double[point.length], point);
    }

    /** Goes along a direction, or a part of it; false if no part of it rises. The last step may lose to rounding. */
    private boolean advance(double[] direction, boolean last) {
        double slack = 1e-13 * Math.abs(value) + (last ? DECREMENT : 0);
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double[] next = point.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += length * direction[i];
            }
            double reached = evaluate(next);
            if (reached >= value - slack) {
                point = next;
                value = reached;
                return true;
            }
            length /= 2;
        }
        evaluate(point);
        return false;
    }

    private void finish(double[] step, double[] before) {
        SemidefiniteCholesky cholesky = new SemidefiniteCholesky(information);
        covariance = cholesky.inverse();
        for (int i = 0; i < infinite.length; i++) {
            boolean running =
                    Math.abs(step[i]) > RUNNING * Math.abs(before[i]) && covariance[i][i] > GROWTH * nullVariance[i][i];
            infinite[i] = running || cholesky.isDependent(i);
        }
    }

    private double evaluate(double[] at) {
        evaluations++;
        return likelihood.evaluate(at);
    }

    /** The coefficients of the standardised covariates. */
    double[] point() {
        return point;
    }

    double value() {
        return value;
    }

    double nullValue() {
        return nullValue;
    }

    double scoreStatistic() {
        return scoreStatistic;
    }

    double[][] information() {
        return information;
    }

    /** The inverse of the information. */
    double[][] covariance() {
        return covariance;
    }

    boolean isInfinite(int i) {
        return infinite[i];
    }

    boolean converged() {
        return converged;
    }

    int evaluations() {
        return evaluations;
    }
}
