package dev.crmcore.metrics.series;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A series with its exponential smoothing: parameters, start, end, one-step forecasts, and what comes next.
 *
 * <p>Immutable and thread-safe.
 */
public final class SmoothedSeries {

    private final SmoothingRecursion recursion;
    private final ExponentialSmoothing method;
    private final double[] parameters;
    private final double[] start;
    private final double[] end;
    private final double[] values;
    private final double[] forecasts;
    private final int fitted;
    private final int observations;
    private final double squares;

    SmoothedSeries(
            SmoothingRecursion recursion,
            ExponentialSmoothing method,
            double[] parameters,
            double[] start,
            double[] end,
            RegularSeries series,
            double[] forecasts,
            int fitted) {
        this.recursion = recursion;
        this.method = method;
        this.parameters = parameters;
        this.start = start;
        this.end = end;
        this.values = series.raw();
        this.forecasts = forecasts;
        this.fitted = fitted;
        this.observations = series.length() - series.missing();
        double sum = 0;
        for (int t = 0; t < values.length; t++) {
            double error = values[t] - forecasts[t];
            sum += Double.isNaN(error) ? 0 : error * error;
        }
        this.squares = sum;
    }

    /**
     * The weight of the newest value in the level.
     *
     * @return alpha, 0 to 1
     */
    public double alpha() {
        return parameters[SmoothingRecursion.ALPHA];
    }

    /**
     * The weight of the newest change of the level in the trend.
     *
     * @return beta, 0 to 1; 0 without a trend
     */
    public double beta() {
        return parameters[SmoothingRecursion.BETA];
    }

    /**
     * The weight of the newest value in the season.
     *
     * @return gamma, 0 to 1; 0 without a season
     */
    public double gamma() {
        return parameters[SmoothingRecursion.GAMMA];
    }

    /**
     * The share of a damped trend that is left after a step.
     *
     * @return phi, 0 to 1; 0 if the trend is not damped
     */
    public double phi() {
        return parameters[SmoothingRecursion.PHI];
    }

    /**
     * The state before the first step, given or fitted.
     *
     * @return the state
     */
    public SmoothingState start() {
        return state(start, 0);
    }

    /**
     * The state after the last step.
     *
     * @return the state; its season begins with the step after the last one
     */
    public SmoothingState end() {
        return state(end, values.length);
    }

    /**
     * What was expected of a step from the steps before.
     *
     * @param step the step, from 0
     * @return the one-step forecast
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public double oneStepForecast(int step) {
        return forecasts[Objects.checkIndex(step, forecasts.length)];
    }

    /**
     * The sum of the squared errors of the one-step forecasts.
     *
     * @return the sum of squares
     */
    public double sumOfSquares() {
        return squares;
    }

    /**
     * The log-likelihood for additive normal errors, -n/2 (ln(2 pi SSE/n) + 1).
     *
     * @return the log-likelihood, or empty if every value was forecast exactly
     */
    public OptionalDouble logLikelihood() {
        return squares > 0
                ? OptionalDouble.of(-observations / 2.0 * (Math.log(2 * Math.PI * (squares / observations)) + 1))
                : OptionalDouble.empty();
    }

    /**
     * What comes next, with the spread of the errors so far. Intervals are exact for the additive forms, given the parameters;
     * with a multiplicative season they are of first order.
     *
     * @param steps how many steps, from 1
     * @return the forecast
     * @throws IllegalArgumentException if the number is not positive
     */
    public Forecast forecast(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be positive, not " + steps);
        }
        double[] means = path(steps, -1, 0);
        int degrees = observations - fitted;
        double sigma = Math.sqrt(squares / (degrees > 0 ? degrees : observations));
        double[] variances = new double[steps];
        for (int origin = 0; origin < steps; origin++) {
            variances[origin] += sigma * sigma;
            double push = Math.max(1e-4 * sigma, 1e-9 * Math.abs(means[origin]));
            if (origin + 1 == steps || push == 0) {
                continue;
            }
            double[] moved = path(steps, origin, push);
            for (int h = origin + 1; h < steps; h++) {
                double response = (moved[h] - means[h]) / push;
                variances[h] += sigma * sigma * response * response;
            }
        }
        return Forecast.of(means, Arrays.stream(variances).map(Math::sqrt).toArray(), observations);
    }

    /** The forecasts if each comes true, but for one that is missed by some amount. */
    private double[] path(int steps, int missed, double by) {
        double[] state = end.clone();
        double[] path = new double[steps];
        int period = method.period();
        for (int h = 0; h < steps; h++) {
            int place = period == 0 ? 0 : (values.length + h) % period;
            path[h] = recursion.forecast(parameters, state, place);
            recursion.step(parameters, state, h == missed ? path[h] + by : path[h], place);
        }
        return path;
    }

    private SmoothingState state(double[] array, int next) {
        int period = method.period();
        double[] season = new double[period];
        for (int i = 0; i < period; i++) {
            season[i] = array[SmoothingRecursion.SEASON + (next + i) % period];
        }
        return SmoothingState.of(array[0], array[1], season);
    }

    /** The form and the parameters. */
    @Override
    public String toString() {
        return method + ", alpha " + alpha() + ", beta " + beta() + ", gamma " + gamma() + ", phi " + phi();
    }
}
