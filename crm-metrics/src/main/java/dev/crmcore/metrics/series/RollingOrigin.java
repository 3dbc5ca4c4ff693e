package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;

/**
 * Judges a method by forecasting the past: from several origins, each time from nothing but what was known then.
 *
 * <p>MASE and sMAPE are means over the origins. Immutable and thread-safe.
 */
public final class RollingOrigin {

    private final int first;
    private final int every;
    private final int steps;

    private RollingOrigin(int first, int every, int steps) {
        this.first = first;
        this.every = every;
        this.steps = steps;
    }

    /**
     * A choice of origins.
     *
     * @param first how many steps are known at the first origin, from 1
     * @param every how many more are known at each further origin, from 1
     * @param steps how many steps ahead are forecast, from 1; the last origin is the last that leaves so many
     * @return the choice
     * @throws IllegalArgumentException if a number is not positive
     */
    public static RollingOrigin of(int first, int every, int steps) {
        if (first < 1 || every < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "first, every and steps must be positive, not " + first + ", " + every + " and " + steps);
        }
        return new RollingOrigin(first, every, steps);
    }

    /**
     * The mean absolute scaled error, each origin scaled by its own past.
     *
     * @param method the method
     * @param series the series without gaps after the first origin
     * @param period the steps of a season by which errors are scaled, from 1
     * @return the mean over the origins; undefined with the first reason that a forecast or its judgement gave, or if the
     *     series is too short for an origin
     * @throws IllegalArgumentException if the period is not positive
     */
    public Estimate mase(Forecaster method, RegularSeries series, int period) {
        return mean(method, series, (accuracy, past) -> accuracy.mase(past, period));
    }

    /**
     * The symmetric mean absolute percentage error.
     *
     * @param method the method
     * @param series the series without gaps after the first origin
     * @return the mean over the origins in percent; undefined with the first reason that a forecast gave, or if the series is
     *     too short for an origin
     */
    public Estimate smape(Forecaster method, RegularSeries series) {
        return mean(method, series, (accuracy, past) -> accuracy.smape());
    }

    @FunctionalInterface
    private interface Judgement {
        Estimate of(ForecastAccuracy accuracy, RegularSeries past);
    }

    private Estimate mean(Forecaster method, RegularSeries series, Judgement judgement) {
        double sum = 0;
        int origins = 0;
        for (long known = first; known + steps <= series.length(); known += every) {
            int origin = (int) known;
            RegularSeries future = series.part(origin, origin + steps);
            if (future.gap().isPresent()) {
                return Estimate.undefined(Undefined.noData(
                        "a step after origin " + origin + " has no observation to judge the forecast by"));
            }
            RegularSeries past = series.part(0, origin);
            Finding<Forecast> forecast = method.forecast(past, steps);
            if (!forecast.isDefined()) {
                return Estimate.undefined(forecast.undefined().orElseThrow());
            }
            ForecastAccuracy accuracy =
                    ForecastAccuracy.of(future.raw(), forecast.value().values());
            Estimate found = judgement.of(accuracy, past);
            if (!found.isDefined()) {
                return found;
            }
            sum += found.value();
            origins++;
        }
        return origins == 0
                ? Estimate.undefined(Undefined.tooFew("the series has " + series.length()
                        + " steps, the first origin needs " + ((long) first + steps)))
                : Estimate.ratio(sum, origins, origins);
    }

    /** The origins. */
    @Override
    public String toString() {
        return steps + " steps ahead, from " + first + " on, every " + every;
    }
}
