package dev.crmcore.exchange;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.AttributeDefinition;
import dev.crmcore.customer.AttributeDefinitions;
import dev.crmcore.customer.AttributeType;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Birthday;
import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.ContactType;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.Work;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One batch of rows: first it is decided for each, in order, whom it is about and what it changes; then all is written. */
final class CustomerBatch {

    /** What a row says of a person, new or known. */
    private record Said(int person, List<CustomerFact> facts) {}

    private final CustomerImport plan;
    private final People people;
    private final Work work;
    private final StoredCustomers stored;
    private final Map<String, AttributeDefinition> definitions = new LinkedHashMap<>();
    private final List<Said> created = new ArrayList<>();
    private final List<Customer.Builder> drafts = new ArrayList<>();
    private final List<Said> changes = new ArrayList<>();

    CustomerBatch(CustomerImport plan, People people, Work work, List<CustomerRow> rows) {
        this.plan = plan;
        this.people = people;
        this.work = work;
        this.stored = new StoredCustomers(work, rows, people);
        new AttributeDefinitions(work)
                .of(Customer.TYPE)
                .forEach(definition -> definitions.put(definition.key(), definition));
    }

    /**
     * Decides what becomes of a row.
     *
     * @throws RowReading.RejectedRow if it is bad; then nothing of it is noted
     */
    void place(CustomerRow row, Tally tally) {
        List<CustomerFact> facts = facts(row);
        Set<Integer> meant = row.id().isPresent() ? owner(row.id().get()) : new Owners(row).meant();
        if (meant.isEmpty()) {
            int person = create(row, facts);
            tally.created(1);
            note(row, person, facts);
        } else if (meant.size() == 1) {
            int person = meant.iterator().next();
            change(row, person, facts, tally);
            note(row, person, facts);
        } else {
            List<Integer> alike =
                    meant.stream().filter(person -> isSo(person, facts)).toList();
            if (alike.isEmpty()) {
                throw refusedAsAmbiguous(row);
            }
            tally.unchanged(1); // whichever of them is meant
            alike.forEach(person -> note(row, person, facts));
        }
    }

    private static RowReading.RejectedRow refusedAsAmbiguous(CustomerRow row) {
        String column = row.email().isPresent() ? CustomerImport.EMAIL : CustomerImport.PHONE;
        return row.reading()
                .refuse(
                        column,
                        row.reading().require(column),
                        "is the address of several customers; which one is meant only an id can say");
    }

    /** Whether all that a row says is known of a person. */
    private boolean isSo(int person, List<CustomerFact> facts) {
        Customer customer = stored(person);
        return facts.stream().allMatch(fact -> switch (people.standing(person, fact)) {
            case REPEATED -> true;
            case NEW -> holds(fact, person, customer);
            case CONTRADICTING -> false;
        });
    }

    private void note(CustomerRow row, int person, List<CustomerFact> facts) {
        people.meet(person);
        facts.forEach(fact -> people.say(person, fact));
        row.id().ifPresent(id -> people.name(person, id));
        row.email().ifPresent(address -> people.reach(person, address));
        row.phone().ifPresent(address -> people.reach(person, address));
    }

    private List<CustomerFact> facts(CustomerRow row) {
        List<CustomerFact> facts = new ArrayList<>(row.facts());
        row.attributes().forEach((key, cell) -> facts.add(attribute(row, key)));
        return facts;
    }

    private CustomerFact attribute(CustomerRow row, String key) {
        Optional<AttributeDefinition> definition = Optional.ofNullable(definitions.get(key));
        boolean several = definition
                .map(AttributeDefinition::type)
                .filter(AttributeType.MULTI_ENUM::equals)
                .isPresent();
        return row.reading().require(CustomerFact.attributeColumn(key), cell -> {
            List<String> texts = several ? plan.parts(cell) : List.of(cell);
            List<AttributeValue> values = texts.stream()
                    .map(text -> AttributeTexts.read(text, definition, plan.zone()))
                    .toList();
            return CustomerFact.attribute(key, values, definition, refusal(definition, values));
        });
    }

