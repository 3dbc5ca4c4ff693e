package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;

/**
 * The search for the parameters and the start that a smoothing method leaves open. The search works on the series divided by
 * its mean size, on parameters as logits within their range, and on the start itself.
 */
final class SmoothingFit {

    private static final int PARAMETERS = 4;
    private static final double LEAST_PHI = 0.8;
    private static final double GREATEST_PHI = 0.98;
    private static final double FARTHEST = 14;
    private static final double[][] BEGINNINGS = {
        {0.1, 0.01, 0.05, 0.97},
        {0.1, 0.1, 0.3, 0.9},
        {0.3, 0.05, 0.3, 0.95},
        {0.3, 0.01, 0.9, 0.95},
        {0.6, 0.1, 0.1, 0.9},
        {0.9, 0.05, 0.5, 0.95}
    };
    private static final int TRIED = 3;

    private final ExponentialSmoothing method;
    private final RegularSeries series;
    private final double unit;
    private final double[] y;
    private final SmoothingRecursion recursion;
    private final double[] given;
    private final int[] open;
    private final int states;
    private final boolean startIsOpen;
    private final double[] start;

    SmoothingFit(ExponentialSmoothing method, RegularSeries series) {
        this.method = method;
        this.series = series;
        double size = Arrays.stream(series.observed()).map(Math::abs).average().orElse(1);
        this.unit = size > 0 ? size : 1;
        this.y = Arrays.stream(series.raw()).map(v -> v / unit).toArray();
        this.recursion = new SmoothingRecursion(method.trend(), method.season(), method.update(), method.period());
        this.given = method.given();
        int[] some = new int[PARAMETERS];
        int count = 0;
        for (int i = 0; i < PARAMETERS; i++) {
            if (method.uses(i) && Double.isNaN(given[i])) {
                some[count++] = i;
            }
            if (!method.uses(i)) {
                given[i] = 0;
            }
        }
        this.open = Arrays.copyOf(some, count);
        this.states = SmoothingRecursion.SEASON + method.period();
        SmoothingState state = method.start();
        this.startIsOpen = state == null;
        this.start = state == null ? guess() : toArray(state);
    }

    private double[] toArray(SmoothingState state) {
        boolean factors = method.season() == SeasonForm.MULTIPLICATIVE;
        double[] array = new double[states];
        array[0] = state.level() / unit;
        array[1] = state.trend() / unit;
        double[] season = state.season();
        for (int i = 0; i < season.length; i++) {
            array[SmoothingRecursion.SEASON + i] = factors ? season[i] : season[i] / unit;
        }
        return array;
    }

