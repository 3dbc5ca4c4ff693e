package dev.crmcore.metrics.churn;

/**
 * The port of churn prediction: says of each customer how likely they leave. A host that has a model of its own implements
 * this one method, and whatever is built on predictions (quality, calibration, selection) works with it.
 *
 * <p>An implementation must give equal answers to equal questions, must not keep or change the table, and should be
 * thread-safe, as the models of this library are.
 */
@FunctionalInterface
public interface ChurnModel {

    /**
     * The probability of churn of each customer.
     *
     * @param customers what is known about them; columns that the model does not know are of no matter
     * @return one probability for each row, in the order of the rows, 0 to 1
     * @throws IllegalArgumentException if a column is missing that the model needs, or is of the wrong kind
     */
    double[] probabilities(FeatureTable customers);
}
