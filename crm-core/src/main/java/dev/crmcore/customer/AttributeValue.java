package dev.crmcore.customer;

import dev.crmcore.query.ScalarType;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.Money;
import dev.crmcore.value.StorableText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value of an attribute: a text, a number, an amount of money, true or false, a day or an instant.
 *
 * <p>Equal if of one kind and equal in value; numbers whatever their trailing zeros. Immutable and thread-safe; {@code
 * toString} shows the kind alone.
 */
public final class AttributeValue {

    /** Characters that a text may have: {@value}. */
    public static final int MAX_TEXT = 10_000;

    /** The kinds of values. */
    public enum Kind {
        /** A text. */
        TEXT,
        /** An exact number. */
        NUMBER,
        /** An amount of money. */
        MONEY,
        /** True or false. */
        BOOL,
        /** A calendar day. */
        DATE,
        /** A point in time. */
        INSTANT
    }

    private final Kind kind;
    private final Object value;

    private AttributeValue(Kind kind, Object value) {
        this.kind = kind;
        this.value = value;
    }

    /**
     * A text.
     *
     * @param text at most {@value #MAX_TEXT} characters, kept as given; the empty text too
     * @return the value
     * @throws InvalidValueException if it is too long or not storable
     */
    public static AttributeValue of(String text) {
        StorableText.require("attribute", text);
        if (text.length() > MAX_TEXT) {
            throw new InvalidValueException("attribute", text, "is longer than " + MAX_TEXT + " characters");
        }
        return new AttributeValue(Kind.TEXT, text);
    }

    /**
     * A whole number.
     *
     * @param number the number
     * @return the value
     */
    public static AttributeValue of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    /**
     * A number.
     *
     * @param number at most 28 digits before and 10 after the point
     * @return the value
     * @throws IllegalArgumentException if it has more digits
     */
    public static AttributeValue of(BigDecimal number) {
        return new AttributeValue(Kind.NUMBER, ScalarType.DECIMAL.encode("attribute", number));
    }

    /**
     * An amount of money.
     *
     * @param money the amount, at most 10 digits after the point
     * @return the value
     * @throws IllegalArgumentException if it has more digits
     */
    public static AttributeValue of(Money money) {
        Object unused = of(money.amount());
        return new AttributeValue(Kind.MONEY, money);
    }

    /**
     * True or false.
     *
     * @param flag which
     * @return the value
     */
    public static AttributeValue of(boolean flag) {
        return new AttributeValue(Kind.BOOL, flag);
    }

    /**
     * A calendar day.
     *
     * @param date the day
     * @return the value
     */
    public static AttributeValue of(LocalDate date) {
        return new AttributeValue(Kind.DATE, Objects.requireNonNull(date, "date"));
    }

    /**
     * A point in time.
     *
     * @param instant the instant; cut to microseconds
     * @return the value
     */
    public static AttributeValue of(Instant instant) {
        return new AttributeValue(Kind.INSTANT, Microseconds.of(instant));
    }

    /**
     * Which kind of value it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The text.
     *
     * @return the text; empty if the value is of another kind
     */
    public Optional<String> text() {
        return as(String.class);
    }

    /**
     * The number.
     *
     * @return the number without trailing zeros; empty if the value is of another kind
     */
    public Optional<BigDecimal> number() {
        return as(BigDecimal.class);
    }

    /**
     * The money.
     *
     * @return the amount; empty if the value is of another kind
     */
    public Optional<Money> money() {
        return as(Money.class);
    }

    /**
     * Whether it is true.
     *
     * @return which; empty if the value is of another kind
     */
    public Optional<Boolean> bool() {
        return as(Boolean.class);
    }

    /**
     * The day.
     *
     * @return the day; empty if the value is of another kind
     */
    public Optional<LocalDate> date() {
        return as(LocalDate.class);
    }

    /**
     * The instant.
     *
     * @return the instant; empty if the value is of another kind
     */
    public Optional<Instant> instant() {
        return as(Instant.class);
    }

    /** The value as text, for messages about values that are not personal. */
    String shown() {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("kind", kind.name());
        return switch (kind) {
            case TEXT -> json.put("value", (String) value).build();
            case NUMBER -> json.put("value", (BigDecimal) value).build();
            case MONEY ->
                json.put("value", ((Money) value).amount())
                        .put("currency", ((Money) value).currencyCode())
                        .build();
            case BOOL -> json.put("value", (boolean) value).build();
            case DATE -> json.put("value", (LocalDate) value).build();
            case INSTANT -> json.put("value", (Instant) value).build();
        };
    }

    static AttributeValue fromJson(JsonObject json) {
        return switch (Kind.valueOf(json.requireText("kind"))) {
            case TEXT -> of(json.requireText("value"));
            case NUMBER -> of(json.requireDecimal("value"));
            case MONEY -> of(Money.of(json.requireDecimal("value"), json.requireText("currency")));
            case BOOL -> of(json.requireBool("value"));
            case DATE -> of(json.requireDate("value"));
            case INSTANT -> of(json.requireInstant("value"));
        };
    }

    private <V> Optional<V> as(Class<V> type) {
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttributeValue that && kind == that.kind && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The kind alone: values may be personal data. */
    @Override
    public String toString() {
        return "AttributeValue[" + kind + "]";
    }
}
