package dev.crmcore.customer;

import dev.crmcore.value.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one record: for each key one value or, for a choice of several, more.
 *
 * <p>Equal if they have the same keys with the same values, in any order of keys. Immutable and thread-safe; {@code
 * toString} shows keys alone.
 */
public final class Attributes {

    private static final Attributes NONE = new Attributes(Map.of());

    private final Map<String, List<AttributeValue>> values;

    private Attributes(Map<String, List<AttributeValue>> values) {
        this.values = values;
    }

    /**
     * No attributes.
     *
     * @return the empty attributes
     */
    public static Attributes none() {
        return NONE;
    }

    static Attributes of(Collection<Attribute> elements) {
        Map<String, List<AttributeValue>> byKey = new LinkedHashMap<>();
        for (Attribute element : elements) {
            byKey.computeIfAbsent(element.key(), key -> new ArrayList<>()).add(element.value());
        }
        byKey.replaceAll((key, list) -> List.copyOf(list));
        return new Attributes(byKey);
    }

    /**
     * The same with one value for a key, instead of what it had.
     *
     * @param key the key, of the form that {@link Attribute} has
     * @param value its value
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if the key has another form
     */
    public Attributes with(String key, AttributeValue value) {
        return with(key, List.of(value));
    }

    /**
     * The same with these values for a key, instead of what it had.
     *
     * @param key the key, of the form that {@link Attribute} has
     * @param several its values; one that comes twice counts once, none removes the key
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if the key has another form
     */
    public Attributes with(String key, Collection<AttributeValue> several) {
        Map<String, List<AttributeValue>> copy = new LinkedHashMap<>(values);
        if (several.isEmpty()) {
            copy.remove(Attribute.requireKey(key));
        } else {
            copy.put(Attribute.requireKey(key), several.stream().distinct().toList());
        }
        return new Attributes(copy);
    }

    /**
     * The same without a key.
     *
     * @param key the key
     * @return a copy
     */
    public Attributes without(String key) {
        return with(key, List.of());
    }

    /**
     * The keys.
     *
     * @return the keys that have a value, in order of insertion
     */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /**
     * Whether a key has a value.
     *
     * @param key the key
     * @return whether there is one
     */
    public boolean has(String key) {
        return values.containsKey(Objects.requireNonNull(key, "key"));
    }

    /**
     * All values of a key.
     *
     * @param key the key
     * @return its values; none if it is absent
     */
    public List<AttributeValue> all(String key) {
        return values.getOrDefault(Objects.requireNonNull(key, "key"), List.of());
    }

    /**
     * The value of a key.
     *
     * @param key the key
     * @return its first value; empty if it is absent
     */
    public Optional<AttributeValue> get(String key) {
        return all(key).stream().findFirst();
    }

    /**
     * The text of a key.
     *
     * @param key the key
     * @return the text; empty if it is absent or no text
     */
    public Optional<String> text(String key) {
        return get(key).flatMap(AttributeValue::text);
    }

    /**
     * All texts of a key.
     *
     * @param key the key
     * @return those of its values that are texts
     */
    public List<String> texts(String key) {
        return all(key).stream()
                .map(AttributeValue::text)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The number of a key.
     *
     * @param key the key
     * @return the number; empty if it is absent or no number
     */
    public Optional<BigDecimal> number(String key) {
        return get(key).flatMap(AttributeValue::number);
    }

    /**
     * The money of a key.
     *
     * @param key the key
     * @return the amount; empty if it is absent or no money
     */
    public Optional<Money> money(String key) {
        return get(key).flatMap(AttributeValue::money);
    }

    /**
     * Whether a key is true.
     *
     * @param key the key
     * @return which; empty if it is absent or neither
     */
    public Optional<Boolean> bool(String key) {
        return get(key).flatMap(AttributeValue::bool);
    }

    /**
     * The day of a key.
     *
     * @param key the key
     * @return the day; empty if it is absent or no day
     */
    public Optional<LocalDate> date(String key) {
        return get(key).flatMap(AttributeValue::date);
    }

    /**
     * The instant of a key.
     *
     * @param key the key
     * @return the instant; empty if it is absent or no instant
     */
    public Optional<Instant> instant(String key) {
        return get(key).flatMap(AttributeValue::instant);
    }

    List<Attribute> elements() {
        List<Attribute> elements = new ArrayList<>();
        values.forEach((key, list) -> list.forEach(value -> elements.add(new Attribute(key, value))));
        return elements;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The keys alone: values may be personal data. */
    @Override
    public String toString() {
        return "Attributes" + values.keySet();
    }
}
