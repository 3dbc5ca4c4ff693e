package dev.crmcore.exchange;

import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Attributes;
import dev.crmcore.customer.Customer;
import dev.crmcore.value.PersonName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer who is being registered or changed by the facts of a row. */
final class CustomerDraft {

    private final Customer.Builder customer;
    private Attributes attributes;
    private PersonName.@Nullable Builder name;

    private CustomerDraft(Customer.Builder customer, Attributes attributes, PersonName.@Nullable Builder name) {
        this.customer = customer;
        this.attributes = attributes;
        this.name = name;
    }

    private static CustomerDraft of(Customer customer) {
        return new CustomerDraft(
                customer.toBuilder(),
                customer.attributes(),
                customer.name().map(PersonName::toBuilder).orElse(null));
    }

    /** A new customer of whom these things are so. */
    static Customer.Builder withAll(List<CustomerFact> facts) {
        return new CustomerDraft(Customer.builder(), Attributes.none(), null).written(facts);
    }

    /** The same customer after these things became so; what was so already stays as it is. */
    static Customer changed(Customer customer, List<CustomerFact> facts) {
        List<CustomerFact> news =
                facts.stream().filter(fact -> !fact.holds().test(customer)).toList();
        return of(customer).written(news).build();
    }

    private Customer.Builder written(List<CustomerFact> facts) {
        facts.forEach(fact -> fact.write().accept(this));
        if (name != null) {
            customer.name(name.build());
        }
        return customer.attributes(attributes);
    }

    Customer.Builder customer() {
        return customer;
    }

    PersonName.Builder name() {
        if (name == null) {
            name = PersonName.builder();
        }
        return name;
    }

    void attribute(String key, List<AttributeValue> values) {
        attributes = attributes.with(key, values);
    }
}
