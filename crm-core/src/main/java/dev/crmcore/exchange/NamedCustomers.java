package dev.crmcore.exchange;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.Work;
import java.util.Collection;
import java.util.Collections;
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
        return find(work, ids, this::register, tally);
    }

    /**
     * The same for a rehearsal: one customer is registered, to see whether an id alone makes one, and stands for all that
     * would be.
     */
    Map<ExternalId, CustomerId> rehearse(Work work, Collection<ExternalId> ids, Tally tally) {
        return find(
                work,
                ids,
                (service, missing) -> {
                    Inserted<Customer> first =
                            register(service, missing.subList(0, 1)).get(0);
                    return Collections.nCopies(missing.size(), first);
                },
                tally);
    }

    /** Gives for each missing customer the one that is registered. */
    private interface Registration {

        List<Inserted<Customer>> of(Customers service, List<ExternalId> missing);
    }

    private List<Inserted<Customer>> register(Customers service, List<ExternalId> missing) {
        return service.registerAll(
                missing.stream().map(id -> Customer.builder().externalId(id)).toList());
    }

    private Map<ExternalId, CustomerId> find(
            Work work, Collection<ExternalId> ids, Registration registration, Tally tally) {
        Set<ExternalId> named = new LinkedHashSet<>(ids);
        Customers service = new Customers(work);
        Map<ExternalId, CustomerId> found = new HashMap<>(service.findIdsByExternalIds(named));
        List<ExternalId> missing =
                named.stream().filter(id -> !found.containsKey(id)).toList();
        refusal = "";
        if (registersMissing && !missing.isEmpty()) {
            try {
                List<Inserted<Customer>> registered = registration.of(service, missing);
                for (int i = 0; i < missing.size(); i++) {
                    found.put(missing.get(i), registered.get(i).entity().id());
                    tally.customersCreated(registered.get(i).isNew() && isFirst(missing.get(i)) ? 1 : 0);
                }
            } catch (RuleViolationException e) {
                refusal = ", and an id alone does not make a customer: " + e.getMessage();
            }
        }
        return found;
    }

    /** Why a customer of the last batch was not found. */
    String unknown(String source) {
        return "is nobody's id in " + source + refusal;
    }

    /** A dry run registers a customer anew in each batch; it is counted once. */
    private boolean isFirst(ExternalId customer) {
        return registered.next(Fingerprint.number(fingerprint.of(List.of(customer.value())))) == 1;
    }
}
