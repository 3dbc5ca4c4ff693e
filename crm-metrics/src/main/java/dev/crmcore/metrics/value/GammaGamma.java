package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Beta;

/**
 * The Gamma-Gamma model of spend: Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (note 025, 2013), after
 * Colombo and Jiang 1999.
 *
 * <p>The value of a customer's purchases varies about a mean of the customer's own, Gamma(p, rate &nu;), and &nu; ~ Gamma(q,
 * rate v) over the customers, independently of how often they buy. Given x repeat purchases with the mean z&#772; a customer
 * is expected to spend
 *
 * <pre>
 * E[Z | x, z&#772;] = p (v + x z&#772;) / (p x + q - 1)
 * </pre>
 *
 * a purchase; over all customers the mean is p v / (q &minus; 1), which exists only for q &gt; 1: for smaller q there is no
 * population mean, and none is returned. The papers call v also &gamma;.
 *
 * <pre>{@code
 * ModelFit<GammaGamma> fit = GammaGamma.fit(SpendHistories.of(frequency, meanSpend));
 * fit.model().expectedSpend(2, 22.35).value();      // 24.66 on the CDNOW data
 * }</pre>
 *
 * <p>The unit of money is that of the data. Immutable and thread-safe.
 */
public final class GammaGamma {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("gamma-gamma-fit", 1)
            .name("Gamma-Gamma model of spend")
            .kind(KpiKind.BATCH)
            .unit("p, q without unit; v in the unit of money of the data")
            .formula("a purchase is worth Gamma(p, nu) to a customer of Gamma(q, v) rate nu, however often it is made")
            .variant("maximum likelihood over distinct (x, mean spend); the first purchase left out")
            .emptyRule("undefined without a customer who came back and paid")
            .source("Fader and Hardie 2013, note 025; Colombo and Jiang 1999")
            .build();

    /** What a purchase of a customer is worth. */
    public static final KpiDefinition EXPECTED_SPEND = KpiDefinition.builder("expected-spend", 1)
            .name("Expected spend a purchase")
            .kind(KpiKind.BATCH)
            .unit("money of the data")
            .formula("p (v + x mean) / (p x + q - 1)")
            .variant("of a customer without repeat purchases: the population mean p v / (q - 1)")
            .emptyRule("undefined where no finite mean exists")
            .source("Fader and Hardie 2013, note 025")
            .build();

    private static final String[] NAMES = {"p", "q", "v"};

    /**
     * All purchases become equal while p and q grow together, the customers while q and v do, and the purchases of one
     * customer while p grows and v shrinks; the opposite ways lead to spend without any scale.
     */
    private static final int[][] RAYS = {{1, 1, 0}, {0, 1, 1}, {0, -1, -1}, {1, 0, -1}, {-1, 0, 1}};

    private final double p;
    private final double q;
    private final double v;
    private final long customers;

    private GammaGamma(double p, double q, double v, long customers) {
        this.p = positive(p, "p");
        this.q = positive(q, "q");
        this.v = positive(v, "v");
        this.customers = customers;
    }

    /**
     * The model with known parameters.
     *
     * @param p the shape of the values of one customer's purchases
     * @param q the shape of the customers' rates
     * @param v the rate parameter of the customers' rates, in units of money
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static GammaGamma of(double p, double q, double v) {
        return new GammaGamma(p, q, v, 0);
    }

    /**
     * Fits the model by maximum likelihood, as {@link BgNbd#fit(PurchaseHistories)} does. {@link FittedOn#excluded()} says
     * how many customers with repeat purchases were left out because their mean spend is zero or less.
     *
     * @param histories the customers' spend; the model is in their unit of money
     * @return the fit, refused with a reason if no customer came back and paid
     */
    public static ModelFit<GammaGamma> fit(SpendHistories histories) {
        long purchases = 0;
        for (int row = 0; row < histories.size(); row++) {
            purchases =
                    Math.addExact(purchases, Math.multiplyExact(histories.frequency(row), histories.customers(row)));
        }
        FittedOn fittedOn = new FittedOn(histories.customers(), histories.size(), purchases, histories.withoutSpend());
        if (histories.customers() == 0) {
            return ModelFit.refused(Undefined.noData("no customer with a repeat purchase of positive value"), fittedOn);
        }
        GammaGammaLikelihood likelihood = new GammaGammaLikelihood(histories);
        double[] logScale = {0.0, 0.0, Math.log(likelihood.scale())};
        return new MaximumLikelihood(NAMES, logScale, RAYS)
                .fit(
                        likelihood,
                        likelihood.starts(),
                        values -> new GammaGamma(values[0], values[1], values[2], histories.customers()),
                        fittedOn);
    }

