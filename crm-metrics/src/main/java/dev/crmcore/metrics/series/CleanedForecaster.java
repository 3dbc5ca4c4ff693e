package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import java.util.Objects;

/**
 * Leaves out of the past what is out of line for a robust Fourier regression, and forecasts from the rest: a single odd week
 * a year ago should not come back as a forecast.
 *
 * <p>The intervals are then those of usual weeks; odd ones will fall outside. A past that the regression cannot be fitted to,
 * or of which too little would be left, is taken as it is. The other method must admit missing steps, as
 * {@link ExponentialSmoothing} does. Immutable and thread-safe if the other method is.
 */
public final class CleanedForecaster implements Forecaster {

    private final RobustFourier usual;
    private final double threshold;
    private final Forecaster rest;

    private CleanedForecaster(RobustFourier usual, double threshold, Forecaster rest) {
        this.usual = usual;
        this.threshold = threshold;
        this.rest = rest;
    }

    /**
     * A method of two parts.
     *
     * @param usual knows what is usual
     * @param threshold how large a score may be before a step is left out, positive; 3.5 by custom
     * @param rest forecasts from what is left
     * @return the method
     * @throws IllegalArgumentException if the threshold is not positive
     */
    public static CleanedForecaster of(RobustFourier usual, double threshold, Forecaster rest) {
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold must be positive, not " + threshold);
        }
        return new CleanedForecaster(
                Objects.requireNonNull(usual, "usual"), threshold, Objects.requireNonNull(rest, "rest"));
    }

    @Override
    public Finding<Forecast> forecast(RegularSeries history, int steps) {
        Finding<RobustFourierFit> fit = usual.fit(history);
        if (fit.isDefined()) {
            Finding<Forecast> cleaned =
                    rest.forecast(history.without(fit.value().anomalies(threshold)), steps);
            if (cleaned.isDefined()) {
                return cleaned;
            }
        }
        return rest.forecast(history, steps);
    }

    /** Both parts. */
    @Override
    public String toString() {
        return rest + ", without scores above " + threshold + " of " + usual;
    }
}
