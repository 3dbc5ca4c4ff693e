package dev.crmcore.customer;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a customer.
 *
 * @param value the UUID
 */
public record CustomerId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public CustomerId {
        Objects.requireNonNull(value, "value");
    }
}
