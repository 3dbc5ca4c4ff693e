package dev.crmcore.query;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works an {@link Aggregate} out over records one by one, as a store in memory does.
 *
 * <p>Not thread-safe.
 *
 * @param <T> the record
 */
public final class Aggregation<T> {

    private final Aggregate<T> aggregate;
    private long count;
    private @Nullable Object value;
    private final Set<Object> distinct;

    /**
     * Begins with no record.
     *
     * @param aggregate the figure
     */
    public Aggregation(Aggregate<T> aggregate) {
        this.aggregate = Objects.requireNonNull(aggregate, "aggregate");
        // One of millions of groups pays for a set only where values are told apart
        this.distinct = aggregate.function() == Aggregate.Function.COUNT_DISTINCT ? new HashSet<>() : Set.of();
    }

    /**
     * Takes a record in.
     *
     * @param entity the record
     * @throws ArithmeticException if a sum of whole numbers leaves the range of 64 bits
     */
    public void add(T entity) {
        Field<T, ?> field = aggregate.field();
        if (field == null) {
            count++;
            return;
        }
        Object stored = field.getStored(entity);
        if (stored == null) {
            return;
        }
        Object soFar = value;
        switch (aggregate.function()) {
            case COUNT -> count++;
            case COUNT_DISTINCT -> distinct.add(stored);
            case SUM -> value = soFar == null ? stored : sum(soFar, stored);
            case MIN -> value = soFar == null || field.type().compareStored(stored, soFar) < 0 ? stored : soFar;
            case MAX -> value = soFar == null || field.type().compareStored(stored, soFar) > 0 ? stored : soFar;
        }
    }

    private static Object sum(Object a, Object b) {
        return a instanceof Long whole ? Math.addExact(whole, (Long) b) : ((BigDecimal) a).add((BigDecimal) b);
    }

    /**
     * The figure so far.
     *
     * @return the stored form of the aggregate's kind, null where the figure is absent
     */
    public @Nullable Object result() {
        return switch (aggregate.function()) {
            case COUNT -> count;
            case COUNT_DISTINCT -> (long) distinct.size();
            case SUM -> value instanceof BigDecimal decimal ? canonical(decimal) : value;
            case MIN, MAX -> value;
        };
    }

    /** A sum can have more digits than a stored value, but no trailing zeros either. */
    private static BigDecimal canonical(BigDecimal sum) {
        BigDecimal stripped = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    static int compare(Aggregate<?> aggregate, Object a, Object b) {
        Field<?, ?> field = aggregate.field();
        return field == null || aggregate.kind() == ScalarKind.LONG
                ? Long.compare((Long) a, (Long) b)
                : field.type().compareStored(a, b);
    }
}
