package dev.crmcore.customer;

import dev.crmcore.event.DomainEvent;
import java.util.Objects;

/**
 * A customer was registered.
 *
 * @param customer which
 */
public record CustomerRegistered(CustomerId customer) implements DomainEvent {

    /**
     * Checks the id.
     *
     * @param customer which
     */
    public CustomerRegistered {
        Objects.requireNonNull(customer, "customer");
    }

    @Override
    public String type() {
        return "customer.registered";
    }

    @Override
    public String subjectType() {
        return Customer.TYPE.name();
    }

    @Override
    public CustomerId subjectId() {
        return customer;
    }
}
