package dev.crmcore.query;

import java.util.Objects;

/**
 * One step of an order: by a field, upwards or downwards. Absent values come last either way.
 *
 * @param field the field
 * @param descending whether greater values come first
 * @param <T> the record
 */
public record Order<T>(Field<T, ?> field, boolean descending) {

    /**
     * Checks the field.
     *
     * @param field the field
     * @param descending whether greater values come first
     */
    public Order {
        Objects.requireNonNull(field, "field");
    }

    /**
     * Smaller values first.
     *
     * @param <T> the record
     * @param field the field
     * @return the order
     */
    public static <T> Order<T> ascending(Field<T, ?> field) {
        return new Order<>(field, false);
    }

    /**
     * Greater values first.
     *
     * @param <T> the record
     * @param field the field
     * @return the order
     */
    public static <T> Order<T> descending(Field<T, ?> field) {
        return new Order<>(field, true);
    }
}
