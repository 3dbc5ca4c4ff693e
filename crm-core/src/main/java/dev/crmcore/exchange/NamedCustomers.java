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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The customers that rows name by their ids in another system: who they are, and who is registered because nobody knew
 * them. Part of one run; not thread-safe.
 *
 * @param <R> a row
 */
final class NamedCustomers<R extends NamedCustomers.Named> {

    /** A row that waits to be written. */
    interface Named {

        /** Whom it names. */
        ExternalId customer();

        /** What its record is known by. */
        ExternalId externalId();
    }

    /** What becomes of rows that are not taken. */
    interface Refusals<R> {

        /** It is recorded already, and of another customer than the one whom nobody knows. */
        void recorded(R row, Tally tally);

        /** Nobody is its customer, for this reason. */
        void unknown(R row, String reason, Tally tally);
    }

    /** The records that rows become, found by what they are known by. */
    record Records<T>(EntityType<T> type, Field<T, String> system, Field<T, String> value) {

        /** Which of these are there, in one query. */
        Set<String> among(Work work, List<ExternalId> ids) {
            Set<String> found = new HashSet<>();
            if (!ids.isEmpty()) {
                List<String> values = ids.stream().map(ExternalId::value).toList();
                Query<T> query =
                        Query.of(type).where(system.is(ids.get(0).system()).and(value.in(values)));
                try (RowCursor rows = work.store().scan(query, List.of(value))) {
                    while (rows.next()) {
                        found.add(rows.getText(0));
                    }
                }
            }
            return found;
        }
    }

    /** A row whose customer is found. */
    record Resolved<R>(R row, CustomerId customer) {}

    /** Gives for each missing customer the one that is registered. */
    private interface Registration {

        List<Inserted<Customer>> of(Customers service, List<ExternalId> missing);
    }

    private final boolean registersMissing;
    private final Records<?> records;
    private final Fingerprint fingerprint = new Fingerprint();
    private final Occurrences registered = new Occurrences();

    /** Why nobody could be registered, such as for an attribute that every customer must have; empty if one could. */
    private String refusal = "";

    NamedCustomers(boolean registersMissing, Records<?> records) {
        this.registersMissing = registersMissing;
        this.records = records;
    }

    /**
     * Finds the customers of a batch at once, and registers those whom nobody knows where the plan says so.
     *
     * @return the rows that have a customer, in their order; the others are refused
     */
    List<Resolved<R>> resolve(Work work, List<R> rows, Refusals<R> refusals, Tally tally) {
        return resolve(work, rows, NamedCustomers::register, refusals, tally);
    }

    /**
     * The same for a rehearsal: one customer is registered, to see whether an id alone makes one, and stands for all that
     * would be.
     */
    List<Resolved<R>> rehearse(Work work, List<R> rows, Refusals<R> refusals, Tally tally) {
        Registration first = (service, missing) -> Collections.nCopies(
                missing.size(), register(service, missing.subList(0, 1)).get(0));
        return resolve(work, rows, first, refusals, tally);
    }

    private List<Resolved<R>> resolve(
            Work work, List<R> rows, Registration registration, Refusals<R> refusals, Tally tally) {
        Map<ExternalId, CustomerId> known = find(work, rows);
        List<R> taken = withoutRecorded(work, rows, known, refusals, tally);
        register(work, taken, known, registration, tally);
        List<Resolved<R>> resolved = new ArrayList<>(taken.size());
        for (R row : taken) {
            CustomerId customer = known.get(row.customer());
            if (customer == null) {
                refusals.unknown(row, "is nobody's id in " + row.customer().system() + refusal, tally);
            } else {
                resolved.add(new Resolved<>(row, customer));
            }
        }
        return resolved;
    }

    private Map<ExternalId, CustomerId> find(Work work, Collection<R> rows) {
        Set<ExternalId> ids = new LinkedHashSet<>();
        rows.forEach(row -> ids.add(row.customer()));
        return new HashMap<>(new Customers(work).findIdsByExternalIds(ids));
    }

    /**
     * The rows without those that are recorded though nobody knows their customer: such a row is not taken again, so that
     * nobody may be registered for it. Where no one would be, nothing is asked.
     */
    private List<R> withoutRecorded(
            Work work, List<R> rows, Map<ExternalId, CustomerId> known, Refusals<R> refusals, Tally tally) {
        if (!registersMissing) {
            return rows;
        }
        List<R> ofNobody =
                rows.stream().filter(row -> !known.containsKey(row.customer())).toList();
        Set<String> recorded =
                records.among(work, ofNobody.stream().map(Named::externalId).toList());
        if (recorded.isEmpty()) {
            return rows;
        }
        // Another import may have brought both, the record and its customer, since the customers were asked for
        known.putAll(find(
                work,
                ofNobody.stream()
                        .filter(row -> recorded.contains(row.externalId().value()))
                        .toList()));
        List<R> others = new ArrayList<>(rows.size());
        for (R row : rows) {
            if (known.containsKey(row.customer())
                    || !recorded.contains(row.externalId().value())) {
                others.add(row);
            } else {
                refusals.recorded(row, tally);
            }
        }
        return others;
    }

    private static List<Inserted<Customer>> register(Customers service, List<ExternalId> missing) {
        return service.registerAll(
                missing.stream().map(id -> Customer.builder().externalId(id)).toList());
    }

    private void register(
            Work work, List<R> rows, Map<ExternalId, CustomerId> known, Registration registration, Tally tally) {
        refusal = "";
        List<ExternalId> missing = rows.stream()
                .map(Named::customer)
                .filter(id -> !known.containsKey(id))
                .distinct()
                .toList();
        if (!registersMissing || missing.isEmpty()) {
            return;
        }
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

    /** A dry run registers a customer anew in each batch; it is counted once. */
    private boolean isFirst(ExternalId customer) {
        return registered.next(Fingerprint.number(fingerprint.of(List.of(customer.value())))) == 1;
    }
}
