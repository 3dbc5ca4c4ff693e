package dev.crmcore.metrics.value;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.HashMap;
import java.util.Map;

/**
 * A model of how customers without a contract come back: each buys at a rate of their own while alive, and drops out for
 * good at a moment that nobody sees. From it come the probability that a customer is still alive and the purchases to
 * expect.
 *
 * <p>A model is a set of parameters: every answer is a pure function of it. Histories and spans may be in any unit; they are
 * converted to the model's {@link #unit()}. A history ends where the observation ended, and "ahead" begins there.
 *
 * <p>Implementations are immutable and thread-safe. Every value is finite, whatever the history.
 */
public interface RepeatPurchaseModel {

    /** Whether a customer is still there. */
    KpiDefinition PROBABILITY_ALIVE = definition("probability-alive", "Probability of being alive")
            .unit("probability, 0 to 1")
            .formula("P(alive at T + t | x, t_x, T)")
            .build();

    /** What a customer will buy. */
    KpiDefinition EXPECTED_PURCHASES = definition("expected-purchases", "Expected purchases")
            .unit("purchases, not negative")
            .formula("E[number of purchases in (T, T + t] | x, t_x, T]")
            .variant("of a new customer: E[number of repeat purchases in (0, t]]")
            .build();

    /** How what a customer will buy scatters. */
    KpiDefinition PURCHASE_DISTRIBUTION = definition("purchase-distribution", "Distribution of future purchases")
            .unit("probabilities, 0 to 1; interval in purchases")
            .formula("P(n purchases in (T, T + t] | x, t_x, T); interval between its quantiles")
            .variant("parameters taken as known")
            .build();

    /** DERT. */
    KpiDefinition DISCOUNTED_RESIDUAL_PURCHASES = definition(
                    "discounted-expected-residual-transactions", "Discounted expected residual transactions")
            .unit("purchases, each discounted to the end of the observation")
            .formula("integral over t from 0 of exp(-rate t) dE[number of purchases in (T, T + t] | x, t_x, T]")
            .variant("no horizon, continuous discounting; by periods in a model of opportunities")
            .build();

    /** The tracking curve. */
    KpiDefinition TRACKING_CURVE = definition(
                    "repeat-purchase-tracking", "Cumulative repeat purchases, expected and made")
            .unit("repeat purchases of all customers together")
            .formula("at the end of unit w: sum over customers born at d < w of E[X(w - d)]")
            .build();

