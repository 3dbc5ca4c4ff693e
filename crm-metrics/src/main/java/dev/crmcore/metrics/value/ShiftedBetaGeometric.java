package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;

/**
 * The shifted beta-geometric model of Fader and Hardie, How to Project Customer Retention, <em>Journal of Interactive
 * Marketing</em> 21(1), 2007: each customer leaves at the end of a period with a probability &theta; of their own, and over
 * the customers &theta; ~ Beta(&alpha;, &beta;).
 *
 * <pre>
 * S(t) = B(&alpha;, &beta;+t) / B(&alpha;, &beta;)        retention rate = (&beta;+t-1) / (&alpha;+&beta;+t-1)
 * </pre>
 *
 * <p>Retention rates rise with time though no customer changes, because the likely leavers leave first.
 *
 * <pre>{@code
 * ContractTenures cohort = ContractTenures.ofCohort(new long[] {369, 163, 86, 56}, 326, PeriodUnit.YEAR);
 * ShiftedBetaGeometric model = ShiftedBetaGeometric.fit(cohort).model();
 * model.survival(12);
 * model.discountedResidualLifetime(4, DiscountRate.of(0.1, PeriodUnit.YEAR));
 * }</pre>
 *
 * <p>Relative errors are below 1e-10. Immutable and thread-safe.
 */
public final class ShiftedBetaGeometric extends BetaRetention {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("sbg-fit", 1)
            .name("sBG model of retention")
            .kind(KpiKind.BATCH)
            .unit("alpha, beta without unit; time in contract periods")
            .formula("S(t) = B(alpha, beta + t) / B(alpha, beta)")
            .variant("maximum likelihood over distinct tenures, customers still there censored")
            .emptyRule("undefined without a customer who had to decide on a renewal")
            .source("Fader and Hardie 2007, Journal of Interactive Marketing 21(1)")
            .build();

    private static final String[] NAMES = {"alpha", "beta"};
    private static final int[][] RAYS = {{1, 1}, {-1, -1}};

    private ShiftedBetaGeometric(double alpha, double beta, long customers, PeriodUnit unit) {
        super(alpha, beta, 1.0, customers, unit);
    }

    /**
     * The model with known parameters.
     *
     * @param alpha the first parameter of the churn probabilities
     * @param beta the second parameter of these
     * @param unit the length of a contract period
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static ShiftedBetaGeometric of(double alpha, double beta, PeriodUnit unit) {
        return new ShiftedBetaGeometric(alpha, beta, 0, unit);
    }

    /**
     * Fits the model by maximum likelihood, as {@link BgNbd#fit(PurchaseHistories)} does. The tenures may be those of one
     * cohort or of many of different age.
     *
     * @param tenures how long the customers stayed; the model is in their unit of time
     * @return the fit; refused with a reason if no customer had to decide on a renewal
     */
    public static ModelFit<ShiftedBetaGeometric> fit(ContractTenures tenures) {
        FittedOn fittedOn = tenures.fittedOn();
        if (!tenures.anyDecision()) {
            return ModelFit.refused(Undefined.noData("no customer had to decide on a renewal"), fittedOn);
        }
        BetaRetentionLikelihood likelihood = new BetaRetentionLikelihood(tenures, false);
        return new MaximumLikelihood(NAMES, new double[NAMES.length], RAYS)
                .fit(
                        likelihood,
                        likelihood.starts(),
                        p -> new ShiftedBetaGeometric(p[0], p[1], tenures.customers(), tenures.unit()),
                        fittedOn);
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return "sBG(alpha=" + alpha() + ", beta=" + beta() + ", unit=" + unit() + ")";
    }
}
