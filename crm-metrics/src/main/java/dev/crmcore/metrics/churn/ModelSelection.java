package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among learners by the log loss of out-of-fold predictions, and learns the best one from all customers. Only the
 * customers that are handed in are looked at, so customers held out stay unseen.
 *
 * <p>Immutable and thread-safe once built. The cost is that of learning each candidate once for each fold, and the best one
 * once more.
 */
public final class ModelSelection {

    private final CrossValidation validation;
    private final Map<String, ChurnLearner> candidates;

    private ModelSelection(CrossValidation validation, Map<String, ChurnLearner> candidates) {
        this.validation = validation;
        this.candidates = candidates;
    }

    /**
     * Begins without a candidate.
     *
     * @param validation how the customers are dealt
     * @return a builder
     */
    public static Builder builder(CrossValidation validation) {
        return new Builder(validation);
    }

    /**
     * The selection for a table of which nothing is known: ridge regressions, boosted trees from few and shallow to many and
     * deeper ones, and a blend of both, over five folds.
     *
     * @param seed the seed of the folds and of the trees
     * @return the selection
     */
    public static ModelSelection standard(long seed) {
        Builder builder = builder(CrossValidation.of(5, seed));
        for (double strength : new double[] {0.1, 1, 10, 100}) {
            builder.candidate("ridge " + strength, LogisticRegression.ridge(strength));
        }
        BoostedTrees.Builder trees =
                BoostedTrees.builder().seed(seed).shareOfCustomers(0.7).shareOfFeatures(0.5);
        BoostedTrees stumps = trees.depth(1).leaves(2).trees(300).build();
        BoostedTrees shallow = trees.depth(3).leaves(8).trees(100).build();
        BoostedTrees middle = trees.trees(200).build();
        BoostedTrees many = trees.depth(4).leaves(12).trees(400).build();
        return builder.candidate("300 trees of depth 1", stumps)
                .candidate("100 trees of depth 3", shallow)
                .candidate("200 trees of depth 3", middle)
                .candidate("400 trees of depth 4", many)
                .candidate("blend of ridge 1.0 and 200 trees of depth 3", Blend.of(LogisticRegression.ridge(1), middle))
                .build();
    }

    /**
     * Chooses and learns.
     *
     * @param customers what is known about them
     * @param churned whether they churned
     * @return the best candidate's model, or the reason why none could be learnt
     * @throws IllegalArgumentException if there are more or fewer outcomes than rows
     */
    public Finding<SelectedModel> choose(FeatureTable customers, boolean[] churned) {
        List<CandidateScore> scores = new ArrayList<>();
        String best = null;
        double[] bestOutOfFold = new double[0];
        double least = Double.POSITIVE_INFINITY;
        @Nullable Undefined reason = null;
        for (Map.Entry<String, ChurnLearner> candidate : candidates.entrySet()) {
            Finding<double[]> outOfFold = validation.outOfFold(candidate.getValue(), customers, churned);
            CandidateScore score = score(candidate.getKey(), outOfFold, churned);
            scores.add(score);
            reason = reason == null ? score.logLoss().undefined().orElse(null) : reason;
            if (score.logLoss().isDefined() && score.logLoss().value() < least) {
                least = score.logLoss().value();
                best = candidate.getKey();
                bestOutOfFold = outOfFold.value();
            }
        }
        if (best == null) {
            return Finding.undefined(Objects.requireNonNull(reason));
        }
        Finding<? extends ChurnModel> fit =
                Objects.requireNonNull(candidates.get(best)).fit(customers, churned);
        if (!fit.isDefined()) {
            return Finding.undefined(fit.undefined().orElseThrow());
        }
        return Finding.of(new SelectedModel(best, fit.value(), scores, bestOutOfFold));
    }

    private static CandidateScore score(String name, Finding<double[]> outOfFold, boolean[] churned) {
        if (!outOfFold.isDefined()) {
            Estimate none = Estimate.undefined(outOfFold.undefined().orElseThrow(), churned.length);
            return new CandidateScore(name, none, none, none);
        }
        ChurnEvaluation evaluation = ChurnEvaluation.of(outOfFold.value(), churned);
        return new CandidateScore(name, evaluation.logLoss(), evaluation.auc(), evaluation.brier());
    }

    /** Collects the candidates. Not thread-safe. */
    public static final class Builder {

        private final CrossValidation validation;
        private final Map<String, ChurnLearner> candidates = new LinkedHashMap<>();

        private Builder(CrossValidation validation) {
            this.validation = Objects.requireNonNull(validation, "validation");
        }

        /**
         * Adds a candidate; of equally good ones the first is taken.
         *
         * @param name its name
         * @param learner makes its models
         * @return this builder
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder candidate(String name, ChurnLearner learner) {
            Objects.requireNonNull(learner, "learner");
            if (candidates.putIfAbsent(Objects.requireNonNull(name, "name"), learner) != null) {
                throw new IllegalArgumentException("there is already a candidate \"" + name + "\"");
            }
            return this;
        }

        /**
         * Makes the selection.
         *
         * @return the selection
         * @throws IllegalStateException if there is no candidate
         */
        public ModelSelection build() {
            if (candidates.isEmpty()) {
                throw new IllegalStateException("a selection needs a candidate");
            }
            return new ModelSelection(validation, new LinkedHashMap<>(candidates));
        }
    }
}
