package dev.crmcore.query;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A figure over several records: how many, the sum, the least, the greatest.
 *
 * <p>Absent values do not take part. Over nothing, a count is 0 and the other figures are absent. Sums are exact.
 *
 * <p>Immutable and thread-safe; equal when of one function over one field.
 *
 * @param <T> the record
 */
public final class Aggregate<T> {

    /** The functions. */
    public enum Function {
        /** How many records. */
        COUNT,
        /** How many different values. */
        COUNT_DISTINCT,
        /** The sum of numbers. */
        SUM,
        /** The smallest value. */
        MIN,
        /** The greatest value. */
        MAX
    }

    private final Function function;
    private final @Nullable Field<T, ?> field;

    private Aggregate(Function function, @Nullable Field<T, ?> field) {
        this.function = function;
        this.field = field;
    }

    /**
     * How many records.
     *
     * @param <T> the record
     * @return the aggregate, a {@link ScalarKind#LONG}
     */
    public static <T> Aggregate<T> count() {
        return new Aggregate<>(Function.COUNT, null);
    }

    /**
     * How many different values.
     *
     * @param <T> the record
     * @param field the field
     * @return the aggregate, a {@link ScalarKind#LONG}
     */
    public static <T> Aggregate<T> countDistinct(Field<T, ?> field) {
        return new Aggregate<>(Function.COUNT_DISTINCT, Objects.requireNonNull(field, "field"));
    }

    /**
     * The exact sum.
     *
     * @param <T> the record
     * @param field a field of whole numbers or decimals
     * @return the aggregate, of the field's kind
     * @throws IllegalArgumentException if the field has no numbers
     */
    public static <T> Aggregate<T> sum(Field<T, ?> field) {
        ScalarKind kind = field.type().kind();
        if (kind != ScalarKind.LONG && kind != ScalarKind.DECIMAL) {
            throw new IllegalArgumentException(field.name() + " is " + kind + ": only numbers have a sum");
        }
        return new Aggregate<>(Function.SUM, field);
    }

    /**
     * The smallest value.
     *
     * @param <T> the record
     * @param field the field; neither an id nor a boolean
     * @return the aggregate, of the field's kind
     * @throws IllegalArgumentException if the field's values have no order of their own
     */
    public static <T> Aggregate<T> min(Field<T, ?> field) {
        return new Aggregate<>(Function.MIN, requireOrdered(field));
    }

    /**
     * The greatest value.
     *
     * @param <T> the record
     * @param field the field; neither an id nor a boolean
     * @return the aggregate, of the field's kind
     * @throws IllegalArgumentException if the field's values have no order of their own
     */
    public static <T> Aggregate<T> max(Field<T, ?> field) {
        return new Aggregate<>(Function.MAX, requireOrdered(field));
    }

    private static <T> Field<T, ?> requireOrdered(Field<T, ?> field) {
        ScalarKind kind = field.type().kind();
        if (kind == ScalarKind.ID || kind == ScalarKind.BOOLEAN) {
            throw new IllegalArgumentException(field.name() + " is " + kind + ": it has no least or greatest value");
        }
        return field;
    }

    /**
     * Which function.
     *
     * @return the function
     */
    public Function function() {
        return function;
    }

    /**
     * Over which field.
     *
     * @return the field, null for a count of records
     */
    public @Nullable Field<T, ?> field() {
        return field;
    }

    /**
     * The kind of the figure.
     *
     * @return {@link ScalarKind#LONG} for counts, the field's kind otherwise
     */
    public ScalarKind kind() {
        return switch (function) {
            case COUNT, COUNT_DISTINCT -> ScalarKind.LONG;
            case SUM, MIN, MAX -> Objects.requireNonNull(field).type().kind();
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Aggregate<?> that && function == that.function && Objects.equals(field, that.field);
    }

    @Override
    public int hashCode() {
        return Objects.hash(function, field);
    }

    @Override
    public String toString() {
        return function.name().toLowerCase(Locale.ROOT) + "(" + (field == null ? "" : field.name()) + ")";
    }
}