    /**
     * The shape of the values of one customer's purchases.
     *
     * @return p, positive
     */
    public double p() {
        return p;
    }

    /**
     * The shape of the customers' rates.
     *
     * @return q, positive
     */
    public double q() {
        return q;
    }

    /**
     * The rate parameter of the customers' rates, which the papers also call &gamma;.
     *
     * @return v, positive, in the unit of money
     */
    public double v() {
        return v;
    }

    /**
     * The mean value of a purchase over all customers, p v / (q &minus; 1): what to expect of a customer of whom no repeat
     * purchase is known.
     *
     * @return the mean, undefined if q is not above 1
     */
    public Estimate populationMean() {
        return q > 1
                ? Estimate.of(p * v / (q - 1), customers)
                : Estimate.undefined(
                        new Undefined(
                                Undefined.Reason.DOES_NOT_EXIST,
                                "with q = " + q + ", not above 1, the spend of a customer has no finite mean"),
                        customers);
    }

    /**
     * The value to expect of a customer's purchases.
     *
     * @param frequency the number of repeat purchases, not negative; with none it is the {@link #populationMean()}
     * @param meanSpend the mean value of these purchases, finite; ignored if there are none
     * @return the expected value of one purchase; n is the frequency. Undefined if px + q is not above 1, or if the mean is
     *     negative, for which the model says nothing
     * @throws IllegalArgumentException if the frequency is negative or the mean is not finite
     */
    public Estimate expectedSpend(long frequency, double meanSpend) {
        if (frequency < 0) {
            throw new IllegalArgumentException("frequency must not be negative, not " + frequency);
        }
        if (frequency == 0) {
            return populationMean();
        }
        if (!Double.isFinite(meanSpend)) {
            throw new IllegalArgumentException("mean spend must be finite, not " + meanSpend);
        }
        double weight = p * frequency + (q - 1);
        if (!(weight > 0)) {
            return Estimate.undefined(
                    new Undefined(
                            Undefined.Reason.DOES_NOT_EXIST,
                            "with px + q = " + (weight + 1) + ", not above 1, the spend has no finite mean"),
                    frequency);
        }
        if (meanSpend < 0) {
            return Estimate.undefined(
                    new Undefined(
                            Undefined.Reason.DOES_NOT_EXIST, "the model is not defined for a negative mean spend"),
                    frequency);
        }
        return Estimate.of(p * (v + frequency * meanSpend) / weight, frequency);
    }

    /**
     * A prediction interval for the mean value of a customer's next purchases: given the past the total of n further ones is
     * (v + x z&#772;) times the odds of a Beta(np, px + q) variable. The parameters are taken as known.
     *
     * @param frequency the number of repeat purchases, not negative
     * @param meanSpend the mean value of these purchases, finite and not negative; ignored if there are none
     * @param purchases of how many further purchases the mean is taken, at least 1; many, for the customer's own mean
     * @param level the coverage, above 0 and below 1
     * @return the interval between the quantiles at (1 &minus; level) / 2 and (1 + level) / 2
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Interval spendInterval(long frequency, double meanSpend, long purchases, double level) {
        Interval.requireLevel(level);
        if (frequency < 0 || purchases < 1) {
            throw new IllegalArgumentException(
                    "frequency must not be negative and purchases at least 1, not " + frequency + " and " + purchases);
        }
        if (frequency > 0 && !(meanSpend >= 0 && Double.isFinite(meanSpend))) {
            throw new IllegalArgumentException("mean spend must be finite and not negative, not " + meanSpend);
        }
        double scale = (v + (frequency == 0 ? 0.0 : frequency * meanSpend)) / purchases;
        double first = p * purchases;
        double second = p * frequency + q;
        double tail = (1 - level) / 2;
        return new Interval(
                scale * betaOdds(tail, first, second),
                scale / betaOdds(tail, second, first),
                level,
                "quantiles of the model's distribution");
    }

    /** The odds x / (1 - x) below which a Beta(a, b) variable falls with a probability below one half. */
    private static double betaOdds(double probability, double a, double b) {
        double x = Beta.quantile(probability, a, b);
        return x / (1 - x);
    }

    private static double positive(double value, String name) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
        return value;
    }

    /** The parameters. */
    @Override
    public String toString() {
        return "Gamma-Gamma(p=" + p + ", q=" + q + ", v=" + v + ")";
    }
}
