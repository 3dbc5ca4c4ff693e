package dev.crmcore.customer;

import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * An organization was changed.
 *
 * @param organization which
 * @param fields the stored names of what was changed, not their values; an attribute is {@code attributes.} and its key
 */
public record OrganizationChanged(OrganizationId organization, List<String> fields) implements DomainEvent {

    /**
     * Copies the names.
     *
     * @param organization which
     * @param fields the stored names of what was changed, not their values; an attribute is {@code attributes.} and its key
     */
    public OrganizationChanged {
        Objects.requireNonNull(organization, "organization");
        fields = List.copyOf(fields);
    }

    @Override
    public String type() {
        return "organization.changed";
    }

    @Override
    public String subjectType() {
        return Organization.TYPE.name();
    }

    @Override
    public OrganizationId subjectId() {
        return organization;
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder().putTexts("fields", fields).build();
    }
}
