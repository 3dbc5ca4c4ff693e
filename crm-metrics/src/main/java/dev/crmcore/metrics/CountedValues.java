package dev.crmcore.metrics;

import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Arrays;
import java.util.Objects;

/**
 * Counts whole numbers, such as durations in milliseconds, so that means and quantiles are exact however the work was split.
 *
 * <p>Byte form, version 1, under the id of its KPI: i32 distinct values; for each u64 value and u64 count.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each distinct value in a table at most half full; count in a coarser unit
 * (seconds, days) to keep it small. Adding costs constant time and allocates nothing but that table.
 */
public final class CountedValues implements Accumulator<Long, CountedValues, SampleQuantiles> {

    /** The distribution of whole numbers that belong to no KPI in particular. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("distribution", 1)
            .name("Distribution")
            .kind(KpiKind.KEYED)
            .unit("that of the values")
            .formula("mean and quantiles of the values")
            .variant("quantiles by the definition that is asked for")
            .emptyRule("undefined without a value")
            .source("Hyndman and Fan 1996; interval of a quantile: order statistics, of the mean: Student's t")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Long, CountedValues, SampleQuantiles> TYPE = of(DEFINITION);

    private static final int FORMAT = 1;

    private final KpiDefinition definition;
    private LongTable counts = new LongTable();
    private long n;

    private CountedValues(KpiDefinition definition) {
        this.definition = definition;
    }

    /**
     * The distribution that a KPI speaks of; states of different KPIs do not mix.
     *
     * @param definition what the values are
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<Long, CountedValues, SampleQuantiles> of(KpiDefinition definition) {
        return AccumulatorType.of(
                definition, () -> new CountedValues(definition), bytes -> fromBytes(definition, bytes));
    }

    @Override
    public void add(Long value) {
        add(value.longValue());
    }

    /**
     * Counts one value.
     *
     * @param value the value
     */
    public void add(long value) {
        add(value, 1);
    }

    /**
     * Counts a run of values.
     *
     * @param values the values
     * @param from the index of the first
     * @param to the index after the last
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void add(long[] values, int from, int to) {
        Objects.checkFromToIndex(from, to, values.length);
        for (int i = from; i < to; i++) {
            add(values[i], 1);
        }
    }

    @Override
    public void merge(CountedValues other) {
        if (!definition.toString().equals(other.definition.toString())) {
            throw new IllegalArgumentException(definition + " does not merge with " + other.definition);
        }
        // No count exceeds the sum, so checking the sum checks them all before anything changes
        Math.addExact(n, other.n);
        counts.expect(other.counts.size());
        other.counts.forEach(this::add);
    }

    /**
     * {@inheritDoc} Sorts the distinct values.
     */
    @Override
    public SampleQuantiles result() {
        long[] values = new long[counts.size()];
        int[] at = {0};
        counts.forEach((value, count) -> values[at[0]++] = value);
        Arrays.sort(values);
        long[] upTo = new long[values.length];
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += counts.get(values[i]);
            upTo[i] = sum;
        }
        return new SampleQuantiles(values, upTo, 1);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(definition.id(), FORMAT);
        counts.write(writer);
        return writer.toBytes();
    }

    private void add(long value, long count) {
        n = Math.addExact(n, count);
        counts.put(value, counts.get(value) + count);
    }

    private static CountedValues fromBytes(KpiDefinition definition, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, definition.id(), FORMAT);
        CountedValues read = new CountedValues(definition);
        read.counts = LongTable.read(reader);
        reader.end();
        read.counts.forEach((value, count) -> {
            if (count < 0) {
                throw reader.malformed("negative count " + count);
            }
            read.n = Math.addExact(read.n, count);
        });
        return read;
    }
}
