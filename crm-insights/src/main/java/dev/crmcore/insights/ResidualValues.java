package dev.crmcore.insights;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RfmSummary;

/**
 * What the customers are worth without a horizon: the discounted expected residual transactions (DERT) times the expected
 * spend.
 *
 * <p>The value is revenue. Immutable and thread-safe. Source: Fader, Hardie and Lee (2005), "RFM and CLV".
 */
public final class ResidualValues {

    private final CustomerValues values;
    private final DiscountRate rate;
    private final double[] purchases;

    ResidualValues(CustomerValues values, RfmSummary rfm, PurchaseHistories histories, DiscountRate rate) {
        this.values = values;
        this.rate = rate;
        this.purchases = values.purchaseModel().isDefined()
                ? histories.spread(values.purchaseModel().model().discountedResidualPurchases(histories, rate))
                : new double[rfm.size()];
    }

    /**
     * The rate at which later purchases count less.
     *
     * @return the rate
     */
    public DiscountRate rate() {
        return rate;
    }

    /**
     * The discounted purchases to expect of a customer, ever.
     *
     * @param row the row of the summary
     * @return the number; undefined where there is no purchase model
     */
    public Estimate purchases(int row) {
        return values.ofPurchases(purchases, row);
    }

    /**
     * What the customer is worth.
     *
     * @param row the row of the summary
     * @return the amount in whole units of the currency; undefined where one of the models is
     */
    public Estimate value(int row) {
        return values.worth(purchases, row);
    }

    /**
     * What all customers are worth together.
     *
     * @return the sum in whole units of the currency; undefined where one customer's value is, or there is none
     */
    public Estimate total() {
        return values.total(this::value);
    }

    @Override
    public String toString() {
        return "ResidualValues[" + purchases.length + " customers at " + rate + "]";
    }
}
