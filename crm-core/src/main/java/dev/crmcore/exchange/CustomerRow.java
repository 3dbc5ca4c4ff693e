package dev.crmcore.exchange;

import dev.crmcore.customer.Birthday;
import dev.crmcore.customer.ContactPoint;
import dev.crmcore.customer.Customer;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.LanguageTag;
import dev.crmcore.value.PersonName;
import dev.crmcore.value.PostalAddress;
import java.time.DateTimeException;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one row says of a customer.
 *
 * @param reading the row, to say where something is wrong
 * @param id the customer's id in the other system
 * @param email the e-mail address
 * @param phone the phone number
 * @param birthday the birthday
 * @param zone the time zone
 * @param facts all that it says but attributes
 * @param attributes the cells of attributes by their keys: how they are read, the store knows
 */
record CustomerRow(
        RowReading reading,
        Optional<ExternalId> id,
        Optional<ContactPoint> email,
        Optional<ContactPoint> phone,
        Optional<Birthday> birthday,
        Optional<ZoneId> zone,
        List<CustomerFact> facts,
        Map<String, String> attributes) {

    static CustomerRow read(Row row, CustomerImport plan) {
        RowReading reading = new RowReading(row, plan.columns());
        Optional<ExternalId> id = reading.find(CustomerImport.CUSTOMER_ID, text -> ExternalId.of(plan.source(), text));
        Optional<ContactPoint> email = reading.find(CustomerImport.EMAIL, ContactPoint::email);
        Optional<ContactPoint> phone = reading.find(CustomerImport.PHONE, text -> phone(text, plan.phoneRegion()));
        Optional<Birthday> birthday = reading.find(CustomerImport.BIRTHDAY, CustomerRow::birthday);
        Optional<ZoneId> zone = reading.find(CustomerImport.TIME_ZONE, CustomerRow::zone);
        List<CustomerFact> facts = new ArrayList<>();
        readName(reading, facts);
        email.ifPresent(point -> facts.add(CustomerFact.contact(CustomerImport.EMAIL, point)));
        phone.ifPresent(point -> facts.add(CustomerFact.contact(CustomerImport.PHONE, point)));
        birthday.ifPresent(day -> facts.add(CustomerFact.birthday(day)));
        reading.find(CustomerImport.LANGUAGE, LanguageTag::of).ifPresent(tag -> facts.add(CustomerFact.language(tag)));
        zone.ifPresent(place -> facts.add(CustomerFact.timeZone(place)));
        readAddress(reading)
                .ifPresent(address -> facts.add(CustomerFact.contact(CustomerImport.STREET, ContactPoint.of(address))));
        readKey(reading, CustomerImport.OWNER, CustomerFact::owner, facts);
        readKey(reading, CustomerImport.LIFECYCLE_STAGE, CustomerFact::lifecycleStage, facts);
        reading.find(CustomerImport.TAGS, cell -> tags(plan.parts(cell))).ifPresent(facts::addAll);
        Map<String, String> attributes = new LinkedHashMap<>();
        plan.attributes().forEach((key, column) -> reading.text(column).ifPresent(cell -> attributes.put(key, cell)));
        return new CustomerRow(reading, id, email, phone, birthday, zone, facts, attributes);
    }

    private static void readName(RowReading reading, List<CustomerFact> facts) {
        reading.find(
                        CustomerImport.GIVEN_NAME,
                        text -> checked(PersonName.builder().given(text), text))
                .ifPresent(text -> facts.add(CustomerFact.givenName(text)));
        reading.find(
                        CustomerImport.FAMILY_NAME,
                        text -> checked(PersonName.builder().family(text), text))
                .ifPresent(text -> facts.add(CustomerFact.familyName(text)));
        reading.find(CustomerImport.NAME, text -> checked(PersonName.builder().formatted(text), text))
                .ifPresent(text -> facts.add(CustomerFact.name(text)));
    }

    private static String checked(PersonName.Builder name, String text) {
        PersonName unused = name.build();
        return text;
    }

    private static Optional<PostalAddress> readAddress(RowReading reading) {
        PostalAddress.Builder address = PostalAddress.builder();
        boolean found = false;
        found |= readPart(reading, CustomerImport.STREET, PostalAddress.Builder::street, address);
        found |= readPart(reading, CustomerImport.POSTAL_CODE, PostalAddress.Builder::postalCode, address);
        found |= readPart(reading, CustomerImport.CITY, PostalAddress.Builder::locality, address);
        found |= readPart(reading, CustomerImport.REGION, PostalAddress.Builder::region, address);
        found |= readPart(reading, CustomerImport.COUNTRY, PostalAddress.Builder::country, address);
        return found ? Optional.of(address.build()) : Optional.empty();
    }

    /** Sets a part of an address; alone first, so that a bad one is known by its column. */
    private static boolean readPart(
            RowReading reading, String column, AddressPart part, PostalAddress.Builder address) {
        Optional<String> found = reading.find(column, text -> {
            PostalAddress unused = part.set(PostalAddress.builder(), text).build();
            return text;
        });
        found.ifPresent(text -> part.set(address, text));
        return found.isPresent();
    }

    /** Sets one part of an address. */
    @FunctionalInterface
    private interface AddressPart {
        PostalAddress.Builder set(PostalAddress.Builder address, String text);
    }

    private static void readKey(
            RowReading reading, String column, Function<String, CustomerFact> fact, List<CustomerFact> facts) {
        reading.find(column, text -> checked(fact.apply(text))).ifPresent(facts::add);
    }

    /** Tries the fact on a customer of whom nothing is known. */
    private static CustomerFact checked(CustomerFact fact) {
        Customer.Builder unused = CustomerDraft.withAll(List.of(fact));
        return fact;
    }

    private static List<CustomerFact> tags(List<String> words) {
        return words.stream().map(word -> checked(CustomerFact.tag(word))).toList();
    }

    private static ContactPoint phone(String text, Optional<String> region) {
        return region.isPresent() ? ContactPoint.phone(text, region.get()) : ContactPoint.phone(text);
    }

    private static Birthday birthday(String text) {
        return text.startsWith("--") ? Birthday.of(MonthDay.parse(text)) : Birthday.of(RowReading.date(text));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidValueException("time zone", text, "is not a zone such as Europe/Berlin");
        }
    }

    boolean saysNothing() {
        return facts.isEmpty() && attributes.isEmpty();
    }

    /** All that it says but who it is, in one order. */
    List<String> content() {
        List<String> content = new ArrayList<>();
        for (CustomerFact fact : facts) {
            content.add(fact.column());
            content.add(fact.text());
        }
        attributes.forEach((key, cell) -> {
            content.add(CustomerFact.attributeColumn(key));
            content.add(cell);
        });
        return content;
    }

    CustomerRow withId(ExternalId known) {
        return new CustomerRow(reading, Optional.of(known), email, phone, birthday, zone, facts, attributes);
    }
}
