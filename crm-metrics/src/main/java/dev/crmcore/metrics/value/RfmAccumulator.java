package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;

/**
 * Makes the RFM summary of a purchase log: how recently, how often and for how much each customer bought. Purchases come in
 * any order; the state grows with the customer-days (customer-weeks &hellip;) and not with the purchases.
 *
 * <pre>{@code
 * RfmAccumulator rfm = RfmAccumulator.over(RfmObservation.until(LocalDate.of(1997, 9, 30), ZoneOffset.UTC)).create();
 * rfm.add(4, LocalDate.of(1997, 1, 18), 2973);                 // one purchase
 * rfm.add(customers, epochDays, minorUnits, 0, customers.length);  // ten million: columns, nothing allocated for an item
 * RfmSummary summary = rfm.result();
 * ModelFit<BgNbd> fit = BgNbd.fit(summary.histories(PeriodUnit.WEEK));
 * }</pre>
 *
 * <p>Cost: an addition is a store into a column; sorting happens about every million purchases, or as soon as the state has
 * doubled, so that n purchases cost O(n log n) in all. Amounts are summed exactly. At most 2<sup>31</sup> &minus; 9
 * customer-days fit.
 *
 * <p>Byte form, version 1, after the frame: i64 last day since 1970-01-01, period name, zone id, i64 ignored purchases, i32
 * customers, i32 customer-periods; for each customer in ascending order i64 number, i64 purchases, i32 periods; then for each
 * period in order i32 period number, i64 sum in minor units.
 *
 * <p>Not thread-safe.
 */
public final class RfmAccumulator implements Accumulator<RfmPurchase, RfmAccumulator, RfmSummary> {

    /** The largest amount of one purchase: 10<sup>15</sup> minor units. */
    public static final long LARGEST_AMOUNT = 1_000_000_000_000_000L;

    /** The earliest day that can be counted: some 100,000 years before 1970. */
    public static final int EARLIEST_DAY = -40_000_000;

    private static final String ID = "rfm-summary";
    private static final int VERSION = 1;
    private static final int FIRST_CAPACITY = 256;
    private static final int SORTED_TOGETHER = 1 << 20;

    /** What is counted. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder(ID, 1)
            .name("RFM summary")
            .kind(KpiKind.KEYED)
            .unit("periods, and minor units of money")
            .formula(
                    "by customer: distinct periods with a purchase - 1; last period - first period; end of observation - first"
                            + " period; mean of the period totals after the first")
            .variant("purchases of one period merged, first one left out of the mean, last day included")
            .emptyRule("no customer")
            .source("Fader, Hardie and Lee 2005, Marketing Science 24(2)")
            .build();

    private final RfmObservation observation;
    private final long lastDay;
    private final PeriodNumbers periods;

    private CustomerDays sorted = CustomerDays.EMPTY;
    private long[] customer = new long[FIRST_CAPACITY];
    private int[] period = new int[FIRST_CAPACITY];
    private long[] amount = new long[FIRST_CAPACITY];
    private int pending;
    private long ignored;

    RfmAccumulator(RfmObservation observation) {
        this.observation = observation;
        this.lastDay = observation.until().toEpochDay();
        this.periods = new PeriodNumbers(observation);
    }

    /**
     * The accumulator for one observation.
     *
     * @param observation until when, by which period, in which zone
     * @return the type, from which accumulators are created
     */
    public static AccumulatorType<RfmPurchase, RfmAccumulator, RfmSummary> over(RfmObservation observation) {
        Objects.requireNonNull(observation, "observation");
        return AccumulatorType.of(DEFINITION, () -> new RfmAccumulator(observation), bytes -> read(observation, bytes));
    }

    @Override
    public void add(RfmPurchase purchase) {
        add(purchase.customer(), purchase.day(), purchase.minorUnits());
    }

    /**
     * Counts one purchase.
     *
     * @param customerNumber the customer's number
     * @param day the day of the purchase; ignored, and counted as such, if after the end of the observation
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link #LARGEST_AMOUNT} either way, or the day is before
     *     {@link #EARLIEST_DAY}
     */
    public void add(long customerNumber, LocalDate day, long minorUnits) {
        count(customerNumber, day.toEpochDay(), minorUnits);
    }

    /**
     * Counts one purchase on the day that the clocks of the observation's zone showed.
     *
     * @param customerNumber the customer's number
     * @param at the instant of the purchase
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link #LARGEST_AMOUNT} either way, or the day is before
     *     {@link #EARLIEST_DAY}
     */
    public void add(long customerNumber, Instant at, long minorUnits) {
        add(customerNumber, observation.dayOf(at), minorUnits);
    }

    /**
     * Counts one purchase on a day given by its number.
     *
     * @param customerNumber the customer's number
     * @param epochDay the day, counted from 1970-01-01
     * @param minorUnits the amount in minor units of the currency
     * @throws IllegalArgumentException if the amount is larger than {@link #LARGEST_AMOUNT} either way, or the day is before
     *     {@link #EARLIEST_DAY}
     */
    public void add(long customerNumber, int epochDay, long minorUnits) {
        count(customerNumber, epochDay, minorUnits);
    }

