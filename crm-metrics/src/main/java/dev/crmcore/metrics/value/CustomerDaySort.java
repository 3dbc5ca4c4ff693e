package dev.crmcore.metrics.value;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Sorts purchases by customer and period and merges those of one customer and period.
 *
 * <p>The customers' numbers are split into buckets by their leading bits (of the range that occurs), again and again while a
 * bucket is too large for the cache; then each bucket finds its customers by open addressing, deals its purchases to them and
 * sorts each customer's few periods. That touches memory in order three times, whatever the number of customers, and buckets
 * are independent: with more threads each takes some.
 */
final class CustomerDaySort {

    /** Purchases that, with their copies, stay within a core's cache. */
    private static final int CACHED = 1 << 15;

    private static final int MOST_BITS = 8;
    private static final int SHORT_RUN = 40;

    private final boolean parallel;

    CustomerDaySort(boolean parallel) {
        this.parallel = parallel;
    }

    /** Sorts the columns from {@code from} to before {@code to}, which are left as they are. */
    CustomerDays sort(long[] customer, int[] period, long[] amount, int from, int to) {
        if (from == to) {
            return CustomerDays.EMPTY;
        }
        Buckets buckets = split(customer, period, amount, from, to);
        Segment[] segments = new Segment[buckets.count()];
        each(segments.length, b -> segments[b] = segment(buckets, b));
        return joined(buckets, segments);
    }

    private void each(int n, IntConsumer work) {
        IntStream range = IntStream.range(0, n);
        (parallel ? range.parallel() : range).forEach(work);
    }

    private static Segment segment(Buckets buckets, int bucket) {
        int from = buckets.start[bucket];
        int to = buckets.start[bucket + 1];
        if (to - from <= 4 * CACHED || buckets.oneCustomer(bucket)) {
            return new BucketSort(buckets, from, to).segment();
        }
        CustomerDays days = new CustomerDaySort(false).sort(buckets.customer, buckets.period, buckets.amount, from, to);
        System.arraycopy(days.period, 0, buckets.period, from, days.size());
        System.arraycopy(days.amount, 0, buckets.amount, from, days.size());
        return new Segment(days.customer, days.purchases, days.offset);
    }

    /** The purchases dealt to buckets that ascend in the customer. */
    private static final class Buckets {

        private final long[] customer;
        private final int[] period;
        private final long[] amount;
        private final int[] start;

        Buckets(int rows, int[] start) {
            this.customer = new long[rows];
            this.period = new int[rows];
            this.amount = new long[rows];
            this.start = start;
        }

        int count() {
            return start.length - 1;
        }

        boolean oneCustomer(int bucket) {
            for (int i = start[bucket] + 1; i < start[bucket + 1]; i++) {
                if (customer[i] != customer[i - 1]) {
                    return false;
                }
            }
            return true;
        }
    }

    private Buckets split(long[] customer, int[] period, long[] amount, int from, int to) {
        long least = customer[from];
        long greatest = customer[from];
        for (int i = from + 1; i < to; i++) {
            least = Math.min(least, customer[i]);
            greatest = Math.max(greatest, customer[i]);
        }
        // as an unsigned number, the range is right even where the difference overflows
        int rangeBits = 64 - Long.numberOfLeadingZeros(greatest - least);
        int wanted = 32 - Integer.numberOfLeadingZeros((to - from - 1) / CACHED);
        int bits = Math.min(Math.min(MOST_BITS, wanted), rangeBits);
        int shift = rangeBits - bits;
        int workers = parallel ? 2 * Runtime.getRuntime().availableProcessors() : 1;
        return deal(new Stretch(customer, period, amount, from, to), least, shift, 1 << bits, workers);
    }

    /** Part of the input. */
    private static final class Stretch {

        private final long[] customer;
        private final int[] period;
        private final long[] amount;
        private final int from;
        private final int to;

        Stretch(long[] customer, int[] period, long[] amount, int from, int to) {
            this.customer = customer;
            this.period = period;
            this.amount = amount;
            this.from = from;
            this.to = to;
        }

