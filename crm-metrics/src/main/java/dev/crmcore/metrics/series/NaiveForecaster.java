package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;

/**
 * The forecasts that every other must beat: the last value, the last value of the same place in the season, or the last value
 * and the mean change.
 *
 * <p>Intervals take the errors as a random walk. A missing step is replaced by the last one before it that counts in the same
 * way. Source: Hyndman and Athanasopoulos, <em>Forecasting</em>, chapter 5. O(n). Immutable and thread-safe.
 */
public final class NaiveForecaster implements Forecaster {

    private final int lag;
    private final boolean drift;

    private NaiveForecaster(int lag, boolean drift) {
        this.lag = lag;
        this.drift = drift;
    }

    /**
     * All is as it was last.
     *
     * @return the method
     */
    public static NaiveForecaster last() {
        return new NaiveForecaster(1, false);
    }

    /**
     * All is as it was a season ago.
     *
     * @param period the steps of a season, from 1
     * @return the method
     * @throws IllegalArgumentException if the number is not positive
     */
    public static NaiveForecaster seasonal(int period) {
        if (period < 1) {
            throw new IllegalArgumentException("period must be positive, not " + period);
        }
        return new NaiveForecaster(period, false);
    }

    /**
     * It goes on as it went from the first to the last value.
     *
     * @return the method
     */
    public static NaiveForecaster drift() {
        return new NaiveForecaster(1, true);
    }

    @Override
    public Finding<Forecast> forecast(RegularSeries history, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be positive, not " + steps);
        }
        double[] x = history.values();
        for (int i = lag; i < x.length; i++) {
            x[i] = Double.isNaN(x[i]) ? x[i - lag] : x[i];
        }
        int n = x.length;
        if (n <= lag) {
            return Finding.undefined(Undefined.tooFew("more than " + lag + " steps are needed, the series has " + n));
        }
        for (int i = n - lag; i < n; i++) {
            if (Double.isNaN(x[i])) {
                return Finding.undefined(
                        Undefined.noData("step " + i + " and those before it in the season have no observation"));
            }
        }
        int first = 0;
        while (Double.isNaN(x[first])) {
            first++;
        }
        double slope = drift ? (x[n - 1] - x[first]) / Math.max(1, n - 1 - first) : 0;
        double[] errors = new double[n];
        Arrays.setAll(errors, i -> i < lag ? Double.NaN : x[i] - x[i - lag] - slope);
        double[] known = Arrays.stream(errors).filter(e -> !Double.isNaN(e)).toArray();
        if (known.length == 0) {
            return Finding.undefined(Undefined.tooFew("no two observations are " + lag + " steps apart"));
        }
        double degrees = Math.max(1, known.length - (drift ? 1 : 0));
        double sigma = Math.sqrt(Arrays.stream(known).map(e -> e * e).sum() / degrees);
        double[] means = new double[steps];
        double[] deviations = new double[steps];
        for (int h = 1; h <= steps; h++) {
            int seasons = (h - 1) / lag + 1;
            means[h - 1] = x[n - lag + (h - 1) % lag] + h * slope;
            deviations[h - 1] = sigma * Math.sqrt(drift ? h * (1 + (double) h / Math.max(1, n - 1)) : seasons);
        }
        return Finding.of(Forecast.of(means, deviations, history.length() - history.missing()));
    }

    /** The method. */
    @Override
    public String toString() {
        return drift ? "drift" : lag == 1 ? "last value" : "value of " + lag + " steps ago";
    }
}