    private static String refusal(Optional<AttributeDefinition> definition, List<AttributeValue> values) {
        if (definition.isEmpty()) {
            return "";
        }
        if (definition.get().deprecatedAt().isPresent()) {
            return "is of an attribute that takes no new values any more";
        }
        try {
            definition.get().check(values);
            return "";
        } catch (RuleViolationException e) {
            return "does not fit the attribute's declaration: " + e.rule();
        }
    }

    /** Whose id it is, if anybody's. */
    private Set<Integer> owner(ExternalId id) {
        int person = people.find(id);
        Optional<Customer> customer = stored.find(id);
        if (person == 0) {
            return customer.map(known -> Set.of(person(known.id()))).orElse(Set.of());
        }
        customer.ifPresent(known -> people.isCustomer(person, known.id())); // another one since a merge
        return Set.of(person);
    }

    private int person(CustomerId customer) {
        int person = people.find(customer);
        return person == 0 ? people.addKnown(customer) : person;
    }

    /** As the person stands in the store; null for one who does not: only a dry run has undone it. */
    private @Nullable Customer stored(int person) {
        return people.customer(person).map(stored::find).orElse(null);
    }

    private int create(CustomerRow row, List<CustomerFact> facts) {
        refuseBad(row, facts);
        refuseFuture(row, row.birthday(), row.zone());
        for (AttributeDefinition definition : definitions.values()) {
            boolean required = definition.isRequired()
                    && definition.defaultValue().isEmpty()
                    && definition.deprecatedAt().isEmpty();
            if (required && !row.attributes().containsKey(definition.key())) {
                throw row.reading()
                        .refuse(
                                CustomerFact.attributeColumn(definition.key()),
                                "",
                                "is missing: new customers need the attribute '" + definition.key() + "'");
            }
        }
        int person = people.addCreated();
        created.add(new Said(person, facts));
        Customer.Builder draft = CustomerDraft.withAll(facts).source(plan.source());
        row.id().ifPresent(draft::externalId);
        drafts.add(draft);
        return person;
    }

    private void change(CustomerRow row, int person, List<CustomerFact> facts, Tally tally) {
        Customer customer = stored(person);
        List<CustomerFact> news = new ArrayList<>();
        for (CustomerFact fact : facts) {
            switch (people.standing(person, fact)) {
                case NEW -> news.add(fact);
                case REPEATED -> {}
                case CONTRADICTING ->
                    throw row.reading()
                            .refuse(
                                    fact.column(),
                                    row.reading().require(fact.column()),
                                    "contradicts a row further up, which is about the same customer");
            }
        }
        List<CustomerFact> changing =
                news.stream().filter(fact -> !holds(fact, person, customer)).toList();
        refuseBad(row, changing);
        refuseFuture(row, changing, customer);
        if (!changing.isEmpty()) {
            changes.add(new Said(person, changing));
            tally.updated(1);
        } else if (news.isEmpty() && people.isMet(person)) {
            tally.duplicate(1);
        } else {
            tally.unchanged(1);
        }
    }

    /** Of one whom this file made a customer all is known that holds: what the file said, and what is so by default. */
    private boolean holds(CustomerFact fact, int person, @Nullable Customer customer) {
        return people.isCreated(person)
                ? fact.isDefault()
                : customer != null && fact.holds().test(customer);
    }

    private static void refuseBad(CustomerRow row, List<CustomerFact> facts) {
        for (CustomerFact fact : facts) {
            if (!fact.refusal().isEmpty()) {
                throw row.reading().refuse(fact.column(), row.reading().require(fact.column()), fact.refusal());
            }
        }
    }

