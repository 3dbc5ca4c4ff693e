package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.StudentT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rosner's generalised extreme studentised deviate test: up to r outliers in otherwise normal values, found one after the
 * other without one masking the next.
 *
 * <p>{@link #test} measures distances from the mean in standard deviations, as published; {@link #robust} from the median in
 * 1.4826 MAD, as is usual for the remainders of a decomposition (the critical values are then approximate). Of equally far
 * values the first is taken. Missing steps are left out.
 *
 * <p>Source: Rosner 1983; NIST/SEMATECH e-Handbook 1.3.5.17.3. O(r n), robust O(r n log n). Immutable and thread-safe.
 */
public final class GeneralizedEsd {

    /** The test. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("generalized-esd", 1)
            .name("Generalised ESD test")
            .kind(KpiKind.BATCH)
            .unit("number of outliers")
            .formula(
                    "largest i with R_i = max |x - mean| / s > lambda_i; lambda_i = (n-i) t / sqrt((n-i-1+t^2)(n-i+1))")
            .variant("mean and standard deviation; the robust form has median and 1.4826 MAD")
            .emptyRule("undefined for fewer than 3 observations")
            .source("Rosner 1983")
            .build();

    private final List<EsdStep> steps;
    private final int outliers;

    private GeneralizedEsd(List<EsdStep> steps) {
        this.steps = List.copyOf(steps);
        int last = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).statistic() > steps.get(i).critical()) {
                last = i + 1;
            }
        }
        this.outliers = last;
    }

    /**
     * Tests for outliers by mean and standard deviation.
     *
     * @param series the series, without trend and season
     * @param most how many outliers there may be at most, from 1
     * @param alpha how often an outlier may be found where there is none, above 0 and below 1
     * @return the test, or the reason why there is none: fewer than 3 observations
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Finding<GeneralizedEsd> test(RegularSeries series, int most, double alpha) {
        return run(series, most, alpha, false);
    }

    /**
     * Tests for outliers by median and median absolute deviation.
     *
     * @param series the series, without trend and season
     * @param most how many outliers there may be at most, from 1
     * @param alpha how often an outlier may be found where there is none, above 0 and below 1
     * @return the test, or the reason why there is none: fewer than 3 observations
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Finding<GeneralizedEsd> robust(RegularSeries series, int most, double alpha) {
        return run(series, most, alpha, true);
    }

    private static Finding<GeneralizedEsd> run(RegularSeries series, int most, double alpha, boolean robust) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be positive, not " + most);
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be above 0 and below 1, not " + alpha);
        }
        double[] left = series.observed();
        int[] where = series.observedSteps();
        int n = left.length;
        if (n < 3) {
            return Finding.undefined(Undefined.tooFew("outliers need at least 3 observations, there are " + n));
        }
        List<EsdStep> steps = new ArrayList<>();
        for (int i = 1; i <= Math.min(most, n - 2); i++) {
            double centre = robust
                    ? Medians.median(left)
                    : Arrays.stream(left).average().orElse(0);
            double spread = robust ? Medians.NORMAL * Medians.deviation(left, centre) : deviation(left, centre);
            int farthest = farthest(left, centre);
            double distance = Math.abs(left[farthest] - centre);
            if (distance == 0) {
                break; // what is left is all equal
            }
            // A spread of 0 beside a value that differs is an outlier beyond any critical value
            double statistic = spread == 0 ? Double.MAX_VALUE : distance / spread;
            steps.add(new EsdStep(where[farthest], left[farthest], statistic, critical(n, i, alpha)));
            left = without(left, farthest);
            where = without(where, farthest);
        }
        return Finding.of(new GeneralizedEsd(steps));
    }

    /**
     * The values in the order in which they were taken out, outliers or not.
     *
     * @return at most as many steps as outliers were allowed
     */
    public List<EsdStep> steps() {
        return steps;
    }

    /**
     * How many outliers there are.
     *
     * @return the number of outliers
     */
    public int count() {
        return outliers;
    }

    /**
     * Where the outliers stand.
     *
     * @return the steps of the series, the farthest outlier first
     */
    public int[] anomalies() {
        return steps.stream().limit(outliers).mapToInt(EsdStep::index).toArray();
    }

    /** The number of outliers. */
    @Override
    public String toString() {
        return outliers + " outliers";
    }

    private static double critical(int n, int i, double alpha) {
        double tail = alpha / (2.0 * (n - i + 1));
        double t = StudentT.twoSidedQuantile(1 - 2 * tail, n - i - 1.0);
        return (n - i) * t / Math.sqrt((n - i - 1 + t * t) * (n - i + 1));
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    private static int farthest(double[] values, double centre) {
        int farthest = 0;
        for (int i = 1; i < values.length; i++) {
            if (Math.abs(values[i] - centre) > Math.abs(values[farthest] - centre)) {
                farthest = i;
            }
        }
        return farthest;
    }

    private static double[] without(double[] values, int at) {
        double[] rest = new double[values.length - 1];
        System.arraycopy(values, 0, rest, 0, at);
        System.arraycopy(values, at + 1, rest, at, rest.length - at);
        return rest;
    }

    private static int[] without(int[] values, int at) {
        int[] rest = new int[values.length - 1];
        System.arraycopy(values, 0, rest, 0, at);
        System.arraycopy(values, at + 1, rest, at, rest.length - at);
        return rest;
    }
}
