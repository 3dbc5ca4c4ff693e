package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * Approximately how many different customers there are, in a space that does not grow with them: HyperLogLog. Below some millions
 * an exact count is cheap and to be preferred; this one is for many groups, or for data that lies on many machines.
 *
 * <p>With precision p there are 2^p registers of one byte, and the standard error is 1.04 / 2^(p/2) of the value: 1.6 % for the
 * usual 12, less for few customers. The interval of the result says so. The state depends on the set of customers alone: neither
 * the order nor repetitions nor the way in which parts were merged change it, and counting a part twice changes nothing.
 *
 * <p>The estimator is Ertl's improved raw one, which needs no tables and no switch between ranges.
 *
 * <p>Byte form, version 1: u8 precision, u64 items; then i32 entries of u16 register and u8 value, ascending, if fewer than a third
 * of the registers are in use, or otherwise i32 -1 and each register as u8.
 *
 * <p>Mutable, not thread-safe. Adding costs constant time and allocates nothing.
 */
public final class ApproximateDistinct implements Accumulator<Long, ApproximateDistinct, Estimate> {

    /** What the count means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("approximate-distinct", 1)
            .name("Approximate number of distinct customers")
            .kind(KpiKind.MERGEABLE)
            .unit("customers")
            .formula("HyperLogLog; standard error 1.04 / sqrt(2^p) of the value")
            .variant("approximate; the precision p")
            .emptyRule("0 without customers")
            .source("Flajolet, Fusy, Gandouet and Meunier 2007; Ertl 2017")
            .build();

    /** The usual precision, 12: 4,096 bytes, standard error 1.6 %. */
    public static final AccumulatorType<Long, ApproximateDistinct, Estimate> TYPE = withPrecision(12);

    private static final int FORMAT = 1;
    private static final int LEAST_PRECISION = 4;
    private static final int MOST_PRECISION = 16;
    private static final int DENSE = -1;
    private static final int BYTES_OF_ENTRY = 3;

    private final int precision;
    private final byte[] registers;
    private long items;

    private ApproximateDistinct(int precision) {
        this.precision = precision;
        this.registers = new byte[1 << precision];
    }

    /**
     * The count with another precision. States of different precision do not merge.
     *
     * @param precision the binary logarithm of the number of registers, 4 to 16
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the precision is out of range
     */
    public static AccumulatorType<Long, ApproximateDistinct, Estimate> withPrecision(int precision) {
        if (precision < LEAST_PRECISION || precision > MOST_PRECISION) {
            throw new IllegalArgumentException("precision must be 4 to 16, not " + precision);
        }
        return AccumulatorType.of(
                DEFINITION, () -> new ApproximateDistinct(precision), bytes -> fromBytes(bytes, precision));
    }

    @Override
    public void add(Long customer) {
        add(customer.longValue());
    }

    /**
     * Counts one customer, once however often it comes.
     *
     * @param customer the customer's number
     */
    public void add(long customer) {
        long hash = mixed(customer);
        int register = (int) (hash >>> (Long.SIZE - precision));
        // One more than the zeros before the first one among the remaining bits
        int rank = Math.min(Long.numberOfLeadingZeros(hash << precision), Long.SIZE - precision) + 1;
        if (rank > registers[register]) {
            registers[register] = (byte) rank;
        }
        items++;
    }

