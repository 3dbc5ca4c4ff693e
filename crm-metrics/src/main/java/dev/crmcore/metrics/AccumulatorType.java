package dev.crmcore.metrics;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collector;

/**
 * A KPI that is computed by an {@link Accumulator}: its definition, and how to begin, to resume and to collect.
 *
 * <p>This is what an engine for distributed data asks for:
 *
 * <pre>{@code
 * AccumulatorType<Integer, Nps, NpsScore> nps = Nps.TYPE;
 * NpsScore score = Stream.of(9, 10, 3).collect(nps.collector());
 *
 * Nps here = nps.create();              // zero
 * here.add(9);                          // reduce
 * here.merge(nps.fromBytes(received));  // merge
 * NpsScore all = here.result();         // finish
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> what is added
 * @param <A> the accumulator
 * @param <R> the result
 */
public final class AccumulatorType<T, A extends Accumulator<T, A, R>, R> {

    private final KpiDefinition definition;
    private final Supplier<A> fresh;
    private final Function<byte[], A> reader;

    private AccumulatorType(KpiDefinition definition, Supplier<A> fresh, Function<byte[], A> reader) {
        this.definition = Objects.requireNonNull(definition, "definition");
        this.fresh = Objects.requireNonNull(fresh, "fresh");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /**
     * Describes a KPI; for those who write one.
     *
     * @param definition what it means
     * @param fresh makes an accumulator that has counted nothing
     * @param reader reads the byte form and throws {@link IllegalArgumentException} if the bytes are not one
     * @param <T> what is added
     * @param <A> the accumulator
     * @param <R> the result
     * @return the type
     */
    public static <T, A extends Accumulator<T, A, R>, R> AccumulatorType<T, A, R> of(
            KpiDefinition definition, Supplier<A> fresh, Function<byte[], A> reader) {
        return new AccumulatorType<>(definition, fresh, reader);
    }

    /**
     * What the KPI means.
     *
     * @return its definition
     */
    public KpiDefinition definition() {
        return definition;
    }

    /**
     * Begins.
     *
     * @return an accumulator that has counted nothing
     */
    public A create() {
        return fresh.get();
    }

    /**
     * Resumes from a state that {@link Accumulator#toBytes()} wrote, here or elsewhere.
     *
     * @param bytes the state
     * @return an accumulator with that state
     * @throws IllegalArgumentException if the bytes are truncated, damaged, of another KPI, of an unknown version, or of
     *     another variant of this KPI
     */
    public A fromBytes(byte[] bytes) {
        return reader.apply(bytes);
    }

    /**
     * The KPI as a collector for {@code java.util.stream}, sequential or parallel.
     *
     * @return a collector
     */
    public Collector<T, ?, R> collector() {
        return Collector.of(
                fresh,
                Accumulator::add,
                (left, right) -> {
                    left.merge(right);
                    return left;
                },
                Accumulator::result);
    }

    /**
     * The KPI of some items.
     *
     * @param items the items
     * @return the result
     * @throws IllegalArgumentException if an item is outside what the KPI is defined for
     */
    public R of(Iterable<? extends T> items) {
        A accumulator = create();
        for (T item : items) {
            accumulator.add(item);
        }
        return accumulator.result();
    }

    /** The definition's id and version. */
    @Override
    public String toString() {
        return definition.toString();
    }
}
