package dev.crmcore.metrics.value;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.Objects;

/**
 * Customer lifetime value over n periods: what a customer will spend within a horizon, discounted to today.
 *
 * <pre>
 * CLV = value of a purchase * &Sigma;_{k=1..n} (E[purchases up to k d] - E[purchases up to (k-1) d]) / (1 + rate)^k
 * </pre>
 *
 * with d the length of a period and the money of a period discounted as if it came at the period's end. The period has its
 * unit and the rate belongs to that period, so that days cannot be taken for weeks, nor a yearly rate for a monthly one; the
 * purchase model converts d to its own unit.
 *
 * <pre>{@code
 * LifetimeValue year = LifetimeValue.over(12, PeriodUnit.MONTH, DiscountRate.of(0.15, PeriodUnit.YEAR));
 * double clv = year.of(model, ann, spend.expectedSpend(2, 22.35).value());
 * }</pre>
 *
 * <p>The value is revenue; multiply by a margin for profit. Immutable and thread-safe.
 */
public final class LifetimeValue {

    /** What the value means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("customer-lifetime-value", 1)
            .name("Customer lifetime value over n periods")
            .kind(KpiKind.BATCH)
            .unit("money of the spend, discounted to the end of the observation")
            .formula(
                    "value of a purchase * sum over k = 1..n of (E[purchases up to k d] - E[purchases up to (k - 1) d]) / (1 +"
                            + " rate)^k")
            .variant("revenue; discounted at the end of each period")
            .emptyRule("there is no figure without a model, and no model without data")
            .source("Fader, Hardie and Lee 2005, Journal of Marketing Research 42(4)")
            .build();

    private final int periods;
    private final TimeSpan period;
    private final double ratePerPeriod;

    private LifetimeValue(int periods, TimeSpan period, double ratePerPeriod) {
        if (periods < 1) {
            throw new IllegalArgumentException("periods must be at least 1, not " + periods);
        }
        if (!(period.length() > 0)) {
            throw new IllegalArgumentException("period must be longer than 0, not " + period.length());
        }
        if (!(ratePerPeriod >= 0 && Double.isFinite(ratePerPeriod))) {
            throw new IllegalArgumentException("rate must be finite and not negative, not " + ratePerPeriod);
        }
        this.periods = periods;
        this.period = period;
        this.ratePerPeriod = ratePerPeriod;
    }

    /**
     * The value over some units of time.
     *
     * @param periods how many units, at least 1
     * @param unit the unit, with its mean length
     * @param rate the discount rate, converted to the unit by compounding
     * @return the calculation
     * @throws IllegalArgumentException if {@code periods} is less than 1
     */
    public static LifetimeValue over(int periods, PeriodUnit unit, DiscountRate rate) {
        return new LifetimeValue(periods, TimeSpan.of(1, unit), rate.in(unit));
    }

    /**
     * The value over some periods of any length, such as months of 4.345 weeks.
     *
     * @param periods how many periods, at least 1
     * @param period the length of one, above 0
     * @param ratePerPeriod the effective discount rate of one such period, finite and not negative; 0.01 is 1 %
     * @return the calculation
     * @throws IllegalArgumentException if a number is out of range
     */
    public static LifetimeValue over(int periods, TimeSpan period, double ratePerPeriod) {
        return new LifetimeValue(periods, Objects.requireNonNull(period, "period"), ratePerPeriod);
    }

    /**
     * The whole horizon.
     *
     * @return all periods together
     */
    public TimeSpan horizon() {
        return TimeSpan.of(periods * period.length(), period.unit());
    }

    /**
     * The purchases to expect within the horizon, each discounted to today.
     *
     * @param model the purchase model
     * @param history the customer's history
     * @return the discounted number, not negative
     */
    public double discountedPurchases(RepeatPurchaseModel model, PurchaseHistory history) {
        double sum = 0.0;
        double before = 0.0;
        double factor = 1.0;
        for (int k = 1; k <= periods; k++) {
            double upTo = model.expectedPurchases(history, end(k));
            factor /= 1.0 + ratePerPeriod;
            sum += (upTo - before) * factor;
            before = upTo;
        }
        return sum;
    }

    /**
     * The purchases to expect within the horizon, each discounted to today, for each distinct row of many histories. Cost:
     * one prediction for each row and period.
     *
     * @param model the purchase model
     * @param histories the histories
     * @return one number for each row; {@link PurchaseHistories#spread(double[])} gives them to the customers
     */
    public double[] discountedPurchases(RepeatPurchaseModel model, PurchaseHistories histories) {
        double[] sum = new double[histories.size()];
        double factor = 1.0;
        // summation by parts: sum of (E_k - E_{k-1}) f^k = E_n f^n + sum of E_k (f^k - f^{k+1})
        for (int k = 1; k <= periods; k++) {
            factor /= 1.0 + ratePerPeriod;
            double weight = k == periods ? factor : factor * (ratePerPeriod / (1.0 + ratePerPeriod));
            if (weight == 0) {
                continue;
            }
            double[] upTo = model.expectedPurchases(histories, end(k));
            for (int row = 0; row < sum.length; row++) {
                sum[row] += upTo[row] * weight;
            }
        }
        return sum;
    }

    /**
     * The lifetime value of one customer.
     *
     * @param model the purchase model
     * @param history the customer's history
     * @param spendPerPurchase the value to expect of a purchase, such as {@link GammaGamma#expectedSpend(long, double)}
     * @return the value in the unit of money of the spend
     * @throws IllegalArgumentException if the spend is not finite
     */
    public double of(RepeatPurchaseModel model, PurchaseHistory history, double spendPerPurchase) {
        if (!Double.isFinite(spendPerPurchase)) {
            throw new IllegalArgumentException("spend must be finite, not " + spendPerPurchase);
        }
        return spendPerPurchase * discountedPurchases(model, history);
    }

    private TimeSpan end(int k) {
        return TimeSpan.of(k * period.length(), period.unit());
    }

    /** The periods, their length and the rate. */
    @Override
    public String toString() {
        return periods + " periods of " + period.length() + " " + period.unit() + " at " + ratePerPeriod + " each";
    }
}
