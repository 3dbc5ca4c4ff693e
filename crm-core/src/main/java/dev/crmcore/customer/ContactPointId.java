package dev.crmcore.customer;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a contact point of a customer or an organization.
 *
 * @param value the UUID
 */
public record ContactPointId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public ContactPointId {
        Objects.requireNonNull(value, "value");
    }
}
