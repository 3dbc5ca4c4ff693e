package dev.crmcore.purchase;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.FieldValues;
import dev.crmcore.query.ScalarType;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a purchase: so many of a thing at a price, less a discount, plus tax.
 *
 * <p>{@code total = round(quantity × unitPrice) − discount + tax}, rounded half up to the currency's minor unit. The
 * discount of a line contains its share of a discount on the whole purchase. Prices may be given with the tax inside: then
 * the tax on top is zero. A unit price may be negative, for vouchers and corrections.
 *
 * <p>Immutable and thread-safe.
 */
public final class PurchaseLine {

    /** The line's number within the purchase, from 1. */
    public static final Field<PurchaseLine, Integer> NUMBER = Field.<PurchaseLine, Integer>of(
                    "line_number", ScalarType.INTEGER, PurchaseLine::number)
            .required();

    /** The seller's number of the thing. */
    public static final Field<PurchaseLine, String> SKU =
            Field.<PurchaseLine>text("sku", line -> line.sku).indexed();

    /** The category of the thing. */
    public static final Field<PurchaseLine, String> CATEGORY =
            Field.<PurchaseLine>text("category", line -> line.category).indexed();

    /** How many. */
    public static final Field<PurchaseLine, BigDecimal> QUANTITY =
            Field.decimal("quantity", PurchaseLine::quantity).required();

    /** The amount of the unit price. */
    public static final Field<PurchaseLine, BigDecimal> UNIT_PRICE = Field.<PurchaseLine>decimal(
                    "unit_price", line -> line.unitPrice.amount())
            .required();

    /** The amount of the discount. */
    public static final Field<PurchaseLine, BigDecimal> DISCOUNT = Field.<PurchaseLine>decimal(
                    "discount", line -> line.discount.amount())
            .required();

    /** The amount of the tax on top. */
    public static final Field<PurchaseLine, BigDecimal> TAX =
            Field.<PurchaseLine>decimal("tax", line -> line.tax.amount()).required();

    /** The amount of the total. */
    public static final Field<PurchaseLine, BigDecimal> TOTAL =
            Field.<PurchaseLine>decimal("total", line -> line.total().amount()).required();

    /** How many came back. */
    public static final Field<PurchaseLine, BigDecimal> RETURNED =
            Field.decimal("returned", PurchaseLine::returned).required();

    /** The amount that was paid back. */
    public static final Field<PurchaseLine, BigDecimal> REFUNDED = Field.<PurchaseLine>decimal(
                    "refunded", line -> line.refunded.amount())
            .required();

    /** The currency of all amounts. */
    static final Field<PurchaseLine, String> CURRENCY = Field.<PurchaseLine>text(
                    "currency", line -> line.unitPrice.currencyCode())
            .required();

    /** What a line is made of. */
    public static final ElementType<PurchaseLine> TYPE = ElementType.of(
            "line",
            PurchaseLine::read,
            NUMBER,
            SKU,
            CATEGORY,
            QUANTITY,
            UNIT_PRICE,
            DISCOUNT,
            TAX,
            TOTAL,
            RETURNED,
            REFUNDED,
            CURRENCY);

    private final int number;
    private final @Nullable String sku;
    private final @Nullable String category;
    private final BigDecimal quantity;
    private final Money unitPrice;
    private final Money discount;
    private final Money tax;
    private final BigDecimal returned;
    private final Money refunded;

    private PurchaseLine(
            int number,
            @Nullable String sku,
            @Nullable String category,
            BigDecimal quantity,
            Money unitPrice,
            Money discount,
            Money tax,
            BigDecimal returned,
            Money refunded) {
        this.number = number;
        this.sku = sku;
        this.category = category;
        this.quantity = Quantities.requirePositive("quantity", quantity);
        this.unitPrice = Objects.requireNonNull(unitPrice, "unitPrice");
        this.discount = Objects.requireNonNull(discount, "discount");
        this.tax = Objects.requireNonNull(tax, "tax");
        this.returned = Quantities.canonical(returned);
        this.refunded = refunded;
    }

    /**
     * So many of a thing at a price, without discount or tax.
     *
     * @param sku the seller's number of the thing, not blank; null where it has none
     * @param quantity how many: greater than 0, with at most 6 digits after the point
     * @param unitPrice the price of one
     * @return the line; its number is given by the purchase
     * @throws RuleViolationException if the number is blank or the quantity is out of range
     */
    public static PurchaseLine of(@Nullable String sku, BigDecimal quantity, Money unitPrice) {
        if (sku != null && sku.isBlank()) {
            throw RuleViolationException.of("purchase.sku", "sku", sku, "must not be blank: null where there is none");
        }
        Money zero = Money.zero(unitPrice.currencyCode());
        return new PurchaseLine(1, sku, null, quantity, unitPrice, zero, zero, BigDecimal.ZERO, zero);
    }

