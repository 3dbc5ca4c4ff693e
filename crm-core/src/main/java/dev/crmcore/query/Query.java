package dev.crmcore.query;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question: which records, in which order, from where, how many.
 *
 * <p>Every order ends with the id, ascending or, when all steps descend, descending, so that it is total. Immutable and
 * thread-safe.
 *
 * @param <T> the record
 */
public final class Query<T> {

    private final RecordType<T> type;
    private final Condition<T> where;
    private final List<Order<T>> orders;
    private final @Nullable Cursor after;
    private final int limit;

    private Query(RecordType<T> type, Condition<T> where, List<Order<T>> orders, @Nullable Cursor after, int limit) {
        this.type = type;
        this.where = where;
        this.orders = orders;
        this.after = after;
        this.limit = limit;
    }

    /**
     * All records of a type, by id, without limit.
     *
     * @param <T> the record
     * @param type the type
     * @return the query
     */
    public static <T> Query<T> of(RecordType<T> type) {
        return new Query<>(
                Objects.requireNonNull(type, "type"), Condition.always(), List.of(), null, Integer.MAX_VALUE);
    }

    /**
     * Of these records, those that also fulfil a condition.
     *
     * @param condition the condition
     * @return a copy
     */
    public Query<T> where(Condition<T> condition) {
        return new Query<>(type, where.and(Objects.requireNonNull(condition, "condition")), orders, after, limit);
    }

    /**
     * In this order instead. The cursor, which belongs to the former order, is dropped.
     *
     * @param steps the steps, the first counts most
     * @return a copy
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Query<T> orderBy(Order<T>... steps) {
        return orderBy(List.of(steps));
    }

    /**
     * In this order instead. The cursor, which belongs to the former order, is dropped.
     *
     * @param steps the steps, the first counts most
     * @return a copy
     */
    public Query<T> orderBy(List<Order<T>> steps) {
        return new Query<>(type, where, List.copyOf(steps), null, limit);
    }

    /**
     * Only what comes after a place.
     *
     * @param cursor the place, of the same order
     * @return a copy
     * @throws IllegalArgumentException if the place belongs to another order
     */
    public Query<T> after(Cursor cursor) {
        if (cursor.values().size() != orders.size()) {
            throw new IllegalArgumentException("the cursor belongs to another order");
        }
        return new Query<>(type, where, orders, cursor, limit);
    }

    /**
     * At most so many records.
     *
     * @param count at least 1
     * @return a copy
     * @throws IllegalArgumentException if the count is less than 1
     */
    public Query<T> limit(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + count);
        }
        return new Query<>(type, where, orders, after, count);
    }

    /**
     * The same question, asked at this moment: conditions on relative time become absolute.
     *
     * @param now the moment of asking
     * @return a copy without relative time
     * @throws IllegalArgumentException if a relative time reaches beyond the years 1 to 9999
     */
    public Query<T> asOf(Instant now) {
        return new Query<>(type, where.asOf(now), orders, after, limit);
    }

    /**
     * What is asked for.
     *
     * @return the type
     */
    public RecordType<T> type() {
        return type;
    }

    /**
     * Which records.
     *
     * @return the condition; {@link Condition#always()} for all
     */
    public Condition<T> where() {
        return where;
    }

    /**
     * In which order, before the id.
     *
     * @return the steps
     */
    public List<Order<T>> orders() {
        return orders;
    }

    /**
     * Whether the id, the last step of every order, descends: it does when there are steps and all of them do.
     *
     * @return whether greater ids come first among equals
     */
    public boolean idDescending() {
        return !orders.isEmpty() && orders.stream().allMatch(Order::descending);
    }

    /**
     * From where.
     *
     * @return the place after which the answer begins, if one was given
     */
    public Optional<Cursor> after() {
        return Optional.ofNullable(after);
    }

    /**
     * How many at most.
     *
     * @return the limit, {@code Integer.MAX_VALUE} for none
     */
    public int limit() {
        return limit;
    }

    /**
     * The place of a record in this query's order.
     *
     * @param entity the record
     * @return its place
     */
    public Cursor cursorAt(T entity) {
        return Cursor.at(type, orders, entity);
    }

    /**
     * Compares two records in this query's order, the id included.
     *
     * @param a one
     * @param b the other
     * @return less than, equal to or greater than 0
     */
    public int compare(T a, T b) {
        return compare(cursorAt(a), cursorAt(b));
    }

    /**
     * Compares two places in this query's order, the id included.
     *
     * @param a one
     * @param b the other
     * @return less than, equal to or greater than 0
     */
    public int compare(Cursor a, Cursor b) {
        for (int i = 0; i < orders.size(); i++) {
            int compared = compare(orders.get(i), a.values().get(i), b.values().get(i));
            if (compared != 0) {
                return compared;
            }
        }
        int byId = ScalarType.UNSIGNED_ORDER.compare(a.id(), b.id());
        return idDescending() ? -byId : byId;
    }

    private static <T> int compare(Order<T> order, @Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        int compared = order.field().type().compareStored(a, b);
        return order.descending() ? -compared : compared;
    }

    @Override
    public String toString() {
        return "Query[" + type.name() + " where " + where + " order by " + orders + " limit " + limit + "]";
    }
}
