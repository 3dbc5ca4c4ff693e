package dev.crmcore.purchase;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a product.
 *
 * @param value the UUID
 */
public record ProductId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public ProductId {
        Objects.requireNonNull(value, "value");
    }
}
