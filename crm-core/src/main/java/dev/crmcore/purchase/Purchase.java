package dev.crmcore.purchase;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a customer bought at one time: an order, a receipt, an invoice.
 *
 * <p>All amounts are of one currency. {@code total = Σ lines + shipping}, exact to the minor unit; a discount on the
 * whole purchase is spread over its lines in proportion to them. The total may be zero or negative.
 *
 * <p>Immutable and thread-safe.
 */
public final class Purchase {

    /** Who bought. */
    public static final Field<Purchase, CustomerId> CUSTOMER =
            Field.id("customer_id", CustomerId::new, Purchase::customer).required();

    /** When. */
    public static final Field<Purchase, Instant> PLACED_AT =
            Field.instant("placed_at", Purchase::placedAt).required().indexed();

    /** How far it is. */
    public static final Field<Purchase, PurchaseStatus> STATUS =
            Field.enumerated("status", PurchaseStatus.class, Purchase::status).required();

    /** The ISO 4217 code of all amounts. */
    public static final Field<Purchase, String> CURRENCY = Field.<Purchase>text(
                    "currency", purchase -> purchase.total.currencyCode())
            .required();

    /** The amount of the total. */
    public static final Field<Purchase, BigDecimal> TOTAL = Field.<Purchase>decimal(
                    "total", purchase -> purchase.total.amount())
            .required();

    /** The amount of the shipping. */
    public static final Field<Purchase, BigDecimal> SHIPPING = Field.<Purchase>decimal(
                    "shipping", purchase -> purchase.shipping.amount())
            .required();

    /** The amount that was paid back. */
    public static final Field<Purchase, BigDecimal> REFUNDED = Field.<Purchase>decimal(
                    "refunded", purchase -> purchase.refunded().amount())
            .required();

    /** How many things in all, over the lines. */
    public static final Field<Purchase, BigDecimal> QUANTITY =
            Field.decimal("quantity", Purchase::quantity).required();

    /** The channel. */
    public static final Field<Purchase, String> CHANNEL =
            Field.<Purchase>text("channel", purchase -> purchase.channel).indexed();

    /** The system that the external id is of. */
    public static final Field<Purchase, String> SOURCE =
            Field.text("source", purchase -> purchase.externalId == null ? null : purchase.externalId.system());

    /** The external id. */
    public static final Field<Purchase, String> EXTERNAL_ID =
            Field.text("external_id", purchase -> purchase.externalId == null ? null : purchase.externalId.value());

    /** When it was noted. */
    public static final Field<Purchase, Instant> RECORDED_AT =
            Field.instant("recorded_at", Purchase::recordedAt).required();

    /** The lines. */
    public static final SetField<Purchase, PurchaseLine> LINES =
            SetField.of("lines", PurchaseLine.TYPE, Purchase::lines);

    /** The coupons that were redeemed. */
    public static final SetField<Purchase, String> COUPONS =
            SetField.ofValues("coupons", ScalarType.TEXT, Purchase::coupons);

    /** One purchase for one external id. */
    public static final UniqueKey<Purchase> BY_EXTERNAL_ID = UniqueKey.of("purchase_external_id", SOURCE, EXTERNAL_ID);

    /** How purchases are kept. */
    public static final EntityType<Purchase> TYPE = EntityType.define("purchase", Purchase.class)
            .id(Purchase::id)
            .version(Purchase::version, Purchase::withVersion)
            .fields(
                    CUSTOMER,
                    PLACED_AT,
                    STATUS,
                    CURRENCY,
                    TOTAL,
                    SHIPPING,
                    REFUNDED,
                    QUANTITY,
                    CHANNEL,
                    SOURCE,
                    EXTERNAL_ID,
                    RECORDED_AT)
            .sets(LINES, COUPONS)
            .unique(BY_EXTERNAL_ID)
            .index(CUSTOMER, PLACED_AT)
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(PLACED_AT)
            .onErasure(EntityType.OnErasure.KEEP)
            .readBy(Purchase::read);

    private final PurchaseId id;
    private final long version;
    private final CustomerId customer;
    private final Instant placedAt;
    private final Instant recordedAt;
    private final PurchaseStatus status;
    private final List<PurchaseLine> lines;
    private final Money shipping;
    private final Money total;
    private final List<String> coupons;
    private final @Nullable String channel;
    private final @Nullable ExternalId externalId;

