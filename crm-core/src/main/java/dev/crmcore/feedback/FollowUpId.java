package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a follow-up.
 *
 * @param value the UUID
 */
public record FollowUpId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public FollowUpId {
        Objects.requireNonNull(value, "value");
    }
}
