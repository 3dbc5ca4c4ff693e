package dev.crmcore.query;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a stored record or element, read by field, from which the Java object is made again.
 *
 * @param <T> the record
 */
public interface FieldValues<T> {

    /**
     * Reads a value.
     *
     * @param <V> the value's type
     * @param field a declared field of the record
     * @return the value, null where it is absent
     */
    <V> @Nullable V get(Field<T, V> field);

    /**
     * Reads a value that is never absent.
     *
     * @param <V> the value's type
     * @param field a declared, required field of the record
     * @return the value
     * @throws IllegalStateException if it is absent
     */
    default <V> V require(Field<T, V> field) {
        V value = get(field);
        if (value == null) {
            throw new IllegalStateException("stored record lacks " + field.name());
        }
        return value;
    }

    /**
     * Reads a value that may be absent.
     *
     * @param <V> the value's type
     * @param field a declared field of the record
     * @return the value, if there is one
     */
    default <V> Optional<V> find(Field<T, V> field) {
        return Optional.ofNullable(get(field));
    }
}
