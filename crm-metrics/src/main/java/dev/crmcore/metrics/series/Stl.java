package dev.crmcore.metrics.series;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * STL: decomposes a series into a season that may change slowly, a smooth trend and a remainder, by local regression; robust
 * against outliers if asked.
 *
 * <p>Implementations differ in their defaults, and so in their results; here every setting has a name. The defaults are those
 * of statsmodels (degrees 1, no jumps, five inner rounds, or two inner and fifteen outer rounds if robust).
 * {@link Builder#likeR(int)} sets those of R. On a short series a robust season adapts itself to outliers: with four years of
 * weeks, {@link RobustFourier} finds more of them.
 *
 * <pre>{@code
 * Decomposition parts = Stl.builder(12).seasonalWindow(13).robust().build().decompose(monthly).value();
 * }</pre>
 *
 * <p>Source: Cleveland, Cleveland, McRae and Terpenning 1990. With equal settings equal to R and statsmodels to 1e-11;
 * robust, to statsmodels, which repaired the median that the original code takes from partly sorted values. O(rounds &middot;
 * n &middot; window). Immutable and thread-safe.
 */
public final class Stl {

    private final int period;
    private final Loess seasonal;
    private final Loess trend;
    private final Loess lowPass;
    private final int innerRounds;
    private final int outerRounds;
    private final boolean periodic;

    private Stl(Builder builder) {
        this.period = builder.period;
        int trendWindow = builder.trendWindow.orElseGet(
                () -> odd((int) Math.ceil(1.5 * builder.period / (1 - 1.5 / builder.seasonalWindow))));
        int lowPassWindow = builder.lowPassWindow.orElseGet(() -> odd(builder.lowPassAbovePeriod + builder.period));
        this.seasonal = new Loess(builder.seasonalWindow, builder.seasonalDegree, builder.jump(builder.seasonalWindow));
        this.trend = new Loess(trendWindow, builder.trendDegree, builder.jump(trendWindow));
        this.lowPass = new Loess(lowPassWindow, builder.lowPassDegree, builder.jump(lowPassWindow));
        this.innerRounds = builder.innerRounds.orElse(builder.robust ? 2 : 5);
        this.outerRounds = builder.outerRounds.orElse(builder.robust ? 15 : 0);
        this.periodic = builder.periodic;
    }

    /**
     * Begins with the defaults of statsmodels and a seasonal window of 7.
     *
     * @param period the steps of a season, 2 to a million
     * @return a builder
     * @throws IllegalArgumentException if the period is out of range
     */
    public static Builder builder(int period) {
        return new Builder(period);
    }

    /**
     * Decomposes a series.
     *
     * @param series the series without gaps
     * @return the decomposition, or the reason why there is none: a gap or fewer than two seasons
     */
    public Finding<Decomposition> decompose(RegularSeries series) {
        if (series.gap().isPresent()) {
            return Finding.undefined(series.gap().get());
        }
        int n = series.length();
        if (n < 2L * period) {
            return Finding.undefined(
                    Undefined.tooFew("two seasons of " + period + " steps are needed, the series has " + n + " steps"));
        }
        double[] y = series.raw();
        double[] season = new double[n];
        double[] level = new double[n];
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        for (int outer = 0; outer <= outerRounds; outer++) {
            for (int inner = 0; inner < innerRounds; inner++) {
                round(y, season, level, outer == 0 ? null : weights);
            }
            if (outer < outerRounds) {
                weigh(y, season, level, weights);
            }
        }
        if (periodic) {
            average(season);
        }
        return Finding.of(new Decomposition(y, season, level, weights));
    }

    int period() {
        return period;
    }

    /** One inner round: the season of the detrended series, then the trend of the deseasonalised one. */
    private void round(double[] y, double[] season, double[] level, double @Nullable [] weights) {
        int n = y.length;
        double[] work = new double[n];
        for (int i = 0; i < n; i++) {
            work[i] = y[i] - level[i];
        }
        double[] cycle = cycleSubseries(work, weights);
        double[] passed = average(average(average(cycle, period), period), 3);
        double[] low = new double[n];
        lowPass.smooth(passed, n, null, low, 0);
        for (int i = 0; i < n; i++) {
            season[i] = cycle[period + i] - low[i];
            work[i] = y[i] - season[i];
        }
        trend.smooth(work, n, weights, level, 0);
    }

    /** The smoothed values at each place of the season, one season longer at both ends. */
    private double[] cycleSubseries(double[] y, double @Nullable [] weights) {
        int n = y.length;
        double[] cycle = new double[n + 2 * period];
        for (int place = 0; place < period; place++) {
            int k = (n - place - 1) / period + 1;
            double[] some = atPlace(y, place, k);
            double[] theirs = weights == null ? null : atPlace(weights, place, k);
            double[] smooth = new double[k + 2];
            seasonal.smooth(some, k, theirs, smooth, 1);
            double before = seasonal.before(some, k, theirs);
            smooth[0] = Double.isNaN(before) ? smooth[1] : before;
            double after = seasonal.after(some, k, theirs);
            smooth[k + 1] = Double.isNaN(after) ? smooth[k] : after;
            for (int i = 0; i < k + 2; i++) {
                cycle[i * period + place] = smooth[i];
            }
        }
        return cycle;
    }

    /** The values at one place of the season. */
    private double[] atPlace(double[] values, int place, int seasons) {
        double[] some = new double[seasons];
        Arrays.setAll(some, i -> values[i * period + place]);
        return some;
    }

    private static double[] average(double[] x, int window) {
        double[] means = new double[x.length - window + 1];
        double sum = 0;
        for (int i = 0; i < window; i++) {
            sum += x[i];
        }
        means[0] = sum / window;
        for (int i = 1; i < means.length; i++) {
            sum += x[i + window - 1] - x[i - 1];
            means[i] = sum / window;
        }
        return means;
    }

    /** The bisquare weights of the remainders, whose scale is six times their median size. */
    private static void weigh(double[] y, double[] season, double[] level, double[] weights) {
        double[] sizes = new double[y.length];
        Arrays.setAll(sizes, i -> Math.abs(y[i] - season[i] - level[i]));
        double reach = 6 * Medians.median(sizes);
        for (int i = 0; i < sizes.length; i++) {
            double share = sizes[i] / reach;
            if (reach == 0 || sizes[i] <= 0.001 * reach) {
                weights[i] = 1;
            } else {
                weights[i] = sizes[i] <= 0.999 * reach ? (1 - share * share) * (1 - share * share) : 0;
            }
        }
    }

    /** Gives each place of the season its mean. */
    private void average(double[] season) {
        for (int place = 0; place < period; place++) {
            double sum = 0;
            int count = 0;
            for (int i = place; i < season.length; i += period) {
                sum += season[i];
                count++;
            }
            for (int i = place; i < season.length; i += period) {
                season[i] = sum / count;
            }
        }
    }

    private static int odd(int least) {
        return least % 2 == 0 ? least + 1 : least;
    }

    /** The period and the rounds. */
    @Override
    public String toString() {
        return "STL of period " + period + ", " + innerRounds + " inner and " + outerRounds + " outer rounds";
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private final int period;
        private int seasonalWindow = 7;
        private int seasonalDegree = 1;
        private int trendDegree = 1;
        private int lowPassDegree = 1;
        private OptionalInt trendWindow = OptionalInt.empty();
        private OptionalInt lowPassWindow = OptionalInt.empty();
        private int lowPassAbovePeriod = 1;
        private boolean jumps;
        private boolean robust;
        private boolean periodic;
        private OptionalInt innerRounds = OptionalInt.empty();
        private OptionalInt outerRounds = OptionalInt.empty();

        private Builder(int period) {
            if (period < 2 || period > 1_000_000) {
                throw new IllegalArgumentException("period must be 2 to 1,000,000, not " + period);
            }
            this.period = period;
        }

        /**
         * Sets how many seasons around make the season of one: the larger, the less the season changes.
         *
         * @param window an odd number, from 3
         * @return this builder
         * @throws IllegalArgumentException if the number is even or less than 3
         */
        public Builder seasonalWindow(int window) {
            this.seasonalWindow = requireOdd(window, "seasonalWindow");
            return this;
        }

        /**
         * Sets how many steps around make the trend of one; by default the next odd number from 1.5 period / (1 - 1.5 /
         * seasonal window) on.
         *
         * @param window an odd number, from 3
         * @return this builder
         * @throws IllegalArgumentException if the number is even or less than 3
         */
        public Builder trendWindow(int window) {
            this.trendWindow = OptionalInt.of(requireOdd(window, "trendWindow"));
            return this;
        }

        /**
         * Sets the window of the low-pass filter; by default the next odd number above the period.
         *
         * @param window an odd number, from 3
         * @return this builder
         * @throws IllegalArgumentException if the number is even or less than 3
         */
        public Builder lowPassWindow(int window) {
            this.lowPassWindow = OptionalInt.of(requireOdd(window, "lowPassWindow"));
            return this;
        }

        /**
         * Sets the degrees of the local regressions.
         *
         * @param seasonal 0 for a local mean, 1 for a local line
         * @param trend 0 or 1
         * @param lowPass 0 or 1
         * @return this builder
         * @throws IllegalArgumentException if a degree is neither 0 nor 1
         */
        public Builder degrees(int seasonal, int trend, int lowPass) {
            this.seasonalDegree = requireDegree(seasonal);
            this.trendDegree = requireDegree(trend);
            this.lowPassDegree = requireDegree(lowPass);
            return this;
        }

        /**
         * Sets the numbers of rounds.
         *
         * @param inner how often season and trend are improved, from 1
         * @param outer how often outliers are weighed down, from 0
         * @return this builder
         * @throws IllegalArgumentException if a number is out of range
         */
        public Builder rounds(int inner, int outer) {
            if (inner < 1 || outer < 0) {
                throw new IllegalArgumentException(
                        "rounds must be at least 1 inner and 0 outer, not " + inner + " and " + outer);
            }
            this.innerRounds = OptionalInt.of(inner);
            this.outerRounds = OptionalInt.of(outer);
            return this;
        }

        /**
         * Weighs outliers down: two inner and fifteen outer rounds, unless rounds are set.
         *
         * @return this builder
         */
        public Builder robust() {
            this.robust = true;
            return this;
        }

        /**
         * Evaluates each local regression only at every tenth point of its window and draws lines between, which is faster and
         * differs a little.
         *
         * @return this builder
         */
        public Builder jumps() {
            this.jumps = true;
            return this;
        }

        /**
         * Sets the defaults of R's {@code stl}: a local mean for the season, jumps, two inner rounds and no outer one.
         *
         * @param window the seasonal window, an odd number, from 3
         * @return this builder
         * @throws IllegalArgumentException if the number is even or less than 3
         */
        public Builder likeR(int window) {
            this.lowPassAbovePeriod = 0;
            return seasonalWindow(window).degrees(0, 1, 1).jumps().rounds(2, 0);
        }

        /**
         * Sets the defaults of R's {@code stl(s.window = "periodic")}, where the season never changes.
         *
         * @param steps the length of the series, from which R derives its windows; positive
         * @return this builder
         * @throws IllegalArgumentException if the length is not positive
         */
        public Builder likeRPeriodic(int steps) {
            if (steps < 1 || steps > 100_000_000) {
                throw new IllegalArgumentException("steps must be 1 to 100,000,000, not " + steps);
            }
            this.periodic = true;
            return likeR(10 * steps + 1);
        }

        /**
         * Makes the decomposer.
         *
         * @return the decomposer
         */
        public Stl build() {
            return new Stl(this);
        }

        private int jump(int window) {
            return jumps ? (window + 9) / 10 : 1;
        }

        private static int requireOdd(int window, String name) {
            if (window < 3 || window % 2 == 0) {
                throw new IllegalArgumentException(name + " must be odd and at least 3, not " + window);
            }
            return window;
        }

        private static int requireDegree(int degree) {
            if (degree != 0 && degree != 1) {
                throw new IllegalArgumentException("degree must be 0 or 1, not " + degree);
            }
            return degree;
        }
    }
}
