package dev.crmcore.metrics.series;

/**
 * The recursion of exponential smoothing, for one form. A missing value leaves level and season as they were expected and
 * carries the trend on; a level or factor of 0 teaches nothing. State as an array: level, trend, then the season by its place in the series.
 */
final class SmoothingRecursion {

    static final int ALPHA = 0;
    static final int BETA = 1;
    static final int GAMMA = 2;
    static final int PHI = 3;
    static final int SEASON = 2;

    private final TrendForm trend;
    private final SeasonForm season;
    private final SeasonalUpdate update;
    private final int period;

    SmoothingRecursion(TrendForm trend, SeasonForm season, SeasonalUpdate update, int period) {
        this.trend = trend;
        this.season = season;
        this.update = update;
        this.period = season == SeasonForm.NONE ? 0 : period;
    }

    /** Runs over a series, changing the state, and writes the one-step forecasts. */
    void run(double[] parameters, double[] state, double[] y, int firstPlace, double[] forecasts) {
        for (int t = 0; t < y.length; t++) {
            int place = period == 0 ? 0 : (firstPlace + t) % period;
            forecasts[t] = forecast(parameters, state, place);
            step(parameters, state, Double.isNaN(y[t]) ? forecasts[t] : y[t], place);
        }
    }

    double forecast(double[] parameters, double[] state, int place) {
        double expected = state[0] + damping(parameters) * state[1];
        return switch (season) {
            case NONE -> expected;
            case ADDITIVE -> expected + state[SEASON + place];
            case MULTIPLICATIVE -> expected * state[SEASON + place];
        };
    }

    void step(double[] parameters, double[] state, double y, int place) {
        double kept = damping(parameters) * state[1];
        double expected = state[0] + kept;
        double seasonal = season == SeasonForm.NONE ? 0 : state[SEASON + place];
        double adjusted = switch (season) {
            case NONE -> y;
            case ADDITIVE -> y - seasonal;
            case MULTIPLICATIVE -> seasonal == 0 ? expected : y / seasonal;
        };
        double level = parameters[ALPHA] * adjusted + (1 - parameters[ALPHA]) * expected;
        if (trend != TrendForm.NONE) {
            state[1] = parameters[BETA] * (level - state[0]) + (1 - parameters[BETA]) * kept;
        }
        if (season != SeasonForm.NONE) {
            double beside = update == SeasonalUpdate.EXPECTED_LEVEL ? expected : level;
            double seen = season == SeasonForm.ADDITIVE ? y - beside : beside == 0 ? seasonal : y / beside;
            state[SEASON + place] = parameters[GAMMA] * seen + (1 - parameters[GAMMA]) * seasonal;
        }
        state[0] = level;
    }

    private double damping(double[] parameters) {
        return switch (trend) {
            case NONE -> 0;
            case ADDITIVE -> 1;
            case DAMPED -> parameters[PHI];
        };
    }
}
