package dev.crmcore.customer;

import dev.crmcore.event.DomainEvent;
import dev.crmcore.value.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * A customer was changed.
 *
 * @param customer which
 * @param fields the stored names of what was changed, not their values; an attribute is {@code attributes.} and its key
 */
public record CustomerChanged(CustomerId customer, List<String> fields) implements DomainEvent {

    /**
     * Copies the names.
     *
     * @param customer which
     * @param fields the stored names of what was changed, not their values; an attribute is {@code attributes.} and its key
     */
    public CustomerChanged {
        Objects.requireNonNull(customer, "customer");
        fields = List.copyOf(fields);
    }

    @Override
    public String type() {
        return "customer.changed";
    }

    @Override
    public String subjectType() {
        return Customer.TYPE.name();
    }

    @Override
    public CustomerId subjectId() {
        return customer;
    }

    @Override
    public JsonObject data() {
        return JsonObject.builder().putTexts("fields", fields).build();
    }
}
