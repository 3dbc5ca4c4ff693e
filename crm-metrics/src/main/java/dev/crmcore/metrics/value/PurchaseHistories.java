package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The histories of many customers as a repeat-purchase model reads them: the distinct (x, t<sub>x</sub>, T) with the number
 * of customers that share each. A fit and a prediction cost what the distinct rows cost: 100,000 customers whose days are
 * whole make about 30,000 rows.
 *
 * <p>Rows are ordered by x, then T, then t<sub>x</sub>, whatever the order of the customers was. Made by
 * {@link #of(long[], double[], double[], PeriodUnit)}, by {@link RfmSummary#histories(PeriodUnit)}, or by counting with
 * {@link PurchaseHistoryCounts}.
 *
 * <pre>{@code
 * PurchaseHistories histories = PurchaseHistories.of(x, recency, age, PeriodUnit.WEEK);
 * double[] expected = histories.spread(model.expectedPurchases(histories, TimeSpan.of(39, PeriodUnit.WEEK)));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class PurchaseHistories {

    private final PeriodUnit unit;
    private final long[] frequency;
    private final double[] recency;
    private final double[] age;
    private final long[] customers;
    private final long totalCustomers;

    /** The row of each customer in the order in which they were given, if that order is known. */
    private final int @Nullable [] rowOfCustomer;

    PurchaseHistories(
            PeriodUnit unit,
            long[] frequency,
            double[] recency,
            double[] age,
            long[] customers,
            int @Nullable [] rowOfCustomer) {
        this.unit = unit;
        this.frequency = frequency;
        this.recency = recency;
        this.age = age;
        this.customers = customers;
        this.rowOfCustomer = rowOfCustomer;
        long total = 0;
        for (long count : customers) {
            total = Math.addExact(total, count);
        }
        this.totalCustomers = total;
    }

    /**
     * The histories of customers given as columns; entry i of each belongs to customer i. The arrays are copied. Cost: O(n)
     * hashing and a sort of the distinct rows.
     *
     * @param frequency x, the number of repeat purchases of each customer
     * @param recency t<sub>x</sub>, the time from the first to the last purchase
     * @param age T, the time from the first purchase to the end of the observation
     * @param unit the unit of both times
     * @return the distinct rows, which remember the order of the customers for {@link #spread(double[])}
     * @throws IllegalArgumentException if the columns differ in length or an entry is no possible history (see
     *     {@link PurchaseHistory}); the message names the row
     */
    public static PurchaseHistories of(long[] frequency, double[] recency, double[] age, PeriodUnit unit) {
        Objects.requireNonNull(unit, "unit");
        if (frequency.length != recency.length || frequency.length != age.length) {
            throw new IllegalArgumentException("columns must have the same length, not " + frequency.length + ", "
                    + recency.length + " and " + age.length);
        }
        DistinctRows table = new DistinctRows(Math.min(frequency.length, 1 << 14));
        int[] entry = new int[frequency.length];
        for (int i = 0; i < entry.length; i++) {
            try {
                PurchaseHistory.check(frequency[i], recency[i], age[i]);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("row " + i + ": " + e.getMessage(), e);
            }
            entry[i] = table.add(frequency[i], recency[i], age[i], 1);
        }
        return table.sorted(unit, entry);
    }

    /**
     * The unit of recency and age.
     *
     * @return the unit
     */
    public PeriodUnit unit() {
        return unit;
    }

    /**
     * The number of distinct rows.
     *
     * @return the number, 0 if there is no customer
     */
    public int size() {
        return frequency.length;
    }

    /**
     * The number of customers.
     *
     * @return the sum over the rows
     */
    public long customers() {
        return totalCustomers;
    }

    /**
     * How many customers share a row.
     *
     * @param row the row, from 0
     * @return the number, at least 1
     */
    public long customers(int row) {
        return customers[row];
    }

    /**
     * The number of repeat purchases.
     *
     * @param row the row, from 0
     * @return x, not negative
     */
    public long frequency(int row) {
        return frequency[row];
    }

    /**
     * The time from the first to the last purchase.
     *
     * @param row the row, from 0
     * @return t<sub>x</sub> in the {@link #unit()}
     */
    public double recency(int row) {
        return recency[row];
    }

    /**
     * The time from the first purchase to the end of the observation.
     *
     * @param row the row, from 0
     * @return T in the {@link #unit()}
     */
    public double age(int row) {
        return age[row];
    }

    /**
     * One row as a value.
     *
     * @param row the row, from 0
     * @return the history
     */
    public PurchaseHistory history(int row) {
        return new PurchaseHistory(frequency[row], recency[row], age[row], unit);
    }

    /**
     * Gives each customer the value of the customer's row.
     *
     * @param valueOfRow one value for each row
     * @return one value for each customer, in the order in which the customers were given
     * @throws IllegalArgumentException if there is not one value for each row
     * @throws IllegalStateException if the order is not known, because the histories were counted or merged
     */
    public double[] spread(double[] valueOfRow) {
        if (valueOfRow.length != size()) {
            throw new IllegalArgumentException(
                    "there must be one value for each of the " + size() + " rows, not " + valueOfRow.length);
        }
        if (rowOfCustomer == null) {
            throw new IllegalStateException("counted histories do not know which customer each row came from");
        }
        double[] values = new double[rowOfCustomer.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = valueOfRow[rowOfCustomer[i]];
        }
        return values;
    }

    /** The numbers of customers and rows and the unit. */
    @Override
    public String toString() {
        return totalCustomers + " customers in " + size() + " distinct histories, unit " + unit;
    }
}
