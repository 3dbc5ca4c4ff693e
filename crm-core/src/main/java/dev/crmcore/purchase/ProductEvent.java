package dev.crmcore.purchase;

import dev.crmcore.event.DomainEvent;
import java.util.Objects;

/**
 * Something happened to a product: {@code product.registered} or {@code product.changed}.
 *
 * @param type what
 * @param subjectId to which
 */
public record ProductEvent(String type, ProductId subjectId) implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     */
    public ProductEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
    }

    @Override
    public String subjectType() {
        return "product";
    }
}
