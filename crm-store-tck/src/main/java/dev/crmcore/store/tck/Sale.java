package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a member bought, stored as {@code order}; its lines may be gifts for other members. */
record Sale(
        Id id,
        long version,
        Member.Id member,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        Instant placedAt,
        @Nullable Long items,
        @Nullable String note,
        List<Line> lines) {

    record Id(UUID value) implements EntityId {}

    /** Something bought, for oneself or as a gift. */
    record Line(String sku, long quantity, @Nullable BigDecimal price, Member.@Nullable Id giftFor) {

        static final Field<Line, String> SKU =
                Field.text("sku", Line::sku).required().indexed();
        static final Field<Line, Long> QUANTITY =
                Field.number("quantity", Line::quantity).required();
        static final Field<Line, BigDecimal> PRICE = Field.decimal("price", Line::price);
        static final Field<Line, Member.Id> GIFT_FOR =
                Field.id("gift_for", Member.Id::new, Line::giftFor).indexed();

        static final ElementType<Line> TYPE = ElementType.of(
                "line",
                stored -> new Line(
                        stored.require(SKU), stored.require(QUANTITY), stored.get(PRICE), stored.get(GIFT_FOR)),
                SKU,
                QUANTITY,
                PRICE,
                GIFT_FOR);
    }

    static final Field<Sale, Member.Id> MEMBER =
            Field.id("member", Member.Id::new, Sale::member).required().indexed();
    static final Field<Sale, BigDecimal> AMOUNT = Field.decimal("amount", Sale::amount);
    static final Field<Sale, String> CURRENCY = Field.text("currency", Sale::currency);
    static final Field<Sale, Instant> PLACED_AT =
            Field.instant("placed_at", Sale::placedAt).required().indexed();
    static final Field<Sale, Long> ITEMS = Field.number("items", Sale::items);
    static final Field<Sale, String> NOTE = Field.text("note", Sale::note).personal();
    static final SetField<Sale, Line> LINES = SetField.of("lines", Line.TYPE, Sale::lines);

    static final EntityType<Sale> TYPE = EntityType.define("order", Sale.class)
            .id(Sale::id)
            .version(Sale::version, Sale::withVersion)
            .fields(MEMBER, AMOUNT, CURRENCY, PLACED_AT, ITEMS, NOTE)
            .sets(LINES)
            .index(MEMBER, PLACED_AT)
            .subject(Reference.of(MEMBER, "member", OnMerge.FOLLOW))
            .references(Reference.ofElements(LINES, Line.GIFT_FOR, "member", OnMerge.FOLLOW))
            .timelineAt(PLACED_AT)
            .readBy(stored -> new Sale(
                    new Id(stored.id()),
                    stored.version(),
                    stored.require(MEMBER),
                    stored.get(AMOUNT),
                    stored.get(CURRENCY),
                    stored.require(PLACED_AT),
                    stored.get(ITEMS),
                    stored.get(NOTE),
                    stored.elements(LINES)));

    static Sale of(UUID id, Member.Id member, Instant placedAt, Line... lines) {
        return new Sale(new Id(id), 0, member, null, null, placedAt, null, null, List.of(lines));
    }

    Sale worth(@Nullable BigDecimal newAmount, @Nullable String newCurrency) {
        return new Sale(id, version, member, newAmount, newCurrency, placedAt, items, note, lines);
    }

    Sale counting(@Nullable Long newItems) {
        return new Sale(id, version, member, amount, currency, placedAt, newItems, note, lines);
    }

    Sale noting(@Nullable String newNote) {
        return new Sale(id, version, member, amount, currency, placedAt, items, newNote, lines);
    }

    private Sale withVersion(long newVersion) {
        return new Sale(id, newVersion, member, amount, currency, placedAt, items, note, lines);
    }
}
