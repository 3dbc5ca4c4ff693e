package dev.crmcore.customer;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of the definition of an attribute.
 *
 * @param value the UUID
 */
public record AttributeDefinitionId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public AttributeDefinitionId {
        Objects.requireNonNull(value, "value");
    }
}
