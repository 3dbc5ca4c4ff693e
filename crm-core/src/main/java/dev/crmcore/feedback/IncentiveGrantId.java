package dev.crmcore.feedback;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a granted incentive.
 *
 * @param value the UUID
 */
public record IncentiveGrantId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public IncentiveGrantId {
        Objects.requireNonNull(value, "value");
    }
}
