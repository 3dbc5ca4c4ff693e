package dev.crmcore.metrics.value;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;

/**
 * A model of how long customers under contract stay, who at the end of each period renew or leave. From it come survival and
 * retention beyond what has been observed, and the discounted lifetime, which times the payment of a period is the customer
 * lifetime value.
 *
 * <p>Time counts contract periods of the model's {@link #unit()}. Implementations are immutable and thread-safe.
 */
public interface ContractModel {

    /** The share of customers who are still there. */
    KpiDefinition SURVIVAL = definition("contract-survival", "Survival under contract")
            .unit("probability, 0 to 1")
            .formula("S(t) = P(still there after t periods)")
            .build();

    /** The share that renews of those who can. */
    KpiDefinition RETENTION_RATE = definition("contract-retention-rate", "Expected retention rate")
            .unit("probability, 0 to 1")
            .formula("S(t) / S(t - 1)")
            .build();

    /** How many periods a new customer will pay for. */
    KpiDefinition EXPECTED_LIFETIME = definition("contract-expected-lifetime", "Expected lifetime under contract")
            .unit("contract periods, the first included")
            .formula("sum over t from 0 of S(t)")
            .build();

    /** DEL, the value of a new customer for each unit of payment. */
    KpiDefinition DISCOUNTED_LIFETIME = definition("discounted-expected-lifetime", "Discounted expected lifetime")
            .unit("contract periods, each discounted to the first payment")
            .formula("sum over t from 0 of S(t) / (1 + d)^t")
            .variant("payments at the beginning of a period, the first at time 0")
            .build();

    /** DERL, the value of a present customer for each unit of payment. */
    KpiDefinition DISCOUNTED_RESIDUAL_LIFETIME = definition(
                    "discounted-expected-residual-lifetime", "Discounted expected residual lifetime")
            .unit("contract periods, each discounted to the next renewal")
            .formula("sum over t from 1 of S(m + t) / S(m) / (1 + d)^(t - 1), after m renewals")
            .variant("just before the next renewal is decided; its payment is not discounted")
            .build();

    private static KpiDefinition.Builder definition(String id, String name) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.BATCH)
                .emptyRule("there is no figure without a model, and no model without data")
                .source("Fader and Hardie 2007, Journal of Interactive Marketing 21(1); 2010, Marketing Science 29(1)");
    }

    /**
     * The length of a contract period.
     *
     * @return the unit
     */
    PeriodUnit unit();

    /**
     * The probability of being still there after some periods, that is of having renewed so often.
     *
     * @param periods the periods, not negative
     * @return S(t), 1 for t = 0
     * @throws IllegalArgumentException if the periods are negative
     */
    double survival(long periods);

    /**
     * The probability of leaving at the end of one particular period.
     *
     * @param period the period, from 1
     * @return S(t &minus; 1) &minus; S(t)
     * @throws IllegalArgumentException if the period is below 1
     */
    double churnProbability(long period);

    /**
     * The share of those still there at the end of a period who renew. It rises with time, because those who are likely to
     * leave do so early.
     *
     * @param period the period, from 1
     * @return S(t) / S(t &minus; 1)
     * @throws IllegalArgumentException if the period is below 1
     */
    double retentionRate(long period);

    /**
     * The logarithm of the likelihood of one customer's tenure.
     *
     * @param tenure how long the customer stayed
     * @return ln P(T = t) of one who left, ln S(t) of one who did not
     */
    double logLikelihood(ContractTenure tenure);

    /**
     * For how many periods a new customer will pay.
     *
     * @return &Sigma;<sub>t&ge;0</sub> S(t), undefined if that is infinite
     */
    Estimate expectedLifetime();

    /**
     * The periods that a new customer will pay for, each discounted to the first payment, which is at time 0.
     *
     * @param rate the discount rate, above 0
     * @return &Sigma;<sub>t&ge;0</sub> S(t) / (1 + d)<sup>t</sup>
     * @throws IllegalArgumentException if the rate is 0
     */
    double discountedLifetime(DiscountRate rate);

    /**
     * The further periods that a present customer will pay for, just before the next renewal is decided. A payment at that
     * moment is not discounted.
     *
     * @param renewals how often the customer has renewed, not negative
     * @param rate the discount rate, above 0
     * @return &Sigma;<sub>t&ge;1</sub> S(m + t) / S(m) / (1 + d)<sup>t &minus; 1</sup>
     * @throws IllegalArgumentException if the renewals are negative or the rate is 0
     */
    double discountedResidualLifetime(long renewals, DiscountRate rate);
}
