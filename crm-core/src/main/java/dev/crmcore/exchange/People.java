package dev.crmcore.exchange;

import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.value.ExternalId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who the rows of a file are about and what they said, as far as the file was read: persons by numbers from 1, and
 * fingerprints instead of data. It knows the same in a dry run as in a real one, and therefore says the same.
 *
 * <p>Part of one run; not thread-safe.
 */
final class People {

    /** Persons that may have one address in common; of one that more have, no more are noted. */
    static final int MOST_SHARERS = 8;

    private static final byte CREATED = 1;
    private static final byte MET = 2;
    private static final byte HAS_EMAIL = 4;
    private static final int FIRST_CAPACITY = 1 << 10;

    /** How a fact stands to what the rows further up said. */
    enum Standing {
        /** None said anything of the kind. */
        NEW,
        /** One said the same. */
        REPEATED,
        /** One said something else. */
        CONTRADICTING
    }

    private final Fingerprint fingerprint = new Fingerprint();
    private final NumberTable persons = new NumberTable();
    private final Occurrences additions = new Occurrences();

    /** For each column what was said of each person, by fingerprint; 0 for nothing. */
    private final Map<String, long[]> said = new HashMap<>();

    private byte[] marks = new byte[FIRST_CAPACITY];
    private long[] customers = new long[2 * FIRST_CAPACITY];
    private int count;

    /** A person who stands in the store. */
    int addKnown(CustomerId customer) {
        int person = add();
        isCustomer(person, customer);
        return person;
    }

    /** A person whom a row of the file makes a customer. */
    int addCreated() {
        int person = add();
        marks[person] = CREATED;
        return person;
    }

    private int add() {
        count++;
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, 2 * count);
            customers = Arrays.copyOf(customers, 4 * count);
        }
        return count;
    }

    boolean isCreated(int person) {
        return (marks[person] & CREATED) != 0;
    }

    /** Whether a row was about the person. */
    boolean isMet(int person) {
        return (marks[person] & MET) != 0;
    }

    void meet(int person) {
        marks[person] |= MET;
    }

    boolean hasEmail(int person) {
        return (marks[person] & HAS_EMAIL) != 0;
    }

    void isCustomer(int person, CustomerId customer) {
        UUID id = customer.value();
        customers[2 * person] = id.getMostSignificantBits();
        customers[2 * person + 1] = id.getLeastSignificantBits();
        persons.put(key(customer), person);
    }

    /** The record that the person had when last heard of; a dry run has undone those it made. */
    Optional<CustomerId> customer(int person) {
        long most = customers[2 * person];
        return most == 0 ? Optional.empty() : Optional.of(new CustomerId(new UUID(most, customers[2 * person + 1])));
    }

    /** 0 for nobody. */
    int find(CustomerId customer) {
        return persons.get(key(customer));
    }

    private long key(CustomerId customer) {
        return fingerprint.number("customer", customer.value().toString());
    }

    /** 0 for nobody. */
    int find(ExternalId id) {
        return persons.get(key(id));
    }

    void name(int person, ExternalId id) {
        persons.put(key(id), person);
    }

    private long key(ExternalId id) {
        return fingerprint.number("id", id.system(), id.value());
    }

    /** Those who have an address, {@link #MOST_SHARERS} and one at most. */
    List<Integer> having(ContactPoint address) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i <= MOST_SHARERS; i++) {
            int person = persons.get(key(address, i));
            if (person == 0) {
                break;
            }
            found.add(person);
        }
        return found;
    }

    void reach(int person, ContactPoint address) {
        marks[person] |= switch (address.type()) {
            case EMAIL -> HAS_EMAIL;
            default -> 0;
        };
        List<Integer> others = having(address);
        if (others.size() <= MOST_SHARERS && !others.contains(person)) {
            persons.put(key(address, others.size()), person);
        }
    }

    private long key(ContactPoint address, int sharer) {
        return fingerprint.number(address.type().name(), address.normalized(), Integer.toString(sharer));
    }

    Standing standing(int person, CustomerFact fact) {
        if (fact.isAddition()) {
            return additions.has(key(person, fact)) ? Standing.REPEATED : Standing.NEW;
        }
        long[] column = said.get(fact.column());
        long before = column == null || person >= column.length ? 0 : column[person];
        return before == 0 ? Standing.NEW : before == cell(fact.text()) ? Standing.REPEATED : Standing.CONTRADICTING;
    }

    void say(int person, CustomerFact fact) {
        if (fact.isAddition()) {
            additions.next(key(person, fact));
            return;
        }
        long[] column = said.computeIfAbsent(fact.column(), name -> new long[marks.length]);
        if (person >= column.length) {
            column = Arrays.copyOf(column, marks.length);
            said.put(fact.column(), column);
        }
        column[person] = cell(fact.text());
    }

    private long key(int person, CustomerFact fact) {
        return fingerprint.number(Integer.toString(person), fact.column(), fact.text());
    }

    /** Never 0: of two different texts for one cell, one pair in 2⁶⁴ is taken for the same. */
    private long cell(String text) {
        long number = fingerprint.number("said", text);
        return number == 0 ? 1 : number;
    }
}
