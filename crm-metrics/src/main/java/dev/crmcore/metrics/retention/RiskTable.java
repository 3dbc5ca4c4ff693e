package dev.crmcore.metrics.retention;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The times at which somebody left, who was at risk just before, and how many left in which way (0: censored). */
final class RiskTable {

    private final long n;
    private final double[] time;
    private final long[] atRisk;
    private final long[][] left;
    private int size;

    RiskTable(int capacity, int kinds, long n) {
        this.n = n;
        this.time = new double[capacity];
        this.atRisk = new long[capacity];
        this.left = new long[kinds][capacity];
    }

    /** Begins a row, later than all others. */
    int begin(double at, long subjects) {
        time[size] = at;
        atRisk[size] = subjects;
        return size++;
    }

    void set(int row, int kind, long subjects) {
        left[kind][row] = subjects;
    }

    /** How many subjects there are in all. */
    long n() {
        return n;
    }

    int size() {
        return size;
    }

    double time(int row) {
        return time[checked(row)];
    }

    long atRisk(int row) {
        return atRisk[checked(row)];
    }

    long left(int row, int kind) {
        return left[kind][checked(row)];
    }

    /** How many left in any way. */
    long leaving(int row) {
        long sum = 0;
        for (long[] kind : left) {
            sum += kind[row];
        }
        return sum;
    }

    /** How many left other than by censoring. */
    long events(int row) {
        return leaving(row) - left(row, 0);
    }

    /** The last row not after a time, or -1. */
    int rowAt(double at) {
        int found = Arrays.binarySearch(time, 0, size, at);
        return found >= 0 ? found : -found - 2;
    }

    private int checked(int row) {
        return Objects.checkIndex(row, size);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RiskTable that
                && n == that.n
                && Arrays.equals(time, 0, size, that.time, 0, that.size)
                && Arrays.equals(atRisk, 0, size, that.atRisk, 0, that.size)
                && leftEquals(that);
    }

    private boolean leftEquals(RiskTable that) {
        for (int kind = 0; kind < left.length; kind++) {
            if (!Arrays.equals(left[kind], 0, size, that.left[kind], 0, size)) {
                return false;
            }
        }
        return left.length == that.left.length;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(n) * 31 + size;
    }
}
