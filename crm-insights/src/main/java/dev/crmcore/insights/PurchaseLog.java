package dev.crmcore.insights;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.retention.CohortRetention;
import dev.crmcore.metrics.retention.CohortTable;
import dev.crmcore.metrics.retention.RepeatPurchaseRate;
import dev.crmcore.metrics.value.RfmAccumulator;
import dev.crmcore.metrics.value.RfmObservation;
import dev.crmcore.metrics.value.RfmSummary;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.value.Money;
import dev.crmcore.work.Work;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The purchases of a scope as columns, read from the store by one scan: customer, day, net amount. All figures over them
 * come from here without another look at the store.
 *
 * <p>Memory: 20 bytes for each purchase and one entry for each customer. Immutable and thread-safe.
 */
public final class PurchaseLog {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final PurchaseScope scope;
    private final int fractionDigits;
    private final CustomerNumbers<UUID> numbers;
    private final long[] customers;
    private final int[] days;
    private final long[] minorUnits;

    private PurchaseLog(PurchaseScope scope, Columns columns) {
        this.scope = scope;
        this.fractionDigits = columns.fractionDigits;
        this.numbers = columns.numbers;
        this.customers = Arrays.copyOf(columns.customers, columns.size);
        this.days = Arrays.copyOf(columns.days, columns.size);
        this.minorUnits = Arrays.copyOf(columns.minorUnits, columns.size);
    }

    static PurchaseLog read(Work work, PurchaseScope scope) {
        Columns columns = new Columns(scope);
        Query<Purchase> query = Query.of(Purchase.TYPE).where(scope.condition()).asOf(work.now());
        try (RowCursor rows = work.store()
                .scan(query, List.of(Purchase.CUSTOMER, Purchase.PLACED_AT, Purchase.TOTAL, Purchase.REFUNDED))) {
            while (rows.next()) {
                columns.add(rows);
            }
        }
        return new PurchaseLog(scope, columns);
    }

    /**
     * How many purchases there are.
     *
     * @return the number
     */
    public int size() {
        return customers.length;
    }

    /**
     * How many customers bought.
     *
     * @return the number
     */
    public int customers() {
        return numbers.size();
    }

    /**
     * Who has a number in the figures of this log.
     *
     * @param number a number such as {@link RfmSummary#customer} gives
     * @return the customer
     * @throws IndexOutOfBoundsException if the number is none of this log's
     */
    public CustomerId customer(long number) {
        return new CustomerId(numbers.key(number));
    }

    /**
     * The day of the latest purchase.
     *
     * @return the day in the scope's zone, empty where there is no purchase
     */
    public Optional<LocalDate> lastDay() {
        return Arrays.stream(days).max().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst();
    }

    /**
     * What all purchases came to.
     *
     * @return the sum of the net amounts, exact; zero where there is no purchase
     */
    public Money revenue() {
        return money(Arrays.stream(minorUnits).reduce(0, Math::addExact));
    }

    /**
     * What a purchase came to on average.
     *
     * @return revenue / purchases in whole units of the currency; undefined where there is no purchase
     */
    public Estimate averageOrderValue() {
        return size() == 0
                ? Estimate.undefined(Undefined.noData("no purchase"))
                : Estimate.ratio(revenue().amount().doubleValue(), size(), size());
    }

    /**
     * The share of customers who came back on another day.
     *
     * @return customers with purchases on two days or more, of all customers; purchases of one day count once
     */
    public Proportion repeatPurchaseRate() {
        RepeatPurchaseRate rate = RepeatPurchaseRate.BY_PURCHASE_DAYS.create();
        rate.add(customers, days, 0, size());
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
        retention.add(customers, days, 0, size());
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
        rfm.add(customers, days, minorUnits, 0, size());
        return rfm.result();
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
        return fractionDigits;
    }

    @Override
    public String toString() {
        return "PurchaseLog[" + size() + " purchases of " + customers() + " customers]";
    }

    /** The columns while they grow. */
    private static final class Columns {

        private final ZoneId zone;
        private final boolean utc;
        private final int fractionDigits;
        private final CustomerNumbers<UUID> numbers = new CustomerNumbers<>();
        private long[] customers = new long[1 << 10];
        private int[] days = new int[1 << 10];
        private long[] minorUnits = new long[1 << 10];
        private int size;

        Columns(PurchaseScope scope) {
            this.zone = scope.zone();
            this.utc = zone.normalized().equals(ZoneOffset.UTC);
            this.fractionDigits =
                    Math.max(Currency.getInstance(scope.currency()).getDefaultFractionDigits(), 0);
        }

        void add(RowCursor rows) {
            if (size == customers.length) {
                customers = Arrays.copyOf(customers, size * 2);
                days = Arrays.copyOf(days, size * 2);
                minorUnits = Arrays.copyOf(minorUnits, size * 2);
            }
            customers[size] = numbers.of(rows.getId(0));
            days[size] = day(rows);
            minorUnits[size] = Math.subtractExact(rows.getScaled(2, fractionDigits), rows.getScaled(3, fractionDigits));
            size++;
        }

        private int day(RowCursor rows) {
            return utc
                    ? (int) Math.floorDiv(rows.getEpochMicros(1), MICROS_PER_DAY)
                    : (int) LocalDate.ofInstant(rows.getInstant(1), zone).toEpochDay();
        }
    }
}