    private void count(long customerNumber, long epochDay, long minorUnits) {
        check(epochDay, minorUnits);
        if (epochDay > lastDay) {
            ignored++;
            return;
        }
        makeRoom();
        customer[pending] = customerNumber;
        period[pending] = periods.of(epochDay);
        amount[pending++] = minorUnits;
    }

    /**
     * Counts many purchases given as columns; entry i of each belongs to one purchase. The arrays are only read.
     *
     * @param customers the customers' numbers
     * @param epochDays the days, counted from 1970-01-01
     * @param minorUnits the amounts in minor units of the currency
     * @param from the first entry
     * @param to the entry after the last one
     * @throws IndexOutOfBoundsException if the range is not within each of the arrays; nothing was counted then
     * @throws IllegalArgumentException if an amount is larger than {@link #LARGEST_AMOUNT} either way, or a day is before
     *     {@link #EARLIEST_DAY}; nothing was counted then
     */
    public void add(long[] customers, int[] epochDays, long[] minorUnits, int from, int to) {
        addColumns(customers, epochDays, minorUnits, from, to, false);
    }

    /**
     * Counts many purchases as {@link #add(long[], int[], long[], int, int)} does, on several threads: those of the fork-join
     * pool in which the caller runs, or of the common pool, as a parallel stream does. Worth it from about a million on.
     *
     * @param customers the customers' numbers
     * @param epochDays the days, counted from 1970-01-01
     * @param minorUnits the amounts in minor units of the currency
     * @param from the first entry
     * @param to the entry after the last one
     * @throws IndexOutOfBoundsException if the range is not within each of the arrays; nothing was counted then
     * @throws IllegalArgumentException if an amount is larger than {@link #LARGEST_AMOUNT} either way, or a day is before
     *     {@link #EARLIEST_DAY}; nothing was counted then
     */
    public void addInParallel(long[] customers, int[] epochDays, long[] minorUnits, int from, int to) {
        addColumns(customers, epochDays, minorUnits, from, to, true);
    }

    private void addColumns(long[] customers, int[] epochDays, long[] minorUnits, int from, int to, boolean parallel) {
        Objects.checkFromToIndex(from, to, customers.length);
        Objects.checkFromToIndex(from, to, epochDays.length);
        Objects.checkFromToIndex(from, to, minorUnits.length);
        int late = 0;
        for (int i = from; i < to; i++) {
            check(epochDays[i], minorUnits[i]);
            late += epochDays[i] > lastDay ? 1 : 0;
        }
        if (to - from - late < SORTED_TOGETHER) {
            for (int i = from; i < to; i++) {
                count(customers[i], epochDays[i], minorUnits[i]);
            }
            return;
        }
        CustomerDaySort sort = new CustomerDaySort(parallel);
        CustomerDays batch = late == 0
                ? sort.sort(customers, inPeriods(epochDays, from, to), minorUnits, from, to)
                : withoutLate(customers, epochDays, minorUnits, from, to, late, sort);
        sorted = CustomerDays.merge(sorted, batch);
        ignored += late;
    }

    private CustomerDays withoutLate(
            long[] customers, int[] epochDays, long[] minorUnits, int from, int to, int late, CustomerDaySort sort) {
        int n = to - from - late;
        long[] inTime = new long[n];
        int[] numbers = new int[n];
        long[] amounts = new long[n];
        int at = 0;
        for (int i = from; i < to; i++) {
            if (epochDays[i] <= lastDay) {
                inTime[at] = customers[i];
                numbers[at] = periods.of(epochDays[i]);
                amounts[at++] = minorUnits[i];
            }
        }
        return sort.sort(inTime, numbers, amounts, 0, n);
    }

    /** The periods at the places of the days; the days themselves if the period is the day. */
    private int[] inPeriods(int[] epochDays, int from, int to) {
        if (observation.period() == PeriodUnit.DAY) {
            return epochDays;
        }
        int[] numbers = new int[to];
        for (int i = from; i < to; i++) {
            numbers[i] = periods.of(epochDays[i]);
        }
        return numbers;
    }

