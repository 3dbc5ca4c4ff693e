package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.GammaFunctions;
import org.jspecify.annotations.Nullable;

/**
 * The models whose customers buy at a Gamma(r, &alpha;) rate and may drop out after a purchase with a Beta(a, b)
 * probability: after each repeat purchase (BG/NBD), or after the first one too (MBG/NBD). A customer with x repeat purchases
 * who is alive has survived x chances, or x + 1.
 */
abstract class BetaGeometric extends LatentDropout {

    static final String[] NAMES = {"r", "alpha", "a", "b"};

    /**
     * Purchase rates become equal while r and alpha grow together, dropout probabilities while a and b do; they become
     * nothing but extremes while both shrink.
     */
    static final int[][] RAYS = {{1, 1, 0, 0}, {-1, -1, 0, 0}, {0, 0, 1, 1}, {0, 0, -1, -1}};

    private final double r;
    private final double alpha;
    private final double a;
    private final double b;

    /** The chances to drop out before the first repeat purchase: 0 or 1. */
    private final int earlyChances;

    BetaGeometric(double r, double alpha, double a, double b, int earlyChances, PeriodUnit unit) {
        super(unit);
        this.r = positive(r, "r");
        this.alpha = positive(alpha, "alpha");
        this.a = positive(a, "a");
        this.b = positive(b, "b");
        this.earlyChances = earlyChances;
    }

    /**
     * The shape of the purchase rates.
     *
     * @return r, positive
     */
    public final double r() {
        return r;
    }

    /**
     * The rate parameter of the purchase rates: the mean rate is r / &alpha;.
     *
     * @return &alpha;, positive, in the model's unit of time
     */
    public final double alpha() {
        return alpha;
    }

    /**
     * The first parameter of the dropout probabilities: their mean is a / (a + b).
     *
     * @return a, positive
     */
    public final double a() {
        return a;
    }

    /**
     * The second parameter of the dropout probabilities.
     *
     * @return b, positive
     */
    public final double b() {
        return b;
    }

    @Override
    final double alive(long x, double recency, double age) {
        return x + earlyChances == 0 ? 1.0 : 1.0 / (1.0 + Math.exp(logDropoutOdds(x, recency, age)));
    }

    /** The logarithm of the odds that a customer who had a chance to drop out took the last one. */
    private double logDropoutOdds(long x, double recency, double age) {
        return Math.log(a / (b + (x + earlyChances - 1))) + (r + x) * Math.log1p((age - recency) / (alpha + recency));
    }

    @Override
    final double logLikelihood(long x, double recency, double age) {
        double purchases =
                GammaFunctions.logRising(r, (double) x) - r * Math.log1p(age / alpha) - x * Math.log(alpha + age);
        double before = (double) x + earlyChances - 1;
        if (before < 0) {
            return purchases;
        }
        // the chances before the last were survived; the last one too, or the customer was silent with good reason
        double survived = GammaFunctions.logRising(b, before) - GammaFunctions.logRising(a + b, before);
        double silence = (r + x) * Math.log1p((age - recency) / (alpha + recency));
        double dropout = a / (a + b + before);
        double last = silence < 1
                ? Math.log1p(dropout * Math.expm1(silence))
                : silence + Math.log(dropout + (1.0 - dropout) * Math.exp(-silence));
        return purchases + survived + last;
    }

    /** After the chances that were survived, p ~ Beta(a, b + chances) and the rate ~ Gamma(r + x, alpha + T). */
    @Override
    final AliveCustomer aliveAfter(long x) {
        return new Alive(r + x, alpha, new DropoutSeries(a, b + x + earlyChances));
    }

    private static final class Alive implements AliveCustomer {

        private final double shape;
        private final double alpha;
        private final DropoutSeries series;

        /** What was found for the rate that was asked for last. */
        private @Nullable DiscountedDropout discounted;

        Alive(double shape, double alpha, DropoutSeries series) {
            this.shape = shape;
            this.alpha = alpha;
            this.series = series;
        }

        @Override
        public double survival(double age, double t) {
            return series.alive(shape, t / (alpha + age));
        }

        @Override
        public double purchases(double age, double t) {
            return series.purchases(shape, t / (alpha + age));
        }

        @Override
        public double[] distribution(double age, double t, int most) {
            return series.distribution(shape, t / (alpha + age), most);
        }

        @Override
        public double discountedPurchases(double age, double rate) {
            DiscountedDropout grid = discounted;
            if (grid == null || grid.rate() != rate) {
                grid = new DiscountedDropout(series, shape, rate);
                discounted = grid;
            }
            return grid.purchases(alpha + age);
        }
    }

    /** The parameters and the unit. */
    final String describe(String name) {
        return name + "(r=" + r + ", alpha=" + alpha + ", a=" + a + ", b=" + b + ", unit=" + unit() + ")";
    }
}
