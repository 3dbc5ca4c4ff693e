package dev.crmcore.query;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the elements of a set-valued field are: a contact point, a line of a purchase, a tag.
 *
 * <p>Elements live in a side table of the record, one column for each field, in the order in which the record gives
 * them. They have no id of their own in the store and come and go with their record.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <E> the element
 */
public final class ElementType<E> implements RecordType<E> {

    private final String name;
    private final List<Field<E, ?>> fields;
    private final Function<FieldValues<E>, E> reader;

    private ElementType(String name, List<Field<E, ?>> fields, Function<FieldValues<E>, E> reader) {
        this.name = name;
        this.fields = fields;
        this.reader = reader;
    }

    /**
     * Declares what elements are made of.
     *
     * @param <E> the element
     * @param name the stored name
     * @param reader makes an element from its stored values
     * @param fields the fields, at least one; a field that is only derived from others need not be read
     * @return the element type
     * @throws IllegalArgumentException if there is no field or a name comes twice
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <E> ElementType<E> of(String name, Function<FieldValues<E>, E> reader, Field<E, ?>... fields) {
        Objects.requireNonNull(reader, "reader");
        List<Field<E, ?>> list = List.of(fields);
        if (list.isEmpty() || Field.names(list).stream().distinct().count() != list.size()) {
            throw new IllegalArgumentException("element " + name + " needs fields of different names");
        }
        return new ElementType<>(Names.check(name), list, reader);
    }

    /**
     * Checks a stored name, which is a column or table name in any database too.
     *
     * @param what what is named so, for the message: {@code "survey key"}
     * @param name the name
     * @return the same name
     * @throws dev.crmcore.value.InvalidValueException if it is not 1 to 30 of a-z, 0-9 and _, beginning with a letter
     */
    public static String requireStoredName(String what, String name) {
        return Names.check(what, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Field<E, ?>> fields() {
        return fields;
    }

    @Override
    public List<SetField<E, ?>> sets() {
        return List.of();
    }

    @Override
    public UUID idOf(E entity) {
        throw new UnsupportedOperationException("an element of " + name + " has no id");
    }

    /**
     * Makes an element from its stored values.
     *
     * @param values the values
     * @return the element
     */
    public E read(FieldValues<E> values) {
        return reader.apply(values);
    }

    @Override
    public String toString() {
        return name;
    }
}
