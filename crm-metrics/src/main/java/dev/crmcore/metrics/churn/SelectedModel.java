package dev.crmcore.metrics.churn;

import java.util.List;
import java.util.Optional;

/**
 * The model that won a selection, with how all candidates did.
 *
 * <p>Immutable and thread-safe if the model is, as all of this library are.
 */
public final class SelectedModel implements ChurnModel {

    private final String name;
    private final ChurnModel model;
    private final List<CandidateScore> scores;
    private final double[] outOfFold;

    SelectedModel(String name, ChurnModel model, List<CandidateScore> scores, double[] outOfFold) {
        this.name = name;
        this.model = model;
        this.scores = List.copyOf(scores);
        this.outOfFold = outOfFold;
    }

    /**
     * The name of the candidate that won.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The winner, learnt from all customers.
     *
     * @return the model
     */
    public ChurnModel model() {
        return model;
    }

    /**
     * The winner with its reasons and byte form, if it is a model of this library.
     *
     * @return the model, or empty if it is a host's own
     */
    public Optional<ExplainedModel> explained() {
        return model instanceof ExplainedModel explained ? Optional.of(explained) : Optional.empty();
    }

    /**
     * How each candidate did.
     *
     * @return the scores, in the order of the candidates
     */
    public List<CandidateScore> scores() {
        return scores;
    }

    /**
     * The winner's probability of each customer from a model that had not seen them, to learn a {@link Calibration} from.
     *
     * @return one probability for each row, a copy
     */
    public double[] outOfFold() {
        return outOfFold.clone();
    }

    @Override
    public double[] probabilities(FeatureTable customers) {
        return model.probabilities(customers);
    }

    /** The winner's name. */
    @Override
    public String toString() {
        return name;
    }
}
