package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of an invitation to a survey.
 *
 * @param value the UUID
 */
public record InvitationId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public InvitationId {
        Objects.requireNonNull(value, "value");
    }
}
