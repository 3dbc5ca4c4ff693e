package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;

/**
 * The beta-discrete-Weibull model of Fader, Hardie, Liu, Davin and Steenburgh, "How to Project Customer Retention"
 * Revisited: The Role of Duration Dependence, <em>Journal of Interactive Marketing</em> 43, 2018: the
 * {@link ShiftedBetaGeometric} whose customers may themselves become more (c &gt; 1) or less (c &lt; 1) likely to leave.
 *
 * <pre>
 * S(t) = B(&alpha;, &beta;+t^c) / B(&alpha;, &beta;)
 * </pre>
 *
 * <p>With c = 1 it is the shifted beta-geometric, against which {@link LikelihoodRatio} tests it.
 *
 * <pre>{@code
 * ContractTenures cohort = ContractTenures.ofCohort(new long[] {131, 126, 90, 60}, 593, PeriodUnit.YEAR);
 * BetaDiscreteWeibull.fit(cohort).model().survival(12);
 * }</pre>
 *
 * <p>Relative errors are below 1e-10. Immutable and thread-safe.
 */
public final class BetaDiscreteWeibull extends BetaRetention {

    /** What a fit of the model means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("bdw-fit", 1)
            .name("BdW model of retention")
            .kind(KpiKind.BATCH)
            .unit("alpha, beta, c without unit; time in contract periods")
            .formula("S(t) = B(alpha, beta + t^c) / B(alpha, beta)")
            .variant("maximum likelihood over distinct tenures, customers still there censored")
            .emptyRule("undefined without a customer who had to decide on a renewal")
            .source("Fader, Hardie, Liu, Davin and Steenburgh 2018, Journal of Interactive Marketing 43")
            .build();

    private static final String[] NAMES = {"alpha", "beta", "c"};
    private static final int[][] RAYS = {{1, 1, 0}, {-1, -1, 0}};

    private BetaDiscreteWeibull(double alpha, double beta, double c, long customers, PeriodUnit unit) {
        super(alpha, beta, c, customers, unit);
    }

    /**
     * The model with known parameters.
     *
     * @param alpha the first parameter of the churn probabilities
     * @param beta the second parameter of these
     * @param c the power of time, 1 for the shifted beta-geometric
     * @param unit the length of a contract period
     * @return the model
     * @throws IllegalArgumentException if a parameter is not positive and finite
     */
    public static BetaDiscreteWeibull of(double alpha, double beta, double c, PeriodUnit unit) {
        return new BetaDiscreteWeibull(alpha, beta, c, 0, unit);
    }

    /**
     * Fits the model by maximum likelihood, as {@link BgNbd#fit(PurchaseHistories)} does. The tenures may be those of one
     * cohort or of many of different age.
     *
     * @param tenures how long the customers stayed; the model is in their unit of time
     * @return the fit; refused with a reason if no customer had to decide on a renewal
     */
    public static ModelFit<BetaDiscreteWeibull> fit(ContractTenures tenures) {
        FittedOn fittedOn = tenures.fittedOn();
        if (!tenures.anyDecision()) {
            return ModelFit.refused(Undefined.noData("no customer had to decide on a renewal"), fittedOn);
        }
        BetaRetentionLikelihood likelihood = new BetaRetentionLikelihood(tenures, true);
        return new MaximumLikelihood(NAMES, new double[NAMES.length], RAYS)
                .fit(
                        likelihood,
                        likelihood.starts(),
                        p -> new BetaDiscreteWeibull(p[0], p[1], p[2], tenures.customers(), tenures.unit()),
                        fittedOn);
    }

    /**
     * The power of time: above 1 a customer becomes more likely to leave with time, below 1 less.
     *
     * @return c, positive
     */
    public double c() {
        return power();
    }

    /** The parameters and the unit. */
    @Override
    public String toString() {
        return "BdW(alpha=" + alpha() + ", beta=" + beta() + ", c=" + c() + ", unit=" + unit() + ")";
    }
}
