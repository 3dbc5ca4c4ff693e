package dev.crmcore.interaction;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityType;
import java.util.Objects;
import java.util.UUID;

/**
 * What an interaction was about: a record of any type, named and not looked up.
 *
 * @param type the stored name of the record's type
 * @param id the record's id
 */
public record RelatedRecord(String type, UUID id) {

    /** The stored name of the record's type. */
    public static final Field<RelatedRecord, String> TYPE =
            Field.text("type", RelatedRecord::type).required();

    /** The record's id. */
    public static final Field<RelatedRecord, UUID> ID = Field.<RelatedRecord, UUID>of(
                    "record_id", ScalarType.UUID_VALUE, RelatedRecord::id)
            .required()
            .indexed();

    static final ElementType<RelatedRecord> ELEMENT = ElementType.of(
            "related_record", stored -> new RelatedRecord(stored.require(TYPE), stored.require(ID)), TYPE, ID);

    /**
     * Checks the parts.
     *
     * @param type the stored name of the record's type
     * @param id the record's id
     */
    public RelatedRecord {
        ElementType.requireStoredName("type of a related record", type);
        Objects.requireNonNull(id, "id");
    }

    /**
     * Names a record.
     *
     * @param type its type
     * @param id its id
     * @return the name
     */
    public static RelatedRecord of(EntityType<?> type, EntityId id) {
        return new RelatedRecord(type.name(), id.value());
    }
}
