package dev.crmcore.metrics.value;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.internal.ChiSquared;

/**
 * The likelihood-ratio test of two nested models fitted on the same data: whether the further parameters of the larger one
 * are worth having.
 *
 * <p>Twice the difference of the log-likelihoods is compared with the chi-squared distribution with as many degrees of
 * freedom as there are further parameters. Which models are nested the caller must know: {@link Nbd} in {@link BgNbd},
 * {@link MbgNbd} and {@link ParetoNbd}; {@link ShiftedBetaGeometric} in {@link BetaDiscreteWeibull}; every model in itself
 * with covariates. Where the smaller model lies at the border of the larger one, as the NBD does, the p-value is too large
 * and the test errs on the safe side.
 */
public final class LikelihoodRatio {

    /** What the test means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("likelihood-ratio-test", 1)
            .name("Likelihood-ratio test of nested models")
            .kind(KpiKind.BATCH)
            .unit("p-value, 0 to 1")
            .formula("P(chi-squared >= 2 (LL of the larger model - LL of the smaller)), df = further parameters")
            .emptyRule("refused if one of the models could not be fitted")
            .source("Wilks 1938, Annals of Mathematical Statistics 9(1)")
            .build();

    private LikelihoodRatio() {}

    /**
     * Tests a smaller model against a larger one.
     *
     * @param smaller the fit of the nested model
     * @param larger the fit of the model in which it is nested
     * @return the statistic, degrees of freedom and p-value
     * @throws IllegalArgumentException if the larger model has no further parameter or the data differ in size
     * @throws java.util.NoSuchElementException if one of them could not be fitted
     */
    public static TestResult test(ModelFit<?> smaller, ModelFit<?> larger) {
        double statistic = 2 * (larger.logLikelihood() - smaller.logLikelihood());
        int further = larger.parameters().size() - smaller.parameters().size();
        if (further < 1) {
            throw new IllegalArgumentException("the larger model must have further parameters, not " + further);
        }
        if (larger.fittedOn().customers() != smaller.fittedOn().customers()
                || larger.fittedOn().purchases() != smaller.fittedOn().purchases()) {
            throw new IllegalArgumentException("both models must be fitted on the same data, not on "
                    + smaller.fittedOn() + " and on " + larger.fittedOn());
        }
        double gain = Math.max(0.0, statistic);
        return TestResult.of("likelihood ratio", gain, further, ChiSquared.upperTail(gain, further));
    }
}
