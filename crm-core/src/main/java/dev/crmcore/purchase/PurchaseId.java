package dev.crmcore.purchase;

import dev.crmcore.context.EntityId;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a purchase.
 *
 * @param value the UUID
 */
public record PurchaseId(UUID value) implements EntityId {

    /**
     * Checks the value.
     *
     * @param value the UUID
     */
    public PurchaseId {
        Objects.requireNonNull(value, "value");
    }
}