    /** Another zone can put a birthday into the future too. */
    private void refuseFuture(CustomerRow row, List<CustomerFact> changing, @Nullable Customer customer) {
        Set<String> columns = new LinkedHashSet<>();
        changing.forEach(fact -> columns.add(fact.column()));
        if (columns.contains(CustomerImport.BIRTHDAY) || columns.contains(CustomerImport.TIME_ZONE)) {
            Optional<Customer> known = Optional.ofNullable(customer);
            refuseFuture(
                    row,
                    row.birthday().or(() -> known.flatMap(Customer::birthday)),
                    row.zone().or(() -> known.flatMap(Customer::timeZone)));
        }
    }

    private void refuseFuture(CustomerRow row, Optional<Birthday> birthday, Optional<ZoneId> zone) {
        if (birthday.isPresent() && birthday.get().isInFuture(work.now(), zone.orElse(null))) {
            String column = row.birthday().isPresent() ? CustomerImport.BIRTHDAY : CustomerImport.TIME_ZONE;
            throw row.reading().refuse(column, row.reading().require(column), "puts the birthday into the future");
        }
    }

    /** Writes what was decided. */
    void keep() {
        Customers customers = new Customers(work);
        Map<CustomerId, Customer> known = new LinkedHashMap<>();
        List<Said> late = new ArrayList<>();
        if (!drafts.isEmpty()) {
            List<Inserted<Customer>> outcomes = customers.registerAll(drafts);
            for (int i = 0; i < outcomes.size(); i++) {
                Customer customer = outcomes.get(i).entity();
                people.isCustomer(created.get(i).person(), customer.id());
                known.put(customer.id(), customer);
                if (!outcomes.get(i).isNew()) {
                    late.add(created.get(i)); // somebody registered the customer a moment ago
                }
            }
        }
        late.addAll(changes);
        Map<CustomerId, Customer> changed = new LinkedHashMap<>();
        for (Said change : late) {
            people.customer(change.person()).ifPresent(id -> {
                Customer before = changed.containsKey(id) ? changed.get(id) : known.getOrDefault(id, stored.find(id));
                if (before != null) {
                    changed.put(id, CustomerDraft.changed(before, change.facts()));
                }
            });
        }
        if (!changed.isEmpty()) {
            List<Customer> unused = customers.saveAll(List.copyOf(changed.values()));
        }
    }

    /** Who has the addresses of a row. */
    private final class Owners {

        private final CustomerRow row;
        private final Set<Integer> ofEmail;
        private final Set<Integer> ofPhone;

        /** Whether the address tells people apart. */
        private final boolean emailTells;

        private final boolean phoneTells;

        Owners(CustomerRow row) {
            this.row = row;
            this.ofEmail = having(row.email());
            this.ofPhone = having(row.phone());
            this.emailTells = row.email().isPresent() && ofEmail.size() <= People.MOST_SHARERS;
            this.phoneTells = row.phone().isPresent() && ofPhone.size() <= People.MOST_SHARERS;
        }

        private Set<Integer> having(Optional<ContactPoint> address) {
            Set<Integer> persons = new LinkedHashSet<>();
            address.ifPresent(point -> {
                stored.having(point).forEach(customer -> persons.add(CustomerBatch.this.person(customer)));
                persons.addAll(people.having(point));
            });
            return persons;
        }

        /** Those who may be meant; none for somebody new. */
        Set<Integer> meant() {
            if (!emailTells && !phoneTells) {
                throw refusedAsAmbiguous(row);
            }
            Set<Integer> both = new LinkedHashSet<>(ofEmail);
            both.retainAll(ofPhone);
            if (emailTells && phoneTells && both.size() == 1) {
                return both;
            }
            Set<Integer> any = new LinkedHashSet<>();
            if (emailTells) {
                any.addAll(ofEmail);
            }
            if (phoneTells) {
                ofPhone.stream()
                        .filter(person -> !emailTells || !hasEmail(person))
                        .forEach(any::add);
            }
            return any;
        }

        private boolean hasEmail(int person) {
            Customer customer = stored(person);
            return people.hasEmail(person)
                    || (customer != null
                            && customer.contactPoints().stream().anyMatch(point -> point.type() == ContactType.EMAIL));
        }
    }
}
