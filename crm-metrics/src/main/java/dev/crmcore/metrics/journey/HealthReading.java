package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The health score of one customer, what it is made of, and how much of it was known.
 *
 * <p>Immutable and thread-safe.
 */
public final class HealthReading {

    private final Estimate score;
    private final double weightCovered;
    private final @Nullable String band;
    private final List<String> components;
    private final double[] points;

    private HealthReading(
            Estimate score, double weightCovered, @Nullable String band, List<String> components, double[] points) {
        this.score = score;
        this.weightCovered = weightCovered;
        this.band = band;
        this.components = components;
        this.points = points;
    }

    static HealthReading of(double score, double weightCovered, String band, List<String> components, double[] points) {
        return new HealthReading(Estimate.of(score, 1), weightCovered, band, components, points);
    }

    static HealthReading undefined(Undefined reason) {
        return new HealthReading(Estimate.undefined(reason), 0, null, List.of(), new double[0]);
    }

    /**
     * The score.
     *
     * @return points, 0 to 100, not rounded; undefined if every component was missing
     */
    public Estimate score() {
        return score;
    }

    /**
     * How much of the weight was there.
     *
     * @return the share of the weights of the components that were not missing, 0 to 1
     */
    public double weightCovered() {
        return weightCovered;
    }

    /**
     * The band of the score.
     *
     * @return its name, or empty if the score is undefined
     */
    public Optional<String> band() {
        return Optional.ofNullable(band);
    }

    /**
     * How many points a component gave.
     *
     * @param component a component's name
     * @return its points, which sum to the score over all components; empty if it was missing or there is no such component
     */
    public OptionalDouble points(String component) {
        int place = components.indexOf(component);
        return place < 0 || Double.isNaN(points[place]) ? OptionalDouble.empty() : OptionalDouble.of(points[place]);
    }

    /** Score and band. */
    @Override
    public String toString() {
        return "HealthReading[" + score + (band == null ? "" : ", " + band) + "]";
    }
}
