package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exponential smoothing: a level, a trend and a season that each forget the past at their own rate. Simple smoothing, Holt's
 * line, the damped line and Holt-Winters, additive or multiplicative, in both customs of updating the season.
 *
 * <p>Parameters and start that are not given are found by least squares of the one-step forecasts, which is maximum likelihood
 * for additive normal errors: alpha and beta between 0 and 1; gamma between 0 and 1 - alpha, or 0 and 1 with the new level;
 * phi between 0.8 and 0.98. The search begins at several places and takes the best minimum it comes to; equal series give equal
 * fits. A missing step is passed over: it teaches nothing, and the trend goes on.
 *
 * <pre>{@code
 * Forecast next = ExponentialSmoothing.holtWinters(52).forecast(weekly, 8).value();
 * }</pre>
 *
 * <p>Source: Brown 1956, Holt 1957, Winters 1960, Gardner and McKenzie 1985; Hyndman and others 2008. Given everything, O(n);
 * fitted, O(rounds &middot; n &middot; p) with p parameters, season included: some tens of milliseconds for 200 weeks.
 * Immutable and thread-safe.
 */
public final class ExponentialSmoothing implements Forecaster {

    /** The forecast. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("exponential-smoothing", 1)
            .name("Exponential smoothing forecast")
            .kind(KpiKind.BATCH)
            .unit("unit of the series")
            .formula("y(t+h) = l + (phi + ... + phi^h) b, plus or times the season of that step")
            .variant("Holt-Winters and its relatives; additive errors")
            .emptyRule("undefined for fewer than two seasons, or values that are not positive if multiplicative")
            .source("Holt 1957; Winters 1960; Hyndman, Koehler, Ord and Snyder 2008")
            .build();

    private final TrendForm trend;
    private final SeasonForm season;
    private final int period;
    private final SeasonalUpdate update;
    private final double[] given;
    private final @Nullable SmoothingState start;

    private ExponentialSmoothing(Builder builder) {
        this.trend = builder.trend;
        this.season = builder.season;
        this.period = builder.period;
        this.update = builder.update;
        this.given = builder.given.clone();
        this.start = builder.start;
    }

    /**
     * Begins with a level alone.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Additive Holt-Winters with everything fitted.
     *
     * @param period the steps of a season, 2 to 10,000
     * @return the method
     * @throws IllegalArgumentException if the period is out of range
     */
    public static ExponentialSmoothing holtWinters(int period) {
        return builder()
                .trend(TrendForm.ADDITIVE)
                .season(SeasonForm.ADDITIVE, period)
                .build();
    }

    /**
     * Fits a series.
     *
     * @param series the series
     * @return the fit, or the reason why there is none: too few observations, fewer than two seasons unless the start is
     *     given, a place of the season never observed, or a value that is not positive with a multiplicative season
     */
    public Finding<SmoothedSeries> fit(RegularSeries series) {
        Optional<Undefined> reason = refusal(series);
        return reason.isPresent() ? Finding.undefined(reason.get()) : new SmoothingFit(this, series).result();
    }

    @Override
    public Finding<Forecast> forecast(RegularSeries history, int steps) {
        Finding<SmoothedSeries> fit = fit(history);
        return fit.isDefined()
                ? Finding.of(fit.value().forecast(steps))
                : Finding.undefined(fit.undefined().orElseThrow());
    }

    private Optional<Undefined> refusal(RegularSeries series) {
        int observed = series.length() - series.missing();
        int least = start == null && trend != TrendForm.NONE ? 3 : 1;
        if (observed < least) {
            return Optional.of(
                    Undefined.tooFew("at least " + least + " observations are needed, there are " + observed));
        }
        if (start == null && season != SeasonForm.NONE && series.length() < 2 * period) {
            return Optional.of(Undefined.tooFew(
                    "two seasons of " + period + " steps are needed, the series has " + series.length() + " steps"));
        }
        double[] y = series.raw();
        for (int i = 0; i < y.length; i++) {
            if (season == SeasonForm.MULTIPLICATIVE && y[i] <= 0) {
                return Optional.of(new Undefined(
                        Undefined.Reason.DOES_NOT_EXIST,
                        "a multiplicative season needs positive values, step " + i + " is " + y[i]));
            }
        }
        if (start == null && season != SeasonForm.NONE) {
            for (int place = 0; place < period; place++) {
                boolean seen = false;
                for (int i = place; i < y.length; i += period) {
                    seen |= !Double.isNaN(y[i]);
                }
                if (!seen) {
                    return Optional.of(Undefined.noData("step " + place + " of the season was never observed"));
                }
            }
        }
        return Optional.empty();
    }

