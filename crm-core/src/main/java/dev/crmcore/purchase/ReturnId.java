package dev.crmcore.purchase;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a return.
 *
 * @param value the UUID
 */
public record ReturnId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public ReturnId {
        Objects.requireNonNull(value, "value");
    }
}
