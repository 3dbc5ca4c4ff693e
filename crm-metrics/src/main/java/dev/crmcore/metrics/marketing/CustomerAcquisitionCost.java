package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;

/**
 * What it cost to win a customer. All sales and marketing cost over all customers won is the blended figure; media cost over
 * the customers that media won is the paid one. Cost and customers are of the same period, or the cost is taken from as much
 * earlier as a sale takes: whichever it is belongs beside the figure.
 *
 * <p>Immutable and thread-safe. Figures of parts of a business add with {@link #plus}.
 *
 * @param cost what was spent, in minor units, not negative
 * @param customersWon how many customers were won with it, not negative
 */
public record CustomerAcquisitionCost(long cost, long customersWon) {

    /** All sales and marketing cost over all customers won. */
    public static final KpiDefinition BLENDED =
            definition("cac-blended", "all cost of sales and marketing, all customers");

    /** Media cost over the customers won by it. */
    public static final KpiDefinition PAID = definition("cac-paid", "media cost, customers won by paid media");

    /**
     * Checks the numbers.
     *
     * @param cost what was spent, in minor units, not negative
     * @param customersWon how many customers were won with it, not negative
     * @throws IllegalArgumentException if a number is negative
     */
    public CustomerAcquisitionCost {
        if (cost < 0) {
            throw new IllegalArgumentException("cost must not be negative, not " + cost);
        }
        if (customersWon < 0) {
            throw new IllegalArgumentException("customersWon must not be negative, not " + customersWon);
        }
    }

    /**
     * The cost of winning some customers.
     *
     * @param cost what was spent, in minor units, not negative
     * @param customersWon how many customers were won with it, not negative
     * @return the cost
     * @throws IllegalArgumentException if a number is negative
     */
    public static CustomerAcquisitionCost of(long cost, long customersWon) {
        return new CustomerAcquisitionCost(cost, customersWon);
    }

    /**
     * Both together, such as two months or two regions.
     *
     * @param other cost and customers of another part
     * @return the sums
     * @throws ArithmeticException if a sum exceeds the range of a long
     */
    public CustomerAcquisitionCost plus(CustomerAcquisitionCost other) {
        return new CustomerAcquisitionCost(
                Math.addExact(cost, other.cost), Math.addExact(customersWon, other.customersWon));
    }

    /**
     * The cost for each customer won.
     *
     * @return minor units for each customer; undefined if none was won
     */
    public Estimate estimate() {
        return customersWon == 0
                ? Estimate.undefined(Undefined.noData("no customer was won"))
                : Estimate.ratio((double) cost, (double) customersWon, customersWon);
    }

    private static KpiDefinition definition(String id, String variant) {
        return KpiDefinition.builder(id, 1)
                .name("Customer acquisition cost")
                .kind(KpiKind.MERGEABLE)
                .unit("minor units for each customer")
                .formula("cost / customers won")
                .variant(variant)
                .emptyRule("undefined if no customer was won")
                .source("usual practice")
                .build();
    }
}
