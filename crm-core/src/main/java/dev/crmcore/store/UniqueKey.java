package dev.crmcore.store;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that at most one record of a tenant may have: of one or more fields together, or of the fields of an element
 * of a set-valued field. A record where one of the values is absent does not take part.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record
 */
public final class UniqueKey<T> {

    private final String name;
    private final List<Field<T, ?>> fields;
    private final @Nullable ElementKey<T, ?> elements;

    private UniqueKey(String name, List<Field<T, ?>> fields, @Nullable ElementKey<T, ?> elements) {
        this.name = Objects.requireNonNull(name, "name");
        this.fields = fields;
        this.elements = elements;
        if (fields.isEmpty() && elements == null) {
            throw new IllegalArgumentException("unique key '" + name + "' needs a field");
        }
    }

    /**
     * A key over fields of the record.
     *
     * @param <T> the record
     * @param name the stored name
     * @param fields the fields, at least one
     * @return the key
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> UniqueKey<T> of(String name, Field<T, ?>... fields) {
        return new UniqueKey<>(name, List.of(fields), null);
    }

    /**
     * A key over fields of the elements: no two records, and no two elements of one record, may have the same values.
     *
     * @param <T> the record
     * @param <E> the element
     * @param name the stored name
     * @param set the set-valued field
     * @param fields the fields of its elements, at least one
     * @return the key
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T, E> UniqueKey<T> ofElements(String name, SetField<T, E> set, Field<E, ?>... fields) {
        if (fields.length == 0) {
            throw new IllegalArgumentException("unique key '" + name + "' needs a field");
        }
        return new UniqueKey<>(name, List.of(), new ElementKey<>(set, List.of(fields)));
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
     * The fields of the record.
     *
     * @return the fields, none where the key is over elements
     */
    public List<Field<T, ?>> fields() {
        return fields;
    }

    /**
     * The set-valued field and the fields of its elements.
     *
     * @return them, null where the key is over fields of the record
     */
    public @Nullable ElementKey<T, ?> elements() {
        return elements;
    }

    /**
     * The keys of a record.
     *
     * @param entity the record
     * @return the stored values of each key: one at most over fields of the record, one for each element otherwise
     */
    public List<List<Object>> valuesOf(T entity) {
        return elements != null
                ? elements.valuesOf(entity)
                : Stream.ofNullable(complete(fields, entity)).toList();
    }

    private static <T> @Nullable List<Object> complete(List<Field<T, ?>> fields, T entity) {
        List<Object> values = new ArrayList<>(fields.size());
        for (Field<T, ?> field : fields) {
            Object value = field.getStored(entity);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * The part of a key that lies in elements.
     *
     * @param set the set-valued field
     * @param fields the fields of its elements
     * @param <T> the record
     * @param <E> the element
     */
    public record ElementKey<T, E>(SetField<T, E> set, List<Field<E, ?>> fields) {

        /**
         * Copies the fields.
         *
         * @param set the set-valued field
         * @param fields the fields of its elements
         */
        public ElementKey {
            fields = List.copyOf(fields);
        }

        List<List<Object>> valuesOf(T entity) {
            List<List<Object>> all = new ArrayList<>();
            for (E element : set.get(entity)) {
                List<Object> values = complete(fields, element);
                if (values != null) {
                    all.add(values);
                }
            }
            return all;
        }
    }
}