    /** Makes sure that one more purchase fits. */
    void makeRoom() {
        if (pending < customer.length) {
            return;
        }
        if (pending >= Math.max(SORTED_TOGETHER, sorted.size())) {
            sortPending();
            return;
        }
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * pending);
        customer = Arrays.copyOf(customer, capacity);
        period = Arrays.copyOf(period, capacity);
        amount = Arrays.copyOf(amount, capacity);
    }

    /** All purchases so far, sorted and merged. */
    CustomerDays sortPending() {
        if (pending > 0) {
            CustomerDays batch = new CustomerDaySort(false).sort(customer, period, amount, 0, pending);
            sorted = CustomerDays.merge(sorted, batch);
            pending = 0;
        }
        return sorted;
    }

    /** Takes over a state that has been sorted elsewhere. */
    void mergeSorted(CustomerDays days, long moreIgnored) {
        sorted = CustomerDays.merge(sortPending(), days);
        ignored = Math.addExact(ignored, moreIgnored);
    }

    RfmObservation observation() {
        return observation;
    }

    long ignored() {
        return ignored;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the other one is of another observation
     * @throws ArithmeticException if a customer's sum exceeds 64 bits
     */
    @Override
    public void merge(RfmAccumulator other) {
        requireSame(observation, other.observation);
        mergeSorted(other.sortPending(), other.ignored);
    }

    static void requireSame(RfmObservation here, RfmObservation there) {
        if (!here.equals(there)) {
            throw new IllegalArgumentException(
                    "a state of the observation " + there + " cannot be merged into " + here);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArithmeticException if a customer's sum exceeds 64 bits
     */
    @Override
    public RfmSummary result() {
        return RfmSummary.of(observation, sortPending(), null, ignored);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(ID, VERSION);
        write(observation, ignored, writer);
        writeDays(sortPending(), writer, true);
        return writer.toBytes();
    }

    private static RfmAccumulator read(RfmObservation observation, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, ID, VERSION);
        RfmAccumulator accumulator = new RfmAccumulator(observation);
        accumulator.ignored = readObservation(observation, reader);
        accumulator.sorted = readDays(reader, true, accumulator.lastPeriod());
        reader.end();
        return accumulator;
    }

    int lastPeriod() {
        return periods.of(lastDay);
    }

    static void write(RfmObservation observation, long ignored, StateWriter writer) {
        writer.putLong(observation.until().toEpochDay())
                .putString(observation.period().name())
                .putString(observation.zone().getId())
                .putLong(ignored);
    }

    /** Checks that the state is of this observation and returns the number of ignored purchases. */
    static long readObservation(RfmObservation observation, StateReader reader) {
        long until = reader.getLong();
        String period = reader.getString();
        String zone = reader.getString();
        if (until != observation.until().toEpochDay()
                || !period.equals(observation.period().name())
                || !zone.equals(observation.zone().getId())) {
            throw reader.malformed("a state of another observation than " + observation);
        }
        return reader.getCount();
    }

    /** Writes the columns, with the customers' numbers or without them where they are 0, 1, 2 &hellip; */
    static void writeDays(CustomerDays days, StateWriter writer, boolean numbers) {
        writer.putInt(days.customers()).putInt(days.size());
        for (int i = 0; i < days.customers(); i++) {
            if (numbers) {
                writer.putLong(days.customer[i]);
            }
            writer.putLong(days.purchases[i]).putInt(days.offset[i + 1] - days.offset[i]);
        }
        for (int i = 0; i < days.size(); i++) {
            writer.putInt(days.period[i]).putLong(days.amount[i]);
        }
    }

    static CustomerDays readDays(StateReader reader, boolean numbers, int lastPeriod) {
        int customers = reader.getSize(numbers ? 20 : 12);
        int size = reader.getSize(12);
        long[] customer = new long[customers];
        long[] purchases = new long[customers];
        int[] offset = new int[customers + 1];
        for (int i = 0; i < customers; i++) {
            customer[i] = numbers ? reader.getLong() : i;
            if (i > 0 && customer[i] <= customer[i - 1]) {
                throw reader.malformed("customers are not in ascending order");
            }
            purchases[i] = reader.getCount();
            int periods = reader.getInt();
            if (periods < 1 || periods > purchases[i] || periods > size - offset[i]) {
                throw reader.malformed(periods + " periods of " + purchases[i] + " purchases");
            }
            offset[i + 1] = offset[i] + periods;
        }
        if (offset[customers] != size) {
            throw reader.malformed(size + " periods where the customers have " + offset[customers]);
        }
        int[] period = new int[size];
        long[] amount = new long[size];
        for (int i = 0; i < customers; i++) {
            double magnitude = 0.0;
            for (int p = offset[i]; p < offset[i + 1]; p++) {
                period[p] = reader.getInt();
                amount[p] = reader.getLong();
                magnitude += Math.abs((double) amount[p]);
                if (magnitude > Long.MAX_VALUE / 2.0) {
                    throw reader.malformed("amounts whose sum exceeds 64 bits");
                }
                if (period[p] < EARLIEST_DAY
                        || period[p] > lastPeriod
                        || (p > offset[i] && period[p] <= period[p - 1])) {
                    throw reader.malformed("period " + period[p] + " is out of order");
                }
            }
        }
        return new CustomerDays(customer, purchases, offset, period, amount);
    }

    static void check(long epochDay, long minorUnits) {
        if (epochDay < EARLIEST_DAY) {
            throw new IllegalArgumentException("day must not be before day " + EARLIEST_DAY + ", not " + epochDay);
        }
        if (minorUnits > LARGEST_AMOUNT || minorUnits < -LARGEST_AMOUNT) {
            throw new IllegalArgumentException("minorUnits must be within 10^15 either way, not " + minorUnits);
        }
    }
}
