package dev.crmcore.metrics.series;

import java.util.Arrays;

/**
 * What exponential smoothing knows between two steps: level, trend and the season to come.
 *
 * <p>Immutable and thread-safe.
 */
public final class SmoothingState {

    private final double level;
    private final double trend;
    private final double[] season;

    private SmoothingState(double level, double trend, double[] season) {
        this.level = level;
        this.trend = trend;
        this.season = season;
    }

    /**
     * A state.
     *
     * @param level the level, finite
     * @param trend the change of the level from step to step, finite; 0 without a trend
     * @param season the season of the next steps, in their order: amounts or factors; none without a season; copied
     * @return the state
     * @throws IllegalArgumentException if a number is not finite
     */
    public static SmoothingState of(double level, double trend, double... season) {
        if (!Double.isFinite(level) || !Double.isFinite(trend)) {
            throw new IllegalArgumentException("level and trend must be finite, not " + level + " and " + trend);
        }
        for (double place : season) {
            if (!Double.isFinite(place)) {
                throw new IllegalArgumentException("season must be finite, not " + Arrays.toString(season));
            }
        }
        return new SmoothingState(level, trend, season.clone());
    }

    /**
     * The level.
     *
     * @return the level, in the unit of the series
     */
    public double level() {
        return level;
    }

    /**
     * The change of the level from step to step.
     *
     * @return the trend, 0 if there is none
     */
    public double trend() {
        return trend;
    }

    /**
     * The season of the next steps, in their order.
     *
     * @return a copy; empty if there is no season
     */
    public double[] season() {
        return season.clone();
    }

    int period() {
        return season.length;
    }

    /** Level, trend and season. */
    @Override
    public String toString() {
        return "level " + level + ", trend " + trend + ", season " + Arrays.toString(season);
    }
}
