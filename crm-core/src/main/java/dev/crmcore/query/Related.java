package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import java.util.List;
import java.util.Objects;

/**
 * Begins a condition over the records of another type that name the record: "at least two purchases, together at least
 * EUR 100, in the last 30 days".
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record asked about
 * @param <R> the records that name it
 */
public final class Related<T, R> {

    private final RecordType<T> owner;
    private final RecordType<R> type;
    private final Field<R, ? extends EntityId> by;
    private final Condition<R> where;

    private Related(RecordType<T> owner, RecordType<R> type, Field<R, ? extends EntityId> by, Condition<R> where) {
        this.owner = owner;
        this.type = type;
        this.by = by;
        this.where = where;
    }

    /**
     * All records that name the one asked about.
     *
     * @param <T> the record asked about
     * @param <R> the records that name it
     * @param owner the type of the record asked about
     * @param type the type of the records that name it
     * @param by the field in which they name it
     * @return the beginning of a condition
     */
    public static <T, R> Related<T, R> to(RecordType<T> owner, RecordType<R> type, Field<R, ? extends EntityId> by) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(by, "by");
        return new Related<>(owner, type, by, Condition.always());
    }

    /**
     * Of these records, those that also fulfil a condition.
     *
     * @param condition the condition on a related record
     * @return a copy
     */
    public Related<T, R> where(Condition<R> condition) {
        return new Related<>(owner, type, by, where.and(condition));
    }

    /**
     * There is at least one such record.
     *
     * @return the condition
     */
    public Condition<T> exists() {
        return having(Aggregate.count(), Comparison.AT_LEAST, 1L);
    }

    /**
     * A figure over these records stands in a relation to a number, an instant, a day or a text. More figures over the
     * same records follow with {@link Condition.Aggregated#having}. Over no records a count is 0; the other figures are
     * absent, and the condition is false.
     *
     * @param aggregate the figure
     * @param comparison the relation
     * @param value the value on its right: of the stored class of the aggregate's kind
     * @return the condition
     * @throws IllegalArgumentException if the value is of another class
     */
    public Condition.Aggregated<T, R> having(Aggregate<R> aggregate, Comparison comparison, Object value) {
        return new Condition.Aggregated<>(
                owner, type, by, where, List.of(Condition.Having.of(aggregate, comparison, value)));
    }
}