    TrendForm trend() {
        return trend;
    }

    SeasonForm season() {
        return season;
    }

    int period() {
        return season == SeasonForm.NONE ? 0 : period;
    }

    SeasonalUpdate update() {
        return update;
    }

    /** Alpha, beta, gamma and phi; NaN for those that are to be fitted. */
    double[] given() {
        return given.clone();
    }

    @Nullable
    SmoothingState start() {
        return start;
    }

    /** Whether the form has a parameter. */
    boolean uses(int parameter) {
        return switch (parameter) {
            case SmoothingRecursion.BETA -> trend != TrendForm.NONE;
            case SmoothingRecursion.GAMMA -> season != SeasonForm.NONE;
            case SmoothingRecursion.PHI -> trend == TrendForm.DAMPED;
            default -> true;
        };
    }

    /** The form. */
    @Override
    public String toString() {
        return "exponential smoothing, trend " + trend + ", season " + season
                + (season == SeasonForm.NONE ? "" : " of " + period + " steps, " + update);
    }

    /** Collects the form and what is given. Not thread-safe. */
    public static final class Builder {

        private TrendForm trend = TrendForm.NONE;
        private SeasonForm season = SeasonForm.NONE;
        private int period;
        private SeasonalUpdate update = SeasonalUpdate.EXPECTED_LEVEL;
        private final double[] given = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        private @Nullable SmoothingState start;

        private Builder() {}

        /**
         * Sets the trend.
         *
         * @param form how the trend is carried on
         * @return this builder
         */
        public Builder trend(TrendForm form) {
            this.trend = Objects.requireNonNull(form, "form");
            return this;
        }

        /**
         * Sets the season.
         *
         * @param form how the season acts
         * @param steps the steps of a season, 2 to 10,000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder season(SeasonForm form, int steps) {
            if (steps < 2 || steps > 10_000) {
                throw new IllegalArgumentException("steps of a season must be 2 to 10,000, not " + steps);
            }
            this.season = Objects.requireNonNull(form, "form");
            this.period = steps;
            return this;
        }

        /**
         * Sets the custom of updating the season.
         *
         * @param custom the custom
         * @return this builder
         */
        public Builder update(SeasonalUpdate custom) {
            this.update = Objects.requireNonNull(custom, "custom");
            return this;
        }

        /**
         * Gives the weight of the newest value in the level.
         *
         * @param alpha the weight, 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if the weight is out of range
         */
        public Builder alpha(double alpha) {
            return give(SmoothingRecursion.ALPHA, alpha, "alpha");
        }

        /**
         * Gives the weight of the newest change of the level in the trend.
         *
         * @param beta the weight, 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if the weight is out of range
         */
        public Builder beta(double beta) {
            return give(SmoothingRecursion.BETA, beta, "beta");
        }

        /**
         * Gives the weight of the newest value in the season.
         *
         * @param gamma the weight, 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if the weight is out of range
         */
        public Builder gamma(double gamma) {
            return give(SmoothingRecursion.GAMMA, gamma, "gamma");
        }

        /**
         * Gives the share of a damped trend that is left after a step.
         *
         * @param phi the share, 0 to 1
         * @return this builder
         * @throws IllegalArgumentException if the share is out of range
         */
        public Builder phi(double phi) {
            return give(SmoothingRecursion.PHI, phi, "phi");
        }

        /**
         * Gives the state before the first step.
         *
         * @param state the state, with a season of as many steps as the season has
         * @return this builder
         */
        public Builder start(SmoothingState state) {
            this.start = Objects.requireNonNull(state, "state");
            return this;
        }

        /**
         * Makes the method.
         *
         * @return the method
         * @throws IllegalStateException if the start's season has another length than the season
         */
        public ExponentialSmoothing build() {
            int places = season == SeasonForm.NONE ? 0 : period;
            if (start != null && start.period() != places) {
                throw new IllegalStateException(
                        "start must have a season of " + places + " steps, not " + start.period());
            }
            return new ExponentialSmoothing(this);
        }

        private Builder give(int parameter, double value, String name) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " must be 0 to 1, not " + value);
            }
            given[parameter] = value;
            return this;
        }
    }
}
