package dev.crmcore.metrics.internal;

/** Sorts positions by what stands there, without boxing: a stable merge sort over an int array. */
public final class IndexSort {

    private static final int SHORT_RUN = 8;

    /** Compares what stands at two positions. */
    @FunctionalInterface
    public interface Order {

        /** Negative, zero or positive as {@code i} comes before, is equal to or comes after {@code j}. */
        int compare(int i, int j);
    }

    private IndexSort() {}

    /** The positions 0 &hellip; n - 1 in ascending order; equal ones keep their order. */
    public static int[] sorted(int n, Order order) {
        int[] from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        for (int start = 0; start < n; start += SHORT_RUN) {
            insertionSort(from, start, Math.min(n, start + SHORT_RUN), order);
        }
        int[] to = new int[n];
        for (int run = SHORT_RUN; run < n && run > 0; run <<= 1) {
            for (int start = 0; start < n; start += 2 * run) {
                int middle = (int) Math.min(n, (long) start + run);
                int end = (int) Math.min(n, (long) start + 2L * run);
                merge(from, to, start, middle, end, order);
                if (end == n) {
                    break;
                }
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void insertionSort(int[] a, int start, int end, Order order) {
        for (int i = start + 1; i < end; i++) {
            int item = a[i];
            int j = i;
            while (j > start && order.compare(a[j - 1], item) > 0) {
                a[j] = a[j - 1];
                j--;
            }
            a[j] = item;
        }
    }

    private static void merge(int[] from, int[] to, int start, int middle, int end, Order order) {
        int left = start;
        int right = middle;
        for (int k = start; k < end; k++) {
            if (right >= end || (left < middle && order.compare(from[left], from[right]) <= 0)) {
                to[k] = from[left++];
            } else {
                to[k] = from[right++];
            }
        }
    }
}
