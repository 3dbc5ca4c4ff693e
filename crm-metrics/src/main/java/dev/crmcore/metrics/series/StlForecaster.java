package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import java.util.Objects;

/**
 * Takes the season away by STL, forecasts the rest by another method, and puts the last season back.
 *
 * <p>The intervals are those of the rest: the season counts as known. Missing steps are filled by straight lines first.
 * Source: Hyndman and Athanasopoulos, <em>Forecasting</em>, section 5.7. Immutable and thread-safe if the other method is.
 */
public final class StlForecaster implements Forecaster {

    private final Stl stl;
    private final Forecaster rest;

    private StlForecaster(Stl stl, Forecaster rest) {
        this.stl = stl;
        this.rest = rest;
    }

    /**
     * A method of two parts.
     *
     * @param stl takes the season away
     * @param rest forecasts what is left
     * @return the method
     */
    public static StlForecaster of(Stl stl, Forecaster rest) {
        return new StlForecaster(Objects.requireNonNull(stl, "stl"), Objects.requireNonNull(rest, "rest"));
    }

    /**
     * STL with a seasonal window of 7 and a damped line on the rest.
     *
     * @param period the steps of a season, from 2
     * @return the method
     * @throws IllegalArgumentException if the number is out of range
     */
    public static StlForecaster damped(int period) {
        return of(
                Stl.builder(period).build(),
                ExponentialSmoothing.builder().trend(TrendForm.DAMPED).build());
    }

    @Override
    public Finding<Forecast> forecast(RegularSeries history, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be positive, not " + steps);
        }
        Finding<Decomposition> parts = stl.decompose(history.interpolated());
        if (!parts.isDefined()) {
            return Finding.undefined(parts.undefined().orElseThrow());
        }
        Finding<Forecast> ahead = rest.forecast(parts.value().seasonallyAdjusted(), steps);
        if (!ahead.isDefined()) {
            return ahead;
        }
        double[] means = ahead.value().values();
        double[] deviations = new double[steps];
        int lastSeason = history.length() - stl.period();
        for (int h = 0; h < steps; h++) {
            means[h] += parts.value().seasonal(lastSeason + h % stl.period());
            deviations[h] = ahead.value().standardDeviation(h + 1);
        }
        return Finding.of(Forecast.of(means, deviations, history.length() - history.missing()));
    }

    /** Both parts. */
    @Override
    public String toString() {
        return stl + ", rest by " + rest;
    }
}
