package dev.crmcore.metrics.internal;

import java.util.Arrays;

/**
 * Sorts numbers that are not negative: by the digits of their bits, from the last one, 11 bits at a time. A digit in which all
 * agree costs nothing, so whole numbers, of which most bits are zero, take two or three passes over the data.
 */
public final class DoubleSort {

    private static final int DIGIT_BITS = 11;
    private static final int BUCKETS = 1 << DIGIT_BITS;
    private static final int DIGITS = 6;
    /** Below, counting digits costs more than comparing. */
    private static final int SHORT = 1 << 10;

    private DoubleSort() {}

    /** The numbers from the beginning up to {@code n} in ascending order; none is negative, minus zero or NaN. */
    public static double[] sorted(double[] numbers, int n) {
        double[] from = Arrays.copyOf(numbers, n);
        if (n < SHORT) {
            Arrays.sort(from);
            return from;
        }
        int[][] starts = starts(from);
        double[] to = new double[n];
        for (int digit = 0; digit < DIGITS; digit++) {
            int[] start = starts[digit];
            if (start.length > 0) {
                int shift = digit * DIGIT_BITS;
                for (double number : from) {
                    to[start[digit(number, shift)]++] = number;
                }
                double[] swap = from;
                from = to;
                to = swap;
            }
        }
        return from;
    }

    /** The positions of all numbers in ascending order of the numbers; equal ones keep their order. */
    public static int[] positions(double[] numbers) {
        int n = numbers.length;
        int[] from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        int[][] starts = starts(numbers);
        int[] to = new int[n];
        for (int digit = 0; digit < DIGITS; digit++) {
            int[] start = starts[digit];
            if (start.length > 0) {
                int shift = digit * DIGIT_BITS;
                for (int position : from) {
                    to[start[digit(numbers[position], shift)]++] = position;
                }
                int[] swap = from;
                from = to;
                to = swap;
            }
        }
        return from;
    }

    /** Where the numbers with each value of each digit begin; nothing for a digit in which all agree. */
    private static int[][] starts(double[] numbers) {
        int[][] counts = new int[DIGITS][BUCKETS];
        for (double number : numbers) {
            long bits = Double.doubleToRawLongBits(number);
            for (int digit = 0; digit < DIGITS; digit++) {
                counts[digit][(int) (bits >>> (digit * DIGIT_BITS)) & (BUCKETS - 1)]++;
            }
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            counts[digit] = starts(counts[digit], numbers.length);
        }
        return counts;
    }

    private static int[] starts(int[] counts, int n) {
        int start = 0;
        for (int i = 0; i < BUCKETS; i++) {
            int count = counts[i];
            if (count == n) {
                return new int[0];
            }
            counts[i] = start;
            start += count;
        }
        return counts;
    }

    private static int digit(double number, int shift) {
        return (int) (Double.doubleToRawLongBits(number) >>> shift) & (BUCKETS - 1);
    }
}
