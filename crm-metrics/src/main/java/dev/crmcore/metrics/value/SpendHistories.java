package dev.crmcore.metrics.value;

import java.util.Arrays;

/**
 * What a spend model needs to know of many customers: the distinct pairs of repeat purchases and their mean value, with the
 * number of customers that share each. The first purchase is left out, as in the papers.
 *
 * <p>Customers without repeat purchases say nothing about spend and are left out; so are those whose mean is zero or
 * negative (free goods, returns), for which the Gamma-Gamma model is not defined. Both are counted.
 *
 * <p>Immutable and thread-safe.
 */
public final class SpendHistories {

    private final long[] frequency;
    private final double[] meanSpend;
    private final long[] customers;
    private final long totalCustomers;
    private final long withoutRepeat;
    private final long withoutSpend;

    private SpendHistories(
            long[] frequency, double[] meanSpend, long[] customers, long withoutRepeat, long withoutSpend) {
        this.frequency = frequency;
        this.meanSpend = meanSpend;
        this.customers = customers;
        this.totalCustomers = Arrays.stream(customers).sum();
        this.withoutRepeat = withoutRepeat;
        this.withoutSpend = withoutSpend;
    }

    /**
     * The spend of customers given as columns; entry i of both belongs to customer i. The arrays are copied. Cost: O(n)
     * hashing and a sort of the distinct rows.
     *
     * @param frequency the number of repeat purchases of each customer
     * @param meanSpend the mean value of these purchases, in one currency and unit; ignored for a customer without any
     * @return the distinct rows
     * @throws IllegalArgumentException if the columns differ in length, a frequency is negative or a mean is not finite; the
     *     message names the row
     */
    public static SpendHistories of(long[] frequency, double[] meanSpend) {
        if (frequency.length != meanSpend.length) {
            throw new IllegalArgumentException(
                    "columns must have the same length, not " + frequency.length + " and " + meanSpend.length);
        }
        int n = frequency.length;
        for (int i = 0; i < n; i++) {
            if (frequency[i] < 0) {
                throw new IllegalArgumentException(
                        "row " + i + ": frequency must not be negative, not " + frequency[i]);
            }
            if (frequency[i] > 0 && !Double.isFinite(meanSpend[i])) {
                throw new IllegalArgumentException("row " + i + ": mean spend must be finite, not " + meanSpend[i]);
            }
        }
        DistinctRows rows = new DistinctRows(Math.min(n, 1 << 14));
        for (int i = 0; i < n; i++) {
            rows.add(frequency[i], frequency[i] == 0 ? 0.0 : meanSpend[i], 0.0, 1);
        }
        return of(rows);
    }

    /** From counted rows of frequency and mean spend. */
    static SpendHistories of(DistinctRows counted) {
        int n = counted.size();
        int[] order = counted.order();
        long[] x = new long[n];
        double[] mean = new double[n];
        long[] customers = new long[n];
        long withoutRepeat = 0;
        long withoutSpend = 0;
        int rows = 0;
        for (int i : order) {
            if (counted.count(i) == 0) {
                withoutRepeat += counted.customers(i);
            } else if (counted.first(i) <= 0) {
                withoutSpend += counted.customers(i);
            } else {
                x[rows] = counted.count(i);
                mean[rows] = counted.first(i);
                customers[rows++] = counted.customers(i);
            }
        }
        return new SpendHistories(
                Arrays.copyOf(x, rows),
                Arrays.copyOf(mean, rows),
                Arrays.copyOf(customers, rows),
                withoutRepeat,
                withoutSpend);
    }

    /**
     * The number of distinct rows.
     *
     * @return the number, 0 if no customer came back and paid
     */
    public int size() {
        return frequency.length;
    }

    /**
     * The number of customers in the rows.
     *
     * @return the sum over the rows
     */
    public long customers() {
        return totalCustomers;
    }

    /**
     * How many customers were left out because they made no repeat purchase.
     *
     * @return the number
     */
    public long withoutRepeat() {
        return withoutRepeat;
    }

    /**
     * How many customers were left out because their repeat purchases have a mean value of zero or less.
     *
     * @return the number
     */
    public long withoutSpend() {
        return withoutSpend;
    }

    /**
     * The number of repeat purchases.
     *
     * @param row the row, from 0; rows ascend in it
     * @return the number, positive
     */
    public long frequency(int row) {
        return frequency[row];
    }

    /**
     * The mean value of the repeat purchases.
     *
     * @param row the row, from 0
     * @return the mean, positive
     */
    public double meanSpend(int row) {
        return meanSpend[row];
    }

    /**
     * How many customers share a row.
     *
     * @param row the row, from 0
     * @return the number, positive
     */
    public long customers(int row) {
        return customers[row];
    }

    /** The numbers of customers, rows and customers left out. */
    @Override
    public String toString() {
        return totalCustomers + " customers in " + size() + " distinct rows, " + withoutRepeat
                + " without repeat purchase, " + withoutSpend + " without spend";
    }
}
