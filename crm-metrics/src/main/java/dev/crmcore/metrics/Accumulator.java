package dev.crmcore.metrics;

/**
 * The state of a KPI while it is being computed: items go in one by one, partial states merge, the result can be read at any
 * time, and the state travels as bytes. With these four functions a KPI runs on a stream, in parallel, incrementally, or on
 * a cluster.
 *
 * <p>The laws that every accumulator keeps:
 * <ul>
 *   <li>a fresh accumulator is the identity of {@link #merge};
 *   <li>any split of the items, in any order, merges to the same result (exactly for counts, within the stated bound for
 *       sums of {@code double});
 *   <li>{@link #result()} and {@link #toBytes()} change nothing, and a result once returned never changes;
 *   <li>{@code fromBytes(toBytes())} is the same state;
 *   <li>an item or state that is refused leaves the accumulator as it was.
 * </ul>
 *
 * <p>An accumulator is mutable and not thread-safe: each thread fills its own, and one thread merges them.
 *
 * @param <T> what is added
 * @param <A> the accumulator itself
 * @param <R> the immutable result
 */
public interface Accumulator<T, A extends Accumulator<T, A, R>, R> {

    /**
     * Counts one item.
     *
     * @param item the item
     * @throws IllegalArgumentException if the item is outside what the KPI is defined for; nothing was counted then
     */
    void add(T item);

    /**
     * Counts everything that another accumulator has counted.
     *
     * @param other the other one, which stays as it is
     * @throws IllegalArgumentException if the other one was made for another variant, scale or calendar
     */
    void merge(A other);

    /**
     * The figure as of now.
     *
     * @return an immutable result, "undefined" with a reason where there is no value
     */
    R result();

    /**
     * The state as bytes: versioned, checked by a sum, the same on every machine. The layout is documented where the
     * accumulator is.
     *
     * @return a new array
     */
    byte[] toBytes();
}
