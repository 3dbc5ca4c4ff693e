package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One named, typed value of a record: a column in every store, and what conditions, orders and scans are made of.
 *
 * <p>The name is stored and does not follow renames in Java. Equality is identity: a field is a constant.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record
 * @param <V> the value
 */
public final class Field<T, V> {

    private final String name;
    private final ScalarType<V> type;
    private final Function<? super T, ? extends @Nullable V> getter;
    private final boolean indexed;
    private final boolean required;
    private final boolean personal;

    private Field(
            String name,
            ScalarType<V> type,
            Function<? super T, ? extends @Nullable V> getter,
            boolean indexed,
            boolean required,
            boolean personal) {
        this.name = name;
        this.type = type;
        this.getter = getter;
        this.indexed = indexed;
        this.required = required;
        this.personal = personal;
    }

    /**
     * Declares a field.
     *
     * @param <T> the record
     * @param <V> the value
     * @param name the stored name: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param type how the value is kept
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T, V> Field<T, V> of(
            String name, ScalarType<V> type, Function<? super T, ? extends @Nullable V> getter) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(getter, "getter");
        return new Field<>(Names.check(name), type, getter, false, false, false);
    }

    /**
     * Declares a field of text.
     *
     * @param <T> the record
     * @param name the stored name
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T> Field<T, String> text(String name, Function<? super T, ? extends @Nullable String> getter) {
        return of(name, ScalarType.TEXT, getter);
    }

    /**
     * Declares a field of whole numbers.
     *
     * @param <T> the record
     * @param name the stored name
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T> Field<T, Long> number(String name, Function<? super T, ? extends @Nullable Long> getter) {
        return of(name, ScalarType.LONG, getter);
    }

    /**
     * Declares a field of exact decimals.
     *
     * @param <T> the record
     * @param name the stored name
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T> Field<T, BigDecimal> decimal(
            String name, Function<? super T, ? extends @Nullable BigDecimal> getter) {
        return of(name, ScalarType.DECIMAL, getter);
    }

    /**
     * Declares a field that is true or false.
     *
     * @param <T> the record
     * @param name the stored name
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T> Field<T, Boolean> bool(String name, Function<? super T, ? extends @Nullable Boolean> getter) {
        return of(name, ScalarType.BOOLEAN, getter);
    }

    /**
     * Declares a field of points in time.
     *
     * @param <T> the record
     * @param name the stored name
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T> Field<T, Instant> instant(String name, Function<? super T, ? extends @Nullable Instant> getter) {
        return of(name, ScalarType.INSTANT, getter);
    }

    /**
     * Declares a field of calendar days.
     *
     * @param <T> the record
     * @param name the stored name
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T> Field<T, LocalDate> date(String name, Function<? super T, ? extends @Nullable LocalDate> getter) {
        return of(name, ScalarType.DATE, getter);
    }

    /**
     * Declares a field of enum constants.
     *
     * @param <T> the record
     * @param <E> the enum
     * @param name the stored name
     * @param type the enum's class
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T, E extends Enum<E>> Field<T, E> enumerated(
            String name, Class<E> type, Function<? super T, ? extends @Nullable E> getter) {
        return of(name, ScalarType.ofEnum(type), getter);
    }

    /**
     * Declares a field that names another record.
     *
     * @param <T> the record
     * @param <I> the id's Java type
     * @param name the stored name
     * @param make makes the id from its UUID
     * @param getter reads it from the record; null where it is absent
     * @return an optional field without an index
     */
    public static <T, I extends EntityId> Field<T, I> id(
            String name, Function<UUID, I> make, Function<? super T, ? extends @Nullable I> getter) {
        return of(name, ScalarType.ofId(make), getter);
    }

    /**
     * The same field with an index: equality, ranges, prefixes and order over it do not read the other records.
     *
     * @return a copy
     */
    public Field<T, V> indexed() {
        return new Field<>(name, type, getter, true, required, personal);
    }

    /**
     * The same field, never absent.
     *
     * @return a copy
     */
    public Field<T, V> required() {
        return new Field<>(name, type, getter, indexed, true, personal);
    }

    /**
     * The same field, marked as personal data: erased with its subject and hidden in printed conditions.
     *
     * @return a copy
     */
    public Field<T, V> personal() {
        return new Field<>(name, type, getter, indexed, required, true);
    }

    /**
     * The stored name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * How the value is kept.
     *
     * @return the type
     */
    public ScalarType<V> type() {
        return type;
    }

    /**
     * Whether there is an index.
     *
     * @return whether the field is indexed
     */
    public boolean isIndexed() {
        return indexed;
    }

    /**
     * Whether the value is never absent.
     *
     * @return whether the field is required
     */
    public boolean isRequired() {
        return required;
    }

    /**
     * Whether the value is personal data.
     *
     * @return whether the field is personal
     */
    public boolean isPersonal() {
        return personal;
    }

    /**
     * Reads the value from a record.
     *
     * @param entity the record
     * @return the value, null where it is absent
     */
    public @Nullable V get(T entity) {
        return getter.apply(entity);
    }

    /**
     * Reads the canonical stored form of the value from a record.
     *
     * @param entity the record
     * @return the stored form, null where the value is absent
     * @throws IllegalArgumentException if a required value is absent or no store could keep it
     */
    public @Nullable Object getStored(T entity) {
        V value = getter.apply(entity);
        if (value == null) {
            if (required) {
                throw new IllegalArgumentException(name + " is required");
            }
            return null;
        }
        return type.encode(name, value);
    }

