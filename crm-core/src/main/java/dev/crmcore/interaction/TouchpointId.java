package dev.crmcore.interaction;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a touchpoint.
 *
 * @param value the UUID
 */
public record TouchpointId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public TouchpointId {
        Objects.requireNonNull(value, "value");
    }
}
