package dev.crmcore.exchange;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.RowCursor;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.Work;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Finds the customers of a batch at once. */
    Map<ExternalId, CustomerId> find(Work work, Collection<ExternalId> ids) {
        return new HashMap<>(new Customers(work).findIdsByExternalIds(new LinkedHashSet<>(ids)));
    }

    /**
     * Which records of rows whose customer nobody knows are there already. Such a row is not taken again, so that nobody
     * may be registered for it; where no one would be, nothing is asked.
     */
    <T> Set<String> recorded(
            Work work, EntityType<T> type, Field<T, String> system, Field<T, String> value, List<ExternalId> records) {
        Set<String> found = new HashSet<>();
        if (registersMissing && !records.isEmpty()) {
            Query<T> query = Query.of(type)
                    .where(system.is(records.get(0).system())
                            .and(value.in(
                                    records.stream().map(ExternalId::value).toList())));
            try (RowCursor rows = work.store().scan(query, List.of(value))) {
                while (rows.next()) {
                    found.add(rows.getText(0));
                }
            }
        }
        return found;
    }

    /**
     * Finds customers whom nobody knew a moment ago, though their records are there: another import may have brought both
     * in between.
     */
    void findAgain(Work work, Map<ExternalId, CustomerId> known, List<ExternalId> ids) {
        if (!ids.isEmpty()) {
            known.putAll(find(work, ids));
        }
    }

    /** Registers those of a batch that nobody knows, where the plan says so, and notes them beside the others. */
    void register(Work work, Map<ExternalId, CustomerId> known, Collection<ExternalId> ids, Tally tally) {
        register(work, known, ids, this::register, tally);
    }

    /**
     * The same for a rehearsal: one customer is registered, to see whether an id alone makes one, and stands for all that
     * would be.
     */
    void rehearse(Work work, Map<ExternalId, CustomerId> known, Collection<ExternalId> ids, Tally tally) {
        register(
                work,
                known,
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

    private void register(
            Work work,
            Map<ExternalId, CustomerId> known,
            Collection<ExternalId> ids,
            Registration registration,
            Tally tally) {
        List<ExternalId> missing =
                ids.stream().distinct().filter(id -> !known.containsKey(id)).toList();
        refusal = "";
        if (registersMissing && !missing.isEmpty()) {
            try {
                List<Inserted<Customer>> made = registration.of(new Customers(work), missing);
                for (int i = 0; i < missing.size(); i++) {
                    known.put(missing.get(i), made.get(i).entity().id());
                    tally.customersCreated(made.get(i).isNew() && isFirst(missing.get(i)) ? 1 : 0);
                }
            } catch (RuleViolationException e) {
                refusal = ", and an id alone does not make a customer: " + e.getMessage();
            }
        }
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
