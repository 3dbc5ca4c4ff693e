package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.SymmetricInverse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is out of line in a seasonal series: a regression on a curved trend and on sine and cosine waves of the season,
 * which outliers cannot bend, and the {@link RobustZ} scores of what it leaves.
 *
 * <p>The regression is Tukey's biweight M-estimator (c = 4.685, scale by the median absolute residual), found by re-weighted
 * least squares from the plain one. What waves leave at a place of the season in three of four seasons or more, on the same
 * side and beyond two standard deviations, recurs: it is part of the season, as the weeks before Christmas are, and no
 * outlier. It takes three seasons to know. On the logarithm, which is the default, effects are relative, and every value must be positive. Missing steps are left
 * out; a season with a fraction, such as 52.18 weeks, is admissible.
 *
 * <pre>{@code
 * Finding<RobustFourierFit> fit = RobustFourier.ofPeriod(52).fit(weekly);
 * fit.value().anomalies(3.5);
 * }</pre>
 *
 * <p>Source: Huber 1981, Holland and Welsch 1977. O(n p&sup2;) for each of some ten to fifty rounds, p = 3 + 2 waves.
 * Immutable and thread-safe.
 */
public final class RobustFourier {

    /** The score. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("robust-fourier-z", 1)
            .name("Robust Fourier score")
            .kind(KpiKind.BATCH)
            .unit("standard deviations")
            .formula("modified z-score of the residual of ln x ~ 1 + t + t^2 + waves of the season + places that recur")
            .variant("Tukey biweight, c = 4.685; 8 waves and the logarithm unless said otherwise")
            .emptyRule("undefined for fewer than 2 seasons or too few observations for the terms")
            .source("Huber 1981; Iglewicz and Hoaglin 1993")
            .build();

    private static final double BIWEIGHT = 4.685;
    private static final double NORMAL_QUARTILE = 0.6744897501960817;
    private static final int ROUNDS = 200;
    private static final int TREND_TERMS = 3;
    private static final int RECURRING_ROUNDS = 10;
    private static final int RECURRING_SEASONS = 3;
    private static final double RECURRING_SCORE = 2;

    private final double period;
    private final int waves;
    private final boolean logarithmic;

    private RobustFourier(double period, int waves, boolean logarithmic) {
        this.period = period;
        this.waves = waves;
        this.logarithmic = logarithmic;
    }

    /**
     * A regression on the logarithm with eight waves, or as many as a shorter season has.
     *
     * @param period the steps of a season, at least 2, not necessarily whole
     * @return the regression
     * @throws IllegalArgumentException if the period is less than 2 or not finite
     */
    public static RobustFourier ofPeriod(double period) {
        if (!(period >= 2 && Double.isFinite(period))) {
            throw new IllegalArgumentException("period must be at least 2 and finite, not " + period);
        }
        return new RobustFourier(period, Math.min(8, mostWaves(period)), true);
    }

    /**
     * The same with another number of waves.
     *
     * @param newWaves the number of sine and cosine pairs, 0 to less than half the period
     * @return the regression
     * @throws IllegalArgumentException if the number is out of range
     */
    public RobustFourier withWaves(int newWaves) {
        if (newWaves < 0 || newWaves > mostWaves(period)) {
            throw new IllegalArgumentException("waves must be 0 to " + mostWaves(period) + ", not " + newWaves);
        }
        return new RobustFourier(period, newWaves, logarithmic);
    }

    /**
     * The same on the values as they are, for figures that may be zero or negative.
     *
     * @return the regression
     */
    public RobustFourier onLevels() {
        return new RobustFourier(period, waves, false);
    }

