package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import java.util.List;

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
public final class BgNbd extends BetaGeometric {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("bg-nbd-fit", 1)
            .name("BG/NBD model of repeat purchases")
            .kind(KpiKind.BATCH)
            .unit("r, a, b without unit; alpha in the unit of time of the histories")
            .formula(
                    "buys at a rate ~ Gamma(r, alpha) while alive; drops out after each repeat purchase with p ~ Beta(a, b)")
            .variant("maximum likelihood over distinct (x, t_x, T)")
            .emptyRule("undefined without a customer, a repeat purchase or any time observed")
            .source("Fader, Hardie and Lee 2005, Marketing Science 24(2)")
            .build();

    private static final int EARLY_CHANCES = 0;

    private BgNbd(double r, double alpha, double a, double b, PeriodUnit unit) {
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
        return BetaGeometricLikelihood.fit(
                histories, EARLY_CHANCES, p -> new BgNbd(p[0], p[1], p[2], p[3], histories.unit()));
    }

    /**
     * Fits the model with static covariates by maximum likelihood.
     *
     * @param histories the customers' histories with their covariates; the model is in their unit of time
     * @return the fit; refused where the fit without covariates is, or if a covariate does not vary
     */
    public static ModelFit<CovariateModel<BgNbd>> fit(CovariateHistories histories) {
        PeriodUnit unit = histories.all().unit();
        return CovariateModel.fit(
                histories,
                List.of(CovariateModel.Effect.PURCHASE, CovariateModel.Effect.A, CovariateModel.Effect.B),
                NAMES,
                RAYS,
                BgNbd::fit,
                group -> new BetaGeometricLikelihood(group, EARLY_CHANCES),
                p -> new BgNbd(p[0], p[1], p[2], p[3], unit));
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return describe("BG/NBD");
    }
}
