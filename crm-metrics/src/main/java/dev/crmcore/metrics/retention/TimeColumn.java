package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.DoubleSort;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;

/**
 * How often each time was seen. Times are appended and counted when somebody asks, or when as many wait as are counted
 * already; so n times cost O(n log n) at the most. Times are finite and not negative.
 *
 * <p>Not thread-safe.
 */
final class TimeColumn {

    private static final int FIRST_CAPACITY = 64;
    private static final int COUNTED_TOGETHER = 1 << 21;
    private static final int ENTRY_BYTES = Double.BYTES + Long.BYTES;

    private double[] waiting = new double[FIRST_CAPACITY];
    private int waitingSize;
    private double[] times = {};
    private long[] counts = {};

    void add(double time) {
        if (waitingSize == waiting.length) {
            if (waitingSize >= Math.max(COUNTED_TOGETHER, times.length)) {
                countWaiting();
            } else {
                waiting = Arrays.copyOf(waiting, 2 * waitingSize);
            }
        }
        // Adding zero makes minus zero plus zero
        waiting[waitingSize++] = time + 0.0;
    }

    /** Makes room for some more times at once. */
    void expect(int more) {
        int needed = (int) Math.min(COUNTED_TOGETHER, waitingSize + (long) more);
        if (needed > waiting.length) {
            waiting = Arrays.copyOf(waiting, needed);
        }
    }

    void merge(TimeColumn other) {
        other.countWaiting();
        countWaiting();
        mergeSorted(other.times, other.counts);
    }

    /** How many different times there are. */
    int size() {
        countWaiting();
        return times.length;
    }

    /** The i-th time in ascending order, after {@link #size()} was asked for. */
    double time(int i) {
        return times[i];
    }

    /** How often it was seen. */
    long count(int i) {
        return counts[i];
    }

    long total() {
        countWaiting();
        long total = 0;
        for (long count : counts) {
            total = Math.addExact(total, count);
        }
        return total;
    }

    void write(StateWriter writer) {
        writer.putInt(size());
        for (int i = 0; i < times.length; i++) {
            writer.putDouble(times[i]).putLong(counts[i]);
        }
    }

    static TimeColumn read(StateReader reader) {
        int size = reader.getSize(ENTRY_BYTES);
        TimeColumn column = new TimeColumn();
        column.times = new double[size];
        column.counts = new long[size];
        for (int i = 0; i < size; i++) {
            column.times[i] = reader.getFinite();
            column.counts[i] = reader.getCount();
            double before = i == 0 ? -Double.MIN_VALUE : column.times[i - 1];
            if (!(column.times[i] > before) || column.counts[i] == 0) {
                throw reader.malformed(
                        "time " + column.times[i] + " seen " + column.counts[i] + " times, after time " + before);
            }
        }
        return column;
    }

    private void countWaiting() {
        if (waitingSize == 0) {
            return;
        }
        double[] sorted = DoubleSort.sorted(waiting, waitingSize);
        waiting = new double[FIRST_CAPACITY];
        waitingSize = 0;
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        long[] seen = new long[distinct];
        int last = 0;
        seen[0] = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[last]) {
                sorted[++last] = sorted[i];
            }
            seen[last]++;
        }
        mergeSorted(distinct == sorted.length ? sorted : Arrays.copyOf(sorted, distinct), seen);
    }

    private void mergeSorted(double[] otherTimes, long[] otherCounts) {
        if (times.length == 0) {
            times = otherTimes;
            counts = otherCounts;
            return;
        }
        double[] mergedTimes = new double[times.length + otherTimes.length];
        long[] mergedCounts = new long[mergedTimes.length];
        int i = 0;
        int j = 0;
        int size = 0;
        while (i < times.length || j < otherTimes.length) {
            boolean mine = j == otherTimes.length || (i < times.length && times[i] <= otherTimes[j]);
            boolean theirs = i == times.length || (j < otherTimes.length && otherTimes[j] <= times[i]);
            mergedTimes[size] = mine ? times[i] : otherTimes[j];
            mergedCounts[size++] = Math.addExact(mine ? counts[i++] : 0, theirs ? otherCounts[j++] : 0);
        }
        times = Arrays.copyOf(mergedTimes, size);
        counts = Arrays.copyOf(mergedCounts, size);
    }
}