    /**
     * Fits a series.
     *
     * @param series the series
     * @return the fit, or the reason why there is none: fewer than two seasons, too few observations for the terms, a value
     *     that has no logarithm, or no variation
     */
    public Finding<RobustFourierFit> fit(RegularSeries series) {
        Optional<Undefined> reason = refusal(series);
        if (reason.isPresent()) {
            return Finding.undefined(reason.get());
        }
        double[] x = series.observed();
        int[] t = series.observedSteps();
        double[] y = logarithmic ? Arrays.stream(x).map(Math::log).toArray() : x;
        double[][] rows = rows(t, series.length(), terms());
        double[] coefficients = coefficients(rows, y);
        double[] recurring = new double[(int) Math.ceil(period)];
        for (int round = 0; round < RECURRING_ROUNDS && coefficients != null; round++) {
            double[] next = recurring(rows, y, t, coefficients, recurring);
            if (Arrays.equals(next, recurring)) {
                break;
            }
            recurring = next;
            double[] rest = y.clone();
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= recurring[place(t[i])];
            }
            coefficients = coefficients(rows, rest);
        }
        return coefficients == null
                ? Finding.undefined(new Undefined(
                        Undefined.Reason.NOT_CONVERGED,
                        "the observed steps do not tell the terms apart: use fewer waves"))
                : fitted(series, coefficients, recurring);
    }

    private Optional<Undefined> refusal(RegularSeries series) {
        int observed = series.length() - series.missing();
        if (series.length() < 2 * period) {
            return Optional.of(Undefined.tooFew(
                    "two seasons of " + period + " steps are needed, the series has " + series.length() + " steps"));
        }
        if (observed < 2 * terms()) {
            return Optional.of(Undefined.tooFew(
                    terms() + " terms need at least " + 2 * terms() + " observations, there are " + observed));
        }
        for (int step = 0; logarithmic && step < series.length(); step++) {
            if (series.raw()[step] <= 0) {
                return Optional.of(new Undefined(
                        Undefined.Reason.DOES_NOT_EXIST,
                        "step " + step + " is " + series.raw()[step] + " and has no logarithm: fit on levels"));
            }
        }
        return Optional.empty();
    }

    /**
     * What waves leave at each place of the season where it comes again: the median of the seasons; 0 at all other places.
     */
    private double[] recurring(double[][] rows, double[] y, int[] t, double[] coefficients, double[] before) {
        double[] left = new double[y.length];
        double[] unexplained = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            left[i] = y[i] - dot(rows[i], coefficients);
            unexplained[i] = left[i] - before[place(t[i])];
        }
        double scale = Medians.deviation(unexplained, 0) / NORMAL_QUARTILE;
        double[] effects = new double[before.length];
        for (int place = 0; place < effects.length; place++) {
            int wanted = place;
            double[] there = IntStream.range(0, t.length)
                    .filter(i -> place(t[i]) == wanted)
                    .mapToDouble(i -> left[i])
                    .sorted()
                    .toArray();
            effects[place] = recurs(there, RECURRING_SCORE * scale) ? Medians.median(there) : 0;
        }
        return effects;
    }

    /** Whether three quarters of at least three ascending values lie beyond a limit, on one side. */
    private static boolean recurs(double[] values, double limit) {
        int most = values.length - (3 * values.length + 3) / 4;
        return values.length >= RECURRING_SEASONS
                && (values[most] > limit || values[values.length - 1 - most] < -limit);
    }

    private int place(int step) {
        return (int) (step % period);
    }

    private Finding<RobustFourierFit> fitted(RegularSeries series, double[] coefficients, double[] recurring) {
        double[] usual = new double[series.length()];
        double[] residuals = new double[usual.length];
        double[] row = new double[terms()];
        double size = 0;
        for (int step = 0; step < usual.length; step++) {
            fill(row, step, usual.length);
            double expected = dot(row, coefficients) + recurring[place(step)];
            double value = logarithmic ? Math.log(series.raw()[step]) : series.raw()[step];
            residuals[step] = value - expected;
            usual[step] = logarithmic ? Math.exp(expected) : expected;
            size = Double.isNaN(value) ? size : Math.max(size, Math.abs(value));
        }
        // A residual of rounding is none: a series that the waves describe exactly has no outlier
        for (int step = 0; step < residuals.length; step++) {
            residuals[step] = Math.abs(residuals[step]) <= 1e-12 * size ? 0 : residuals[step];
        }
        Finding<RobustZ> scores = RobustZ.of(RegularSeries.derived(residuals));
        return scores.isDefined()
                ? Finding.of(new RobustFourierFit(usual, residuals, scores.value()))
                : Finding.undefined(new Undefined(
                        Undefined.Reason.NO_VARIATION, "trend and season describe the series without a remainder"));
    }

    private int terms() {
        return TREND_TERMS + 2 * waves;
    }

    private double[][] rows(int[] steps, int length, int terms) {
        double[][] rows = new double[steps.length][terms];
        for (int i = 0; i < steps.length; i++) {
            fill(rows[i], steps[i], length);
        }
        return rows;
    }

    private void fill(double[] row, int step, int length) {
        double share = (double) step / length;
        row[0] = 1;
        row[1] = share;
        row[2] = share * share;
        for (int wave = 1; wave <= waves; wave++) {
            double angle = 2 * Math.PI * wave * step / period;
            row[TREND_TERMS + 2 * wave - 2] = Math.sin(angle);
            row[TREND_TERMS + 2 * wave - 1] = Math.cos(angle);
        }
    }

    /** The M-estimate; null if the terms are collinear. */
    private static double @Nullable [] coefficients(double[][] rows, double[] y) {
        double[] weights = new double[y.length];
        Arrays.fill(weights, 1);
        double[] coefficients = leastSquares(rows, y, weights);
        for (int round = 0; round < ROUNDS && coefficients != null; round++) {
            double[] residuals = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                residuals[i] = y[i] - dot(rows[i], coefficients);
            }
            double scale = Medians.deviation(residuals, 0) / NORMAL_QUARTILE;
            if (scale == 0) {
                return coefficients;
            }
            for (int i = 0; i < y.length; i++) {
                double u = residuals[i] / (BIWEIGHT * scale);
                weights[i] = Math.abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
            }
            double[] next = leastSquares(rows, y, weights);
            if (next == null) {
                return coefficients;
            }
            double change = 0;
            for (double[] row : rows) {
                change = Math.max(change, Math.abs(dot(row, next) - dot(row, coefficients)));
            }
            coefficients = next;
            if (change <= 1e-10 * scale) {
                return coefficients;
            }
        }
        return coefficients;
    }

    private static double @Nullable [] leastSquares(double[][] rows, double[] y, double[] weights) {
        int terms = rows[0].length;
        double[][] products = new double[terms][terms];
        double[] right = new double[terms];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < terms; j++) {
                double weighted = weights[i] * rows[i][j];
                right[j] += weighted * y[i];
                for (int k = 0; k <= j; k++) {
                    products[j][k] += weighted * rows[i][k];
                }
            }
        }
        for (int j = 0; j < terms; j++) {
            for (int k = 0; k < j; k++) {
                products[k][j] = products[j][k];
            }
        }
        double[][] inverse = SymmetricInverse.of(products);
        if (inverse == null) {
            return null;
        }
        double[] solution = new double[terms];
        for (int j = 0; j < terms; j++) {
            solution[j] = dot(inverse[j], right);
        }
        return solution;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static int mostWaves(double period) {
        return (int) Math.ceil(Math.min(period, 1e6) / 2) - 1;
    }

    /** The period, the number of waves and the scale. */
    @Override
    public String toString() {
        return waves + " waves of period " + period + (logarithmic ? " on the logarithm" : " on levels");
    }
}
