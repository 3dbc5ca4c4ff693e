package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.NameTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A weighted score of how well a customer is doing, from 0 to 100. Each component grows linearly from its worst value to its best
 * and is cut off beyond. What is missing is left out and the other weights count for more; how much of the weight was there
 * is shown. Whether the score says anything about churn is for {@link HealthValidation} to find out.
 *
 * <pre>{@code
 * HealthScore health = HealthScore.builder()
 *         .component("logins", 30, 0, 15)          // weight, worst, best
 *         .component("open tickets", 15, 5, 0)     // fewer are better
 *         .band("green", 70)
 *         .band("yellow", 40)
 *         .lowestBand("red")
 *         .build();
 * health.of(12, 4).score();                        // 63.0 of 100
 * health.of(12, Double.NaN).weightCovered();       // 30 of 45
 * }</pre>
 *
 * <p>Immutable and thread-safe. A score costs one step for each component.
 */
public final class HealthScore {

    /** What the score means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("health-score", 1)
            .name("Customer health score")
            .kind(KpiKind.BATCH)
            .unit("points, 0 to 100")
            .formula(
                    "100 sum(w c) / sum w over the components that are there, c = (value - worst)/(best - worst) within 0 and 1")
            .variant("components, weights and bands of the host; bands by the score before rounding")
            .emptyRule("undefined if every component is missing")
            .source("usual practice")
            .build();

    private final List<Component> components;
    private final List<Band> bands;

    private HealthScore(List<Component> components, List<Band> bands) {
        this.components = components;
        this.bands = bands;
    }

    private record Component(String name, double weight, double worst, double best) {

        double health(double value) {
            return Math.max(0, Math.min(1, (value - worst) / (best - worst)));
        }
    }

    private record Band(String name, double from) {}

    /**
     * Begins a score.
     *
     * @return a builder without components and bands
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The components.
     *
     * @return their names in the order in which values are given; not modifiable
     */
    public List<String> components() {
        return components.stream().map(Component::name).toList();
    }

    /**
     * The bands.
     *
     * @return their names, the lowest first; not modifiable
     */
    public List<String> bands() {
        return bands.stream().map(Band::name).toList();
    }

    /**
     * The score of one customer.
     *
     * @param values one for each component in their order, NaN for what is missing
     * @return the score
     * @throws IllegalArgumentException if there are more or fewer values than components, or one is infinite
     */
    public HealthReading of(double... values) {
        if (values.length != components.size()) {
            throw new IllegalArgumentException(
                    "values must be " + components.size() + ", one for each component, not " + values.length);
        }
        double covered = 0;
        double all = 0;
        double points = 0;
        double[] byComponent = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            Component component = components.get(i);
            all += component.weight();
            if (Double.isInfinite(values[i])) {
                throw new IllegalArgumentException(component.name() + " must be finite or missing, not " + values[i]);
            }
            byComponent[i] = Double.isNaN(values[i]) ? Double.NaN : component.weight() * component.health(values[i]);
            if (!Double.isNaN(values[i])) {
                covered += component.weight();
                points += byComponent[i];
            }
        }
        if (covered == 0) {
            return HealthReading.undefined(Undefined.noData("every component is missing"));
        }
        // No part is larger than its weight; only rounding could lead beyond the end of the scale
        double score = Math.min(100, 100 * points / covered);
        for (int i = 0; i < byComponent.length; i++) {
            byComponent[i] *= 100 / covered;
        }
        return HealthReading.of(score, covered / all, band(score), components(), byComponent);
    }

    /**
     * The band of a score.
     *
     * @param score the score, 0 to 100
     * @return the name of the highest band that the score reaches
     * @throws IllegalArgumentException if the score is not 0 to 100
     */
    public String band(double score) {
        if (!(score >= 0 && score <= 100)) {
            throw new IllegalArgumentException("score must be 0 to 100, not " + score);
        }
        Band reached = bands.get(0);
        for (Band band : bands) {
            reached = score >= band.from() ? band : reached;
        }
        return reached.name();
    }

    /** The components. */
    @Override
    public String toString() {
        return "HealthScore" + components();
    }

    /** Collects the parts of a score. Not thread-safe. */
    public static final class Builder {
        private final List<Component> components = new ArrayList<>();
        private final List<Band> bands = new ArrayList<>();
        private @Nullable String lowest;

        private Builder() {}

        /**
         * Adds a component.
         *
         * @param name its name, 1 to 1,000 characters
         * @param weight how much it counts, positive
         * @param worst the value that counts 0
         * @param best the value that counts in full, above or below the worst
         * @return this builder
         * @throws IllegalArgumentException if the name is malformed or there already, a number is not finite, the weight is not
         *     positive, or worst and best are the same
         */
        public Builder component(String name, double weight, double worst, double best) {
            NameTable.check("component", name);
            if (components.stream().anyMatch(component -> component.name().equals(name))) {
                throw new IllegalArgumentException("component \"" + name + "\" is there already");
            }
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("weight must be positive and finite, not " + weight);
            }
            if (worst == best || !Double.isFinite(best - worst)) {
                throw new IllegalArgumentException(
                        "worst and best must be finite and differ, not " + worst + " and " + best);
            }
            components.add(new Component(name, weight, worst, best));
            return this;
        }

        /**
         * Adds a band.
         *
         * @param name its name, 1 to 1,000 characters
         * @param from the least score in it, above 0 and up to 100
         * @return this builder
         * @throws IllegalArgumentException if the name is malformed, or the score is out of range or another band's
         */
        public Builder band(String name, double from) {
            NameTable.check("band", name);
            if (!(from > 0 && from <= 100) || bands.stream().anyMatch(band -> band.from() == from)) {
                throw new IllegalArgumentException(
                        "from must be above 0, at most 100, and no other band's, not " + from);
            }
            bands.add(new Band(name, from));
            return this;
        }

        /**
         * Names the band of the scores below all others.
         *
         * @param name its name, 1 to 1,000 characters
         * @return this builder
         * @throws IllegalArgumentException if the name is malformed
         */
        public Builder lowestBand(String name) {
            NameTable.check("band", name);
            this.lowest = name;
            return this;
        }

        /**
         * Makes the score.
         *
         * @return the score
         * @throws IllegalStateException if there is no component or no lowest band
         */
        public HealthScore build() {
            if (components.isEmpty() || lowest == null) {
                throw new IllegalStateException("a health score needs a component and a lowest band");
            }
            List<Band> sorted = new ArrayList<>(bands);
            sorted.add(new Band(Objects.requireNonNull(lowest), 0));
            sorted.sort(Comparator.comparingDouble(Band::from));
            return new HealthScore(List.copyOf(components), List.copyOf(sorted));
        }
    }
}
