package dev.crmcore.exchange;

import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.ContactType;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The customers that the rows of one batch may be about, as they stand in the store: four queries, whatever the batch. */
final class StoredCustomers {

    /** An address, however it is typed. */
    private record Address(ContactType type, String normalized) {

        static Address of(ContactPoint point) {
            return new Address(point.type(), point.normalized());
        }
    }

    private final Work work;
    private final Map<ExternalId, Customer> byExternalId = new HashMap<>();
    private final Map<Address, List<CustomerId>> byAddress = new HashMap<>();
    private final Map<CustomerId, Customer> byId = new HashMap<>();

    StoredCustomers(Work work, List<CustomerRow> rows, People people) {
        this.work = work;
        Set<ExternalId> ids = new LinkedHashSet<>();
        rows.forEach(row -> row.id().ifPresent(ids::add));
        byExternalId.putAll(new Customers(work).findByExternalIds(ids));
        byExternalId.values().forEach(customer -> byId.put(customer.id(), customer));
        List<CustomerRow> withoutId =
                rows.stream().filter(row -> row.id().isEmpty()).toList();
        findAddresses(
                ContactType.EMAIL,
                withoutId.stream().flatMap(row -> row.email().stream()).toList());
        findAddresses(
                ContactType.PHONE,
                withoutId.stream().flatMap(row -> row.phone().stream()).toList());
        findOthers(rows, people);
    }

    /** Reads ids alone: a great many customers may have one number. */
    private void findAddresses(ContactType type, List<ContactPoint> points) {
        Set<String> texts = new LinkedHashSet<>();
        for (ContactPoint point : points) {
            texts.add(point.normalized());
            byAddress.put(Address.of(point), new ArrayList<>());
        }
        if (texts.isEmpty()) {
            return;
        }
        Query<Customer> query = Query.of(Customer.TYPE)
                .where(Customer.CONTACT_POINTS.any(
                        ContactPoint.NORMALIZED.in(texts).and(ContactPoint.CONTACT_TYPE.is(type))));
        try (RowCursor elements = work.store()
                .scanElements(
                        query,
                        Customer.CONTACT_POINTS,
                        List.of(Customer.TYPE.idField()),
                        List.of(ContactPoint.CONTACT_TYPE, ContactPoint.NORMALIZED))) {
            while (elements.next()) {
                List<CustomerId> having =
                        byAddress.get(new Address(ContactType.valueOf(elements.getText(1)), elements.getText(2)));
                if (having != null && having.size() <= People.MOST_SHARERS) {
                    having.add(new CustomerId(elements.getId(0)));
                }
            }
        }
    }

    /** Those who have an address, and those who rows further up were about. */
    private void findOthers(List<CustomerRow> rows, People people) {
        Set<CustomerId> others = new LinkedHashSet<>();
        byAddress.values().forEach(others::addAll);
        for (CustomerRow row : rows) {
            Set<Integer> persons = new HashSet<>();
            row.id().ifPresent(id -> persons.add(people.find(id)));
            if (row.id().isEmpty()) {
                row.email().ifPresent(address -> persons.addAll(people.having(address)));
                row.phone().ifPresent(address -> persons.addAll(people.having(address)));
            }
            persons.forEach(person -> people.customer(person).ifPresent(others::add));
        }
        others.removeAll(byId.keySet());
        if (!others.isEmpty()) {
            new Customers(work).findAll(others).forEach(customer -> byId.put(customer.id(), customer));
        }
    }

    Optional<Customer> find(ExternalId id) {
        return Optional.ofNullable(byExternalId.get(id));
    }

    /** At most one more than an address may be shared by. */
    List<CustomerId> having(ContactPoint address) {
        return byAddress.getOrDefault(Address.of(address), List.of());
    }

    @Nullable
    Customer find(CustomerId id) {
        return byId.get(id);
    }
}
