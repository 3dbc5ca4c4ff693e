package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.StudentT;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The straight line of least squares through a series. One outlier moves it; {@link TheilSen} stands firm.
 *
 * <p>Missing steps are left out. O(n). Immutable and thread-safe.
 */
public final class LinearTrend {

    /** The slope. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("linear-trend", 1)
            .name("Linear trend")
            .kind(KpiKind.BATCH)
            .unit("unit of the series per step")
            .formula("sum (t - mean t)(x - mean x) / sum (t - mean t)^2")
            .variant("ordinary least squares")
            .emptyRule("undefined for fewer than 2 observations; no interval and no test for fewer than 3")
            .source("Gauss 1809; interval: Student's t")
            .build();

    private final Estimate slope;
    private final double intercept;
    private final Estimate correlation;
    private final double standardError;

    private LinearTrend(Estimate slope, double intercept, Estimate correlation, double standardError) {
        this.slope = slope;
        this.intercept = intercept;
        this.correlation = correlation;
        this.standardError = standardError;
    }

    /**
     * Finds the line of a series.
     *
     * @param series the series
     * @param level the nominal coverage of the slope's interval, above 0 and below 1
     * @return the line, or the reason why there is none: fewer than 2 observations
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public static Finding<LinearTrend> fit(RegularSeries series, double level) {
        Interval.requireLevel(level);
        double[] x = series.observed();
        int[] t = series.observedSteps();
        int n = x.length;
        if (n < 2) {
            return Finding.undefined(Undefined.tooFew("a line needs at least 2 observations, there are " + n));
        }
        // Summed from the first value on, so that the mean of equal values is this value and not beside it by rounding
        double meanX = x[0];
        double meanT = 0;
        for (int i = 0; i < n; i++) {
            meanX += (x[i] - x[0]) / n;
            meanT += (double) t[i] / n;
        }
        double tt = 0;
        double tx = 0;
        double xx = 0;
        for (int i = 0; i < n; i++) {
            tt += (t[i] - meanT) * (t[i] - meanT);
            tx += (t[i] - meanT) * (x[i] - meanX);
            xx += (x[i] - meanX) * (x[i] - meanX);
        }
        double slope = tx / tt;
        double left = 0;
        for (int i = 0; i < n; i++) {
            double residual = x[i] - meanX - slope * (t[i] - meanT);
            left += residual * residual;
        }
        double standardError = n > 2 ? Math.sqrt(left / (n - 2) / tt) : Double.NaN;
        Estimate estimate = Estimate.of(slope, n);
        if (n > 2) {
            double half = StudentT.twoSidedQuantile(level, n - 2) * standardError;
            estimate = estimate.withInterval(new Interval(slope - half, slope + half, level, "Student t"));
        }
        Estimate correlation = xx == 0
                ? Estimate.undefined(new Undefined(Undefined.Reason.NO_VARIATION, "all values are equal"), n)
                : Estimate.of(tx / Math.sqrt(tt) / Math.sqrt(xx), n);
        return Finding.of(new LinearTrend(estimate, meanX - slope * meanT, correlation, standardError));
    }

    /**
     * The change from one step to the next.
     *
     * @return the slope; without an interval for two observations
     */
    public Estimate slope() {
        return slope;
    }

    /**
     * The line's value at step 0.
     *
     * @return the intercept, in the unit of the series
     */
    public double intercept() {
        return intercept;
    }

    /**
     * Pearson's correlation with time.
     *
     * @return the correlation, -1 to 1; undefined for a constant series
     */
    public Estimate correlation() {
        return correlation;
    }

    /**
     * The standard error of the slope.
     *
     * @return the standard error, or empty for two observations
     */
    public OptionalDouble standardError() {
        return Double.isNaN(standardError) ? OptionalDouble.empty() : OptionalDouble.of(standardError);
    }

    /**
     * The test of whether the slope is 0, two-sided.
     *
     * @return the test, or empty for two observations and where the line goes through all values
     */
    public Optional<TestResult> test() {
        return standardError > 0
                ? Optional.of(TestResult.ofT("t of the slope", slope.value() / standardError, slope.n() - 2.0))
                : Optional.empty();
    }

    /** The line. */
    @Override
    public String toString() {
        return intercept + " + " + slope + " * step";
    }
}
