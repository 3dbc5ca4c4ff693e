package dev.crmcore.customer;

import dev.crmcore.query.Condition;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.value.ExternalId;

/** External ids as elements of a customer or an organization: what other systems call it. */
public final class ExternalIds {

    /** The other system. */
    public static final Field<ExternalId, String> SYSTEM =
            Field.<ExternalId>text("system", ExternalId::system).required();

    /** The id there. */
    public static final Field<ExternalId, String> VALUE =
            Field.<ExternalId>text("value", ExternalId::value).required().personal();

    /** What the elements are. */
    public static final ElementType<ExternalId> ELEMENT = ElementType.of(
            "external_id", values -> ExternalId.of(values.require(SYSTEM), values.require(VALUE)), SYSTEM, VALUE);

    private ExternalIds() {}

    /**
     * The record has this external id.
     *
     * @param <T> the record
     * @param set the record's external ids
     * @param id the external id
     * @return the condition
     */
    public static <T> Condition<T> contains(SetField<T, ExternalId> set, ExternalId id) {
        return set.any(SYSTEM.is(id.system()).and(VALUE.is(id.value())));
    }
}
