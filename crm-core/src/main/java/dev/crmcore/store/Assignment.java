package dev.crmcore.store;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of a set-based update.
 *
 * @param <T> the record
 */
public sealed interface Assignment<T> {

    /**
     * A field gets a value.
     *
     * @param <T> the record
     * @param <V> the value
     * @param field the field
     * @param value the value
     * @return the assignment
     */
    static <T, V> Assignment<T> set(Field<T, V> field, V value) {
        return new SetValue<>(field, field.type().encode(field.name(), value));
    }

    /**
     * A field becomes absent.
     *
     * @param <T> the record
     * @param field the field
     * @return the assignment
     * @throws IllegalArgumentException if the field is required
     */
    static <T> Assignment<T> clear(Field<T, ?> field) {
        return new SetValue<>(field, null);
    }

    /**
     * In the elements of a set-valued field, one value is replaced by another wherever it stands. A record in which it
     * stands nowhere counts as changed all the same when the query finds it.
     *
     * @param <T> the record
     * @param <E> the element
     * @param <V> the value
     * @param set the set-valued field
     * @param field the field of its elements
     * @param from the value that goes
     * @param to the value that comes
     * @return the assignment
     */
    static <T, E, V> Assignment<T> replace(SetField<T, E> set, Field<E, V> field, V from, V to) {
        return new ReplaceInSet<>(
                set,
                field,
                field.type().encode(field.name(), from),
                field.type().encode(field.name(), to));
    }

    /**
     * All elements of a set-valued field go.
     *
     * @param <T> the record
     * @param set the set-valued field
     * @return the assignment
     */
    static <T> Assignment<T> clear(SetField<T, ?> set) {
        return new ClearSet<>(set);
    }

    /**
     * What has no column goes.
     *
     * @param <T> the record
     * @return the assignment
     */
    static <T> Assignment<T> clearBody() {
        return new ClearBody<>();
    }

    /**
     * A field gets a value or becomes absent.
     *
     * @param field the field
     * @param value the stored form of the value, null for absent
     * @param <T> the record
     */
    record SetValue<T>(Field<T, ?> field, @Nullable Object value) implements Assignment<T> {

        /**
         * Checks the parts.
         *
         * @param field the field
         * @param value the stored form of the value, null for absent
         * @throws IllegalArgumentException if a required field would become absent
         */
        public SetValue {
            if (value == null && field.isRequired()) {
                throw new IllegalArgumentException(field.name() + " is required");
            }
        }
    }

    /**
     * One value is replaced by another in all elements.
     *
     * @param set the set-valued field
     * @param field the field of its elements
     * @param from the stored form of the value that goes
     * @param to the stored form of the value that comes
     * @param <T> the record
     * @param <E> the element
     */
    record ReplaceInSet<T, E>(SetField<T, E> set, Field<E, ?> field, Object from, Object to) implements Assignment<T> {

        /**
         * Checks the parts.
         *
         * @param set the set-valued field
         * @param field the field of its elements
         * @param from the stored form of the value that goes
         * @param to the stored form of the value that comes
         */
        public ReplaceInSet {
            Objects.requireNonNull(set, "set");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            if (!set.element().fields().contains(field)) {
                throw new IllegalArgumentException(set.name() + " has no field '" + field.name() + "'");
            }
        }
    }

    /**
     * All elements go.
     *
     * @param set the set-valued field
     * @param <T> the record
     */
    record ClearSet<T>(SetField<T, ?> set) implements Assignment<T> {

        /**
         * Checks the set.
         *
         * @param set the set-valued field
         */
        public ClearSet {
            Objects.requireNonNull(set, "set");
        }
    }

    /**
     * The body becomes empty.
     *
     * @param <T> the record
     */
    record ClearBody<T>() implements Assignment<T> {}
}
