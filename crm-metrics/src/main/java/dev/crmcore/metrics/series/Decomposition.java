package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Objects;

/**
 * A series as the sum of a trend, a season and a remainder.
 *
 * <p>Immutable and thread-safe.
 */
public final class Decomposition {

    /** The strength of the trend. */
    public static final KpiDefinition STRENGTH_OF_TREND_DEFINITION = KpiDefinition.builder("trend-strength", 1)
            .name("Strength of trend")
            .kind(KpiKind.BATCH)
            .unit("share, 0 to 1")
            .formula("max(0, 1 - Var(remainder) / Var(trend + remainder))")
            .emptyRule("undefined where trend and remainder are constant")
            .source("Wang, Smith and Hyndman 2006")
            .build();

    /** The strength of the season. */
    public static final KpiDefinition STRENGTH_OF_SEASON_DEFINITION = KpiDefinition.builder("season-strength", 1)
            .name("Strength of season")
            .kind(KpiKind.BATCH)
            .unit("share, 0 to 1")
            .formula("max(0, 1 - Var(remainder) / Var(season + remainder))")
            .emptyRule("undefined where season and remainder are constant")
            .source("Wang, Smith and Hyndman 2006")
            .build();

    private final double[] values;
    private final double[] seasonal;
    private final double[] trend;
    private final double[] weights;

    Decomposition(double[] values, double[] seasonal, double[] trend, double[] weights) {
        this.values = values;
        this.seasonal = seasonal;
        this.trend = trend;
        this.weights = weights;
    }

    /**
     * The season at a step.
     *
     * @param step the step, from 0
     * @return the seasonal component
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double seasonal(int step) {
        return seasonal[Objects.checkIndex(step, seasonal.length)];
    }

    /**
     * The trend at a step.
     *
     * @param step the step, from 0
     * @return the trend component
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double trend(int step) {
        return trend[Objects.checkIndex(step, trend.length)];
    }

    /**
     * What trend and season leave.
     *
     * @param step the step, from 0
     * @return the remainder
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double remainder(int step) {
        return values[Objects.checkIndex(step, values.length)] - seasonal[step] - trend[step];
    }

    /**
     * How much a step counted in the last round of a robust decomposition.
     *
     * @param step the step, from 0
     * @return the weight, 0 for an outlier to 1; 1 for each step if the decomposition was not robust
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double weight(int step) {
        return weights[Objects.checkIndex(step, weights.length)];
    }

    /**
     * The remainders as a series, to look for outliers in.
     *
     * @return the remainders
     */
    public RegularSeries remainders() {
        double[] remainders = new double[values.length];
        Arrays.setAll(remainders, this::remainder);
        return RegularSeries.derived(remainders);
    }

    /**
     * The series without its season, to look for changes of level in.
     *
     * @return values less seasonal components
     */
    public RegularSeries seasonallyAdjusted() {
        double[] adjusted = new double[values.length];
        Arrays.setAll(adjusted, i -> values[i] - seasonal[i]);
        return RegularSeries.derived(adjusted);
    }

    /**
     * How much of what is not season the trend explains: max(0, 1 - Var(remainder) / Var(trend + remainder)).
     *
     * @return the strength, 0 to 1; undefined for a series that is nothing but season
     */
    public Estimate strengthOfTrend() {
        return strength(trend);
    }

    /**
     * How much of what is not trend the season explains: max(0, 1 - Var(remainder) / Var(season + remainder)).
     *
     * @return the strength, 0 to 1; undefined for a series that is nothing but trend
     */
    public Estimate strengthOfSeason() {
        return strength(seasonal);
    }

    private Estimate strength(double[] component) {
        double[] remainders = remainders().raw();
        double[] both = new double[component.length];
        Arrays.setAll(both, i -> component[i] + remainders[i]);
        double whole = variance(both);
        return whole == 0
                ? Estimate.undefined(
                        new Undefined(Undefined.Reason.NO_VARIATION, "component and remainder are constant"),
                        values.length)
                : Estimate.of(Math.max(0, 1 - variance(remainders) / whole), values.length);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length;
    }

    /** The number of steps. */
    @Override
    public String toString() {
        return "decomposition of " + values.length + " steps";
    }
}