        Stretch part(int i, int of) {
            long length = (long) to - from;
            return new Stretch(
                    customer, period, amount, (int) (from + length * i / of), (int) (from + length * (i + 1) / of));
        }
    }

    /** Counts, then deals; each worker has a stretch of the input and its own place in each bucket. */
    private Buckets deal(Stretch input, long least, int shift, int buckets, int workers) {
        int[][] next = new int[workers][buckets];
        each(workers, w -> {
            Stretch part = input.part(w, workers);
            int[] count = next[w];
            for (int i = part.from; i < part.to; i++) {
                count[bucket(part.customer[i], least, shift)]++;
            }
        });
        int[] start = new int[buckets + 1];
        int position = 0;
        for (int b = 0; b < buckets; b++) {
            start[b] = position;
            for (int[] count : next) {
                int size = count[b];
                count[b] = position;
                position += size;
            }
        }
        start[buckets] = position;
        Buckets dealt = new Buckets(position, start);
        each(workers, w -> {
            Stretch part = input.part(w, workers);
            int[] place = next[w];
            for (int i = part.from; i < part.to; i++) {
                int at = place[bucket(part.customer[i], least, shift)]++;
                dealt.customer[at] = part.customer[i];
                dealt.period[at] = part.period[i];
                dealt.amount[at] = part.amount[i];
            }
        });
        return dealt;
    }

    private static int bucket(long customer, long least, int shift) {
        return shift == 64 ? 0 : (int) ((customer - least) >>> shift);
    }

    /** The customers of a bucket, whose merged periods and amounts stand at the bucket's start. */
    private static final class Segment {

        private final long[] customer;
        private final long[] purchases;
        private final int[] offset;

        Segment(long[] customer, long[] purchases, int[] offset) {
            this.customer = customer;
            this.purchases = purchases;
            this.offset = offset;
        }

        int size() {
            return offset[customer.length];
        }
    }

    private CustomerDays joined(Buckets buckets, Segment[] segments) {
        int[] customersBefore = new int[segments.length + 1];
        int[] sizeBefore = new int[segments.length + 1];
        for (int s = 0; s < segments.length; s++) {
            customersBefore[s + 1] = customersBefore[s] + segments[s].customer.length;
            sizeBefore[s + 1] = sizeBefore[s] + segments[s].size();
        }
        int customers = customersBefore[segments.length];
        int size = sizeBefore[segments.length];
        CustomerDays all = new CustomerDays(
                new long[customers], new long[customers], new int[customers + 1], new int[size], new long[size]);
        each(segments.length, s -> {
            Segment segment = segments[s];
            int c = customersBefore[s];
            int p = sizeBefore[s];
            System.arraycopy(segment.customer, 0, all.customer, c, segment.customer.length);
            System.arraycopy(segment.purchases, 0, all.purchases, c, segment.customer.length);
            System.arraycopy(buckets.period, buckets.start[s], all.period, p, segment.size());
            System.arraycopy(buckets.amount, buckets.start[s], all.amount, p, segment.size());
            for (int i = 0; i < segment.customer.length; i++) {
                all.offset[c + i] = p + segment.offset[i];
            }
        });
        all.offset[customers] = size;
        return all;
    }

    /** The sort of one bucket. */
    private static final class BucketSort {

        private final Buckets buckets;
        private final int from;
        private final int rows;

        /** Distinct customers in the order in which they were met, and how many purchases each made. */
        private long[] met = new long[256];

        private int[] count = new int[256];
        private int distinct;

        /** Met customer + 1 by hash, 0 if free. */
        private int[] slots = new int[1024];

        BucketSort(Buckets buckets, int from, int to) {
            this.buckets = buckets;
            this.from = from;
            this.rows = to - from;
        }

