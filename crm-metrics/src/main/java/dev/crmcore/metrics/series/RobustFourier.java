package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.SymmetricInverse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is out of line in a seasonal series: a regression on a curved trend and on sine and cosine waves of the season,
 * which outliers cannot bend, and the {@link RobustZ} scores of what it leaves.
 *
 * <p>The regression is Tukey's biweight M-estimator (c = 4.685, scale by the median absolute residual), found by re-weighted
 * least squares from the plain one. A smooth season needs few waves: on a weekly figure eight were best, six to twelve good.
 * On the logarithm, which is the default, effects are relative, and every value must be positive. Missing steps are left
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
            .formula("modified z-score of the residual of ln x ~ 1 + t + t^2 + waves of the season")
            .variant("Tukey biweight, c = 4.685; 8 waves and the logarithm unless said otherwise")
            .emptyRule("undefined for fewer than 2 seasons or too few observations for the terms")
            .source("Huber 1981; Iglewicz and Hoaglin 1993")
            .build();

    private static final double BIWEIGHT = 4.685;
    private static final double NORMAL_QUARTILE = 0.6744897501960817;
    private static final int ROUNDS = 200;
    private static final int TREND_TERMS = 3;

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
        double[] x = series.observed();
        int[] t = series.observedSteps();
        int terms = TREND_TERMS + 2 * waves;
        if (series.length() < 2 * period) {
            return Finding.undefined(Undefined.tooFew(
                    "two seasons of " + period + " steps are needed, the series has " + series.length() + " steps"));
        }
        if (x.length < 2 * terms) {
            return Finding.undefined(Undefined.tooFew(
                    terms + " terms need at least " + 2 * terms + " observations, there are " + x.length));
        }
        for (int i = 0; logarithmic && i < x.length; i++) {
            if (x[i] <= 0) {
                return Finding.undefined(new Undefined(
                        Undefined.Reason.DOES_NOT_EXIST,
                        "step " + t[i] + " is " + x[i] + " and has no logarithm: fit on levels"));
            }
        }
        double[] y = logarithmic ? Arrays.stream(x).map(Math::log).toArray() : x;
        double[] coefficients = coefficients(rows(t, series.length(), terms), y);
        if (coefficients == null) {
            return Finding.undefined(new Undefined(
                    Undefined.Reason.NOT_CONVERGED, "the observed steps do not tell the terms apart: use fewer waves"));
        }
        double[] all = new double[series.length()];
        double[] residuals = new double[all.length];
        double[] row = new double[terms];
        for (int step = 0; step < all.length; step++) {
            fill(row, step, all.length);
            double fitted = dot(row, coefficients);
            double value = series.raw()[step];
            residuals[step] = (logarithmic ? Math.log(value) : value) - fitted;
            all[step] = logarithmic ? Math.exp(fitted) : fitted;
        }
        // A residual of rounding is none: a series that the waves describe exactly has no outlier
        double size = Arrays.stream(y).map(Math::abs).max().orElse(0);
        for (int step = 0; step < residuals.length; step++) {
            residuals[step] = Math.abs(residuals[step]) <= 1e-12 * size ? 0 : residuals[step];
        }
        Finding<RobustZ> scores = RobustZ.of(RegularSeries.derived(residuals));
        return scores.isDefined()
                ? Finding.of(new RobustFourierFit(all, residuals, scores.value()))
                : Finding.undefined(new Undefined(
                        Undefined.Reason.NO_VARIATION, "trend and season describe the series without a remainder"));
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
