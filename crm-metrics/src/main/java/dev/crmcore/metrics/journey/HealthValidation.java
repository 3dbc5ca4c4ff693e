package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.churn.ChurnEvaluation;
import dev.crmcore.metrics.internal.IndexSort;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a health score says anything about who leaves: scores of some day against churn after it.
 *
 * <p>Scores are compared to nine decimals, so that equal scores that were added up in another order are a tie.
 *
 * <p>Immutable and thread-safe; made in O(n log n).
 */
public final class HealthValidation {

    /** How well low scores point to churn. */
    public static final KpiDefinition AUC = KpiDefinition.builder("health-score-auc", 1)
            .name("Health score, AUC against churn")
            .kind(KpiKind.BATCH)
            .unit("probability, 0 to 1; 0.5 is chance")
            .formula("P(score of a churned customer < score of a retained one) + P(equal) / 2")
            .emptyRule("undefined unless some churned and some did not")
            .source("Hanley and McNeil 1982; interval: DeLong and others 1988")
            .build();

    /** How far the scores of both groups are apart. */
    public static final KpiDefinition KOLMOGOROV_SMIRNOV = KpiDefinition.builder("health-score-ks", 1)
            .name("Health score, Kolmogorov-Smirnov distance")
            .kind(KpiKind.BATCH)
            .unit("share, 0 to 1")
            .formula("greatest distance between the distributions of the scores of churned and retained customers")
            .emptyRule("undefined unless some churned and some did not")
            .source("Smirnov 1939")
            .build();

    private static final double GRAIN = 1e-9;

    private final HealthScore model;
    private final double[] scores;
    private final boolean[] churned;
    private final ChurnEvaluation evaluation;

    private HealthValidation(HealthScore model, double[] scores, boolean[] churned, ChurnEvaluation evaluation) {
        this.model = model;
        this.scores = scores;
        this.churned = churned;
        this.evaluation = evaluation;
    }

    /**
     * The customers of one band.
     *
     * @param band the band's name
     * @param churn those who churned, of all in the band; its estimate has the Wilson interval
     */
    public record BandChurn(String band, Proportion churn) {
        /**
         * The customers of one band.
         *
         * @param band the band's name
         * @param churn those who churned, of all in the band
         */
        public BandChurn {}
    }

    /**
     * Holds scores against what happened.
     *
     * @param model the score whose bands are meant
     * @param scores the scores of customers, 0 to 100, as they were before the time in which churn was observed
     * @param churned whether each of them churned
     * @return the validation
     * @throws IllegalArgumentException if the lengths differ or a score is not 0 to 100
     */
    public static HealthValidation of(HealthScore model, double[] scores, boolean[] churned) {
        double[] risk = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            if (!(scores[i] >= 0 && scores[i] <= 100)) {
                throw new IllegalArgumentException("score " + i + " must be 0 to 100, not " + scores[i]);
            }
            risk[i] = Math.max(0, 1 - grain(scores[i]) * GRAIN / 100);
        }
        return new HealthValidation(model, scores.clone(), churned.clone(), ChurnEvaluation.of(risk, churned));
    }

    /**
     * The share of customers who churned.
     *
     * @return the proportion; its estimate has the Wilson interval
     */
    public Proportion churnRate() {
        return evaluation.churnRate();
    }

    /**
     * The probability that a customer who left had a lower score than one who stayed, with DeLong's 95 % interval.
     *
     * @return the area under the ROC curve by {@link #AUC}; undefined unless some churned and some did not
     */
    public Estimate auc() {
        return evaluation.auc();
    }

    /**
     * The mean squared error of 1 - score/100 as a probability of churn, with its 95 % interval. A score is no probability, so
     * this is for comparing scores with each other.
     *
     * @return the Brier score; undefined without a customer
     */
    public Estimate brier() {
        return evaluation.brier();
    }

    /**
     * How far the scores of those who left and of those who stayed are apart.
     *
     * @return the distance by {@link #KOLMOGOROV_SMIRNOV}; undefined unless some churned and some did not
     */
    public Estimate kolmogorovSmirnov() {
        Proportion rate = churnRate();
        long left = rate.successes();
        long stayed = rate.trials() - left;
        if (left == 0 || stayed == 0) {
            return Estimate.undefined(
                    new Undefined(Undefined.Reason.NO_VARIATION, "all customers churned, or none"), rate.trials());
        }
        int[] ascending = IndexSort.sorted(scores.length, (i, j) -> Long.compare(grain(scores[i]), grain(scores[j])));
        double distance = 0;
        double greatest = 0;
        for (int i = 0; i < ascending.length; i++) {
            distance += churned[ascending[i]] ? 1.0 / left : -1.0 / stayed;
            boolean isLastOfTie =
                    i + 1 == ascending.length || grain(scores[ascending[i]]) != grain(scores[ascending[i + 1]]);
            greatest = isLastOfTie ? Math.max(greatest, Math.abs(distance)) : greatest;
        }
        return Estimate.of(greatest, rate.trials());
    }

    /**
     * Churn by band: a score that works has less of it in each higher band.
     *
     * @return all bands of the score, the lowest first; a new list
     */
    public List<BandChurn> bands() {
        List<String> names = model.bands();
        long[] all = new long[names.size()];
        long[] left = new long[names.size()];
        for (int i = 0; i < scores.length; i++) {
            int band = names.indexOf(model.band(scores[i]));
            all[band]++;
            left[band] += churned[i] ? 1 : 0;
        }
        List<BandChurn> bands = new ArrayList<>();
        for (int band = 0; band < all.length; band++) {
            bands.add(new BandChurn(names.get(band), Proportion.of(left[band], all[band])));
        }
        return bands;
    }

    private static long grain(double score) {
        return Math.round(score / GRAIN);
    }

    /** How many customers there are. */
    @Override
    public String toString() {
        return "HealthValidation[" + scores.length + " customers]";
    }
}
