package dev.crmcore.customer;

import dev.crmcore.internal.text.Quoted;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.FieldValues;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value of one attribute that a host gives its records beyond what the library knows of them.
 *
 * <p>As an element of a record it has one column for each kind of value, so that conditions and reports see numbers as
 * numbers and days as days. Immutable and thread-safe; {@code toString} shows the key alone.
 *
 * @param key 1 to 60 of a-z, A-Z, 0-9, dot, dash and _, beginning with a letter; compared exactly
 * @param value the value
 */
public record Attribute(String key, AttributeValue value) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,59}");

    /** The attribute. */
    public static final Field<Attribute, String> KEY_FIELD =
            Field.text("key", Attribute::key).required().indexed();

    /** Texts of at most 400 characters. */
    public static final Field<Attribute, String> TEXT = Field.<Attribute>text(
                    "text", attribute -> attribute.textUnless(true))
            .indexed()
            .personal();

    /** Longer texts. */
    public static final Field<Attribute, String> LONG_TEXT = Field.<Attribute>text(
                    "long_text", attribute -> attribute.textUnless(false))
            .personal();

    /** Numbers, and amounts of money. */
    public static final Field<Attribute, BigDecimal> NUMBER =
            Field.decimal("number", Attribute::number).indexed().personal();

    /** The currency of an amount of money. */
    public static final Field<Attribute, String> CURRENCY = Field.<Attribute>text(
                    "currency",
                    attribute ->
                            attribute.value.money().map(Money::currencyCode).orElse(null))
            .personal();

    /** What is true or false. */
    public static final Field<Attribute, Boolean> BOOL = Field.<Attribute>bool(
                    "bool", attribute -> attribute.value.bool().orElse(null))
            .personal();

    /** Days. */
    public static final Field<Attribute, LocalDate> DATE = Field.<Attribute>date(
                    "date", attribute -> attribute.value.date().orElse(null))
            .indexed()
            .personal();

    /** Points in time. */
    public static final Field<Attribute, Instant> INSTANT = Field.<Attribute>instant(
                    "instant", attribute -> attribute.value.instant().orElse(null))
            .indexed()
            .personal();

    /** What attributes are as elements of a record. */
    public static final ElementType<Attribute> ELEMENT = ElementType.of(
            "attribute", Attribute::read, KEY_FIELD, TEXT, LONG_TEXT, NUMBER, CURRENCY, BOOL, DATE, INSTANT);

    /**
     * Checks the key.
     *
     * @param key 1 to 60 of a-z, A-Z, 0-9, dot, dash and _, beginning with a letter; compared exactly
     * @param value the value
     * @throws InvalidValueException if the key has another form
     */
    public Attribute {
        requireKey(key);
        Objects.requireNonNull(value, "value");
    }

    static String requireKey(String key) {
        Objects.requireNonNull(key, "key");
        if (!KEY.matcher(key).matches()) {
            throw new InvalidValueException(
                    "attribute key",
                    key,
                    "is not 1 to 60 of a-z, A-Z, 0-9, dot, dash and _ that begin with a letter: " + Quoted.of(key));
        }
        return key;
    }

    static boolean isLong(String text) {
        return text.length() > Texts.MAX_INDEXED;
    }

    private @Nullable String textUnless(boolean isLong) {
        return value.text().filter(text -> isLong(text) != isLong).orElse(null);
    }

    private @Nullable BigDecimal number() {
        return value.number().or(() -> value.money().map(Money::amount)).orElse(null);
    }

    private static Attribute read(FieldValues<Attribute> stored) {
        Optional<AttributeValue> text =
                stored.find(TEXT).or(() -> stored.find(LONG_TEXT)).map(AttributeValue::of);
        AttributeValue value = text.or(() -> stored.find(NUMBER).map(number -> numeric(number, stored.get(CURRENCY))))
                .or(() -> stored.find(BOOL).map(AttributeValue::of))
                .or(() -> stored.find(DATE).map(AttributeValue::of))
                .or(() -> stored.find(INSTANT).map(AttributeValue::of))
                .orElseThrow(() -> new IllegalStateException("stored attribute lacks a value"));
        return new Attribute(stored.require(KEY_FIELD), value);
    }

    private static AttributeValue numeric(BigDecimal number, @Nullable String currency) {
        return currency == null ? AttributeValue.of(number) : AttributeValue.of(Money.of(number, currency));
    }

    /** The key alone: values may be personal data. */
    @Override
    public String toString() {
        return "Attribute[" + key + "]";
    }
}