    private static PurchaseLine read(FieldValues<PurchaseLine> values) {
        String currency = values.require(CURRENCY);
        return new PurchaseLine(
                values.require(NUMBER),
                values.get(SKU),
                values.get(CATEGORY),
                values.require(QUANTITY),
                Money.of(values.require(UNIT_PRICE), currency),
                Money.of(values.require(DISCOUNT), currency),
                Money.of(values.require(TAX), currency),
                values.require(RETURNED),
                Money.of(values.require(REFUNDED), currency));
    }

    /**
     * The same line with a category.
     *
     * @param name the category
     * @return a copy
     */
    public PurchaseLine withCategory(String name) {
        return new PurchaseLine(
                number,
                sku,
                Objects.requireNonNull(name, "name"),
                quantity,
                unitPrice,
                discount,
                tax,
                returned,
                refunded);
    }

    /**
     * The same line with a discount.
     *
     * @param amount what is taken off the whole line: not negative, and at most what the line comes to, or the purchase is
     *     refused
     * @return a copy
     * @throws dev.crmcore.value.CurrencyMismatchException if it is of another currency
     */
    public PurchaseLine withDiscount(Money amount) {
        Money.zero(unitPrice.currencyCode()).plus(amount);
        return new PurchaseLine(number, sku, category, quantity, unitPrice, amount, tax, returned, refunded);
    }

    /**
     * The same line with tax on top.
     *
     * @param amount the tax on the whole line
     * @return a copy
     * @throws dev.crmcore.value.CurrencyMismatchException if it is of another currency
     */
    public PurchaseLine withTax(Money amount) {
        Money.zero(unitPrice.currencyCode()).plus(amount);
        return new PurchaseLine(number, sku, category, quantity, unitPrice, discount, amount, returned, refunded);
    }

    PurchaseLine numbered(int newNumber) {
        return new PurchaseLine(newNumber, sku, category, quantity, unitPrice, discount, tax, returned, refunded);
    }

    PurchaseLine withReturned(BigDecimal allReturned, Money allRefunded) {
        return new PurchaseLine(number, sku, category, quantity, unitPrice, discount, tax, allReturned, allRefunded);
    }

    /** What has been paid back when so many in all have come back: in proportion, to the minor unit. */
    Money refundFor(BigDecimal allReturned) {
        if (allReturned.compareTo(quantity) == 0) {
            return total();
        }
        BigDecimal share = total().amount().multiply(allReturned).divide(quantity, 12, RoundingMode.HALF_UP);
        return Money.of(share, unitPrice.currencyCode()).rounded();
    }

    /**
     * The line's number within the purchase.
     *
     * @return the number, from 1
     */
    public int number() {
        return number;
    }

    /**
     * The seller's number of the thing.
     *
     * @return the number, if it has one
     */
    public Optional<String> sku() {
        return Optional.ofNullable(sku);
    }

    /**
     * The category of the thing.
     *
     * @return the category, if it was said
     */
    public Optional<String> category() {
        return Optional.ofNullable(category);
    }

    /**
     * How many.
     *
     * @return the quantity, greater than 0
     */
    public BigDecimal quantity() {
        return quantity;
    }

    /**
     * The price of one.
     *
     * @return the price
     */
    public Money unitPrice() {
        return unitPrice;
    }

    /**
     * What is taken off the line, its share of the purchase's discount included.
     *
     * @return the discount
     */
    public Money discount() {
        return discount;
    }

    /**
     * The tax on top.
     *
     * @return the tax; zero where prices contain it
     */
    public Money tax() {
        return tax;
    }

    /**
     * What the line comes to.
     *
     * @return the total, exact to the minor unit
     */
    public Money total() {
        return unitPrice.times(quantity).rounded().minus(discount).plus(tax);
    }

    /**
     * How many came back.
     *
     * @return the quantity, at most {@link #quantity()}
     */
    public BigDecimal returned() {
        return returned;
    }

    /**
     * What was paid back.
     *
     * @return the amount
     */
    public Money refunded() {
        return refunded;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PurchaseLine that
                && number == that.number
                && Objects.equals(sku, that.sku)
                && Objects.equals(category, that.category)
                && quantity.equals(that.quantity)
                && unitPrice.equals(that.unitPrice)
                && discount.equals(that.discount)
                && tax.equals(that.tax)
                && returned.equals(that.returned)
                && refunded.equals(that.refunded);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, sku, quantity, unitPrice);
    }

    @Override
    public String toString() {
        return "PurchaseLine[" + number + "]";
    }
}
