package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import java.util.OptionalDouble;

/**
 * How good forecasts were, held against what came.
 *
 * <p>Percentages of actual values break where these are 0; {@link #wape()} and {@link #mase} do not. The figures have no
 * intervals, because the errors of neighbouring steps hang together, and their scatter would promise too much. {@link RollingOrigin}
 * takes the mean over several origins. Immutable and thread-safe.
 */
public final class ForecastAccuracy {

    /** The mean absolute error. */
    public static final KpiDefinition MAE_DEFINITION = definition("forecast-mae", "Mean absolute error (MAE)")
            .unit("unit of the series")
            .formula("mean |actual - forecast|")
            .emptyRule("undefined without a forecast")
            .source("usual practice")
            .build();

    /** The root mean squared error. */
    public static final KpiDefinition RMSE_DEFINITION = definition("forecast-rmse", "Root mean squared error (RMSE)")
            .unit("unit of the series")
            .formula("sqrt(mean (actual - forecast)^2)")
            .emptyRule("undefined without a forecast")
            .source("usual practice")
            .build();

    /** The mean error. */
    public static final KpiDefinition BIAS_DEFINITION = definition("forecast-bias", "Forecast bias")
            .unit("unit of the series; positive if forecasts are too high")
            .formula("mean (forecast - actual)")
            .emptyRule("undefined without a forecast")
            .source("usual practice")
            .build();

    /** The weighted absolute percentage error. */
    public static final KpiDefinition WAPE_DEFINITION = definition("forecast-wape", "WAPE")
            .unit("ratio, from 0")
            .formula("sum |actual - forecast| / sum |actual|")
            .emptyRule("undefined if all actual values are 0")
            .source("Kolassa and Schuetz 2007")
            .build();

    /** The mean absolute percentage error. */
    public static final KpiDefinition MAPE_DEFINITION = definition("forecast-mape", "MAPE")
            .unit("percent, from 0")
            .formula("mean 100 |actual - forecast| / |actual|")
            .emptyRule("undefined if an actual value is 0")
            .source("usual practice")
            .build();

    /** The symmetric mean absolute percentage error. */
    public static final KpiDefinition SMAPE_DEFINITION = definition("forecast-smape", "sMAPE")
            .unit("percent, 0 to 200")
            .formula("mean 200 |actual - forecast| / (|actual| + |forecast|)")
            .variant("0 where both are 0")
            .emptyRule("undefined without a forecast")
            .source("Makridakis 1993; Hyndman and Koehler 2006")
            .build();

    /** The mean absolute scaled error. */
    public static final KpiDefinition MASE_DEFINITION = definition("forecast-mase", "MASE")
            .unit("ratio, from 0; below 1 is better than the seasonal naive forecast was in the past")
            .formula("MAE / mean over the past of |y_t - y_(t-m)|")
            .emptyRule("undefined if the past has no two values a season apart, or all of them are equal")
            .source("Hyndman and Koehler 2006")
            .build();

    private final double[] actual;
    private final double[] forecast;

    private ForecastAccuracy(double[] actual, double[] forecast) {
        this.actual = actual;
        this.forecast = forecast;
    }

    /**
     * Holds forecasts against what came.
     *
     * @param actual what came, finite; copied
     * @param forecast what had been forecast, finite; copied
     * @return the accuracy
     * @throws IllegalArgumentException if the lengths differ or a number is not finite
     */
    public static ForecastAccuracy of(double[] actual, double[] forecast) {
        if (actual.length != forecast.length) {
            throw new IllegalArgumentException(
                    "forecast must have " + actual.length + " values, one for each actual one, not " + forecast.length);
        }
        for (int i = 0; i < actual.length; i++) {
            if (!Double.isFinite(actual[i]) || !Double.isFinite(forecast[i])) {
                throw new IllegalArgumentException(
                        "step " + i + " must be finite, not actual " + actual[i] + " and forecast " + forecast[i]);
            }
        }
        return new ForecastAccuracy(actual.clone(), forecast.clone());
    }

    /**
     * The mean absolute error.
     *
     * @return the MAE
     */
    public Estimate mae() {
        return mean(i -> Math.abs(actual[i] - forecast[i]));
    }

