package dev.crmcore.jdbc;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record with two side tables, unique keys over fields and over elements, a lease and a body. */
record Buyer(
        Id id,
        long version,
        @Nullable String code,
        @Nullable Long value,
        @Nullable Instant dueAt,
        List<String> tags,
        List<Contact> contacts) {

    record Id(UUID value) implements EntityId {}

    record Contact(String kind, String address) {
        static final Field<Contact, String> KIND =
                Field.text("kind", Contact::kind).required();
        static final Field<Contact, String> ADDRESS =
                Field.text("address", Contact::address).required().personal().indexed();
        static final ElementType<Contact> TYPE = ElementType.of(
                "contact", stored -> new Contact(stored.require(KIND), stored.require(ADDRESS)), KIND, ADDRESS);
    }

    static final Field<Buyer, String> CODE = Field.text("code", Buyer::code).indexed();
    static final Field<Buyer, Long> VALUE = Field.number("value", Buyer::value);
    static final Field<Buyer, Instant> DUE_AT =
            Field.instant("due_at", Buyer::dueAt).indexed();
    static final SetField<Buyer, String> TAGS = SetField.ofValues("tags", ScalarType.TEXT, Buyer::tags);
    static final SetField<Buyer, Contact> CONTACTS = SetField.of("contacts", Contact.TYPE, Buyer::contacts);
    static final UniqueKey<Buyer> BY_CODE = UniqueKey.of("buyer_code", CODE);
    static final UniqueKey<Buyer> BY_ADDRESS =
            UniqueKey.ofElements("buyer_address", CONTACTS, Contact.KIND, Contact.ADDRESS);

    static final EntityType<Buyer> TYPE = EntityType.define("buyer", Buyer.class)
            .id(Buyer::id)
            .version(Buyer::version, Buyer::withVersion)
            .fields(CODE, VALUE, DUE_AT)
            .sets(TAGS, CONTACTS)
            .unique(BY_CODE)
            .unique(BY_ADDRESS)
            .claimable()
            .body(buyer -> JsonObject.empty())
            .readBy(stored -> new Buyer(
                    new Id(stored.id()),
                    stored.version(),
                    stored.get(CODE),
                    stored.get(VALUE),
                    stored.get(DUE_AT),
                    stored.elements(TAGS),
                    stored.elements(CONTACTS)));

    /** A buyer with two tags and two contacts. */
    static Buyer of(int number) {
        return new Buyer(
                new Id(new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L + number)),
                1,
                "B" + number,
                (long) number,
                null,
                List.of("new", "tag" + number % 3),
                List.of(
                        new Contact("email", "buyer" + number + "@example.com"),
                        new Contact("phone", "+49 30 " + number)));
    }

    private Buyer withVersion(long newVersion) {
        return new Buyer(id, newVersion, code, value, dueAt, tags, contacts);
    }

    Buyer withCode(@Nullable String newCode) {
        return new Buyer(id, version, newCode, value, dueAt, tags, contacts);
    }

    Buyer withValue(@Nullable Long newValue) {
        return new Buyer(id, version, code, newValue, dueAt, tags, contacts);
    }

    Buyer withTags(String... newTags) {
        return new Buyer(id, version, code, value, dueAt, List.of(newTags), contacts);
    }
}
