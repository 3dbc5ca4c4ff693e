package dev.crmcore.purchase;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a customer brought back of a purchase, and what was paid back for it. Never changed once recorded.
 *
 * <p>The refund of a line is in proportion to the quantity, rounded half up to the minor unit over all returns of the
 * line together, so that the refunds of all its pieces add up to its total.
 *
 * <p>Immutable and thread-safe.
 */
public final class Return {

    /** Of which purchase. */
    public static final Field<Return, PurchaseId> PURCHASE = Field.<Return, PurchaseId>id(
                    "purchase_id", PurchaseId::new, Return::purchase)
            .required()
            .indexed();

    /** Who brought it back. */
    public static final Field<Return, CustomerId> CUSTOMER =
            Field.id("customer_id", CustomerId::new, Return::customer).required();

    /** When. */
    public static final Field<Return, Instant> RETURNED_AT =
            Field.instant("returned_at", Return::returnedAt).required().indexed();

    /** The ISO 4217 code of all amounts. */
    public static final Field<Return, String> CURRENCY =
            Field.<Return>text("currency", it -> it.refund().currencyCode()).required();

    /** The amount that was paid back. */
    public static final Field<Return, BigDecimal> REFUND =
            Field.<Return>decimal("refund", it -> it.refund().amount()).required();

    /** The system that the external id is of. */
    public static final Field<Return, String> SOURCE =
            Field.text("source", it -> it.externalId == null ? null : it.externalId.system());

    /** The external id. */
    public static final Field<Return, String> EXTERNAL_ID =
            Field.text("external_id", it -> it.externalId == null ? null : it.externalId.value());

    /** The lines. */
    public static final SetField<Return, ReturnLine> LINES = SetField.of("lines", ReturnLine.TYPE, Return::lines);

    /** One return for one external id. */
    public static final UniqueKey<Return> BY_EXTERNAL_ID = UniqueKey.of("return_external_id", SOURCE, EXTERNAL_ID);

    /** How returns are kept. */
    public static final EntityType<Return> TYPE = EntityType.define("purchase_return", Return.class)
            .id(Return::id)
            .version(Return::version, Return::withVersion)
            .fields(PURCHASE, CUSTOMER, RETURNED_AT, CURRENCY, REFUND, SOURCE, EXTERNAL_ID)
            .sets(LINES)
            .unique(BY_EXTERNAL_ID)
            .index(CUSTOMER, RETURNED_AT)
            .references(Reference.of(PURCHASE, "purchase", Reference.OnMerge.STAY))
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(RETURNED_AT)
            .onErasure(EntityType.OnErasure.KEEP)
            .appendOnly()
            .readBy(Return::read);

    private final ReturnId id;
    private final long version;
    private final PurchaseId purchase;
    private final CustomerId customer;
    private final Instant returnedAt;
    private final List<ReturnLine> lines;
    private final @Nullable ExternalId externalId;

