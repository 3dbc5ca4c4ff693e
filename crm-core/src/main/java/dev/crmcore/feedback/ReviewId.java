package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a review.
 *
 * @param value the UUID
 */
public record ReviewId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public ReviewId {
        Objects.requireNonNull(value, "value");
    }
}
