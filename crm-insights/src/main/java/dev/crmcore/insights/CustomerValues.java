package dev.crmcore.insights;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.value.FrequencyCheck;
import dev.crmcore.metrics.value.GammaGamma;
import dev.crmcore.metrics.value.LifetimeValue;
import dev.crmcore.metrics.value.ModelFit;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.PurchaseHistory;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import dev.crmcore.metrics.value.RfmSummary;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * What the customers of an observation are worth: a model for their purchases, Gamma-Gamma for what they spend, and the
 * discounted value of both over a horizon or, by {@link #residual}, without one.
 *
 * <p>The value is revenue; multiply it by a margin for profit. A one-time buyer is alive for certain in BG/NBD: that is the
 * model's assumption, which the other {@link PurchaseModel purchase models} do not make. Immutable and thread-safe. Source: Fader, Hardie and Lee (2005); Fader and Hardie (2013).
 */
public final class CustomerValues {

    private final RfmSummary rfm;
    private final PeriodUnit unit;
    private final double majorUnit;
    private final TimeSpan horizon;
    private final PurchaseHistories histories;
    private final ModelFit<? extends RepeatPurchaseModel> purchaseFit;
    private final ModelFit<GammaGamma> spendFit;
    private final double[] alive;
    private final double[] expectedPurchases;
    private final double[] discountedPurchases;

    private CustomerValues(
            RfmSummary rfm, PeriodUnit unit, int fractionDigits, LifetimeValue lifetime, PurchaseModel how) {
        this.rfm = rfm;
        this.unit = unit;
        this.majorUnit = Math.pow(10, fractionDigits);
        this.horizon = lifetime.horizon();
        this.histories = rfm.histories(unit);
        this.purchaseFit = how.fit(histories);
        this.spendFit = GammaGamma.fit(rfm.spend(fractionDigits));
        if (purchaseFit.isDefined()) {
            RepeatPurchaseModel model = purchaseFit.model();
            this.alive = histories.spread(model.probabilityAlive(histories));
            this.expectedPurchases = histories.spread(model.expectedPurchases(histories, horizon));
            this.discountedPurchases = histories.spread(lifetime.discountedPurchases(model, histories));
        } else {
            this.alive = new double[0];
            this.expectedPurchases = new double[0];
            this.discountedPurchases = new double[0];
        }
    }

    /**
     * Fits BG/NBD and Gamma-Gamma and values each customer.
     *
     * @param log the purchases
     * @param rfm their summary
     * @param unit the unit of time of the models
     * @param lifetime the horizon and its discount
     * @return the values
     */
    public static CustomerValues of(PurchaseLog log, RfmSummary rfm, PeriodUnit unit, LifetimeValue lifetime) {
        return of(log, rfm, unit, lifetime, PurchaseModel.BG_NBD);
    }

    /**
     * Fits a purchase model and Gamma-Gamma and values each customer.
     *
     * @param log the purchases
     * @param rfm their summary
     * @param unit the unit of time of the models
     * @param lifetime the horizon and its discount
     * @param model how customers are taken to come back
     * @return the values
     */
    public static CustomerValues of(
            PurchaseLog log, RfmSummary rfm, PeriodUnit unit, LifetimeValue lifetime, PurchaseModel model) {
        Objects.requireNonNull(unit, "unit");
        return new CustomerValues(rfm, unit, log.fractionDigits(), lifetime, model);
    }

    /**
     * How often customers buy.
     *
     * @return the fit, undefined where the purchases cannot carry it
     */
    public ModelFit<? extends RepeatPurchaseModel> purchaseModel() {
        return purchaseFit;
    }

    /**
     * How many customers made 0, 1, 2 and so on repeat purchases, beside how many the model expects to.
     *
     * @param most the largest number with a row of its own, not negative
     * @return the table; undefined where there is no purchase model
     * @throws IllegalArgumentException if {@code most} is negative
     */
    public Finding<FrequencyCheck> frequencies(int most) {
        return purchaseFit
                .undefined()
                .map(Finding::<FrequencyCheck>undefined)
                .orElseGet(() -> Finding.of(FrequencyCheck.of(purchaseFit.model(), histories, most)));
    }

    /**
     * What a purchase comes to, in whole units of the currency.
     *
     * @return the fit, undefined where the spend cannot carry it
     */
    public ModelFit<GammaGamma> spendModel() {
        return spendFit;
    }

    /**
     * The time over which purchases are expected and values discounted.
     *
     * @return the horizon
     */
    public TimeSpan horizon() {
        return horizon;
    }

    /**
     * The history of a customer in the unit of the models.
     *
     * @param row the row of the summary
     * @return frequency, recency and age
     */
    public PurchaseHistory history(int row) {
        double factor = TimeSpan.of(1, rfm.observation().period()).in(unit);
        return PurchaseHistory.of(rfm.frequency(row), rfm.recency(row) * factor, rfm.age(row) * factor, unit);
    }

    /**
     * How likely it is that the customer will ever buy again, at the end of the observation.
     *
     * @param row the row of the summary
     * @return the probability, from 0 to 1; undefined where there is no purchase model
     */
    public Estimate probabilityAlive(int row) {
        return ofPurchases(alive, row);
    }

    /**
     * How many purchases are expected over the horizon.
     *
     * @param row the row of the summary
     * @return the number; undefined where there is no purchase model
     */
    public Estimate expectedPurchases(int row) {
        return ofPurchases(expectedPurchases, row);
    }

    Estimate ofPurchases(double[] values, int row) {
        return purchaseFit
                .undefined()
                .map(Estimate::undefined)
                .orElseGet(() -> Estimate.of(values[row], rfm.frequency(row) + 1L));
    }

    /**
     * What a purchase of the customer is expected to come to.
     *
     * @param row the row of the summary
     * @return the amount in whole units of the currency; undefined where there is no spend model, or no population mean
     *     for a customer without repeat purchases
     */
    public Estimate expectedSpend(int row) {
        if (spendFit.undefined().isPresent()) {
            return Estimate.undefined(spendFit.undefined().get());
        }
        double mean = rfm.monetaryValue(row) / majorUnit;
        long frequency = mean > 0 ? rfm.frequency(row) : 0;
        return spendFit.model().expectedSpend(frequency, frequency == 0 ? 0 : mean);
    }

    /**
     * What the customer is worth: the discounted expected purchases over the horizon, times the expected spend.
     *
     * @param row the row of the summary
     * @return the amount in whole units of the currency; undefined where one of the models is
     */
    public Estimate lifetimeValue(int row) {
        return worth(discountedPurchases, row);
    }

    /** So many purchases of a customer times what one is expected to come to. */
    Estimate worth(double[] purchases, int row) {
        Estimate number = ofPurchases(purchases, row);
        Estimate spend = expectedSpend(row);
        if (!number.isDefined()) {
            return number;
        }
        return spend.isDefined() ? Estimate.of(number.value() * spend.value(), number.n()) : spend;
    }

    /**
     * What the customers are worth without a horizon.
     *
     * @param rate the rate at which later purchases count less, above 0
     * @return the values
     * @throws IllegalArgumentException if the rate is 0
     */
    public ResidualValues residual(DiscountRate rate) {
        if (rate.rate() == 0) {
            throw new IllegalArgumentException(
                    "rate must be above 0: without a horizon and a discount, there may be no sum");
        }
        return new ResidualValues(this, rfm, histories, rate);
    }

    /**
     * What all customers are worth together.
     *
     * @return the sum in whole units of the currency; undefined where one customer's value is, or there is none
     */
    public Estimate totalLifetimeValue() {
        return total(this::lifetimeValue);
    }

    /**
     * How many purchases are expected of all customers together over the horizon.
     *
     * @return the sum; undefined where there is no purchase model
     */
    public Estimate totalExpectedPurchases() {
        return total(this::expectedPurchases);
    }

    Estimate total(IntFunction<Estimate> of) {
        if (rfm.size() == 0) {
            return Estimate.undefined(Undefined.noData("no customer"));
        }
        double sum = 0;
        for (int row = 0; row < rfm.size(); row++) {
            Estimate each = of.apply(row);
            if (!each.isDefined()) {
                return each;
            }
            sum += each.value();
        }
        return Estimate.of(sum, rfm.size());
    }

    @Override
    public String toString() {
        return "CustomerValues[" + rfm.size() + " customers over " + horizon + "]";
    }
}
