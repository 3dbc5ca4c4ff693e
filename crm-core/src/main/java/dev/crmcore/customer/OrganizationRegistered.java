package dev.crmcore.customer;

import dev.crmcore.event.DomainEvent;
import java.util.Objects;

/**
 * An organization was registered.
 *
 * @param organization which
 */
public record OrganizationRegistered(OrganizationId organization) implements DomainEvent {

    /**
     * Checks the id.
     *
     * @param organization which
     */
    public OrganizationRegistered {
        Objects.requireNonNull(organization, "organization");
    }

    @Override
    public String type() {
        return "organization.registered";
    }

    @Override
    public String subjectType() {
        return Organization.TYPE.name();
    }

    @Override
    public OrganizationId subjectId() {
        return organization;
    }
}
