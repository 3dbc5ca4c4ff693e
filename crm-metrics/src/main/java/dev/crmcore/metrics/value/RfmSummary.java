package dev.crmcore.metrics.value;

import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The RFM summary of a purchase log, one row for each customer, in ascending order of the customers' numbers or keys.
 *
 * <p>The rules are those of the papers: purchases of one customer within one period of the {@link RfmObservation} are one,
 * the amounts summed; the frequency does not count the first period; recency and age are counted from the first period; the
 * monetary value leaves the first period out. A customer whose first purchase is after the end of the observation has no row.
 *
 * <pre>{@code
 * for (int row = 0; row < summary.size(); row++) {
 *     use(summary.customer(row), summary.frequency(row), summary.recency(row), summary.age(row));
 * }
 * ModelFit<BgNbd> purchases = BgNbd.fit(summary.histories(PeriodUnit.WEEK));
 * ModelFit<GammaGamma> spend = GammaGamma.fit(summary.spend(2));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RfmSummary {

    private final RfmObservation observation;
    private final int lastPeriod;
    private final long ignored;
    private final long[] customer;
    private final String @Nullable [] name;
    private final long[] purchases;
    private final int[] first;
    private final int[] last;
    private final int[] active;
    private final long[] firstAmount;
    private final long[] repeatAmount;

    private RfmSummary(RfmObservation observation, CustomerDays days, String @Nullable [] name, long ignored) {
        int n = days.customers();
        this.observation = observation;
        this.lastPeriod = new PeriodNumbers(observation).of(observation.until().toEpochDay());
        this.ignored = ignored;
        this.customer = days.customer;
        this.name = name;
        this.purchases = days.purchases;
        this.first = new int[n];
        this.last = new int[n];
        this.active = new int[n];
        this.firstAmount = new long[n];
        this.repeatAmount = new long[n];
        for (int i = 0; i < n; i++) {
            int from = days.offset[i];
            int to = days.offset[i + 1];
            first[i] = days.period[from];
            last[i] = days.period[to - 1];
            active[i] = to - from;
            firstAmount[i] = days.amount[from];
            long sum = 0;
            for (int p = from + 1; p < to; p++) {
                sum = Math.addExact(sum, days.amount[p]);
            }
            repeatAmount[i] = sum;
        }
    }

    static RfmSummary of(RfmObservation observation, CustomerDays days, String @Nullable [] name, long ignored) {
        return new RfmSummary(observation, days, name, ignored);
    }

    /**
     * How the purchases were observed.
     *
     * @return the observation
     */
    public RfmObservation observation() {
        return observation;
    }

    /**
     * The number of customers with a purchase in the observation.
     *
     * @return the number of rows
     */
    public int size() {
        return customer.length;
    }

    /**
     * How many purchases came after the end of the observation.
     *
     * @return the number of purchases that were ignored
     */
    public long ignored() {
        return ignored;
    }

    /**
     * The customer's number.
     *
     * @param row the row, from 0
     * @return the number under which the purchases were counted
     * @throws IllegalStateException if the customers are known by a text
     */
    public long customer(int row) {
        if (name != null) {
            throw new IllegalStateException("the customers of this summary are known by a text: ask for the name");
        }
        return customer[row];
    }

    /**
     * The customer's key.
     *
     * @param row the row, from 0
     * @return the text under which the purchases were counted; the number in digits if that was a number
     */
    public String name(int row) {
        return name == null ? Long.toString(customer[row]) : name[row];
    }

    /**
     * The row of a customer known by a number. Cost: O(log n).
     *
     * @param customerNumber the customer's number
     * @return the row, or -1 if the customer has none
     * @throws IllegalStateException if the customers are known by a text
     */
    public int rowOf(long customerNumber) {
        if (name != null) {
            throw new IllegalStateException("the customers of this summary are known by a text");
        }
        return Math.max(-1, Arrays.binarySearch(customer, customerNumber));
    }

    /** The row of the customer in a row of another summary, -1 if there is none. */
    int rowOfSame(RfmSummary other, int row) {
        return name == null ? rowOf(other.customer(row)) : rowOf(other.name(row));
    }

    /**
     * The row of a customer known by a text. Cost: O(log n).
     *
     * @param customerName the customer's key
     * @return the row, or -1 if the customer has none
     * @throws IllegalStateException if the customers are known by numbers
     */
    public int rowOf(String customerName) {
        if (name == null) {
            throw new IllegalStateException("the customers of this summary are known by numbers");
        }
        return Math.max(-1, Arrays.binarySearch(name, customerName));
    }

    /**
     * The number of repeat purchases: periods with a purchase, without the first.
     *
     * @param row the row, from 0
     * @return the frequency, not negative
     */
    public int frequency(int row) {
        return active[row] - 1;
    }

    /**
     * The time from the first to the last purchase.
     *
     * @param row the row, from 0
     * @return the recency in whole periods, 0 for a customer without repeat purchases
     */
    public int recency(int row) {
        return last[row] - first[row];
    }

    /**
     * The time from the first purchase to the end of the observation.
     *
     * @param row the row, from 0
     * @return the age in whole periods, not negative
     */
    public int age(int row) {
        return lastPeriod - first[row];
    }

    /**
     * The time from the last purchase to the end of the observation: recency as RFM scores mean it.
     *
     * @param row the row, from 0
     * @return the silence in whole periods, not negative
     */
    public int silence(int row) {
        return lastPeriod - last[row];
    }

    /**
     * How many purchases the customer made, before those of one period were merged.
     *
     * @param row the row, from 0
     * @return the number, positive
     */
    public long purchases(int row) {
        return purchases[row];
    }

    /**
     * The period of the first purchase.
     *
     * @param row the row, from 0
     * @return the period
     */
    public CalendarPeriod first(int row) {
        return new CalendarPeriod(observation.period(), first[row]);
    }

    /**
     * The period of the last purchase.
     *
     * @param row the row, from 0
     * @return the period
     */
    public CalendarPeriod last(int row) {
        return new CalendarPeriod(observation.period(), last[row]);
    }

    /**
     * What the customer paid in all.
     *
     * @param row the row, from 0
     * @return the exact sum in minor units
     * @throws ArithmeticException if the sum exceeds 64 bits
     */
    public long totalMinorUnits(int row) {
        return Math.addExact(firstAmount[row], repeatAmount[row]);
    }

    /**
     * What the customer paid after the first period.
     *
     * @param row the row, from 0
     * @return the exact sum in minor units, 0 for a customer without repeat purchases
     */
    public long repeatMinorUnits(int row) {
        return repeatAmount[row];
    }

    /**
     * The monetary value: the mean of the period totals, the first period left out.
     *
     * @param row the row, from 0
     * @return the mean in minor units; 0 for a customer without repeat purchases, as in the papers. It can be zero or
     *     negative where amounts are
     */
    public double monetaryValue(int row) {
        return active[row] == 1 ? 0.0 : (double) repeatAmount[row] / (active[row] - 1);
    }

    /**
     * The histories as repeat-purchase models read them, with recency and age in any unit: an observation by days gives weeks
     * with decimals. The customers keep their order for {@link PurchaseHistories#spread(double[])}.
     *
     * @param unit the unit of the times
     * @return the distinct histories
     */
    public PurchaseHistories histories(PeriodUnit unit) {
        DistinctRows table = new DistinctRows(Math.min(size(), 1 << 14));
        int[] entry = new int[size()];
        double factor = TimeSpan.of(1, observation.period()).in(unit);
        for (int i = 0; i < entry.length; i++) {
            entry[i] = table.add(frequency(i), recency(i) * factor, age(i) * factor, 1);
        }
        return table.sorted(unit, entry);
    }

    /**
     * The spend as the Gamma-Gamma model reads it.
     *
     * @param fractionDigits how many digits the currency has after the decimal point, so that the model's unit is the major
     *     one: 2 for the euro; 0 to 9, 0 keeps minor units
     * @return the distinct rows of frequency and mean spend
     * @throws IllegalArgumentException if {@code fractionDigits} is not 0 to 9
     */
    public SpendHistories spend(int fractionDigits) {
        if (fractionDigits < 0 || fractionDigits > 9) {
            throw new IllegalArgumentException("fractionDigits must be 0 to 9, not " + fractionDigits);
        }
        double unit = Math.pow(10, fractionDigits);
        long[] x = new long[size()];
        double[] mean = new double[size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = frequency(i);
            mean[i] = x[i] == 0 ? 0.0 : repeatAmount[i] / (x[i] * unit);
        }
        return SpendHistories.of(x, mean);
    }

    /** The number of customers and the observation; no customer is named. */
    @Override
    public String toString() {
        return "RFM of " + size() + " customers, " + observation;
    }
}
