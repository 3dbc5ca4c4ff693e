package dev.crmcore.insights;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.retention.Arpu;
import dev.crmcore.metrics.retention.CohortRevenue;
import dev.crmcore.metrics.retention.CohortRevenueTable;
import dev.crmcore.metrics.retention.RevenuePerCustomer;
import dev.crmcore.metrics.value.RevenueConcentration;
import java.time.LocalDate;

/**
 * What the customers of a span of days have spent: on average, how unevenly, and by when they began.
 *
 * <p>A customer is who bought within the span; what was paid back is taken off. Immutable and thread-safe.
 */
public final class CustomerSpend {

    private final PurchaseColumns columns;
    private final PurchaseScope scope;
    private final RevenuePerCustomer perCustomer;

    CustomerSpend(PurchaseColumns columns, PurchaseScope scope) {
        this.columns = columns;
        this.scope = scope;
        Arpu arpu = Arpu.TYPE.create();
        arpu.add(columns.customers, columns.minorUnits, 0, columns.size());
        this.perCustomer = arpu.result();
    }

    /**
     * What each customer spent.
     *
     * @return the sums in minor units of the currency
     */
    public RevenuePerCustomer perCustomer() {
        return perCustomer;
    }

    /**
     * The average revenue per customer (ARPU).
     *
     * @return revenue / customers in whole units of the currency, with its 95 % interval; undefined without a customer
     */
    public Estimate average() {
        return scope.inWholeUnits(perCustomer.estimate());
    }

    /**
     * How unevenly the revenue is spread over the customers.
     *
     * @return Gini, Lorenz curve, top shares; undefined figures without a customer or without revenue
     */
    public RevenueConcentration concentration() {
        return RevenueConcentration.of(perCustomer.totals());
    }

    /**
     * Orders and revenue of the customers who first bought in a period, in each later one. The first purchase is that within
     * the span.
     *
     * @param unit the period
     * @param asOf the last day of which everything is known, not before the last purchase
     * @return the table in minor units; cells after that day are absent
     * @throws IllegalArgumentException if there is a purchase after that day
     */
    public CohortRevenueTable cohorts(PeriodUnit unit, LocalDate asOf) {
        CohortRevenue revenue =
                CohortRevenue.by(unit, scope.zone(), scope.currency()).create();
        for (int i = 0; i < columns.size(); i++) {
            revenue.add(columns.customers[i], columns.days[i], columns.minorUnits[i]);
        }
        return revenue.result(asOf);
    }

    @Override
    public String toString() {
        return "CustomerSpend[" + perCustomer.customers() + " customers]";
    }
}
