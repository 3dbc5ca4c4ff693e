package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.GammaFunctions;
import java.util.Objects;

/**
 * The BG/NBD model of Fader, Hardie and Lee, "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD Model,
 * <em>Marketing Science</em> 24(2), 2005.
 *
 * <p>While alive a customer buys at a constant rate &lambda;, and after each repeat purchase drops out with probability p;
 * over the customers &lambda; ~ Gamma(r, rate &alpha;) and p ~ Beta(a, b), independently. The likelihood of x repeat
 * purchases, the last at t<sub>x</sub>, in an observation of length T after the first purchase is
 *
 * <pre>
 * L = &Gamma;(r+x) &alpha;^r / &Gamma;(r) * [ B(a, b+x) / B(a, b) * (&alpha;+T)^-(r+x)  +  (x &gt; 0) B(a+1, b+x-1) / B(a, b) * (&alpha;+t_x)^-(r+x) ]
 * </pre>
 *
 * <p>A customer can only drop out at a repeat purchase. One-time buyers are therefore alive with probability 1, however long
 * they have been silent: that is the model's assumption and no finding.
 *
 * <pre>{@code
 * ModelFit<BgNbd> fit = BgNbd.fit(PurchaseHistories.of(x, recencyWeeks, ageWeeks, PeriodUnit.WEEK));
 * BgNbd model = fit.model();
 * PurchaseHistory ann = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);
 * model.probabilityAlive(ann);                                           // 0.7266 on the CDNOW data
 * model.expectedPurchases(ann, TimeSpan.of(39, PeriodUnit.WEEK));        // 1.2259
 * }</pre>
 *
 * <p>Accuracy: relative errors are below 1e-10 for all admissible parameters, also where the hypergeometric closed forms
 * break (a = 1, a + b &le; 1, x in the thousands, times in seconds); expected purchases cost one short series each.
 * Immutable and thread-safe.
 */
public final class BgNbd implements RepeatPurchaseModel {

    private static final String[] NAMES = {"r", "alpha", "a", "b"};

    /**
     * Purchase rates become equal while r and alpha grow together, dropout probabilities while a and b do; they become
     * nothing but extremes while both shrink.
     */
    private static final int[][] RAYS = {{1, 1, 0, 0}, {-1, -1, 0, 0}, {0, 0, 1, 1}, {0, 0, -1, -1}};

    private final double r;
    private final double alpha;
    private final double a;
    private final double b;
    private final PeriodUnit unit;

    private BgNbd(double r, double alpha, double a, double b, PeriodUnit unit) {
        this.r = positive(r, "r");
        this.alpha = positive(alpha, "alpha");
        this.a = positive(a, "a");
        this.b = positive(b, "b");
        this.unit = Objects.requireNonNull(unit, "unit");
    }

    /**
     * The model with known parameters.
     *
     * @param r the shape of the purchase rates
     * @param alpha the rate parameter of the purchase rates, in units of time
     * @param a the first parameter of the dropout probabilities
     * @param b the second parameter of the dropout probabilities
     * @param unit the unit of time of {@code alpha}
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static BgNbd of(double r, double alpha, double a, double b, PeriodUnit unit) {
        return new BgNbd(r, alpha, a, b, unit);
    }

    /**
     * Fits the model by maximum likelihood: Newton's method in a trust region with analytic derivatives, in the logarithms
     * of the parameters. The outcome depends only on the rows, not on the order of the customers.
     *
     * <p>Data whose maximum lies at the border of the parameter space (nobody ever drops out, all customers buy at one rate)
     * gives a usable model that names the parameters. Data from which nothing can be learned is refused with a reason: no
     * customer, no repeat purchase, or no time observed.
     *
     * @param histories the customers' histories; the model is in their unit of time
     * @return the fit
     */
    public static ModelFit<BgNbd> fit(PurchaseHistories histories) {
        long purchases = 0;
        double exposure = 0.0;
        for (int row = 0; row < histories.size(); row++) {
            purchases =
                    Math.addExact(purchases, Math.multiplyExact(histories.frequency(row), histories.customers(row)));
            exposure += histories.age(row) * histories.customers(row);
        }
        FittedOn fittedOn = new FittedOn(histories.customers(), histories.size(), purchases, 0);
        if (histories.customers() == 0) {
            return ModelFit.refused(Undefined.noData("no customer"), fittedOn);
        }
        if (exposure == 0) {
            return ModelFit.refused(Undefined.noData("no customer was observed after the first purchase"), fittedOn);
        }
        if (purchases == 0) {
            return ModelFit.refused(
                    Undefined.tooFew("no customer came back: a model of repeat purchases needs at least one"),
                    fittedOn);
        }
        BgNbdLikelihood likelihood = new BgNbdLikelihood(histories);
        double[] logScale = {0.0, Math.log(likelihood.timeScale()), 0.0, 0.0};
        PeriodUnit unit = histories.unit();
        return new MaximumLikelihood(NAMES, logScale, RAYS)
                .fit(likelihood, likelihood.starts(), p -> new BgNbd(p[0], p[1], p[2], p[3], unit), fittedOn);
    }