    /**
     * Counts a run of customers.
     *
     * @param customers the customers' numbers
     * @param from the index of the first one
     * @param to the index after the last one
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void add(long[] customers, int from, int to) {
        Objects.checkFromToIndex(from, to, customers.length);
        for (int i = from; i < to; i++) {
            add(customers[i]);
        }
    }

    @Override
    public void merge(ApproximateDistinct other) {
        if (precision != other.precision) {
            throw new IllegalArgumentException(
                    "a count of precision " + precision + " does not merge with one of " + other.precision);
        }
        items = Math.addExact(items, other.items);
        for (int i = 0; i < registers.length; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    /**
     * The number of different customers.
     *
     * @return the estimate with its 95 % interval; n is how many items were added, repetitions included
     */
    @Override
    public Estimate result() {
        int[] histogram = new int[Long.SIZE - precision + 2];
        for (byte register : registers) {
            histogram[register]++;
        }
        int used = registers.length - histogram[0];
        if (used == 0) {
            return Estimate.of(0, items);
        }
        double value = estimate(histogram);
        double margin = Normal.twoSidedQuantile(Interval.DEFAULT_LEVEL) * relativeError();
        // There are at least as many customers as registers in use
        double lower = Math.max(Math.min(used, value), value * (1 - margin));
        return Estimate.of(value, items)
                .withInterval(
                        new Interval(lower, value * (1 + margin), Interval.DEFAULT_LEVEL, "HyperLogLog, approximate"));
    }

    /**
     * The standard error of the result relative to its value.
     *
     * @return 1.04 over the root of the number of registers
     */
    public double relativeError() {
        return 1.04 / Math.sqrt(registers.length);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer =
                new StateWriter(DEFINITION.id(), FORMAT).putByte(precision).putLong(items);
        int used = 0;
        for (byte register : registers) {
            used += register == 0 ? 0 : 1;
        }
        boolean dense = used * BYTES_OF_ENTRY >= registers.length;
        writer.putInt(dense ? DENSE : used);
        for (int i = 0; i < registers.length; i++) {
            if (dense) {
                writer.putByte(registers[i]);
            } else if (registers[i] != 0) {
                writer.putShort(i).putByte(registers[i]);
            }
        }
        return writer.toBytes();
    }

    /** Algorithm 6 of Ertl, "New cardinality estimation algorithms for HyperLogLog sketches". */
    private double estimate(int[] histogram) {
        double m = registers.length;
        int most = Long.SIZE - precision + 1;
        double z = m * fullTail(1 - histogram[most] / m);
        for (int rank = most - 1; rank >= 1; rank--) {
            z = (z + histogram[rank]) / 2;
        }
        z += m * emptyTail(histogram[0] / m);
        return m * m / (2 * Math.log(2) * z);
    }

    /** What ranks beyond the last one would have added. */
    private static double fullTail(double x) {
        if (x == 0 || x == 1) {
            return 0;
        }
        double root = x;
        double weight = 1;
        double sum = 1 - x;
        double before;
        do {
            root = Math.sqrt(root);
            before = sum;
            weight /= 2;
            sum -= (1 - root) * (1 - root) * weight;
        } while (sum != before);
        return sum / 3;
    }

    /** What ranks before the first one would have added; x is below 1. */
    private static double emptyTail(double x) {
        double power = x;
        double weight = 1;
        double sum = x;
        double before;
        do {
            power *= power;
            before = sum;
            sum += power * weight;
            weight += weight;
        } while (sum != before);
        return sum;
    }

    /** Spreads neighbouring numbers over all bits, one to one. */
    private static long mixed(long key) {
        long mixed = key + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private static ApproximateDistinct fromBytes(byte[] bytes, int precision) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        int found = reader.getByte();
        if (found != precision) {
            throw reader.malformed("counted with precision " + found);
        }
        ApproximateDistinct distinct = new ApproximateDistinct(precision);
        distinct.items = reader.getCount();
        int entries = reader.getInt();
        if (entries < DENSE || entries > distinct.registers.length) {
            throw reader.malformed(entries + " registers");
        }
        for (int i = 0; i < (entries == DENSE ? distinct.registers.length : entries); i++) {
            distinct.set(entries == DENSE ? i : reader.getShort(), reader.getByte(), reader);
        }
        reader.end();
        return distinct;
    }

    private void set(int register, int rank, StateReader reader) {
        if (register >= registers.length || rank > Long.SIZE - precision + 1) {
            throw reader.malformed("register " + register + " of value " + rank);
        }
        registers[register] = (byte) rank;
    }
}
