package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The mean of several models on the scale of log-odds. Its reasons are the means of theirs, and so sum to its log-odds.
 *
 * <p>Immutable and thread-safe. Byte form, after the frame of {@link ExplainedModel}: i32 models, and each model with its
 * kind.
 */
public final class BlendedModel implements ExplainedModel {

    private final List<ExplainedModel> models;

    BlendedModel(List<ExplainedModel> models) {
        this.models = List.copyOf(models);
    }

    /**
     * The models that are averaged.
     *
     * @return the models
     */
    public List<ExplainedModel> models() {
        return models;
    }

    @Override
    public List<String> features() {
        return models.get(0).features();
    }

    @Override
    public double[] logOdds(FeatureTable customers) {
        double[] mean = new double[customers.rows()];
        for (ExplainedModel model : models) {
            double[] logOdds = model.logOdds(customers);
            for (int row = 0; row < mean.length; row++) {
                mean[row] += logOdds[row] / models.size();
            }
        }
        return mean;
    }

    @Override
    public Reasons reasons(FeatureTable customers, int row) {
        List<String> features = features();
        Map<String, Integer> position = new HashMap<>();
        features.forEach(feature -> position.put(feature, position.size()));
        double base = 0;
        double[] parts = new double[features.size()];
        List<String> methods = new ArrayList<>();
        for (ExplainedModel model : models) {
            Reasons reasons = model.reasons(customers, row);
            base += reasons.base() / models.size();
            methods.add(reasons.method());
            for (Contribution part : reasons.contributions()) {
                parts[Objects.requireNonNull(position.get(part.feature()))] += part.logOdds() / models.size();
            }
        }
        return Reasons.of(base, "mean of " + String.join(" and ", methods), features, parts);
    }

    @Override
    public byte[] toBytes() {
        return ModelBytes.of(this);
    }

    void write(StateWriter writer) {
        writer.putInt(models.size());
        models.forEach(model -> ModelBytes.write(model, writer));
    }

    static BlendedModel read(StateReader reader) {
        int size = reader.getSize(1);
        List<ExplainedModel> models = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            models.add(ModelBytes.read(reader, false));
        }
        if (models.isEmpty()) {
            throw reader.malformed("a blend of no model");
        }
        for (ExplainedModel model : models) {
            if (!model.features().equals(models.get(0).features())) {
                throw reader.malformed("a blend of models of other features");
            }
        }
        return new BlendedModel(models);
    }

    /** The models. */
    @Override
    public String toString() {
        return "mean of " + models;
    }
}
