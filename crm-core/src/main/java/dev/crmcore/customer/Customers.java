package dev.crmcore.customer;

import dev.crmcore.context.ConflictException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.RowCursor;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The customers of a tenant.
 *
 * <pre>{@code
 * Customer ann = customers.register(Customer.named("Ann", "Lee").email("ann@example.com").attribute("plan", "gold"));
 * customers.update(ann.id(), customer -> customer.tagged("vip").atStage("active"));
 *
 * Page<Customer> first = customers.list(Query.of(Customer.TYPE)
 *         .where(Customer.attribute("plan").is("gold").and(Customer.TAGS.contains("vip")))
 *         .orderBy(Order.descending(Customer.CREATED_AT)).limit(50));
 * }</pre>
 *
 * <p>As thread-safe as its unit of work.
 */
public final class Customers {

    /** How many customers {@link #findByContact} gives at most. */
    public static final int CONTACT_LIMIT = 100;

    private final UnitOfWork unitOfWork;

    /**
     * Makes the service.
     *
     * @param unitOfWork where its calls run
     */
    public Customers(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Registers a new customer.
     *
     * @param draft what is known
     * @return the customer, with id, version 1 and the attributes that are there unless said
     * @throws dev.crmcore.context.RuleViolationException if a rule of the customer or of a declared attribute is broken
     * @throws dev.crmcore.context.DuplicateException if an external id is another customer's
     * @throws NotFoundException if an organization of a role does not exist
     * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
     */
    public Customer register(Customer.Builder draft) {
        Objects.requireNonNull(draft, "draft");
        return unitOfWork.call(work -> {
            List<Customer> kept = work.store().insert(Customer.TYPE, prepare(work, List.of(draft)));
            work.record(new CustomerRegistered(kept.get(0).id()));
            return kept.get(0);
        });
    }

    /**
     * Registers those of the customers of whom no external id is known yet, in a constant number of statements and
     * batches. One without an external id is registered always.
     *
     * @param drafts what is known of each
     * @return for each draft, in order, the customer that is registered now or was there with one of its external ids
     * @throws dev.crmcore.context.RuleViolationException if a rule is broken by one, also by one that is there already;
     *     then none is registered
     * @throws NotFoundException if an organization of a role does not exist
     * @throws dev.crmcore.value.InvalidValueException if a text is blank, too long or not storable
     */
    public List<Inserted<Customer>> registerAll(List<Customer.Builder> drafts) {
        List<Customer.Builder> copy = drafts.stream()
                .map(draft -> Objects.requireNonNull(draft, "draft"))
                .toList();
        return unitOfWork.call(work -> {
            List<Inserted<Customer>> outcomes =
                    work.store().insertIfAbsent(Customer.TYPE, prepare(work, copy), Customer.EXTERNAL_ID_KEY);
            for (Inserted<Customer> outcome : outcomes) {
                if (outcome.isNew()) {
                    work.record(new CustomerRegistered(outcome.entity().id()));
                }
            }
            return outcomes;
        });
    }

    private static List<Customer> prepare(Work work, List<Customer.Builder> drafts) {
        AttributeRules rules = AttributeRules.of(work, Customer.TYPE);
        List<Customer> customers = new ArrayList<>(drafts.size());
        for (Customer.Builder draft : drafts) {
            customers.add(draft.build(new CustomerId(work.newId()), work.now(), rules, work::newId));
        }
        requireOrganizations(work, customers);
        return customers;
    }

    /**
     * Finds a customer.
     *
     * @param id the id
     * @return the customer; empty if there is none
     */
    public Optional<Customer> find(CustomerId id) {
        Objects.requireNonNull(id, "id");
        return unitOfWork.call(work -> work.store().find(Customer.TYPE, id));
    }

    /**
     * Gives a customer who must be there.
     *
     * @param id the id
     * @return the customer
     * @throws NotFoundException if there is none
     */
    public Customer require(CustomerId id) {
        return find(id).orElseThrow(() -> new NotFoundException(Customer.TYPE.name(), id));
    }

    /**
     * Finds several customers, in one round trip.
     *
     * @param ids the ids; one that comes twice counts once
     * @return those that exist, in the order of the ids
     */
    public List<Customer> findAll(Collection<CustomerId> ids) {
        List<CustomerId> copy = List.copyOf(ids);
        return unitOfWork.call(work -> work.store().findAll(Customer.TYPE, copy));
    }

    /**
     * Makes sure that several customers exist, in one round trip.
     *
     * @param ids the ids
     * @throws NotFoundException if one does not exist
     */
    public void requireAll(Collection<CustomerId> ids) {
        Set<CustomerId> missing = new LinkedHashSet<>(ids);
        List<UUID> wanted = missing.stream().map(CustomerId::value).toList();
        unitOfWork.call(work -> {
            try (RowCursor found = work.store()
                    .scan(
                            Query.of(Customer.TYPE)
                                    .where(Customer.TYPE.idField().in(wanted)),
                            List.of(Customer.TYPE.idField()))) {
                while (found.next()) {
                    missing.remove(new CustomerId(found.getId(0)));
                }
            }
            return missing;
        });
        missing.stream().findFirst().ifPresent(id -> {
            throw new NotFoundException(Customer.TYPE.name(), id);
        });
    }

    /**
     * Finds who has an external id.
     *
     * @param externalId what another system calls the customer
     * @return the customer; empty if there is none
     */
    public Optional<Customer> findByExternalId(ExternalId externalId) {
        return Optional.ofNullable(findByExternalIds(List.of(externalId)).get(externalId));
    }

    /**
     * Finds who has some external ids, in one query for each system and one more.
     *
     * @param externalIds what other systems call the customers
     * @return for each external id that is somebody's the customer
     */
    public Map<ExternalId, Customer> findByExternalIds(Collection<ExternalId> externalIds) {
        List<ExternalId> copy = List.copyOf(externalIds);
        return unitOfWork.call(work -> {
            Map<ExternalId, CustomerId> ids = idsOf(work, copy);
            Map<ExternalId, Customer> found = new HashMap<>();
            for (Customer customer : work.store().findAll(Customer.TYPE, Set.copyOf(ids.values()))) {
                customer.externalIds().stream().filter(ids::containsKey).forEach(id -> found.put(id, customer));
            }
            return found;
        });
    }

    /**
     * Finds the ids of those who have some external ids, in one query for each system, without reading more of them.
     *
     * @param externalIds what other systems call the customers
     * @return for each external id that is somebody's the customer's id
     */
    public Map<ExternalId, CustomerId> findIdsByExternalIds(Collection<ExternalId> externalIds) {
        List<ExternalId> copy = List.copyOf(externalIds);
        return unitOfWork.call(work -> idsOf(work, copy));
    }

    private static Map<ExternalId, CustomerId> idsOf(Work work, List<ExternalId> externalIds) {
        Set<ExternalId> wanted = new LinkedHashSet<>(externalIds);
        Map<String, List<String>> bySystem = wanted.stream()
                .collect(Collectors.groupingBy(
                        ExternalId::system, TreeMap::new, Collectors.mapping(ExternalId::value, Collectors.toList())));
        Map<ExternalId, CustomerId> found = new HashMap<>();
        bySystem.forEach((system, values) -> {
            Query<Customer> query = Query.of(Customer.TYPE)
                    .where(Customer.EXTERNAL_IDS.any(
                            ExternalIds.SYSTEM.is(system).and(ExternalIds.VALUE.in(values))));
            try (RowCursor elements = work.store()
                    .scanElements(
                            query,
                            Customer.EXTERNAL_IDS,
                            List.of(Customer.TYPE.idField()),
                            List.of(ExternalIds.SYSTEM, ExternalIds.VALUE))) {
                while (elements.next()) {
                    ExternalId externalId = ExternalId.of(elements.getText(1), elements.getText(2));
                    if (wanted.contains(externalId)) {
                        found.put(externalId, new CustomerId(elements.getId(0)));
                    }
                }
            }
        });
        return found;
    }

    /**
     * Finds who has a contact point with this address, whether it can be used now or not. An address may be shared.
     *
     * @param point what to look for, compared by its normalised form: {@code ContactPoint.email("ANN@example.com")}
     * @return the customers in the order of their ids, which is that of their registration; the first {@value
     *     #CONTACT_LIMIT}, where more share it
     */
    public List<Customer> findByContact(ContactPoint point) {
        return listByContact(point, CONTACT_LIMIT, null).items();
    }

    /**
     * Lists who has a contact point with this address, as {@link #findByContact} does, page by page.
     *
     * @param point what to look for, compared by its normalised form
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page, in the order of the customers' ids
     */
    public Page<Customer> listByContact(ContactPoint point, int limit, @Nullable Cursor after) {
        Query<Customer> query = Query.of(Customer.TYPE)
                .where(point.isAmong(Customer.CONTACT_POINTS))
                .limit(limit);
        return unitOfWork.call(work -> {
            Page<Customer> page = work.page(query, after);
            List<Customer> sharers = sharers(page, point);
            // of very long addresses the column holds the beginning, and more may begin so than are looked for
            while (sharers.size() < limit && page.next().isPresent()) {
                page = work.page(query.limit(limit - sharers.size()), page.nextCursor());
                sharers.addAll(sharers(page, point));
            }
            return new Page<>(sharers, page.nextCursor());
        });
    }

    private static List<Customer> sharers(Page<Customer> page, ContactPoint point) {
        return page.items().stream()
                .filter(customer -> customer.contactPoints().stream().anyMatch(point::isSameAddressAs))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Finds customers by the beginning of their name, given name or family name first, whatever case and accents.
     *
     * @param prefix the beginning, such as {@code "lee a"}; blank for all who have a name
     * @param limit how many at most, at least 1
     * @return the first of them in the order of their names without case and accents
     */
    public Page<Customer> findByName(String prefix, int limit) {
        return list(Query.of(Customer.TYPE)
                .where(Customer.nameStartsWith(prefix))
                .orderBy(Order.ascending(Customer.NAME_KEY))
                .limit(limit));
    }

    /**
     * Lists customers, page by page: the next page is the same query {@linkplain Query#after after} the cursor of this.
     *
     * @param query which, in which order, from where, how many; relative time counts from now
     * @return a page
     */
    public Page<Customer> list(Query<Customer> query) {
        Objects.requireNonNull(query, "query");
        return unitOfWork.call(work -> work.page(query));
    }

    /**
     * Counts customers.
     *
     * @param query which; relative time counts from now
     * @return how many
     */
    public long count(Query<Customer> query) {
        Objects.requireNonNull(query, "query");
        return unitOfWork.call(work -> work.store().count(query.asOf(work.now())));
    }

    /**
     * Changes a customer, whatever the version: the record is held while the change is made, so that none is lost.
     *
     * @param id who
     * @param change makes the changed copy; it runs once, in the transaction
     * @return the customer as it is kept; unchanged, and no event noted, where the change changes nothing
     * @throws NotFoundException if the customer, or an organization of a role, does not exist
     * @throws dev.crmcore.context.RuleViolationException if a rule of the customer or of a declared attribute is broken
     * @throws dev.crmcore.context.DuplicateException if an external id is another customer's
     * @throws IllegalArgumentException if the change gives another customer
     */
    public Customer update(CustomerId id, UnaryOperator<Customer> change) {
        Objects.requireNonNull(change, "change");
        return unitOfWork.call(work -> {
            Customer before = work.store()
                    .lock(Customer.TYPE, id)
                    .orElseThrow(() -> new NotFoundException(Customer.TYPE.name(), id));
            Customer after = Objects.requireNonNull(change.apply(before), "changed customer");
            if (!after.id().equals(id) || after.version() != before.version()) {
                throw new IllegalArgumentException("the change of " + before + " gives another state: " + after);
            }
            return write(work, Map.of(id, before), List.of(after)).get(0);
        });
    }

    /**
     * Saves a changed copy.
     *
     * @param customer the copy, with the version at which the customer was read
     * @return the customer as it is kept; unchanged, and no event noted, where nothing was changed
     * @throws ConflictException if the customer was changed since it was read
     * @throws NotFoundException if the tenant has no such customer, or an organization of a role does not exist
     * @throws dev.crmcore.context.RuleViolationException if a rule of the customer or of a declared attribute is broken
     * @throws dev.crmcore.context.DuplicateException if an external id is another customer's
     */
    public Customer save(Customer customer) {
        return saveAll(List.of(customer)).get(0);
    }

    /**
     * Saves changed copies, in a constant number of statements and batches.
     *
     * @param customers the copies, each of another customer, with the versions at which they were read
     * @return the customers as they are kept, in the same order
     * @throws ConflictException if one was changed since it was read; then none is saved
     * @throws NotFoundException if the tenant has no such customer, or an organization of a role does not exist
     * @throws dev.crmcore.context.RuleViolationException if a rule is broken by one; then none is saved
     * @throws dev.crmcore.context.DuplicateException if an external id is another customer's
     * @throws IllegalArgumentException if one customer comes twice
     */
    public List<Customer> saveAll(List<Customer> customers) {
        List<Customer> copies = List.copyOf(customers);
        List<CustomerId> ids = copies.stream().map(Customer::id).toList();
        if (ids.stream().distinct().count() != ids.size()) {
            throw new IllegalArgumentException("one customer is saved twice in " + ids);
        }
        return unitOfWork.call(work -> {
            Map<CustomerId, Customer> before = work.store().findAll(Customer.TYPE, ids).stream()
                    .collect(Collectors.toMap(Customer::id, customer -> customer));
            for (Customer copy : copies) {
                Customer read = before.get(copy.id());
                if (read == null) {
                    throw new NotFoundException(Customer.TYPE.name(), copy.id());
                } else if (read.version() != copy.version()) {
                    throw new ConflictException(Customer.TYPE.name(), copy.id().value(), copy.version());
                }
            }
            return write(work, before, copies);
        });
    }

    /**
     * Tags a customer.
     *
     * @param id who
     * @param tag the tag, 1 to 200 characters, compared exactly
     * @return the customer as it is kept
     * @throws NotFoundException if the customer does not exist
     * @throws dev.crmcore.value.InvalidValueException if the tag is blank, too long or not storable
     */
    public Customer tag(CustomerId id, String tag) {
        return update(id, customer -> customer.tagged(tag));
    }

    /**
     * Takes a tag from a customer.
     *
     * @param id who
     * @param tag the tag
     * @return the customer as it is kept
     * @throws NotFoundException if the customer does not exist
     */
    public Customer untag(CustomerId id, String tag) {
        return update(id, customer -> customer.untagged(tag));
    }

    private static List<Customer> write(Work work, Map<CustomerId, Customer> before, List<Customer> after) {
        Map<CustomerId, Customer> changed = new LinkedHashMap<>();
        Map<CustomerId, List<String>> fields = new HashMap<>();
        @Nullable AttributeRules rules = null;
        for (Customer copy : after) {
            Customer old = Objects.requireNonNull(before.get(copy.id()));
            Customer complete = copy.identified(work::newId);
            List<String> names = Changes.between(Customer.TYPE, old, complete);
            if (names.isEmpty()) {
                continue;
            }
            copy.checkAt(work.now());
            if (!copy.attributes().equals(old.attributes())) {
                rules = rules == null ? AttributeRules.of(work, Customer.TYPE) : rules;
                rules.checkChange(old.attributes(), copy.attributes());
            }
            changed.put(copy.id(), complete.changedAt(work.now()));
            fields.put(copy.id(), names);
        }
        if (!changed.isEmpty()) {
            List<Customer> changedList = List.copyOf(changed.values());
            requireOrganizations(work, changedList);
            for (Customer kept : work.store().update(Customer.TYPE, changedList)) {
                changed.put(kept.id(), kept);
                work.record(new CustomerChanged(kept.id(), Objects.requireNonNull(fields.get(kept.id()))));
            }
        }
        return after.stream()
                .map(copy -> changed.getOrDefault(copy.id(), Objects.requireNonNull(before.get(copy.id()))))
                .toList();
    }

    private static void requireOrganizations(Work work, List<Customer> customers) {
        Set<OrganizationId> missing = new LinkedHashSet<>();
        customers.forEach(customer -> customer.roles().forEach(role -> missing.add(role.organization())));
        if (missing.isEmpty()) {
            return;
        }
        work.store().findAll(Organization.TYPE, missing).forEach(organization -> missing.remove(organization.id()));
        missing.stream().findFirst().ifPresent(id -> {
            throw new NotFoundException(Organization.TYPE.name(), id);
        });
    }
}
