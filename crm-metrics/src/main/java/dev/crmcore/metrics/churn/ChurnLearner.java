package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Finding;

/**
 * Makes a churn model from customers of whom it is known whether they left. A host that trains a model of its own
 * implements it to have that model cross-validated and chosen beside those of this library.
 *
 * <p>An implementation must be deterministic: equal tables give models of equal answers.
 */
@FunctionalInterface
public interface ChurnLearner {

    /**
     * Learns from customers.
     *
     * @param customers what was known about them before it was seen who leaves
     * @param churned whether they left, one for each row
     * @return the model, or the reason why these customers give none
     * @throws IllegalArgumentException if there are more or fewer outcomes than rows
     */
    Finding<? extends ChurnModel> fit(FeatureTable customers, boolean[] churned);
}
