package dev.crmcore.interaction;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of an interaction.
 *
 * @param value the UUID
 */
public record InteractionId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public InteractionId {
        Objects.requireNonNull(value, "value");
    }
}
