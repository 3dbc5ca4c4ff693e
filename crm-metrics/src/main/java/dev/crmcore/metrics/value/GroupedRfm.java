package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;

/**
 * The distinct histories of a purchase log that comes grouped by customer, all purchases of one customer in a row: what a
 * scan ordered by customer gives. The state grows with the distinct (x, t<sub>x</sub>, T) and the distinct (x, mean spend)
 * only, so that a log of any length is fitted in small memory; the customers themselves are not kept.
 *
 * <pre>{@code
 * GroupedRfm rfm = GroupedRfm.over(RfmObservation.until(LocalDate.of(1997, 9, 30), ZoneOffset.UTC), PeriodUnit.WEEK, 2);
 * while (rows.next()) {
 *     rfm.add(rows.customer(), rows.epochDay(), rows.minorUnits());
 * }
 * rfm.end();
 * ModelFit<BgNbd> purchases = BgNbd.fit(rfm.histories());
 * }</pre>
 *
 * <p>The rules are those of {@link RfmSummary}. Within a customer purchases may come in any order. Whether a customer comes
 * back later cannot be seen; such a customer would be counted twice. Several parts of a log merge if no customer is in two of
 * them. Not thread-safe.
 */
public final class GroupedRfm {

    private final RfmObservation observation;
    private final PeriodUnit unit;
    private final PeriodNumbers periods;
    private final long lastDay;
    private final int lastPeriod;
    private final double timeFactor;
    private final double moneyUnit;
    private final DistinctRows histories = new DistinctRows(1 << 10);
    private final DistinctRows spend = new DistinctRows(1 << 10);

    private long customer;
    private long[] key = new long[64];
    private long[] amount = new long[64];
    private int rows;
    private long customers;
    private long ignored;

    private GroupedRfm(RfmObservation observation, PeriodUnit unit, int fractionDigits) {
        this.observation = observation;
        this.unit = unit;
        this.periods = new PeriodNumbers(observation);
        this.lastDay = observation.until().toEpochDay();
        this.lastPeriod = periods.of(lastDay);
        this.timeFactor = TimeSpan.of(1, observation.period()).in(unit);
        this.moneyUnit = Math.pow(10, fractionDigits);
    }

    /**
     * Begins.
     *
     * @param observation until when, by which period, in which zone
     * @param unit the unit of the times of the histories
     * @param fractionDigits how many digits the currency has after the decimal point, 0 to 9; 0 keeps minor units
     * @return a summary of nothing
     * @throws IllegalArgumentException if {@code fractionDigits} is not 0 to 9
     */
    public static GroupedRfm over(RfmObservation observation, PeriodUnit unit, int fractionDigits) {
        Objects.requireNonNull(observation, "observation");
        Objects.requireNonNull(unit, "unit");
        if (fractionDigits < 0 || fractionDigits > 9) {
            throw new IllegalArgumentException("fractionDigits must be 0 to 9, not " + fractionDigits);
        }
        return new GroupedRfm(observation, unit, fractionDigits);
    }

    /**
     * Counts one purchase.
     *
     * @param customerNumber the customer's number; another one than the last ends the last customer
     * @param day the day of the purchase
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link RfmAccumulator#LARGEST_AMOUNT} either way, or the
     *     day is before {@link RfmAccumulator#EARLIEST_DAY}
     */
    public void add(long customerNumber, LocalDate day, long minorUnits) {
        count(customerNumber, day.toEpochDay(), minorUnits);
    }

    /**
     * Counts one purchase on a day given by its number.
     *
     * @param customerNumber the customer's number; another one than the last ends the last customer
     * @param epochDay the day, counted from 1970-01-01
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link RfmAccumulator#LARGEST_AMOUNT} either way, or the
     *     day is before {@link RfmAccumulator#EARLIEST_DAY}
     */
    public void add(long customerNumber, int epochDay, long minorUnits) {
        count(customerNumber, epochDay, minorUnits);
    }

    private void count(long customerNumber, long epochDay, long minorUnits) {
        RfmAccumulator.check(epochDay, minorUnits);
        if (customerNumber != customer) {
            end();
            customer = customerNumber;
        }
        if (epochDay > lastDay) {
            ignored++;
            return;
        }
        if (rows == key.length) {
            key = Arrays.copyOf(key, 2 * rows);
            amount = Arrays.copyOf(amount, 2 * rows);
        }
        key[rows] = ((long) periods.of(epochDay) << 32) | rows;
        amount[rows++] = minorUnits;
    }

    /** Ends the last customer, whose purchases have all come; the figures below count only customers that have ended. */
    public void end() {
        if (rows == 0) {
            return;
        }
        Arrays.sort(key, 0, rows);
        int first = (int) (key[0] >> 32);
        int last = first;
        long frequency = 0;
        long repeatAmount = 0;
        for (int i = 1; i < rows; i++) {
            int period = (int) (key[i] >> 32);
            frequency += period == last ? 0 : 1;
            last = period;
            if (period != first) {
                repeatAmount = Math.addExact(repeatAmount, amount[(int) key[i]]);
            }
        }
        rows = 0;
        customers++;
        histories.add(frequency, (last - first) * timeFactor, (lastPeriod - first) * timeFactor, 1);
        spend.add(frequency, frequency == 0 ? 0.0 : repeatAmount / (frequency * moneyUnit), 0.0, 1);
    }

    /**
     * Counts everything that another one has counted, of other customers.
     *
     * @param other the other one, all of whose customers have ended; it stays as it is
     * @throws IllegalArgumentException if the other one is of another observation, unit or currency
     * @throws IllegalStateException if a customer of the other one has not ended
     */
    public void merge(GroupedRfm other) {
        RfmAccumulator.requireSame(observation, other.observation);
        if (unit != other.unit || moneyUnit != other.moneyUnit) {
            throw new IllegalArgumentException("units of time or money differ: " + unit + " and " + other.unit);
        }
        if (other.rows > 0) {
            throw new IllegalStateException("the last customer of the other log has not ended");
        }
        histories.addAll(other.histories);
        spend.addAll(other.spend);
        customers = Math.addExact(customers, other.customers);
        ignored = Math.addExact(ignored, other.ignored);
    }

    /**
     * The distinct histories of the customers that have ended.
     *
     * @return the histories, without the order of the customers
     */
    public PurchaseHistories histories() {
        return histories.sorted(unit, null);
    }

    /**
     * The distinct spend of the customers that have ended.
     *
     * @return the rows of frequency and mean spend
     */
    public SpendHistories spend() {
        return SpendHistories.of(spend);
    }

    /**
     * How many customers with a purchase in the observation have ended.
     *
     * @return the number
     */
    public long customers() {
        return customers;
    }

    /**
     * How many purchases came after the end of the observation.
     *
     * @return the number
     */
    public long ignored() {
        return ignored;
    }
}