    Finding<SmoothedSeries> result() {
        double[] best = point(BEGINNINGS[0]);
        if (best.length > 0) {
            double[][] beginnings = Arrays.stream(BEGINNINGS).map(this::point).toArray(double[][]::new);
            Arrays.sort(beginnings, (a, b) -> Double.compare(squares(a), squares(b)));
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < (open.length == 0 ? 1 : TRIED); i++) {
                LeastSquaresSearch search = new LeastSquaresSearch(this::residuals, y.length, beginnings[i]);
                if (search.sum() < least) {
                    least = search.sum();
                    best = search.point();
                }
            }
            if (!Double.isFinite(least)) {
                return Finding.undefined(new Undefined(
                        Undefined.Reason.NOT_CONVERGED, "the smoothing recursion runs away from every start"));
            }
        }
        return smoothed(parameters(best), state(best), best.length);
    }

    private Finding<SmoothedSeries> smoothed(double[] parameters, double[] begin, int fitted) {
        double[] scaled = begin.clone();
        for (int i = 0; i < scaled.length; i++) {
            boolean factor = i >= SmoothingRecursion.SEASON && method.season() == SeasonForm.MULTIPLICATIVE;
            scaled[i] *= factor ? 1 : unit;
        }
        double[] end = scaled.clone();
        double[] forecasts = new double[y.length];
        recursion.run(parameters, end, series.raw(), 0, forecasts);
        for (double number : end) {
            if (!Double.isFinite(number)) {
                return Finding.undefined(new Undefined(
                        Undefined.Reason.DOES_NOT_EXIST, "with this start the smoothing recursion runs away"));
            }
        }
        // Level and season can trade a constant, so one number less than was fitted is free
        int free = fitted - (startIsOpen && method.season() != SeasonForm.NONE ? 1 : 0);
        return Finding.of(new SmoothedSeries(recursion, method, parameters, scaled, end, series, forecasts, free));
    }

    /** What is searched for, at given parameters and the guessed start. */
    private double[] point(double[] parameters) {
        double[] point = new double[open.length + (startIsOpen ? states() : 0)];
        for (int i = 0; i < open.length; i++) {
            double share = open[i] == SmoothingRecursion.PHI
                    ? (parameters[open[i]] - LEAST_PHI) / (GREATEST_PHI - LEAST_PHI)
                    : parameters[open[i]];
            double inside = Math.max(1e-4, Math.min(1 - 1e-4, share));
            point[i] = Math.log(inside / (1 - inside));
        }
        for (int i = 0, at = open.length; at < point.length; i++) {
            if (i != 1 || method.trend() != TrendForm.NONE) {
                point[at++] = start[i];
            }
        }
        return point;
    }

    /** How many numbers of the start are searched for: without a trend, one less. */
    private int states() {
        return method.trend() == TrendForm.NONE ? states - 1 : states;
    }

    private double[] parameters(double[] point) {
        double[] parameters = given.clone();
        for (int i = 0; i < open.length; i++) {
            double logit = Math.max(-FARTHEST, Math.min(FARTHEST, point[i]));
            double share = 1 / (1 + Math.exp(-logit));
            parameters[open[i]] = switch (open[i]) {
                case SmoothingRecursion.PHI -> LEAST_PHI + share * (GREATEST_PHI - LEAST_PHI);
                case SmoothingRecursion.GAMMA ->
                    method.update() == SeasonalUpdate.EXPECTED_LEVEL
                            ? share * (1 - parameters[SmoothingRecursion.ALPHA])
                            : share;
                default -> share;
            };
        }
        return parameters;
    }

    private double[] state(double[] point) {
        double[] state = start.clone();
        for (int i = 0, at = open.length; startIsOpen && at < point.length; i++) {
            if (i != 1 || method.trend() != TrendForm.NONE) {
                state[i] = point[at++];
            }
        }
        return state;
    }

    private void residuals(double[] point, double[] residuals) {
        double[] state = state(point);
        recursion.run(parameters(point), state, y, 0, residuals);
        for (int t = 0; t < y.length; t++) {
            residuals[t] = Double.isNaN(y[t]) ? 0 : y[t] - residuals[t];
        }
    }

    private double squares(double[] point) {
        double[] residuals = new double[y.length];
        residuals(point, residuals);
        double sum = Arrays.stream(residuals).map(r -> r * r).sum();
        return Double.isFinite(sum) ? sum : Double.MAX_VALUE;
    }

    /** A start from the classical decomposition of the filled series, or from its first values. */
    private double[] guess() {
        double[] filled = RegularSeries.derived(y).interpolated().raw();
        double[] state = new double[states];
        if (method.season() == SeasonForm.NONE) {
            state[0] = filled[0];
            state[1] = method.trend() == TrendForm.NONE || filled.length < 2 ? 0 : filled[1] - filled[0];
            return state;
        }
        int length = Math.min(filled.length, 4 * method.period());
        ClassicalDecomposition parts = ClassicalDecomposition.additive(
                        RegularSeries.of(Arrays.copyOf(filled, length)), method.period())
                .value();
        Finding<LinearTrend> smooth = LinearTrend.fit(parts.trends(), Interval.DEFAULT_LEVEL);
        LinearTrend line = smooth.isDefined()
                ? smooth.value()
                : LinearTrend.fit(RegularSeries.derived(filled), Interval.DEFAULT_LEVEL)
                        .value();
        double slope = line.slope().value();
        boolean trend = method.trend() != TrendForm.NONE;
        double middle = line.intercept() + slope * (length - 1) / 2.0;
        state[0] = trend ? line.intercept() - slope : middle;
        state[1] = trend ? slope : 0;
        double[] figure = parts.figure();
        for (int i = 0; i < figure.length; i++) {
            boolean factors = method.season() == SeasonForm.MULTIPLICATIVE;
            state[SmoothingRecursion.SEASON + i] =
                    factors ? Math.max(0.05, 1 + figure[i] / Math.max(0.05, middle)) : figure[i];
        }
        return state;
    }
}
