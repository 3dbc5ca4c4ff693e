package dev.crmcore.store;

import dev.crmcore.query.FieldValues;
import dev.crmcore.query.SetField;
import dev.crmcore.value.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * A stored record, read by field, from which a type's reader makes the Java object.
 *
 * @param <T> the record
 */
public interface EntityRecord<T> extends FieldValues<T> {

    /**
     * The record's id.
     *
     * @return the id
     */
    UUID id();

    /**
     * The record's version.
     *
     * @return the version
     */
    long version();

    /**
     * Reads the elements of a set-valued field.
     *
     * @param <E> the element
     * @param set a declared set-valued field of the record
     * @return the elements in their order
     */
    <E> List<E> elements(SetField<T, E> set);

    /**
     * What has no column or side table, brought to the newest schema.
     *
     * @return the body; empty where there is nothing
     */
    JsonObject body();
}
