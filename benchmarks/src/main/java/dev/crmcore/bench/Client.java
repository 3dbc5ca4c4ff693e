package dev.crmcore.bench;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A record of the size that customers have in most systems: thirteen columns, a unique number, an indexed e-mail address, some
 * 380 bytes of JSON and two contacts in a side table. Small enough that its statements can be written by hand beside it.
 */
record Client(
        ClientId id,
        long version,
        String number,
        String email,
        String givenName,
        String familyName,
        String company,
        String phone,
        String city,
        String country,
        String stage,
        LocalDate birthDate,
        BigDecimal credit,
        Instant createdAt,
        Instant updatedAt,
        List<Contact> contacts,
        JsonObject notes) {

    /** The id of a client. */
    record ClientId(UUID value) implements EntityId {}

    /** How a client is reached. */
    record Contact(String kind, String address, boolean preferred) {}

    static final Field<Contact, String> KIND =
            Field.<Contact>text("kind", Contact::kind).required();
    static final Field<Contact, String> ADDRESS =
            Field.<Contact>text("address", Contact::address).required();
    static final Field<Contact, Boolean> PREFERRED =
            Field.<Contact>bool("preferred", Contact::preferred).required();
    static final ElementType<Contact> CONTACT = ElementType.of(
            "contact",
            values -> new Contact(values.require(KIND), values.require(ADDRESS), values.require(PREFERRED)),
            KIND,
            ADDRESS,
            PREFERRED);

    static final Field<Client, String> NUMBER =
            Field.<Client>text("client_number", Client::number).required();
    static final Field<Client, String> EMAIL =
            Field.<Client>text("email", Client::email).required().indexed();
    static final Field<Client, String> GIVEN_NAME =
            Field.<Client>text("given_name", Client::givenName).required();
    static final Field<Client, String> FAMILY_NAME =
            Field.<Client>text("family_name", Client::familyName).required();
    static final Field<Client, String> COMPANY =
            Field.<Client>text("company", Client::company).required();
    static final Field<Client, String> PHONE =
            Field.<Client>text("phone", Client::phone).required();
    static final Field<Client, String> CITY =
            Field.<Client>text("city", Client::city).required();
    static final Field<Client, String> COUNTRY =
            Field.<Client>text("country", Client::country).required();
    static final Field<Client, String> STAGE =
            Field.<Client>text("stage", Client::stage).required();
    static final Field<Client, LocalDate> BIRTH_DATE =
            Field.<Client>date("birth_date", Client::birthDate).required();
    static final Field<Client, BigDecimal> CREDIT =
            Field.<Client>decimal("credit", Client::credit).required();
    static final Field<Client, Instant> CREATED_AT =
            Field.<Client>instant("created_at", Client::createdAt).required();
    static final Field<Client, Instant> UPDATED_AT =
            Field.<Client>instant("updated_at", Client::updatedAt).required();
    static final SetField<Client, Contact> CONTACTS = SetField.of("contacts", CONTACT, Client::contacts);

    static final EntityType<Client> TYPE = EntityType.define("client", Client.class)
            .id(Client::id)
            .version(Client::version, Client::withVersion)
            .fields(NUMBER, EMAIL, GIVEN_NAME, FAMILY_NAME, COMPANY, PHONE, CITY, COUNTRY, STAGE)
            .fields(BIRTH_DATE, CREDIT, CREATED_AT, UPDATED_AT)
            .sets(CONTACTS)
            .unique(UniqueKey.of("client_number", NUMBER))
            .body(Client::notes)
            .readBy(Client::read);

    private static Client read(EntityRecord<Client> stored) {
        return new Client(
                new ClientId(stored.id()),
                stored.version(),
                stored.require(NUMBER),
                stored.require(EMAIL),
                stored.require(GIVEN_NAME),
                stored.require(FAMILY_NAME),
                stored.require(COMPANY),
                stored.require(PHONE),
                stored.require(CITY),
                stored.require(COUNTRY),
                stored.require(STAGE),
                stored.require(BIRTH_DATE),
                stored.require(CREDIT),
                stored.require(CREATED_AT),
                stored.require(UPDATED_AT),
                stored.elements(CONTACTS),
                stored.body());
    }

    Client withVersion(long newVersion) {
        return with(newVersion, credit);
    }

    Client withCredit(BigDecimal newCredit) {
        return with(version, newCredit);
    }

    private Client with(long newVersion, BigDecimal newCredit) {
        return new Client(
                id,
                newVersion,
                number,
                email,
                givenName,
                familyName,
                company,
                phone,
                city,
                country,
                stage,
                birthDate,
                newCredit,
                createdAt,
                updatedAt,
                contacts,
                notes);
    }
}
