package dev.crmcore.metrics.retention;

import java.util.Arrays;

/** The risk of a set of subjects, and its first and second moments in the covariates. The second is an upper triangle. */
final class RiskSums {

    private final int p;
    private double risk;
    private final double[] first;
    private final double[] second;

    RiskSums(int p) {
        this.p = p;
        first = new double[p];
        second = new double[p * (p + 1) / 2];
    }

    void clear() {
        risk = 0;
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
    }

    /** Adds one subject, or takes it away with a negative risk. */
    void add(double subjectRisk, double[] x, int row) {
        risk += subjectRisk;
        int at = row * p;
        int k = 0;
        for (int i = 0; i < p; i++) {
            double weighted = subjectRisk * x[at + i];
            first[i] += weighted;
            for (int j = i; j < p; j++) {
                second[k++] += weighted * x[at + j];
            }
        }
    }

    double risk() {
        return risk;
    }

    double first(int i) {
        return first[i];
    }

    /** The k-th entry of the upper triangle, row by row. */
    double second(int k) {
        return second[k];
    }
}
