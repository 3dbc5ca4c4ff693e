package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.Normal;

/**
 * A fitted Cox regression with its baseline hazards, which predicts survival for given covariates.
 *
 * <p>Immutable and thread-safe. Memory: p + 3 numbers for each event time.
 */
public final class CoxModel {

    private final CoxData data;
    private final CoxDesign design;
    private final int[] kept;
    private final double[] coefficients;
    private final double[][] covariance;
    private final double shift;
    private final CoxBaseline[] baselines;

    CoxModel(CoxData data, CoxDesign design, int[] kept, CoxSearch search) {
        this.data = data;
        this.design = design;
        this.kept = kept;
        this.coefficients = search.point();
        this.covariance = search.covariance();
        CoxRiskSets sets = new CoxRiskSets(design, design.linearPredictors(coefficients));
        this.shift = sets.shift();
        this.baselines = CoxBaseline.of(design, sets, data.ties());
    }

    /**
     * The survival of subjects with all covariates 0, in a regression without strata: the baseline.
     *
     * @return the prediction
     * @throws IllegalStateException if the regression has strata
     */
    public CoxPrediction baseline() {
        return predict(new double[data.names().size()]);
    }

    /**
     * The survival of subjects with given covariates, in a regression without strata.
     *
     * @param covariates their values in the order in which they were added, finite
     * @return the prediction
     * @throws IllegalArgumentException if the values are not as many as covariates, or one is not finite
     * @throws IllegalStateException if the regression has strata
     */
    public CoxPrediction predict(double[] covariates) {
        if (data.strata().size() > 1) {
            throw new IllegalStateException("a regression with strata predicts for a stratum: name it");
        }
        return prediction(covariates, 0);
    }

    /**
     * The survival of subjects with given covariates in a stratum.
     *
     * @param covariates their values in the order in which they were added, finite
     * @param stratum the number of the stratum
     * @return the prediction
     * @throws IllegalArgumentException if the values are not as many as covariates, one is not finite, or there is no such
     *     stratum
     */
    public CoxPrediction predict(double[] covariates, int stratum) {
        return prediction(covariates, data.strata().indexOf(stratum, "stratum"));
    }

    /**
     * The hazard of subjects with given covariates relative to that of others in the same stratum.
     *
     * @param covariates their values in the order in which they were added, finite
     * @param reference the values of the others
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return the ratio with its Wald interval on the logarithm
     * @throws IllegalArgumentException if the values are not as many as covariates, one is not finite, or the level is out of
     *     range
     */
    public Estimate hazardRatio(double[] covariates, double[] reference, double level) {
        Interval.requireLevel(level);
        double[] from = standardised(reference);
        double[] difference = standardised(covariates);
        double log = 0;
        double variance = 0;
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= from[i];
            log += difference[i] * coefficients[i];
        }
        for (int i = 0; i < difference.length; i++) {
            for (int j = 0; j < difference.length; j++) {
                variance += difference[i] * covariance[i][j] * difference[j];
            }
        }
        double half = Normal.twoSidedQuantile(level) * Math.sqrt(Math.max(0, variance));
        return Estimate.of(Math.exp(log), design.n())
                .withInterval(new Interval(Math.exp(log - half), Math.exp(log + half), level, "Wald on the logarithm"));
    }

    private CoxPrediction prediction(double[] covariates, int stratum) {
        double[] z = standardised(covariates);
        double eta = -shift;
        for (int i = 0; i < z.length; i++) {
            eta += z[i] * coefficients[i];
        }
        return new CoxPrediction(baselines[stratum], Math.exp(eta), z, covariance, design.n());
    }

    private double[] standardised(double[] covariates) {
        if (covariates.length != data.names().size()) {
            throw new IllegalArgumentException("covariates must be the "
                    + data.names().size() + " values of " + data.names() + ", not " + covariates.length);
        }
        for (int j = 0; j < covariates.length; j++) {
            if (!Double.isFinite(covariates[j])) {
                throw new IllegalArgumentException(data.names().get(j) + " must be finite, not " + covariates[j]);
            }
        }
        double[] z = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            z[i] = (covariates[kept[i]] - design.mean(i)) / design.scale(i);
        }
        return z;
    }

    /** The covariates and the number of subjects. */
    @Override
    public String toString() {
        return "Cox model of " + data.names() + ", fitted on " + design.n() + " subjects";
    }
}
