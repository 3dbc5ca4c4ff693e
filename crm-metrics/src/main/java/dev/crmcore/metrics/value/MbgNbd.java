package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import java.util.List;

/**
 * The MBG/NBD model of Batislam, Denizel and Filiztekin, Empirical validation and comparison of models for customer base
 * analysis, <em>International Journal of Research in Marketing</em> 24(3), 2007: the {@link BgNbd} whose customers may also
 * drop out right after the first purchase. Unlike there, a one-time buyer who has long been silent is probably gone.
 *
 * <p>While alive a customer buys at a constant rate &lambda;, and after every purchase, the first included, drops out with
 * probability p; over the customers &lambda; ~ Gamma(r, rate &alpha;) and p ~ Beta(a, b), independently. The likelihood of x
 * repeat purchases, the last at t<sub>x</sub> (0 if there was none), in an observation of length T after the first is
 *
 * <pre>
 * L = &Gamma;(r+x) &alpha;^r / &Gamma;(r) * [ B(a, b+x+1) / B(a, b) * (&alpha;+T)^-(r+x)  +  B(a+1, b+x) / B(a, b) * (&alpha;+t_x)^-(r+x) ]
 * </pre>
 *
 * <pre>{@code
 * MbgNbd model = MbgNbd.fit(PurchaseHistories.of(x, recencyWeeks, ageWeeks, PeriodUnit.WEEK)).model();
 * model.probabilityAlive(PurchaseHistory.of(0, 0, 38.86, PeriodUnit.WEEK));       // 0.3897 on the CDNOW data
 * }</pre>
 *
 * <p>Accuracy: relative errors are below 1e-10 for all admissible parameters, also where the hypergeometric closed forms
 * break. Immutable and thread-safe.
 */
public final class MbgNbd extends BetaGeometric {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("mbg-nbd-fit", 1)
            .name("MBG/NBD model of repeat purchases")
            .kind(KpiKind.BATCH)
            .unit("r, a, b without unit; alpha in the unit of time of the histories")
            .formula(
                    "buys at a rate ~ Gamma(r, alpha) while alive; drops out after each purchase, the first included, with p ~ Beta(a, b)")
            .variant("maximum likelihood over distinct (x, t_x, T)")
            .emptyRule("undefined without a customer, a repeat purchase or any time observed")
            .source("Batislam, Denizel and Filiztekin 2007, International Journal of Research in Marketing 24(3)")
            .build();

    private static final int EARLY_CHANCES = 1;

    private MbgNbd(double r, double alpha, double a, double b, PeriodUnit unit) {
        super(r, alpha, a, b, EARLY_CHANCES, unit);
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
    public static MbgNbd of(double r, double alpha, double a, double b, PeriodUnit unit) {
        return new MbgNbd(r, alpha, a, b, unit);
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
    public static ModelFit<MbgNbd> fit(PurchaseHistories histories) {
        return BetaGeometricLikelihood.fit(
                histories, EARLY_CHANCES, p -> new MbgNbd(p[0], p[1], p[2], p[3], histories.unit()));
    }

    /**
     * Fits the model with static covariates by maximum likelihood.
     *
     * @param histories the customers' histories with their covariates; the model is in their unit of time
     * @return the fit; refused where the fit without covariates is, or if a covariate does not vary
     */
    public static ModelFit<CovariateModel<MbgNbd>> fit(CovariateHistories histories) {
        PeriodUnit unit = histories.all().unit();
        return CovariateModel.fit(
                histories,
                List.of(CovariateModel.Effect.PURCHASE, CovariateModel.Effect.A, CovariateModel.Effect.B),
                NAMES,
                RAYS,
                MbgNbd::fit,
                group -> new BetaGeometricLikelihood(group, EARLY_CHANCES),
                p -> new MbgNbd(p[0], p[1], p[2], p[3], unit));
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return describe("MBG/NBD");
    }
}
