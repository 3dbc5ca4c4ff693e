package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who buys, and what was bought: two kinds of record to ask questions of. */
final class Buyer {

    record BuyerId(UUID value) implements EntityId {}

    enum Level {
        GOLD,
        SILVER
    }

    record Contact(String kind, @Nullable String address) {}

    /** A purchase that names its buyer. */
    record Buy(UUID id, @Nullable BuyerId buyer, BigDecimal total, Instant at) {}

    /** A type without a store. */
    record Plain<T>(
            String name, List<Field<T, ?>> fields, List<SetField<T, ?>> sets, java.util.function.Function<T, UUID> id)
            implements RecordType<T> {

        @Override
        public UUID idOf(T entity) {
            return id.apply(entity);
        }
    }

    static final Field<Buyer, String> NAME =
            Field.<Buyer>text("name", b -> b.name).personal();
    static final Field<Buyer, String> CITY = Field.text("city", b -> b.city);
    static final Field<Buyer, Long> POINTS = Field.number("points", b -> b.points);
    static final Field<Buyer, BigDecimal> CREDIT = Field.decimal("credit", b -> b.credit);
    static final Field<Buyer, Boolean> ACTIVE = Field.bool("active", b -> b.active);
    static final Field<Buyer, Instant> SEEN = Field.instant("seen", b -> b.seen);
    static final Field<Buyer, LocalDate> BORN = Field.date("born", b -> b.born);
    static final Field<Buyer, Level> LEVEL = Field.enumerated("level", Level.class, b -> b.level);
    static final Field<Buyer, BuyerId> PARENT = Field.id("parent", BuyerId::new, b -> b.parent);

    static final Field<Contact, String> KIND =
            Field.<Contact>text("kind", Contact::kind).required();
    static final Field<Contact, String> ADDRESS =
            Field.<Contact>text("address", Contact::address).personal();
    static final SetField<Buyer, Contact> CONTACTS = SetField.of(
            "contacts",
            ElementType.of("contact", v -> new Contact(v.require(KIND), v.get(ADDRESS)), KIND, ADDRESS),
            b -> b.contacts);
    static final SetField<Buyer, String> TAGS = SetField.ofValues("tags", ScalarType.TEXT, b -> b.tags);

    static final Plain<Buyer> TYPE = new Plain<>(
            "buyer",
            List.of(NAME, CITY, POINTS, CREDIT, ACTIVE, SEEN, BORN, LEVEL, PARENT),
            List.of(CONTACTS, TAGS),
            b -> b.id);

    static final Field<Buy, BuyerId> BUY_BUYER = Field.id("buyer", BuyerId::new, Buy::buyer);
    static final Field<Buy, BigDecimal> BUY_TOTAL = Field.decimal("total", Buy::total);
    static final Field<Buy, Instant> BUY_AT = Field.instant("at", Buy::at);
    static final Plain<Buy> BUY_TYPE = new Plain<>("buy", List.of(BUY_BUYER, BUY_TOTAL, BUY_AT), List.of(), Buy::id);

    UUID id = new UUID(0, 1);

    @Nullable
    String name;

    @Nullable
    String city;

    @Nullable
    Long points;

    @Nullable
    BigDecimal credit;

    @Nullable
    Boolean active;

    @Nullable
    Instant seen;

    @Nullable
    LocalDate born;

    @Nullable
    Level level;

    @Nullable
    BuyerId parent;

    List<Contact> contacts = List.of();
    List<String> tags = List.of();

    static Buyer with(java.util.function.Consumer<Buyer> change) {
        Buyer buyer = new Buyer();
        change.accept(buyer);
        return buyer;
    }
}
