package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;

/**
 * Says what comes next. A host that has a method of its own implements it to have it judged beside those of this library.
 *
 * <p>An implementation must be deterministic and should be thread-safe, as those of this library are.
 */
@FunctionalInterface
public interface Forecaster {

    /**
     * Forecasts.
     *
     * @param history what was observed so far
     * @param steps how many steps ahead, from 1
     * @return the forecast, or the reason why there is none
     * @throws IllegalArgumentException if the number of steps is not positive
     */
    Finding<Forecast> forecast(RegularSeries history, int steps);
}
