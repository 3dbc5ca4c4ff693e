package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Estimate;
import java.util.Objects;

/**
 * How a candidate did in the cross-validation.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the candidate's name
 * @param logLoss its out-of-fold log loss, by which candidates are compared; undefined with the reason if it could not be
 *     fitted
 * @param auc its out-of-fold AUC
 * @param brier its out-of-fold Brier score
 */
public record CandidateScore(String name, Estimate logLoss, Estimate auc, Estimate brier) {

    /**
     * Checks that all parts are given.
     *
     * @param name the candidate's name
     * @param logLoss its out-of-fold log loss
     * @param auc its out-of-fold AUC
     * @param brier its out-of-fold Brier score
     */
    public CandidateScore {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(logLoss, "logLoss");
        Objects.requireNonNull(auc, "auc");
        Objects.requireNonNull(brier, "brier");
    }
}
