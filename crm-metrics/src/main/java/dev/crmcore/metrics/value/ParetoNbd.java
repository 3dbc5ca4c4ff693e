package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.ExponentialIntegral;
import dev.crmcore.metrics.internal.GammaFunctions;
import java.util.List;

/**
 * The Pareto/NBD model of Schmittlein, Morrison and Colombo, Counting Your Customers: Who Are They and What Will They Do
 * Next?, <em>Management Science</em> 33(1), 1987.
 *
 * <p>While alive a customer buys at a constant rate &lambda;, and dies at a constant rate &mu;, bought or not; over the
 * customers &lambda; ~ Gamma(r, rate &alpha;) and &mu; ~ Gamma(s, rate &beta;), independently. The likelihood of x repeat
 * purchases, the last at t<sub>x</sub>, in an observation of length T after the first purchase is
 *
 * <pre>
 * L = &Gamma;(r+x) / &Gamma;(r) &alpha;^r (&alpha;+T)^-(r+x) (1 + T/&beta;)^-s (1 + Q)
 * Q = s &int;_{t_x}^{T} ((&alpha;+T) / (&alpha;+u))^(r+x) ((&beta;+T) / (&beta;+u))^(s+1) du / (&beta;+T)
 * </pre>
 *
 * <p>and P(alive) = 1 / (1 + Q). Given that, both rates have gamma distributions again, from which all predictions follow
 * (Fader and Hardie, notes 008, 015 and 028).
 *
 * <pre>{@code
 * ParetoNbd model = ParetoNbd.fit(PurchaseHistories.of(x, recencyWeeks, ageWeeks, PeriodUnit.WEEK)).model();
 * PurchaseHistory ann = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);
 * model.probabilityAlive(ann);                                                              // 0.8691 on the CDNOW data
 * model.discountedResidualPurchases(ann, DiscountRate.of(0.15, PeriodUnit.YEAR));           // DERT
 * }</pre>
 *
 * <p>Accuracy: relative errors are below 1e-10 for all admissible parameters, also where the closed form is a difference of
 * equal numbers (&beta; &gg; &alpha;, t<sub>x</sub> next to T, s = 1). The distribution of the number of purchases costs
 * O(n<sup>3/2</sup>) for counts up to n. Immutable and thread-safe.
 */
public final class ParetoNbd extends LatentDropout {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("pareto-nbd-fit", 1)
            .name("Pareto/NBD model of repeat purchases")
            .kind(KpiKind.BATCH)
            .unit("r, s without unit; alpha, beta in the unit of time of the histories")
            .formula("buys at a rate ~ Gamma(r, alpha) while alive; dies at a rate ~ Gamma(s, beta)")
            .variant("maximum likelihood over distinct (x, t_x, T)")
            .emptyRule("undefined without a customer, a repeat purchase or any time observed")
            .source("Schmittlein, Morrison and Colombo 1987, Management Science 33(1)")
            .build();

    private static final String[] NAMES = {"r", "alpha", "s", "beta"};

    /** Rates become equal while shape and rate grow together, and nothing but extremes while both shrink. */
    private static final int[][] RAYS = {{1, 1, 0, 0}, {-1, -1, 0, 0}, {0, 0, 1, 1}, {0, 0, -1, -1}};

    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;

    private ParetoNbd(double r, double alpha, double s, double beta, PeriodUnit unit) {
        super(unit);
        this.r = positive(r, "r");
        this.alpha = positive(alpha, "alpha");
        this.s = positive(s, "s");
        this.beta = positive(beta, "beta");
    }

    /**
     * The model with known parameters.
     *
     * @param r the shape of the purchase rates
     * @param alpha the rate parameter of the purchase rates, in units of time
     * @param s the shape of the death rates
     * @param beta the rate parameter of the death rates, in units of time
     * @param unit the unit of time of {@code alpha} and {@code beta}
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static ParetoNbd of(double r, double alpha, double s, double beta, PeriodUnit unit) {
        return new ParetoNbd(r, alpha, s, beta, unit);
    }

    /**
     * Fits the model by maximum likelihood, as {@link BgNbd#fit(PurchaseHistories)} does: the same data is refused, and
     * parameters that ran to a border are named.
     *
     * @param histories the customers' histories; the model is in their unit of time
     * @return the fit
     */
    public static ModelFit<ParetoNbd> fit(PurchaseHistories histories) {
        FittedOn fittedOn = FittedOn.of(histories);
        Undefined reason = FittedOn.reasonAgainst(histories);
        if (reason != null) {
            return ModelFit.refused(reason, fittedOn);
        }
        ParetoNbdLikelihood likelihood = new ParetoNbdLikelihood(histories);
        double logTime = Math.log(likelihood.timeScale());
        return new MaximumLikelihood(NAMES, new double[] {0.0, logTime, 0.0, logTime}, RAYS)
                .fit(
                        likelihood,
                        likelihood.starts(),
                        p -> new ParetoNbd(p[0], p[1], p[2], p[3], histories.unit()),
                        fittedOn);
    }

