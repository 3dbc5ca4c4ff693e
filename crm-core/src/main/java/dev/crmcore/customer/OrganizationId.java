package dev.crmcore.customer;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of an organization.
 *
 * @param value the UUID
 */
public record OrganizationId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public OrganizationId {
        Objects.requireNonNull(value, "value");
    }
}
