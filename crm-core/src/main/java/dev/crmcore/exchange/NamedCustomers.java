package dev.crmcore.exchange;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.Work;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The customers that rows name by their ids in another system. Part of one run; not thread-safe. */
final class NamedCustomers {

    private final boolean registersMissing;
    private final Fingerprint fingerprint = new Fingerprint();
    private final Occurrences registered = new Occurrences();

    /** Why nobody could be registered, such as for an attribute that every customer must have; empty if one could. */
    private String refusal = "";

    NamedCustomers(boolean registersMissing) {
        this.registersMissing = registersMissing;
    }

    /** Finds the customers of a batch at once, and registers those that nobody knows where the plan says so. */
    Map<ExternalId, CustomerId> find(Work work, Collection<ExternalId> ids, Tally tally) {
        Set<ExternalId> named = new LinkedHashSet<>(ids);
        Customers service = new Customers(work);
        Map<ExternalId, CustomerId> found = new HashMap<>();
        refusal = "";
        if (registersMissing) {
            try {
                findOrRegister(service, List.copyOf(named), found, tally);
                return found;
            } catch (RuleViolationException e) {
                refusal = ", and an id alone does not make a customer: " + e.getMessage();
            }
        }
        service.findByExternalIds(named).forEach((id, customer) -> found.put(id, customer.id()));
        return found;
    }

    /** Why a customer of the last batch was not found. */
    String unknown(String source) {
        return "is nobody's id in " + source + refusal;
    }

    private void findOrRegister(
            Customers service, List<ExternalId> named, Map<ExternalId, CustomerId> found, Tally tally) {
        List<Inserted<Customer>> outcomes = service.registerAll(
                named.stream().map(id -> Customer.builder().externalId(id)).toList());
        for (int i = 0; i < named.size(); i++) {
            found.put(named.get(i), outcomes.get(i).entity().id());
            tally.customersCreated(outcomes.get(i).isNew() && isFirst(named.get(i)) ? 1 : 0);
        }
    }

    /** A dry run registers a customer anew in each batch; it is counted once. */
    private boolean isFirst(ExternalId customer) {
        return registered.next(Fingerprint.number(fingerprint.of(List.of(customer.value())))) == 1;
    }
}
