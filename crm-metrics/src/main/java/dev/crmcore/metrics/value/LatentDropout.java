package dev.crmcore.metrics.value;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.Objects;

/**
 * What the models with a latent dropout share: each answer is the probability of being alive times what a customer known to
 * be alive does. Converts units and walks over many histories; the models give the formulas.
 */
abstract class LatentDropout implements RepeatPurchaseModel {

    private final PeriodUnit unit;

    LatentDropout(PeriodUnit unit) {
        this.unit = Objects.requireNonNull(unit, "unit");
    }

    /** P(alive at the end of the observation). */
    abstract double alive(long x, double recency, double age);

    abstract double logLikelihood(long x, double recency, double age);

    abstract AliveCustomer aliveAfter(long x);

    @Override
    public final PeriodUnit unit() {
        return unit;
    }

    @Override
    public final double probabilityAlive(PurchaseHistory history) {
        PurchaseHistory h = history.in(unit);
        return alive(h.frequency(), h.recency(), h.age());
    }

    @Override
    public final double probabilityAlive(PurchaseHistory history, TimeSpan ahead) {
        PurchaseHistory h = history.in(unit);
        return alive(h.frequency(), h.recency(), h.age())
                * aliveAfter(h.frequency()).survival(h.age(), ahead.in(unit));
    }

    @Override
    public final double expectedPurchases(PurchaseHistory history, TimeSpan ahead) {
        PurchaseHistory h = history.in(unit);
        return alive(h.frequency(), h.recency(), h.age())
                * aliveAfter(h.frequency()).purchases(h.age(), ahead.in(unit));
    }

    @Override
    public final double expectedPurchases(TimeSpan sinceFirst) {
        return alive(0, 0.0, 0.0) * aliveAfter(0).purchases(0.0, sinceFirst.in(unit));
    }

    @Override
    public final double discountedResidualPurchases(PurchaseHistory history, DiscountRate rate) {
        PurchaseHistory h = history.in(unit);
        return alive(h.frequency(), h.recency(), h.age())
                * aliveAfter(h.frequency()).discountedPurchases(h.age(), continuous(rate));
    }

    @Override
    public final double[] purchaseDistribution(PurchaseHistory history, TimeSpan ahead, int most) {
        PurchaseHistory h = history.in(unit);
        return distribution(h.frequency(), h.recency(), h.age(), ahead.in(unit), most);
    }

    @Override
    public final double[] purchaseDistribution(TimeSpan sinceFirst, int most) {
        return distribution(0, 0.0, 0.0, sinceFirst.in(unit), most);
    }

    private double[] distribution(long x, double recency, double age, double t, int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most must not be negative, not " + most);
        }
        double alive = alive(x, recency, age);
        double[] probability = aliveAfter(x).distribution(age, t, most);
        for (int n = 0; n <= most; n++) {
            probability[n] *= alive;
        }
        probability[0] = Math.min(1.0, probability[0] + (1.0 - alive));
        return probability;
    }

    @Override
    public final double logLikelihood(PurchaseHistory history) {
        PurchaseHistory h = history.in(unit);
        return logLikelihood(h.frequency(), h.recency(), h.age());
    }

    @Override
    public double[] probabilityAlive(PurchaseHistories histories) {
        double[] values = new double[histories.size()];
        double factor = TimeSpan.of(1, histories.unit()).in(unit);
        for (int row = 0; row < values.length; row++) {
            values[row] = alive(histories.frequency(row), histories.recency(row) * factor, histories.age(row) * factor);
        }
        return values;
    }

    @Override
    public final double[] probabilityAlive(PurchaseHistories histories, TimeSpan ahead) {
        double t = ahead.in(unit);
        return timesAlive(histories, (customer, age) -> customer.survival(age, t));
    }

    @Override
    public final double[] expectedPurchases(PurchaseHistories histories, TimeSpan ahead) {
        double t = ahead.in(unit);
        return timesAlive(histories, (customer, age) -> customer.purchases(age, t));
    }

    @Override
    public final double[] discountedResidualPurchases(PurchaseHistories histories, DiscountRate rate) {
        double continuous = continuous(rate);
        return timesAlive(histories, (customer, age) -> customer.discountedPurchases(age, continuous));
    }

    private interface Figure {
        double of(AliveCustomer customer, double age);
    }

    /** The rows ascend in x, then T: all with the same x share a customer, all with both share the figure. */
    private double[] timesAlive(PurchaseHistories histories, Figure figure) {
        double[] values = probabilityAlive(histories);
        double factor = TimeSpan.of(1, histories.unit()).in(unit);
        AliveCustomer customer = aliveAfter(0);
        long x = 0;
        double age = Double.NaN;
        double value = 0.0;
        for (int row = 0; row < values.length; row++) {
            boolean sameCount = histories.frequency(row) == x;
            if (!sameCount) {
                x = histories.frequency(row);
                customer = aliveAfter(x);
            }
            if (!sameCount || histories.age(row) != age) {
                age = histories.age(row);
                value = figure.of(customer, age * factor);
            }
            values[row] *= value;
        }
        return values;
    }

    private double continuous(DiscountRate rate) {
        double continuous = rate.continuous(unit);
        if (!(continuous > 0)) {
            throw new IllegalArgumentException(
                    "rate must be above 0: without a discount the purchases to come may have no finite sum, not "
                            + rate.rate());
        }
        return continuous;
    }

    static double positive(double value, String name) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
        return value;
    }
}
