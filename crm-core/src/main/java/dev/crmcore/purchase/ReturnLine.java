package dev.crmcore.purchase;

import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.FieldValues;
import dev.crmcore.query.ScalarType;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a return: so many of a line of the purchase, and what was paid back for them.
 *
 * <p>Immutable and thread-safe.
 */
public final class ReturnLine {

    /** The number of the purchase's line. */
    public static final Field<ReturnLine, Integer> LINE = Field.<ReturnLine, Integer>of(
                    "line_number", ScalarType.INTEGER, ReturnLine::line)
            .required();

    /** How many came back. */
    public static final Field<ReturnLine, BigDecimal> QUANTITY =
            Field.decimal("quantity", ReturnLine::quantity).required();

    /** The amount that was paid back. */
    public static final Field<ReturnLine, BigDecimal> REFUND =
            Field.<ReturnLine>decimal("refund", line -> line.refund.amount()).required();

    /** Why. */
    public static final Field<ReturnLine, String> REASON = Field.text("reason", line -> line.reason);

    /** The currency of the amount. */
    static final Field<ReturnLine, String> CURRENCY = Field.<ReturnLine>text(
                    "currency", line -> line.refund.currencyCode())
            .required();

    /** What a line is made of. */
    public static final ElementType<ReturnLine> TYPE =
            ElementType.of("return_line", ReturnLine::read, LINE, QUANTITY, REFUND, REASON, CURRENCY);

    private final int line;
    private final BigDecimal quantity;
    private final Money refund;
    private final @Nullable String reason;

    ReturnLine(int line, BigDecimal quantity, Money refund, @Nullable String reason) {
        this.line = line;
        this.quantity = Quantities.requirePositive("quantity", quantity);
        this.refund = refund;
        this.reason = reason;
    }

    private static ReturnLine read(FieldValues<ReturnLine> values) {
        return new ReturnLine(
                values.require(LINE),
                values.require(QUANTITY),
                Money.of(values.require(REFUND), values.require(CURRENCY)),
                values.get(REASON));
    }

    /**
     * Which line of the purchase.
     *
     * @return its number, from 1
     */
    public int line() {
        return line;
    }

    /**
     * How many came back.
     *
     * @return the quantity, greater than 0
     */
    public BigDecimal quantity() {
        return quantity;
    }

    /**
     * What was paid back.
     *
     * @return the amount
     */
    public Money refund() {
        return refund;
    }

    /**
     * Why.
     *
     * @return the reason, if it was said
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReturnLine that
                && line == that.line
                && quantity.equals(that.quantity)
                && refund.equals(that.refund)
                && Objects.equals(reason, that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(line, quantity, refund);
    }

    @Override
    public String toString() {
        return "ReturnLine[" + line + "]";
    }
}
