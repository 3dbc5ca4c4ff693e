package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.StateReader;
import java.util.List;

/**
 * A churn model of this library: it works on the scale of log-odds, gives the reasons for each score, and can be kept as
 * bytes.
 *
 * <p>Immutable and thread-safe. The byte form is framed, versioned and check-summed: id "churn-model", version 1, u8 kind
 * (1 logistic, 2 trees, 3 blend), and what the kind needs. It holds names and levels of columns, no customer.
 */
public sealed interface ExplainedModel extends ChurnModel permits LogisticModel, BoostedTreesModel, BlendedModel {

    /**
     * The log-odds of churn of each customer, ln(p / (1 - p)).
     *
     * @param customers what is known about them
     * @return one number for each row
     * @throws IllegalArgumentException if a column is missing that the model needs, or is of the wrong kind
     */
    double[] logOdds(FeatureTable customers);

    @Override
    default double[] probabilities(FeatureTable customers) {
        return Outcomes.probabilities(logOdds(customers));
    }

    /**
     * Why one customer has its score.
     *
     * @param customers what is known about customers
     * @param row the customer's row, from 0
     * @return the reasons
     * @throws IllegalArgumentException if a column is missing that the model needs, or is of the wrong kind
     * @throws IndexOutOfBoundsException if there is no such row
     */
    Reasons reasons(FeatureTable customers, int row);

    /**
     * The columns that the model looks at.
     *
     * @return the names, in the order of the table from which it was learnt
     */
    List<String> features();

    /**
     * The model as bytes, for {@link #fromBytes}.
     *
     * @return the bytes
     */
    byte[] toBytes();

    /**
     * Reads a model.
     *
     * @param bytes what {@link #toBytes()} wrote
     * @return the model, with the same answers
     * @throws IllegalArgumentException if the bytes are truncated, damaged or of another or a newer kind
     */
    static ExplainedModel fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, ModelBytes.ID, ModelBytes.VERSION);
        ExplainedModel model = ModelBytes.read(reader, true);
        reader.end();
        return model;
    }
}
