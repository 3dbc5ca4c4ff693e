package dev.crmcore.query;

import dev.crmcore.internal.text.Quoted;
import java.util.List;
import java.util.UUID;

/**
 * What a question can be asked of: a named kind of record with fields and set-valued fields.
 *
 * <p>Implemented by {@code EntityType} for stored records and by {@link ElementType} for what stands inside them.
 *
 * @param <T> the record
 */
public interface RecordType<T> {

    /**
     * The stored name.
     *
     * @return 1 to 30 of a-z, 0-9 and _, beginning with a letter
     */
    String name();

    /**
     * The fields in the order of their declaration.
     *
     * @return the fields
     */
    List<Field<T, ?>> fields();

    /**
     * The set-valued fields in the order of their declaration.
     *
     * @return the sets; none for an element
     */
    List<SetField<T, ?>> sets();

    /**
     * The id of a record.
     *
     * @param entity the record
     * @return its id
     * @throws UnsupportedOperationException for an element, which has none
     */
    UUID idOf(T entity);

    /**
     * Finds a field by its stored name.
     *
     * @param fieldName the name
     * @return the field
     * @throws IllegalArgumentException if there is none of that name
     */
    default Field<T, ?> field(String fieldName) {
        return fields().stream()
                .filter(f -> f.name().equals(fieldName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " has no field " + Quoted.of(fieldName)));
    }

    /**
     * Finds a set-valued field by its stored name.
     *
     * @param setName the name
     * @return the set-valued field
     * @throws IllegalArgumentException if there is none of that name
     */
    default SetField<T, ?> set(String setName) {
        return sets().stream()
                .filter(s -> s.name().equals(setName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name() + " has no set " + Quoted.of(setName)));
    }
}
