package dev.crmcore.metrics.retention;

import java.util.Arrays;

/** The partial log-likelihood of a Cox regression with its gradient and information, in standardised covariates. */
final class CoxLikelihood {

    private final CoxDesign design;
    private final TiedEvents ties;
    private final int p;
    private final double[] gradient;
    private final double[] triangle;
    private final double[] mean;
    private double value;

    CoxLikelihood(CoxDesign design, TiedEvents ties) {
        this.design = design;
        this.ties = ties;
        p = design.covariates();
        gradient = new double[p];
        triangle = new double[p * (p + 1) / 2];
        mean = new double[p];
    }

    /** Evaluates at a point and returns the log-likelihood; not finite if a risk set vanishes beside the largest risk. */
    double evaluate(double[] coefficients) {
        value = 0;
        Arrays.fill(gradient, 0);
        Arrays.fill(triangle, 0);
        double[] eta = design.linearPredictors(coefficients);
        CoxRiskSets sets = new CoxRiskSets(design, eta);
        double[] x = design.x();
        sets.visit((stratum, first, end, events, atRisk, ofEvents) -> {
            for (int row = first; row < end; row++) {
                if (design.event(row)) {
                    value += eta[row] - sets.shift();
                    for (int i = 0; i < p; i++) {
                        gradient[i] += x[row * p + i];
                    }
                }
            }
            int terms = terms(ties, events);
            for (int term = 0; term < terms; term++) {
                addTerm(atRisk, ofEvents, (double) term / events, (double) events / terms);
            }
        });
        return value;
    }

    /** How many different risk sets tied events see. */
    static int terms(TiedEvents ties, int events) {
        return ties == TiedEvents.EFRON ? events : 1;
    }

    private void addTerm(RiskSums all, RiskSums dying, double gone, double times) {
        double risk = all.risk() - gone * dying.risk();
        value -= times * Math.log(risk);
        for (int i = 0; i < p; i++) {
            mean[i] = (all.first(i) - gone * dying.first(i)) / risk;
            gradient[i] -= times * mean[i];
        }
        int k = 0;
        for (int i = 0; i < p; i++) {
            for (int j = i; j < p; j++) {
                triangle[k] += times * ((all.second(k) - gone * dying.second(k)) / risk - mean[i] * mean[j]);
                k++;
            }
        }
    }

    double[] gradient() {
        return gradient.clone();
    }

    /** The negative Hessian. */
    double[][] information() {
        return full(triangle, p);
    }

    /** The symmetric matrix with an upper triangle. */
    static double[][] full(double[] triangle, int p) {
        double[][] matrix = new double[p][p];
        int k = 0;
        for (int i = 0; i < p; i++) {
            for (int j = i; j < p; j++) {
                matrix[i][j] = triangle[k];
                matrix[j][i] = triangle[k++];
            }
        }
        return matrix;
    }
}