    private static KpiDefinition.Builder definition(String id, String name) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.BATCH)
                .emptyRule("there is no figure without a model, and no model without data")
                .source("Fader, Hardie and Lee 2005, Marketing Science 24(2), Journal of Marketing Research 42(4)");
    }

    /**
     * The unit of time in which the parameters are expressed.
     *
     * @return the unit
     */
    PeriodUnit unit();

    /**
     * The probability that a customer is alive at the end of the observation.
     *
     * @param history the customer's history
     * @return a probability, 0 to 1
     */
    double probabilityAlive(PurchaseHistory history);

    /**
     * The probability that a customer is still alive some time after the end of the observation.
     *
     * @param history the customer's history
     * @param ahead how long after the end of the observation
     * @return a probability, 0 to 1
     */
    double probabilityAlive(PurchaseHistory history, TimeSpan ahead);

    /**
     * The purchases to expect of a customer in some time after the end of the observation.
     *
     * @param history the customer's history
     * @param ahead how long after the end of the observation
     * @return the expected number, not negative
     */
    double expectedPurchases(PurchaseHistory history, TimeSpan ahead);

    /**
     * The repeat purchases to expect of a customer of whom nothing is known but the first purchase.
     *
     * @param sinceFirst how long after the first purchase
     * @return the expected number, not negative
     */
    double expectedPurchases(TimeSpan sinceFirst);

    /**
     * The distribution of the number of purchases of a customer in some time after the end of the observation.
     *
     * @param history the customer's history
     * @param ahead how long after the end of the observation
     * @param most the largest number asked for, not negative
     * @return the probabilities of exactly 0, 1, &hellip;, {@code most} purchases; what is missing to 1 is the probability of
     *     more
     * @throws IllegalArgumentException if {@code most} is negative
     */
    double[] purchaseDistribution(PurchaseHistory history, TimeSpan ahead, int most);

    /**
     * The distribution of the number of repeat purchases of a customer of whom nothing is known but the first purchase.
     *
     * @param sinceFirst how long after the first purchase
     * @param most the largest number asked for, not negative
     * @return the probabilities of exactly 0, 1, &hellip;, {@code most} repeat purchases
     * @throws IllegalArgumentException if {@code most} is negative
     */
    double[] purchaseDistribution(TimeSpan sinceFirst, int most);

    /**
     * A prediction interval for the number of purchases of a customer in some time after the end of the observation: the
     * range between the quantiles at (1 &minus; level) / 2 and (1 + level) / 2 of the
     * {@link #purchaseDistribution(PurchaseHistory, TimeSpan, int) distribution}, which
     * contains the number with at least the probability of the level. The parameters are taken as known.
     *
     * @param history the customer's history
     * @param ahead how long after the end of the observation
     * @param level the coverage, above 0 and below 1
     * @return the interval, its bounds whole numbers; an upper bound beyond 16,383 purchases is given as infinite
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    default Interval purchaseInterval(PurchaseHistory history, TimeSpan ahead, double level) {
        Interval.requireLevel(level);
        return PurchaseQuantiles.interval(most -> purchaseDistribution(history, ahead, most), level);
    }

    /**
     * A prediction interval for the number of repeat purchases of a customer of whom nothing is known but the first purchase,
     * as {@link #purchaseInterval(PurchaseHistory, TimeSpan, double)}.
     *
     * @param sinceFirst how long after the first purchase
     * @param level the coverage, above 0 and below 1
     * @return the interval, its bounds whole numbers; an upper bound beyond 16,383 purchases is given as infinite
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    default Interval purchaseInterval(TimeSpan sinceFirst, double level) {
        Interval.requireLevel(level);
        return PurchaseQuantiles.interval(most -> purchaseDistribution(sinceFirst, most), level);
    }

    /**
     * The logarithm of the likelihood of one history, with no constant dropped.
     *
     * @param history the customer's history
     * @return the log-likelihood, in the model's unit of time
     */
    double logLikelihood(PurchaseHistory history);

    /**
     * DERT, the discounted expected residual transactions: all purchases to expect of a customer after the end of the
     * observation, without a horizon, each discounted continuously to that end.
     *
     * @param history the customer's history
     * @param rate the discount rate, above 0
     * @return the discounted number, not negative
     * @throws IllegalArgumentException if the rate is 0, at which the sum may be infinite
     */
    double discountedResidualPurchases(PurchaseHistory history, DiscountRate rate);

    /**
     * The probability of being alive for each distinct row of many histories.
     *
     * @param histories the histories
     * @return one probability for each row; {@link PurchaseHistories#spread(double[])} gives them to the customers
     */
    double[] probabilityAlive(PurchaseHistories histories);

    /**
     * The probability of being still alive some time later for each distinct row of many histories.
     *
     * @param histories the histories
     * @param ahead how long after the end of the observation
     * @return one probability for each row; {@link PurchaseHistories#spread(double[])} gives them to the customers
     */
    double[] probabilityAlive(PurchaseHistories histories, TimeSpan ahead);

    /**
     * The purchases to expect for each distinct row of many histories.
     *
     * @param histories the histories
     * @param ahead how long after the end of the observation
     * @return one number for each row; {@link PurchaseHistories#spread(double[])} gives them to the customers
     */
    double[] expectedPurchases(PurchaseHistories histories, TimeSpan ahead);

    /**
     * The discounted expected residual transactions for each distinct row of many histories.
     *
     * @param histories the histories
     * @param rate the discount rate, above 0
     * @return one number for each row; {@link PurchaseHistories#spread(double[])} gives them to the customers
     * @throws IllegalArgumentException if the rate is 0
     */
    double[] discountedResidualPurchases(PurchaseHistories histories, DiscountRate rate);

    /**
     * The tracking curve: the repeat purchases that all customers together should have made by the end of each unit of time,
     * counted from a common zero. Laid beside the purchases they did make, in the calibration and after it, it shows whether
     * the model fits.
     *
     * <p>A customer born at d has had w &minus; d units by the end of unit w and counts from the unit in which d lies.
     *
     * @param born the distinct times of first purchases after the zero, in the model's unit
     * @param customers how many customers were born at each
     * @param units how many units of time to track
     * @return the expected cumulative number at the end of unit 1, 2, &hellip;, {@code units}
     * @throws IllegalArgumentException if the columns differ in length, a time or number is negative, or {@code units} is
     */
    default double[] expectedCumulativePurchases(double[] born, long[] customers, int units) {
        if (born.length != customers.length) {
            throw new IllegalArgumentException(
                    "columns must have the same length, not " + born.length + " and " + customers.length);
        }
        if (units < 0) {
            throw new IllegalArgumentException("units must not be negative, not " + units);
        }
        for (int i = 0; i < born.length; i++) {
            if (!(born[i] >= 0 && Double.isFinite(born[i])) || customers[i] < 0) {
                throw new IllegalArgumentException(
                        "row " + i + ": a time of birth and a number of customers must not be" + " negative, not "
                                + born[i] + " and " + customers[i]);
            }
        }
        double[] cumulative = new double[units];
        // whole-day births repeat the same exposure in many units
        Map<Double, Double> known = new HashMap<>();
        for (int unit = 1; unit <= units; unit++) {
            double sum = 0.0;
            for (int i = 0; i < born.length; i++) {
                if (born[i] < unit) {
                    double exposure = Math.rint((unit - born[i]) * 1e9) * 1e-9;
                    sum += customers[i]
                            * known.computeIfAbsent(exposure, t -> expectedPurchases(TimeSpan.of(t, unit())));
                }
            }
            cumulative[unit - 1] = sum;
        }
        return cumulative;
    }
}
