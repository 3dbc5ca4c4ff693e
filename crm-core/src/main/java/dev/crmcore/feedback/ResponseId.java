package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a response to a survey.
 *
 * @param value the UUID
 */
public record ResponseId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public ResponseId {
        Objects.requireNonNull(value, "value");
    }
}
