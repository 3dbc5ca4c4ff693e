package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.List;

/**
 * Several learners whose models are averaged on the scale of log-odds: a linear model and trees err in different places.
 *
 * <p>Immutable and thread-safe.
 */
public final class Blend implements ChurnLearner {

    private final List<ChurnLearner> learners;

    private Blend(List<ChurnLearner> learners) {
        this.learners = learners;
    }

    /**
     * The plain mean of a linear model and trees.
     *
     * @param linear the linear model's learner
     * @param trees the trees' learner
     * @return the learner
     */
    public static Blend of(LogisticRegression linear, BoostedTrees trees) {
        return new Blend(List.of(linear, trees));
    }

    @Override
    public Finding<BlendedModel> fit(FeatureTable customers, boolean[] churned) {
        List<ExplainedModel> models = new ArrayList<>();
        for (ChurnLearner learner : learners) {
            Finding<? extends ChurnModel> fit = learner.fit(customers, churned);
            if (!fit.isDefined()) {
                return Finding.undefined(fit.undefined().orElseGet(() -> Undefined.noData("no model")));
            }
            models.add((ExplainedModel) fit.value());
        }
        return Finding.of(new BlendedModel(models));
    }
}