    /**
     * The root of the mean squared error.
     *
     * @return the RMSE
     */
    public Estimate rmse() {
        Estimate squares = mean(i -> (actual[i] - forecast[i]) * (actual[i] - forecast[i]));
        return squares.isDefined() ? Estimate.of(Math.sqrt(squares.value()), actual.length) : squares;
    }

    /**
     * How much too high the forecasts are in the mean.
     *
     * @return the bias
     */
    public Estimate bias() {
        return mean(i -> forecast[i] - actual[i]);
    }

    /**
     * The errors as a share of what came.
     *
     * @return the WAPE
     */
    public Estimate wape() {
        double errors = 0;
        double sizes = 0;
        for (int i = 0; i < actual.length; i++) {
            errors += Math.abs(actual[i] - forecast[i]);
            sizes += Math.abs(actual[i]);
        }
        if (actual.length == 0) {
            return Estimate.undefined(none());
        }
        return sizes == 0
                ? Estimate.undefined(
                        new Undefined(Undefined.Reason.ZERO_BASE, "all actual values are 0"), actual.length)
                : Estimate.ratio(errors, sizes, actual.length);
    }

    /**
     * The mean error as a percentage of each actual value.
     *
     * @return the MAPE in percent; undefined if an actual value is 0
     */
    public Estimate mape() {
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] == 0) {
                return Estimate.undefined(
                        new Undefined(Undefined.Reason.ZERO_BASE, "the actual value of step " + i + " is 0"),
                        actual.length);
            }
        }
        return mean(i -> 100 * Math.abs((actual[i] - forecast[i]) / actual[i]));
    }

    /**
     * The mean error as a percentage of the mean of actual value and forecast.
     *
     * @return the sMAPE in percent
     */
    public Estimate smape() {
        return mean(i -> {
            double size = Math.abs(actual[i]) / 2 + Math.abs(forecast[i]) / 2;
            return size == 0 ? 0 : 100 * Math.abs(actual[i] - forecast[i]) / size;
        });
    }

    /**
     * The mean absolute error in units of what the seasonal naive forecast missed in the past.
     *
     * @param past what had been observed when the forecast was made; missing steps are left out
     * @param period the steps of a season, from 1; 1 compares with the last value
     * @return the MASE
     * @throws IllegalArgumentException if the period is not positive
     */
    public Estimate mase(RegularSeries past, int period) {
        OptionalDouble scale = scale(past, period);
        if (actual.length == 0) {
            return Estimate.undefined(none());
        }
        if (scale.isEmpty()) {
            return Estimate.undefined(
                    Undefined.tooFew("the past has no two observations " + period + " steps apart"), actual.length);
        }
        return scale.getAsDouble() == 0
                ? Estimate.undefined(
                        new Undefined(
                                Undefined.Reason.ZERO_BASE,
                                "all past values are as " + period + " steps before: there is nothing to scale by"),
                        actual.length)
                : Estimate.ratio(mae().value(), scale.getAsDouble(), actual.length);
    }

    private static OptionalDouble scale(RegularSeries past, int period) {
        if (period < 1) {
            throw new IllegalArgumentException("period must be positive, not " + period);
        }
        double[] y = past.raw();
        double sum = 0;
        int count = 0;
        for (int t = period; t < y.length; t++) {
            double change = Math.abs(y[t] - y[t - period]);
            if (!Double.isNaN(change)) {
                sum += change;
                count++;
            }
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    @FunctionalInterface
    private interface OfStep {
        double at(int i);
    }

    private Estimate mean(OfStep term) {
        if (actual.length == 0) {
            return Estimate.undefined(none());
        }
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += term.at(i);
        }
        return Estimate.ratio(sum, actual.length, actual.length);
    }

    private static Undefined none() {
        return Undefined.noData("no forecast to judge");
    }

    private static KpiDefinition.Builder definition(String id, String name) {
        return KpiDefinition.builder(id, 1).name(name).kind(KpiKind.BATCH);
    }

    /** The number of forecasts. */
    @Override
    public String toString() {
        return "accuracy of " + actual.length + " forecasts";
    }
}
