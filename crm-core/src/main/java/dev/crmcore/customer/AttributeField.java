package dev.crmcore.customer;

import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.SetField;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;

/**
 * One attribute, to make conditions of: {@code Customer.attribute("plan").is("gold")}.
 *
 * <p>Each condition is about values of the kind that is asked for: a number is never compared with a text. Of an
 * attribute with several values one has to fulfil it. Where the attribute is absent it is false.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the record
 */
public final class AttributeField<T> {

    private final SetField<T, Attribute> set;
    private final String key;

    AttributeField(SetField<T, Attribute> set, String key) {
        this.set = set;
        this.key = Attribute.requireKey(key);
    }

    /**
     * There is a value, of whatever kind.
     *
     * @return the condition
     */
    public Condition<T> isPresent() {
        return set.any(Attribute.KEY_FIELD.is(key));
    }

    /**
     * There is no value.
     *
     * @return the condition
     */
    public Condition<T> isAbsent() {
        return isPresent().not();
    }

    /**
     * It is this text.
     *
     * @param text the text, compared exactly
     * @return the condition
     */
    public Condition<T> is(String text) {
        return where((Attribute.isLong(text) ? Attribute.LONG_TEXT : Attribute.TEXT).is(text));
    }

    /**
     * It is one of these texts.
     *
     * @param texts the texts; none: false for all
     * @return the condition
     */
    public Condition<T> in(Collection<String> texts) {
        return where(Attribute.TEXT.in(texts).or(Attribute.LONG_TEXT.in(texts)));
    }

    /**
     * It is a text that begins with this one.
     *
     * @param prefix the beginning, compared exactly
     * @return the condition
     */
    public Condition<T> startsWith(String prefix) {
        return where(Attribute.TEXT.startsWith(prefix).or(Attribute.LONG_TEXT.startsWith(prefix)));
    }

    /**
     * It is this number, or an amount of so much in whatever currency.
     *
     * @param number the number
     * @return the condition
     */
    public Condition<T> is(long number) {
        return is(BigDecimal.valueOf(number));
    }

    /**
     * It is this number, or an amount of so much in whatever currency.
     *
     * @param number the number
     * @return the condition
     */
    public Condition<T> is(BigDecimal number) {
        return where(Attribute.NUMBER.is(number));
    }

    /**
     * It is true, or false.
     *
     * @param flag which
     * @return the condition
     */
    public Condition<T> is(boolean flag) {
        return where(Attribute.BOOL.is(flag));
    }

    /**
     * It is this day.
     *
     * @param date the day
     * @return the condition
     */
    public Condition<T> is(LocalDate date) {
        return where(Attribute.DATE.is(date));
    }

    /**
     * It is this instant.
     *
     * @param instant the instant
     * @return the condition
     */
    public Condition<T> is(Instant instant) {
        return where(Attribute.INSTANT.is(instant));
    }

    /**
     * It is this number or a greater one.
     *
     * @param number the bound
     * @return the condition
     */
    public Condition<T> atLeast(long number) {
        return compare(Comparison.AT_LEAST, BigDecimal.valueOf(number));
    }

    /**
     * It is this number or a smaller one.
     *
     * @param number the bound
     * @return the condition
     */
    public Condition<T> atMost(long number) {
        return compare(Comparison.AT_MOST, BigDecimal.valueOf(number));
    }

    /**
     * It stands in a relation to a number; the number of an amount of money, in whatever currency.
     *
     * @param comparison the relation
     * @param number the number on its right
     * @return the condition
     */
    public Condition<T> compare(Comparison comparison, BigDecimal number) {
        return where(Attribute.NUMBER.compare(comparison, number));
    }

    /**
     * It stands in a relation to a day.
     *
     * @param comparison the relation
     * @param date the day on its right
     * @return the condition
     */
    public Condition<T> compare(Comparison comparison, LocalDate date) {
        return where(Attribute.DATE.compare(comparison, date));
    }

    /**
     * It stands in a relation to an instant.
     *
     * @param comparison the relation
     * @param instant the instant on its right
     * @return the condition
     */
    public Condition<T> compare(Comparison comparison, Instant instant) {
        return where(Attribute.INSTANT.compare(comparison, instant));
    }

    /**
     * One of its values fulfils a condition, such as one of relative time:
     * {@code where(Attribute.DATE.withinLast(Period.ofDays(30), zone))}.
     *
     * @param condition the condition on one value
     * @return the condition
     */
    public Condition<T> where(Condition<Attribute> condition) {
        return set.any(Attribute.KEY_FIELD.is(key).and(condition));
    }

    /** The key. */
    @Override
    public String toString() {
        return key;
    }
}
