package dev.crmcore.metrics.value;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.internal.IndexSort;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts distinct rows of a whole number and two others, such as (x, t_x, T), by open addressing over primitive columns:
 * nothing is allocated for a row known already.
 */
final class DistinctRows {

    private long[] frequency;
    private double[] recency;
    private double[] age;
    private long[] customers;
    private int size;

    /** Entry + 1 by hash, 0 if free. */
    private int[] slots;

    DistinctRows(int expected) {
        int capacity = Math.max(16, expected);
        frequency = new long[capacity];
        recency = new double[capacity];
        age = new double[capacity];
        customers = new long[capacity];
        slots = new int[Integer.highestOneBit(capacity) * 4];
    }

    int size() {
        return size;
    }

    /** Counts {@code count} customers with this history, which has been checked, and returns its entry. */
    int add(long x, double tx, double t, long count) {
        int mask = slots.length - 1;
        int slot = hash(x, tx, t) & mask;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (frequency[entry] == x && recency[entry] == tx && age[entry] == t) {
                customers[entry] = Math.addExact(customers[entry], count);
                return entry;
            }
            slot = (slot + 1) & mask;
        }
        if (size == frequency.length) {
            grow();
            return add(x, tx, t, count);
        }
        frequency[size] = x;
        // -0.0 becomes 0.0, so that equal histories have equal bits
        recency[size] = tx + 0.0;
        age[size] = t + 0.0;
        customers[size] = count;
        slots[slot] = ++size;
        return size - 1;
    }

    void addAll(DistinctRows other) {
        for (int i = 0; i < other.size; i++) {
            add(other.frequency[i], other.recency[i], other.age[i], other.customers[i]);
        }
    }

    /** The entries in ascending order of the number, the second and the first of the others. */
    int[] order() {
        return IndexSort.sorted(size, (i, j) -> {
            int byFrequency = Long.compare(frequency[i], frequency[j]);
            int byAge = byFrequency != 0 ? byFrequency : Double.compare(age[i], age[j]);
            return byAge != 0 ? byAge : Double.compare(recency[i], recency[j]);
        });
    }

    long count(int entry) {
        return frequency[entry];
    }

    double first(int entry) {
        return recency[entry];
    }

    long customers(int entry) {
        return customers[entry];
    }

    /**
     * The rows as histories in their order.
     *
     * @param entryOfCustomer the entry of each customer if their order is known; turned into rows in place
     */
    PurchaseHistories sorted(PeriodUnit unit, int @Nullable [] entryOfCustomer) {
        int[] order = order();
        long[] x = new long[size];
        double[] tx = new double[size];
        double[] t = new double[size];
        long[] n = new long[size];
        int[] rowOfEntry = new int[size];
        for (int row = 0; row < size; row++) {
            int entry = order[row];
            x[row] = frequency[entry];
            tx[row] = recency[entry];
            t[row] = age[entry];
            n[row] = customers[entry];
            rowOfEntry[entry] = row;
        }
        if (entryOfCustomer != null) {
            for (int i = 0; i < entryOfCustomer.length; i++) {
                entryOfCustomer[i] = rowOfEntry[entryOfCustomer[i]];
            }
        }
        return new PurchaseHistories(unit, x, tx, t, n, entryOfCustomer);
    }

    private void grow() {
        int capacity = Math.multiplyExact(frequency.length, 2);
        frequency = Arrays.copyOf(frequency, capacity);
        recency = Arrays.copyOf(recency, capacity);
        age = Arrays.copyOf(age, capacity);
        customers = Arrays.copyOf(customers, capacity);
        slots = new int[Integer.highestOneBit(capacity) * 4];
        int mask = slots.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = hash(frequency[entry], recency[entry], age[entry]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = entry + 1;
        }
    }

    private static int hash(long x, double tx, double t) {
        long h = x * 0x9E3779B97F4A7C15L;
        h = (h ^ Double.doubleToRawLongBits(tx + 0.0)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 29) ^ Double.doubleToRawLongBits(t + 0.0)) * 0x94D049BB133111EBL;
        return (int) (h ^ (h >>> 32));
    }
}