    private Return(
            ReturnId id,
            long version,
            PurchaseId purchase,
            CustomerId customer,
            Instant returnedAt,
            List<ReturnLine> lines,
            @Nullable ExternalId externalId) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.purchase = purchase;
        this.customer = customer;
        this.returnedAt = returnedAt;
        this.lines = List.copyOf(lines);
        this.externalId = externalId;
    }

    private static Return read(EntityRecord<Return> stored) {
        String system = stored.get(SOURCE);
        return new Return(
                new ReturnId(stored.id()),
                stored.version(),
                stored.require(PURCHASE),
                stored.require(CUSTOMER),
                stored.require(RETURNED_AT),
                stored.elements(LINES),
                system == null ? null : ExternalId.of(system, stored.require(EXTERNAL_ID)));
    }

    /**
     * Begins a return.
     *
     * @param instant when; cut to microseconds
     * @return the draft; at least one line is still to be said
     */
    public static Draft at(Instant instant) {
        return new Draft(instant);
    }

    private Return withVersion(long newVersion) {
        return new Return(id, newVersion, purchase, customer, returnedAt, lines, externalId);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public ReturnId id() {
        return id;
    }

    /**
     * The version.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * Of which purchase.
     *
     * @return the purchase
     */
    public PurchaseId purchase() {
        return purchase;
    }

    /**
     * Who brought it back.
     *
     * @return the customer of the purchase
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * When.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant returnedAt() {
        return returnedAt;
    }

    /**
     * What came back.
     *
     * @return the lines, at least one
     */
    public List<ReturnLine> lines() {
        return lines;
    }

    /**
     * What was paid back.
     *
     * @return the sum over the lines
     */
    public Money refund() {
        return lines.stream().map(ReturnLine::refund).reduce(Money::plus).orElseThrow();
    }

    /**
     * What another system calls it.
     *
     * @return the external id, if there is one
     */
    public Optional<ExternalId> externalId() {
        return Optional.ofNullable(externalId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Return that
                && id.equals(that.id)
                && version == that.version
                && purchase.equals(that.purchase)
                && customer.equals(that.customer)
                && returnedAt.equals(that.returnedAt)
                && lines.equals(that.lines)
                && Objects.equals(externalId, that.externalId);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Return[" + id.value() + "]";
    }

    /** A return that is not recorded yet. Not thread-safe. */
    public static final class Draft {

        private final Instant returnedAt;
        private final List<Piece> pieces = new ArrayList<>();
        private @Nullable ExternalId externalId;

        private Draft(Instant returnedAt) {
            this.returnedAt = Objects.requireNonNull(returnedAt, "returnedAt").truncatedTo(ChronoUnit.MICROS);
        }

        /**
         * Adds a line.
         *
         * @param line the number of the purchase's line, from 1
         * @param quantity how many come back, greater than 0
         * @param reason why, null where it is not known
         * @return this draft
         */
        public Draft line(int line, long quantity, @Nullable String reason) {
            return line(line, BigDecimal.valueOf(quantity), reason);
        }

        /**
         * Adds a line.
         *
         * @param line the number of the purchase's line, from 1
         * @param quantity how many come back, greater than 0
         * @param reason why, null where it is not known
         * @return this draft
         */
        public Draft line(int line, BigDecimal quantity, @Nullable String reason) {
            pieces.add(new Piece(line, Quantities.canonical(Objects.requireNonNull(quantity, "quantity")), reason));
            return this;
        }

        /**
         * Says what another system calls it: the same return delivered twice is one return.
         *
         * @param system the other system
         * @param value the id there
         * @return this draft
         */
        public Draft externalId(String system, String value) {
            this.externalId = ExternalId.of(system, value);
            return this;
        }

        @Nullable
        ExternalId externalId() {
            return externalId;
        }

        /** Whether a recorded return says what this draft says. */
        boolean isRecordedAs(Return recorded, PurchaseId of) {
            return recorded.purchase.equals(of)
                    && recorded.returnedAt.equals(returnedAt)
                    && recorded.lines.stream()
                            .map(line -> new Piece(
                                    line.line(), line.quantity(), line.reason().orElse(null)))
                            .toList()
                            .equals(pieces);
        }

        /** What the purchase becomes by this return. */
        Purchase applyTo(Purchase purchase) {
            if (returnedAt.isBefore(purchase.placedAt())) {
                throw RuleViolationException.of(
                        "return.returned-at", "returnedAt", returnedAt, "is before the purchase was placed");
            }
            if (pieces.isEmpty()) {
                throw RuleViolationException.of("return.lines", "a return has at least one line");
            }
            Purchase next = purchase;
            for (Piece piece : pieces) {
                next = next.takeBack(piece.line, piece.quantity);
            }
            return next;
        }

        Return build(ReturnId id, Purchase purchase) {
            List<ReturnLine> lines = new ArrayList<>();
            Purchase state = purchase;
            for (Piece piece : pieces) {
                Purchase next = state.takeBack(piece.line, piece.quantity);
                Money refund = next.line(piece.line)
                        .refunded()
                        .minus(state.line(piece.line).refunded());
                lines.add(new ReturnLine(piece.line, piece.quantity, refund, piece.reason));
                state = next;
            }
            return new Return(id, 1, purchase.id(), purchase.customer(), returnedAt, lines, externalId);
        }

        private record Piece(
                int line, BigDecimal quantity, @Nullable String reason) {}
    }
}
