package dev.crmcore.purchase;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Money;
import java.util.Objects;

/**
 * Something happened to a purchase: {@code purchase.recorded}, {@code purchase.returned} or a new status such as {@code
 * purchase.cancelled}.
 *
 * @param type what
 * @param subjectId to which
 * @param customer whose purchase it is
 * @param amount the total of the purchase, or for a return what was paid back
 */
public record PurchaseEvent(String type, PurchaseId subjectId, CustomerId customer, Money amount)
        implements DomainEvent {

    /**
     * Checks the parts.
     *
     * @param type what
     * @param subjectId to which
     * @param customer whose purchase it is
     * @param amount the total of the purchase, or for a return what was paid back
     */
    public PurchaseEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subjectId, "subjectId");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(amount, "amount");
    }

    static PurchaseEvent of(String what, Purchase purchase, Money amount) {
        return new PurchaseEvent("purchase." + what, purchase.id(), purchase.customer(), amount);
    }

    @Override
    public String subjectType() {
        return "purchase";
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder()
                .put("customer", customer.value().toString())
                .put("amount", amount.amount())
                .put("currency", amount.currencyCode())
                .build();
    }
}