    /**
     * The value is this one.
     *
     * @param value the value
     * @return the condition
     */
    public Condition<T> is(V value) {
        return compare(Comparison.EQUAL, value);
    }

    /**
     * The value is another one or absent.
     *
     * @param value the value
     * @return the condition
     */
    public Condition<T> isNot(V value) {
        return is(value).not();
    }

    /**
     * The value stands in a relation to this one. Absent: false.
     *
     * @param comparison the relation
     * @param value the value on its right
     * @return the condition
     */
    public Condition<T> compare(Comparison comparison, V value) {
        return new Condition.Compare<>(this, comparison, type.encode(name, value));
    }

    /**
     * The value is smaller. Absent: false.
     *
     * @param value the bound
     * @return the condition
     */
    public Condition<T> lessThan(V value) {
        return compare(Comparison.LESS, value);
    }

    /**
     * The value is smaller or the same. Absent: false.
     *
     * @param value the bound
     * @return the condition
     */
    public Condition<T> atMost(V value) {
        return compare(Comparison.AT_MOST, value);
    }

    /**
     * The value is greater. Absent: false.
     *
     * @param value the bound
     * @return the condition
     */
    public Condition<T> greaterThan(V value) {
        return compare(Comparison.GREATER, value);
    }

    /**
     * The value is greater or the same. Absent: false.
     *
     * @param value the bound
     * @return the condition
     */
    public Condition<T> atLeast(V value) {
        return compare(Comparison.AT_LEAST, value);
    }

    /**
     * The value lies in a closed range. Absent: false; a lower bound above the upper one: false for all.
     *
     * @param lower the lower bound, within
     * @param upper the upper bound, within
     * @return the condition
     */
    public Condition<T> between(V lower, V upper) {
        return new Condition.Between<>(this, type.encode(name, lower), type.encode(name, upper));
    }

    /**
     * The value is one of these. Absent: false; none given: false for all.
     *
     * @param values the values
     * @return the condition
     */
    public Condition<T> in(Collection<? extends V> values) {
        return new Condition.In<>(
                this, values.stream().map(v -> type.encode(name, v)).distinct().toList());
    }

    /**
     * The text begins with this one, code point by code point. Absent: false; the empty prefix: whatever is present.
     *
     * @param prefix the beginning
     * @return the condition
     * @throws IllegalStateException if the field is not text
     */
    public Condition<T> startsWith(String prefix) {
        if (type.kind() != ScalarKind.TEXT) {
            throw new IllegalStateException(name + " is " + type.kind() + ": only text has a prefix");
        }
        return new Condition.StartsWith<>(this, (String) ScalarType.TEXT.encode(name, prefix));
    }

    /**
     * There is a value.
     *
     * @return the condition
     */
    public Condition<T> isPresent() {
        return new Condition.Present<>(this);
    }

    /**
     * There is no value.
     *
     * @return the condition
     */
    public Condition<T> isAbsent() {
        return isPresent().not();
    }

    /**
     * The instant lies in the last stretch of time up to the moment of asking, both ends within. Absent: false.
     *
     * @param length how far back, in exact time, zero or more
     * @return the condition, to be bound by {@link Query#asOf}
     * @throws IllegalArgumentException if the length is negative
     * @throws IllegalStateException if the field is not an instant
     */
    public Condition<T> withinLast(Duration length) {
        if (length.isNegative()) {
            throw new IllegalArgumentException(name + ": within the last " + length + " is negative");
        }
        return relative(Comparison.AT_LEAST, length.negated()).and(relative(Comparison.AT_MOST, Duration.ZERO));
    }

    /**
     * The value lies in the last calendar days up to and including today. Absent: false. For an instant the days begin
     * at midnight of the zone, or where the clock jumps over it, at the first instant of the day.
     *
     * @param length how far back, in calendar days, weeks, months or years; the day so reached is within
     * @param zone whose days
     * @return the condition, to be bound by {@link Query#asOf}
     * @throws IllegalStateException if the field is neither an instant nor a date
     */
    public Condition<T> withinLast(Period length, ZoneId zone) {
        return relative(Comparison.AT_LEAST, length.negated(), zone)
                .and(relative(Comparison.LESS, Period.ofDays(1), zone));
    }

    /**
     * The instant stands in a relation to the moment of asking, moved by an exact length of time. Absent: false.
     *
     * @param comparison the relation
     * @param offset added to the moment of asking; negative for the past
     * @return the condition, to be bound by {@link Query#asOf}
     * @throws IllegalStateException if the field is not an instant
     */
    public Condition<T> relative(Comparison comparison, Duration offset) {
        return Condition.Relative.of(this, comparison, offset);
    }

    /**
     * The value stands in a relation to the beginning of the day of asking, moved by calendar days, weeks, months or
     * years. Absent: false.
     *
     * @param comparison the relation
     * @param offset added to the day of asking; negative for the past
     * @param zone whose days
     * @return the condition, to be bound by {@link Query#asOf}
     * @throws IllegalStateException if the field is neither an instant nor a date
     */
    public Condition<T> relative(Comparison comparison, Period offset, ZoneId zone) {
        return Condition.Relative.of(this, comparison, offset, zone);
    }

    /**
     * The names of fields in order.
     *
     * @param fields the fields
     * @return their names
     */
    public static List<String> names(Collection<? extends Field<?, ?>> fields) {
        return fields.stream().<String>map(Field::name).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