    private Purchase(
            PurchaseId id,
            long version,
            PurchaseStatus status,
            List<PurchaseLine> lines,
            Instant recordedAt,
            Draft draft) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.customer = draft.customer;
        this.placedAt = Objects.requireNonNull(draft.placedAt, "placedAt").truncatedTo(ChronoUnit.MICROS);
        this.recordedAt = recordedAt;
        this.status = status;
        this.lines = List.copyOf(lines);
        this.shipping = draft.shippingOrZero();
        this.total = lines.stream().map(PurchaseLine::total).reduce(shipping, Money::plus);
        this.coupons = List.copyOf(draft.coupons);
        this.channel = draft.channel;
        this.externalId = draft.externalId;
    }

    private Purchase(Purchase from, long version, PurchaseStatus status, List<PurchaseLine> lines) {
        this.id = from.id;
        this.version = version;
        this.customer = from.customer;
        this.placedAt = from.placedAt;
        this.recordedAt = from.recordedAt;
        this.status = status;
        this.lines = List.copyOf(lines);
        this.shipping = from.shipping;
        this.total = from.total;
        this.coupons = from.coupons;
        this.channel = from.channel;
        this.externalId = from.externalId;
    }

    private static Purchase read(EntityRecord<Purchase> stored) {
        Draft draft = new Draft(stored.require(CUSTOMER));
        draft.placedAt = stored.require(PLACED_AT);
        draft.shipping = Money.of(stored.require(SHIPPING), stored.require(CURRENCY));
        draft.coupons.addAll(stored.elements(COUPONS));
        draft.channel = stored.get(CHANNEL);
        String system = stored.get(SOURCE);
        draft.externalId = system == null ? null : ExternalId.of(system, stored.require(EXTERNAL_ID));
        return new Purchase(
                new PurchaseId(stored.id()),
                stored.version(),
                stored.require(STATUS),
                stored.elements(LINES),
                stored.require(RECORDED_AT),
                draft);
    }

    /**
     * Begins a purchase.
     *
     * @param customer who buys
     * @return the draft; when, and at least one line, are still to be said
     */
    public static Draft by(CustomerId customer) {
        return new Draft(customer);
    }

    /**
     * The total stands in a relation to an amount, for purchases in the amount's currency.
     *
     * @param comparison the relation
     * @param amount the amount on its right
     * @return the condition; false for purchases in another currency
     */
    public static Condition<Purchase> total(Comparison comparison, Money amount) {
        return CURRENCY.is(amount.currencyCode()).and(TOTAL.compare(comparison, amount.amount()));
    }

    /**
     * The next state with another status.
     *
     * @param next the status
     * @return a copy
     * @throws RuleViolationException if the purchase may not become so from where it is, or would be cancelled though
     *     something of it came back
     */
    public Purchase become(PurchaseStatus next) {
        if (!status.mayBecome(next)) {
            throw RuleViolationException.of("purchase.status", "status", next, "cannot follow " + status);
        }
        if (next == PurchaseStatus.CANCELLED
                && lines.stream().anyMatch(line -> line.returned().signum() > 0)) {
            throw RuleViolationException.of("purchase.status", "status", next, "cannot follow a return");
        }
        return new Purchase(this, version, next, lines);
    }

    /**
     * The next state after a return.
     *
     * @param line the number of the line
     * @param quantity how many come back
     * @return a copy in which the line has that many more returned and its proportional refund added
     * @throws RuleViolationException if there is no such line, more would come back than was bought, or the purchase was
     *     cancelled
     */
    Purchase takeBack(int line, BigDecimal quantity) {
        if (status == PurchaseStatus.CANCELLED) {
            throw RuleViolationException.of("purchase.return.cancelled", "a cancelled purchase takes nothing back");
        }
        PurchaseLine bought = line(line);
        BigDecimal returned = bought.returned().add(Quantities.requirePositive("quantity", quantity));
        if (returned.compareTo(bought.quantity()) > 0) {
            throw RuleViolationException.of(
                    "purchase.return.exceeds-bought",
                    "quantity",
                    quantity.toPlainString(),
                    "of line " + line + " is more than the "
                            + bought.quantity().subtract(bought.returned()).toPlainString() + " still out");
        }
        List<PurchaseLine> next = new ArrayList<>(lines);
        next.set(line - 1, bought.withReturned(returned, bought.refundFor(returned)));
        return new Purchase(this, version, status, next);
    }

    /**
     * A line by its number.
     *
     * @param number the number, from 1
     * @return the line
     * @throws RuleViolationException if there is none of that number
     */
    public PurchaseLine line(int number) {
        if (number < 1 || number > lines.size()) {
            throw RuleViolationException.of(
                    "purchase.line", "line", number, "does not exist; there are " + lines.size());
        }
        return lines.get(number - 1);
    }

    Purchase withVersion(long newVersion) {
        return new Purchase(this, newVersion, status, lines);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public PurchaseId id() {
        return id;
    }

    /**
     * The version, raised by every change.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * Who bought.
     *
     * @return the customer
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * When.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant placedAt() {
        return placedAt;
    }

    /**
     * When it was noted here.
     *
     * @return the instant
     */
    public Instant recordedAt() {
        return recordedAt;
    }

    /**
     * How far it is.
     *
     * @return the status
     */
    public PurchaseStatus status() {
        return status;
    }

    /**
     * The lines by number.
     *
     * @return the lines, at least one
     */
    public List<PurchaseLine> lines() {
        return lines;
    }

    /**
     * What shipping cost.
     *
     * @return the amount
     */
    public Money shipping() {
        return shipping;
    }

    /**
     * What it came to, before anything came back.
     *
     * @return the total
     */
    public Money total() {
        return total;
    }

    /**
     * What was paid back.
     *
     * @return the sum over the lines
     */
    public Money refunded() {
        return lines.stream().map(PurchaseLine::refunded).reduce(Money.zero(total.currencyCode()), Money::plus);
    }

    /**
     * How many things in all.
     *
     * @return the sum of the lines' quantities
     */
    public BigDecimal quantity() {
        return lines.stream().map(PurchaseLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * The coupons that were redeemed.
     *
     * @return their codes
     */
    public List<String> coupons() {
        return coupons;
    }

    /**
     * The channel.
     *
     * @return the channel, if it was said
     */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    /**
     * What another system calls it.
     *
     * @return the external id, if there is one
     */
    public Optional<ExternalId> externalId() {
        return Optional.ofNullable(externalId);
    }

    private boolean saysTheSameAs(Purchase other) {
        return customer.equals(other.customer)
                && placedAt.equals(other.placedAt)
                && asBought().equals(other.asBought())
                && total.equals(other.total)
                && shipping.equals(other.shipping)
                && coupons.equals(other.coupons)
                && Objects.equals(channel, other.channel)
                && Objects.equals(externalId, other.externalId);
    }

    private List<PurchaseLine> asBought() {
        Money nothing = Money.zero(total.currencyCode());
        return lines.stream()
                .map(line -> line.withReturned(BigDecimal.ZERO, nothing))
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Purchase that
                && id.equals(that.id)
                && version == that.version
                && customer.equals(that.customer)
                && placedAt.equals(that.placedAt)
                && recordedAt.equals(that.recordedAt)
                && status == that.status
                && lines.equals(that.lines)
                && shipping.equals(that.shipping)
                && coupons.equals(that.coupons)
                && Objects.equals(channel, that.channel)
                && Objects.equals(externalId, that.externalId);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Purchase[" + id.value() + "]";
    }

    /** A purchase that is not recorded yet. Not thread-safe. */
    public static final class Draft {

        private final CustomerId customer;
        private @Nullable Instant placedAt;
        private final List<PurchaseLine> lines = new ArrayList<>();
        private final List<String> coupons = new ArrayList<>();
        private @Nullable Money discount;
        private @Nullable Money shipping;
        private @Nullable String channel;
        private @Nullable ExternalId externalId;

        private Draft(CustomerId customer) {
            this.customer = Objects.requireNonNull(customer, "customer");
        }

        /**
         * Says when.
         *
         * @param instant when; cut to microseconds
         * @return this draft
         */
        public Draft at(Instant instant) {
            this.placedAt = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Adds a line without discount or tax.
         *
         * @param sku the seller's number of the thing
         * @param quantity how many, greater than 0
         * @param unitPrice the price of one
         * @return this draft
         * @throws RuleViolationException if the number is blank or the quantity is out of range
         */
        public Draft line(String sku, long quantity, Money unitPrice) {
            return line(PurchaseLine.of(Objects.requireNonNull(sku, "sku"), BigDecimal.valueOf(quantity), unitPrice));
        }

        /**
         * Adds a line.
         *
         * @param line the line; its number is set by its place
         * @return this draft
         */
        public Draft line(PurchaseLine line) {
            lines.add(line.numbered(lines.size() + 1));
            return this;
        }

        /**
         * Adds an amount without saying what for: one line, without a number of the thing.
         *
         * @param amount the amount
         * @return this draft
         */
        public Draft amount(Money amount) {
            return line(PurchaseLine.of(null, BigDecimal.ONE, amount));
        }

        /**
         * Takes a discount off the whole purchase: spread over the lines in proportion to their totals, the odd minor
         * units by largest remainder.
         *
         * @param amount the discount, not negative and at most what the lines come to
         * @return this draft
         */
        public Draft discount(Money amount) {
            this.discount = Objects.requireNonNull(amount, "amount");
            return this;
        }

        /**
         * Says what shipping costs.
         *
         * @param amount the amount, not negative
         * @return this draft
         */
        public Draft shipping(Money amount) {
            this.shipping = Objects.requireNonNull(amount, "amount");
            return this;
        }

        /**
         * Adds a coupon that was redeemed.
         *
         * @param code its code
         * @return this draft
         */
        public Draft coupon(String code) {
            coupons.add(Objects.requireNonNull(code, "code"));
            return this;
        }

        /**
         * Says through which channel.
         *
         * @param name the channel
         * @return this draft
         */
        public Draft channel(String name) {
            this.channel = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Says what another system calls it: the same purchase delivered twice is one purchase.
         *
         * @param system the other system
         * @param value the id there
         * @return this draft
         */
        public Draft externalId(String system, String value) {
            this.externalId = ExternalId.of(system, value);
            return this;
        }

        /**
         * Whether a recorded purchase says what this draft says, whatever came of it since.
         *
         * @param recorded the purchase
         * @return whether customer, time, lines, amounts, coupons, channel and external id are equal
         * @throws RuleViolationException if the draft says not when it was placed or has no line
         */
        public boolean isRecordedAs(Purchase recorded) {
            return build(recorded.id, recorded.recordedAt).saysTheSameAs(recorded);
        }

        Purchase build(PurchaseId id, Instant now) {
            if (placedAt == null) {
                throw RuleViolationException.of("purchase.placed-at", "a purchase says when it was placed");
            }
            if (lines.isEmpty()) {
                throw RuleViolationException.of("purchase.lines", "a purchase has at least one line");
            }
            lines.forEach(line -> {
                requireMinorUnits("discount", line.discount());
                requireMinorUnits("tax", line.tax());
            });
            requireMinorUnits("shipping", shippingOrZero());
            if (shippingOrZero().isNegative()) {
                throw RuleViolationException.of(
                        "purchase.shipping", "shipping", shippingOrZero(), "must not be negative");
            }
            List<PurchaseLine> result = discounted();
            result.forEach(Draft::requireDiscountWithinTotal);
            return new Purchase(id, 1, PurchaseStatus.PLACED, result, now, this);
        }

        private static void requireDiscountWithinTotal(PurchaseLine line) {
            Money discount = line.discount();
            if (discount.isNegative() || (!discount.isZero() && line.total().isNegative())) {
                throw RuleViolationException.of(
                        "purchase.discount",
                        "discount",
                        discount,
                        "of line " + line.number() + " must be at least 0 and at most what the line comes to");
            }
        }

        private static void requireMinorUnits(String field, Money amount) {
            if (!amount.rounded().equals(amount)) {
                throw RuleViolationException.of("purchase.minor-unit", field, amount, "is finer than the minor unit");
            }
        }

        private String currency() {
            return lines.get(0).unitPrice().currencyCode();
        }

        private Money shippingOrZero() {
            return shipping != null ? shipping : Money.zero(currency());
        }

        private List<PurchaseLine> discounted() {
            if (discount == null || discount.isZero()) {
                return lines;
            }
            requireMinorUnits("discount", discount);
            if (discount.isNegative()) {
                throw RuleViolationException.of("purchase.discount", "discount", discount, "must not be negative");
            }
            List<BigDecimal> weights = lines.stream()
                    .map(line -> line.total().amount().max(BigDecimal.ZERO))
                    .collect(Collectors.toList());
            if (weights.stream().allMatch(weight -> weight.signum() == 0)) {
                throw RuleViolationException.of("purchase.discount", "discount", discount, "has no line to come off");
            }
            Money gross =
                    lines.stream().map(PurchaseLine::total).reduce(Money::plus).orElseThrow();
            if (discount.minus(gross).isPositive()) {
                throw RuleViolationException.of(
                        "purchase.discount", "discount", discount, "is more than the " + gross + " of the lines");
            }
            List<Money> shares = discount.allocate(weights);
            List<PurchaseLine> result = new ArrayList<>(lines.size());
            for (int i = 0; i < lines.size(); i++) {
                PurchaseLine line = lines.get(i);
                result.add(line.withDiscount(line.discount().plus(shares.get(i))));
            }
            return result;
        }
    }
}