        Segment segment() {
            int[] metOfRow = new int[rows];
            for (int i = 0; i < rows; i++) {
                int index = find(buckets.customer[from + i]);
                metOfRow[i] = index;
                count[index]++;
            }
            long[] sorted = Arrays.copyOf(met, distinct);
            Arrays.sort(sorted);
            int[] next = new int[distinct];
            int[] start = new int[distinct + 1];
            long[] purchases = new long[distinct];
            for (int rank = 0; rank < distinct; rank++) {
                int index = find(sorted[rank]);
                purchases[rank] = count[index];
                next[index] = start[rank];
                start[rank + 1] = start[rank] + count[index];
            }
            int[] periods = new int[rows];
            long[] amounts = new long[rows];
            for (int i = 0; i < rows; i++) {
                int at = next[metOfRow[i]]++;
                periods[at] = buckets.period[from + i];
                amounts[at] = buckets.amount[from + i];
            }
            int[] offset = new int[distinct + 1];
            for (int rank = 0; rank < distinct; rank++) {
                sort(periods, amounts, start[rank], start[rank + 1]);
                offset[rank + 1] = offset[rank] + merge(periods, amounts, start[rank], start[rank + 1], offset[rank]);
            }
            return new Segment(sorted, purchases, offset);
        }

        private int find(long id) {
            int mask = slots.length - 1;
            int slot = hash(id) & mask;
            while (true) {
                int entry = slots[slot];
                if (entry == 0) {
                    return meet(id, slot);
                }
                if (met[entry - 1] == id) {
                    return entry - 1;
                }
                slot = (slot + 1) & mask;
            }
        }

        private int meet(long id, int slot) {
            if (distinct == met.length) {
                met = Arrays.copyOf(met, 2 * distinct);
                count = Arrays.copyOf(count, 2 * distinct);
                slots = new int[8 * distinct];
                int mask = slots.length - 1;
                for (int i = 0; i < distinct; i++) {
                    int free = hash(met[i]) & mask;
                    while (slots[free] != 0) {
                        free = (free + 1) & mask;
                    }
                    slots[free] = i + 1;
                }
                return find(id);
            }
            met[distinct] = id;
            slots[slot] = ++distinct;
            return distinct - 1;
        }

        private static int hash(long id) {
            long h = id * 0x9E3779B97F4A7C15L;
            return (int) (h >>> 32);
        }

        /** Sorts one customer's purchases, which often are in order already. */
        private static void sort(int[] periods, long[] amounts, int start, int end) {
            if (end - start <= SHORT_RUN) {
                insertionSort(periods, amounts, start, end);
            } else if (!ascending(periods, start, end)) {
                longSort(periods, amounts, start, end);
            }
        }

        /** Writes one customer's sorted purchases, merged, back into the bucket and returns how many are left. */
        private int merge(int[] periods, long[] amounts, int start, int end, int offset) {
            int out = from + offset;
            buckets.period[out] = periods[start];
            buckets.amount[out] = amounts[start];
            for (int i = start + 1; i < end; i++) {
                if (periods[i] == buckets.period[out]) {
                    buckets.amount[out] = Math.addExact(buckets.amount[out], amounts[i]);
                } else {
                    out++;
                    buckets.period[out] = periods[i];
                    buckets.amount[out] = amounts[i];
                }
            }
            return out + 1 - from - offset;
        }

        private static void insertionSort(int[] periods, long[] amounts, int start, int end) {
            for (int i = start + 1; i < end; i++) {
                int p = periods[i];
                if (periods[i - 1] <= p) {
                    continue;
                }
                long a = amounts[i];
                int j = i;
                while (j > start && periods[j - 1] > p) {
                    periods[j] = periods[j - 1];
                    amounts[j] = amounts[j - 1];
                    j--;
                }
                periods[j] = p;
                amounts[j] = a;
            }
        }

        private static boolean ascending(int[] periods, int start, int end) {
            for (int i = start + 1; i < end; i++) {
                if (periods[i - 1] > periods[i]) {
                    return false;
                }
            }
            return true;
        }

        private static void longSort(int[] periods, long[] amounts, int start, int end) {
            int n = end - start;
            long[] keys = new long[n];
            for (int i = 0; i < n; i++) {
                keys[i] = ((long) periods[start + i] << 32) | i;
            }
            Arrays.sort(keys);
            long[] unsorted = Arrays.copyOfRange(amounts, start, end);
            for (int i = 0; i < n; i++) {
                periods[start + i] = (int) (keys[i] >> 32);
                amounts[start + i] = unsorted[(int) keys[i]];
            }
        }
    }
}
