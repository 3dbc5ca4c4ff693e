package dev.crmcore.insights;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.retention.AverageOrderValue;
import dev.crmcore.metrics.retention.CohortRetention;
import dev.crmcore.metrics.retention.CohortTable;
import dev.crmcore.metrics.retention.RepeatPurchaseRate;
import dev.crmcore.metrics.value.RfmAccumulator;
import dev.crmcore.metrics.value.RfmHoldout;
import dev.crmcore.metrics.value.RfmObservation;
import dev.crmcore.metrics.value.RfmSummary;
import dev.crmcore.value.Money;
import dev.crmcore.work.Work;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The purchases of a scope as columns, read from the store by one scan: customer, moment, net amount. All figures over them
 * come from here without another look at the store.
 *
 * <p>Memory: 28 bytes for each purchase and one entry for each customer. Immutable and thread-safe.
 */
public final class PurchaseLog {

    private final PurchaseScope scope;
    private final PurchaseColumns columns;

    private PurchaseLog(PurchaseScope scope, PurchaseColumns columns) {
        this.scope = scope;
        this.columns = columns;
    }

    static PurchaseLog read(Work work, PurchaseScope scope) {
        return new PurchaseLog(scope, PurchaseColumns.read(work, scope, scope.query(work)));
    }

    /**
     * How many purchases there are.
     *
     * @return the number
     */
    public int size() {
        return columns.size();
    }

    /**
     * How many customers bought.
     *
     * @return the number
     */
    public int customers() {
        return columns.numbers.size();
    }

    /**
     * Who has a number in the figures of this log.
     *
     * @param number a number such as {@link RfmSummary#customer} gives
     * @return the customer
     * @throws IndexOutOfBoundsException if the number is none of this log's
     */
    public CustomerId customer(long number) {
        return new CustomerId(columns.numbers.key(number));
    }

    /**
     * The day of the latest purchase.
     *
     * @return the day in the scope's zone, empty where there is no purchase
     */
    public Optional<LocalDate> lastDay() {
        return Arrays.stream(columns.days).max().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst();
    }

    /**
     * What all purchases came to.
     *
     * @return the sum of the net amounts, exact; zero where there is no purchase
     */
    public Money revenue() {
        return money(Arrays.stream(columns.minorUnits).reduce(0, Math::addExact));
    }

    /**
     * What a purchase came to on average.
     *
     * @return revenue / purchases in whole units of the currency, with its 95 % interval over the customers; undefined where
     *     there is no purchase
     */
    public Estimate averageOrderValue() {
        return scope.inWholeUnits(AverageOrderValue.of(columns.customers, columns.minorUnits, 0, size()));
    }

    /**
     * The share of customers who came back on another day.
     *
     * @return customers with purchases on two days or more, of all customers; purchases of one day count once
     */
    public Proportion repeatPurchaseRate() {
        RepeatPurchaseRate rate = RepeatPurchaseRate.BY_PURCHASE_DAYS.create();
        rate.add(columns.customers, columns.days, 0, size());
        return rate.result();
    }

    /**
     * Who stays: for the customers who first bought in a period, how many bought in each later one.
     *
     * @param unit the period
     * @param asOf the last day of which everything is known
     * @return the table; cells after that day are absent
     */
    public CohortTable cohorts(PeriodUnit unit, LocalDate asOf) {
        CohortRetention retention = CohortRetention.by(unit, scope.zone()).create();
        retention.add(columns.customers, columns.days, 0, size());
        return retention.result(asOf);
    }

    /**
     * Recency, frequency and monetary value of each customer, with purchases of one day counted once.
     *
     * @param until the last day of the observation, within; later purchases are left out
     * @return the summary; its customer numbers are told by {@link #customer}
     */
    public RfmSummary rfm(LocalDate until) {
        RfmAccumulator rfm =
                RfmAccumulator.over(RfmObservation.until(until, scope.zone())).create();
        rfm.add(columns.customers, columns.days, columns.minorUnits, 0, size());
        return rfm.result();
    }

    /**
     * The log split at a day, so that a model fitted on the time before can be held against the time after
     * ({@link RfmHoldout#check}).
     *
     * @param calibration the last day of the calibration
     * @param until the last day of the time after it
     * @return the customers of the calibration with what they did afterwards; purchases of one day counted once
     * @throws IllegalArgumentException if the calibration does not end before
     */
    public RfmHoldout holdout(LocalDate calibration, LocalDate until) {
        return RfmHoldout.of(rfm(calibration), rfm(until));
    }

    /**
     * When customers come back, and who has not for long.
     *
     * @param asOf the last day of which everything is known; later purchases are left out
     * @return the figures as they were known at the end of that day
     */
    public PurchaseTiming timing(LocalDate asOf) {
        return new PurchaseTiming(columns, asOf, scope.zone());
    }

    /**
     * The purchases by calendar period, for trends, seasons, outliers and forecasts.
     *
     * @param unit the period
     * @param asOf the last day of which everything is known; later purchases, and the period that is running then, are left out
     * @return the series
     */
    public PurchaseSeries series(PeriodUnit unit, LocalDate asOf) {
        return new PurchaseSeries(
                columns, scope, Objects.requireNonNull(unit, "unit"), Objects.requireNonNull(asOf, "asOf"));
    }

    /**
     * The customers of a day as rows from which churn is learnt.
     *
     * @param asOf the day, whose evening is looked at
     * @param days a customer of the day bought on it or within so many days before it, and stays by buying within so many days
     *     after it; at least 1
     * @return the features of these customers, and whether they stayed
     * @throws IllegalArgumentException if the days are less than 1
     */
    public CustomerFeatures features(LocalDate asOf, int days) {
        return new CustomerFeatures(this, columns, asOf, days);
    }

    /**
     * What the customers have spent.
     *
     * @return the figures over all purchases of the log
     */
    public CustomerSpend spend() {
        return new CustomerSpend(columns, scope);
    }

    /**
     * What those who bought in a span of days have spent in it, such as for the average revenue per customer of a month.
     *
     * @param first the first day
     * @param last the last day, within
     * @return the figures over the purchases of these days
     */
    public CustomerSpend spend(LocalDate first, LocalDate last) {
        return new CustomerSpend(columns.between(first, last), scope);
    }

    /**
     * An amount in the currency of the log.
     *
     * @param amount in minor units
     * @return the money
     */
    public Money money(long amount) {
        return Money.ofMinorUnits(amount, scope.currency());
    }

    /**
     * How many digits the currency has after the point.
     *
     * @return the digits
     */
    public int fractionDigits() {
        return scope.fractionDigits();
    }

    @Override
    public String toString() {
        return "PurchaseLog[" + size() + " purchases of " + customers() + " customers]";
    }
}