    /**
     * Fits the model with static covariates by maximum likelihood.
     *
     * @param histories the customers' histories with their covariates; the model is in their unit of time
     * @return the fit; refused where the fit without covariates is, or if a covariate does not vary
     */
    public static ModelFit<CovariateModel<ParetoNbd>> fit(CovariateHistories histories) {
        PeriodUnit unit = histories.all().unit();
        return CovariateModel.fit(
                histories,
                List.of(CovariateModel.Effect.PURCHASE, CovariateModel.Effect.DEATH),
                NAMES,
                RAYS,
                ParetoNbd::fit,
                ParetoNbdLikelihood::new,
                p -> new ParetoNbd(p[0], p[1], p[2], p[3], unit));
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
     * The rate parameter of the purchase rates: their mean is r / &alpha;.
     *
     * @return &alpha;, positive, in the model's unit of time
     */
    public double alpha() {
        return alpha;
    }

    /**
     * The shape of the death rates.
     *
     * @return s, positive
     */
    public double s() {
        return s;
    }

    /**
     * The rate parameter of the death rates: their mean is s / &beta;.
     *
     * @return &beta;, positive, in the model's unit of time
     */
    public double beta() {
        return beta;
    }

    @Override
    double alive(long x, double recency, double age) {
        return 1.0 / (1.0 + Math.exp(logOdds(x, recency, age)));
    }

    private double logOdds(long x, double recency, double age) {
        DeathIntegral integral = new DeathIntegral(alpha, s, beta, false);
        integral.begin(r + x, age);
        integral.extend(recency);
        return integral.logOdds();
    }

    @Override
    double logLikelihood(long x, double recency, double age) {
        double z = logOdds(x, recency, age);
        return GammaFunctions.logRising(r, (double) x)
                - r * Math.log1p(age / alpha)
                - x * Math.log(alpha + age)
                - s * Math.log1p(age / beta)
                + Math.max(z, 0.0)
                + Math.log1p(Math.exp(-Math.abs(z)));
    }

    /** Customers with the same x and T share the panels of the integral, as in the likelihood. */
    @Override
    public double[] probabilityAlive(PurchaseHistories histories) {
        double[] values = new double[histories.size()];
        double factor = histories.unit().days() / unit().days();
        DeathIntegral integral = new DeathIntegral(alpha, s, beta, false);
        for (int row = values.length - 1; row >= 0; row--) {
            if (row == values.length - 1
                    || histories.age(row) != histories.age(row + 1)
                    || histories.frequency(row) != histories.frequency(row + 1)) {
                integral.begin(r + histories.frequency(row), histories.age(row) * factor);
            }
            integral.extend(histories.recency(row) * factor);
            values[row] = 1.0 / (1.0 + Math.exp(integral.logOdds()));
        }
        return values;
    }

    /** Given that the customer is alive, the rates are Gamma(r + x, alpha + T) and Gamma(s, beta + T). */
    @Override
    AliveCustomer aliveAfter(long x) {
        return new Alive(r + x, alpha, s, beta);
    }

    private static final class Alive implements AliveCustomer {

        private final double shape;
        private final double alpha;
        private final double s;
        private final double beta;

        Alive(double shape, double alpha, double s, double beta) {
            this.shape = shape;
            this.alpha = alpha;
            this.s = s;
            this.beta = beta;
        }

        @Override
        public double survival(double age, double t) {
            return Math.exp(-s * Math.log1p(t / (beta + age)));
        }

        /** The rate times the time that is lived: (beta + T) ((1 + t/(beta+T))^(1-s) - 1) / (1 - s), which s = 1 has too. */
        @Override
        public double purchases(double age, double t) {
            double log = Math.log1p(t / (beta + age));
            double power = (1.0 - s) * log;
            double lived = Math.abs(power) < 1e-300 ? log : Math.expm1(power) / (1.0 - s);
            return shape * ((beta + age) / (alpha + age)) * lived;
        }

        @Override
        public double[] distribution(double age, double t, int most) {
            return new ParetoNbdCounts(shape, alpha + age, s, beta + age).distribution(t, most);
        }

        @Override
        public double discountedPurchases(double age, double rate) {
            return shape * ((beta + age) / (alpha + age)) * ExponentialIntegral.scaled(s, rate * (beta + age));
        }
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return "Pareto/NBD(r=" + r + ", alpha=" + alpha + ", s=" + s + ", beta=" + beta + ", unit=" + unit() + ")";
    }
}
