package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.Objects;

/**
 * Approximate quantiles of whole numbers, such as amounts in minor units or times in milliseconds, in a space that does not grow
 * with them. Numbers are counted in buckets, 64 to each power of two, so that every quantile is within 1/128 (0.8 %) of the exact
 * one, for certain and whatever the distribution; numbers below 128 are exact. Parts merge by adding counts: the state depends on
 * the numbers alone, never on their order.
 *
 * <p>Byte form, version 1: i64 least and i64 greatest number (0 and -1 if there are none); then for the numbers from 0 up and for the
 * absolute values of the negative ones: i32 entries, each u16 bucket and i64 count, ascending.
 *
 * <p>Mutable, not thread-safe. State: 30 kB, twice that with negative numbers. Adding costs constant time and allocates nothing.
 */
public final class ApproximateQuantiles implements Accumulator<Long, ApproximateQuantiles, QuantileSummary> {

    /** What the quantiles mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("approximate-quantiles", 1)
            .name("Approximate quantiles")
            .kind(KpiKind.MERGEABLE)
            .unit("that of the numbers")
            .formula("the number of rank ceil(p n), to within 1/128 of its value")
            .variant("approximate; nearest rank, buckets of 64 to the power of two")
            .emptyRule("undefined without numbers")
            .source("log-linear buckets, as in HdrHistogram")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Long, ApproximateQuantiles, QuantileSummary> TYPE =
            AccumulatorType.of(DEFINITION, ApproximateQuantiles::new, ApproximateQuantiles::fromBytes);

    private static final int FORMAT = 1;
    private static final int BYTES_OF_ENTRY = Short.BYTES + Long.BYTES;

    private long n;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private final long[] fromZero = new long[LogLinear.BUCKETS];
    private long[] negative = {};

    private ApproximateQuantiles() {}

    @Override
    public void add(Long number) {
        add(number.longValue());
    }

    /**
     * Counts one number.
     *
     * @param number the number
     */
    public void add(long number) {
        if (number >= 0) {
            fromZero[LogLinear.bucket(number)]++;
        } else {
            negative()[LogLinear.bucket(-number)]++;
        }
        least = Math.min(least, number);
        greatest = Math.max(greatest, number);
        n++;
    }

    /**
     * Counts a run of numbers.
     *
     * @param numbers the numbers
     * @param from the index of the first one
     * @param to the index after the last one
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void add(long[] numbers, int from, int to) {
        Objects.checkFromToIndex(from, to, numbers.length);
        for (int i = from; i < to; i++) {
            add(numbers[i]);
        }
    }

    @Override
    public void merge(ApproximateQuantiles other) {
        // Where the sum of all fits, every count does
        n = Math.addExact(n, other.n);
        addCounts(fromZero, other.fromZero);
        if (other.negative.length > 0) {
            addCounts(negative(), other.negative);
        }
        least = Math.min(least, other.least);
        greatest = Math.max(greatest, other.greatest);
    }

    @Override
    public QuantileSummary result() {
        return new QuantileSummary(n, least, greatest, fromZero.clone(), negative.clone());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT)
                .putLong(n == 0 ? 0 : least)
                .putLong(n == 0 ? -1 : greatest);
        write(writer, fromZero);
        write(writer, negative);
        return writer.toBytes();
    }

    private long[] negative() {
        if (negative.length == 0) {
            negative = new long[LogLinear.BUCKETS];
        }
        return negative;
    }

    private static void addCounts(long[] counts, long[] more) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += more[i];
        }
    }

    private static void write(StateWriter writer, long[] counts) {
        writer.putInt((int) Arrays.stream(counts).filter(count -> count > 0).count());
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                writer.putShort(bucket).putLong(counts[bucket]);
            }
        }
    }

    private static ApproximateQuantiles fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        ApproximateQuantiles read = new ApproximateQuantiles();
        long least = reader.getLong();
        long greatest = reader.getLong();
        read.readCounts(reader, read.fromZero);
        long[] below = new long[LogLinear.BUCKETS];
        long positive = read.n;
        read.readCounts(reader, below);
        reader.end();
        if (read.n > positive) {
            read.negative = below;
        }
        if (read.n > 0) {
            read.least = least;
            read.greatest = greatest;
        }
        boolean consistent =
                read.n == 0 ? least == 0 && greatest == -1 : read.result().isConsistent();
        if (!consistent) {
            throw reader.malformed("least and greatest number are not in the first and last bucket");
        }
        return read;
    }

    private void readCounts(StateReader reader, long[] counts) {
        int entries = reader.getSize(BYTES_OF_ENTRY);
        int last = -1;
        for (int i = 0; i < entries; i++) {
            int bucket = reader.getShort();
            long count = reader.getCount();
            if (bucket <= last || bucket >= LogLinear.BUCKETS || count == 0 || count > Long.MAX_VALUE - n) {
                throw reader.malformed("bucket " + bucket + " of " + count);
            }
            counts[bucket] = count;
            n += count;
            last = bucket;
        }
    }
}