    /**
     * The shape of the purchase rates.
     *
     * @return r, positive
     */
    public double r() {
        return r;
    }

    /**
     * The rate parameter of the purchase rates: the mean rate is r / &alpha;.
     *
     * @return &alpha;, positive, in the model's unit of time
     */
    public double alpha() {
        return alpha;
    }

    /**
     * The first parameter of the dropout probabilities: their mean is a / (a + b).
     *
     * @return a, positive
     */
    public double a() {
        return a;
    }

    /**
     * The second parameter of the dropout probabilities.
     *
     * @return b, positive
     */
    public double b() {
        return b;
    }

    @Override
    public PeriodUnit unit() {
        return unit;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Exactly 1 for a customer without repeat purchases: the model's assumption.
     */
    @Override
    public double probabilityAlive(PurchaseHistory history) {
        PurchaseHistory h = history.in(unit);
        return alive(h.frequency(), h.recency(), h.age());
    }

    @Override
    public double probabilityAlive(PurchaseHistory history, TimeSpan ahead) {
        PurchaseHistory h = history.in(unit);
        double tau = ahead.in(unit) / (alpha + h.age());
        return alive(h.frequency(), h.recency(), h.age())
                * series(h.frequency()).alive(r + h.frequency(), tau);
    }

    @Override
    public double expectedPurchases(PurchaseHistory history, TimeSpan ahead) {
        PurchaseHistory h = history.in(unit);
        double tau = ahead.in(unit) / (alpha + h.age());
        return alive(h.frequency(), h.recency(), h.age())
                * series(h.frequency()).purchases(r + h.frequency(), tau);
    }

    @Override
    public double expectedPurchases(TimeSpan sinceFirst) {
        return series(0).purchases(r, sinceFirst.in(unit) / alpha);
    }

    @Override
    public double[] purchaseDistribution(PurchaseHistory history, TimeSpan ahead, int most) {
        PurchaseHistory h = history.in(unit);
        double alive = alive(h.frequency(), h.recency(), h.age());
        double tau = ahead.in(unit) / (alpha + h.age());
        double[] probability = series(h.frequency()).distribution(r + h.frequency(), tau, checked(most));
        for (int n = 0; n <= most; n++) {
            probability[n] *= alive;
        }
        probability[0] += 1.0 - alive;
        return probability;
    }

    @Override
    public double[] purchaseDistribution(TimeSpan sinceFirst, int most) {
        return series(0).distribution(r, sinceFirst.in(unit) / alpha, checked(most));
    }

    @Override
    public double logLikelihood(PurchaseHistory history) {
        PurchaseHistory h = history.in(unit);
        long x = h.frequency();
        double value = GammaFunctions.logRising(r, (double) x)
                + GammaFunctions.logRising(b, (double) x)
                - GammaFunctions.logRising(a + b, (double) x)
                - r * Math.log1p(h.age() / alpha)
                - x * Math.log(alpha + h.age());
        if (x == 0) {
            return value;
        }
        double z = logDropoutOdds(x, h.recency(), h.age());
        return value + Math.max(z, 0.0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    @Override
    public double[] probabilityAlive(PurchaseHistories histories) {
        double[] values = new double[histories.size()];
        double factor = TimeSpan.of(1, histories.unit()).in(unit);
        for (int row = 0; row < values.length; row++) {
            values[row] = alive(histories.frequency(row), histories.recency(row) * factor, histories.age(row) * factor);
        }
        return values;
    }

    @Override
    public double[] expectedPurchases(PurchaseHistories histories, TimeSpan ahead) {
        double[] values = new double[histories.size()];
        double factor = TimeSpan.of(1, histories.unit()).in(unit);
        double t = ahead.in(unit);
        DropoutSeries series = series(0);
        long x = 0;
        for (int row = 0; row < values.length; row++) {
            // the rows ascend in x, and all with the same x share one series
            if (histories.frequency(row) != x) {
                x = histories.frequency(row);
                series = series(x);
            }
            double age = histories.age(row) * factor;
            values[row] = alive(x, histories.recency(row) * factor, age) * series.purchases(r + x, t / (alpha + age));
        }
        return values;
    }

    /** After x repeat purchases that were survived, p ~ Beta(a, b + x) and the rate ~ Gamma(r + x, alpha + T). */
    private DropoutSeries series(long x) {
        return new DropoutSeries(a, b + x);
    }

    private double alive(long x, double recency, double age) {
        return x == 0 ? 1.0 : 1.0 / (1.0 + Math.exp(logDropoutOdds(x, recency, age)));
    }

    /** The logarithm of the odds that a customer who came back has dropped out since. */
    private double logDropoutOdds(long x, double recency, double age) {
        return Math.log(a / (b + (x - 1))) + (r + x) * Math.log1p((age - recency) / (alpha + recency));
    }

    private static int checked(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most must not be negative, not " + most);
        }
        return most;
    }

    private static double positive(double value, String name) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
        return value;
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return "BG/NBD(r=" + r + ", alpha=" + alpha + ", a=" + a + ", b=" + b + ", unit=" + unit + ")";
    }
}
