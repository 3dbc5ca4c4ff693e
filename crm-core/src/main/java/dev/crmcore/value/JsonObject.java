package dev.crmcore.value;

import dev.crmcore.internal.json.JsonSyntaxException;
import dev.crmcore.internal.json.JsonText;
import java.math.BigDecimal;
import java.time.DateTimeException;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a value: named texts, numbers, booleans, objects and lists, without a JSON library in sight.
 *
 * <pre>{@code
 * JsonObject order = JsonObject.builder()
 *         .put("number", "10017")
 *         .put("placedAt", Instant.parse("2026-03-01T09:30:00Z"))
 *         .put("total", new BigDecimal("29.00"))
 *         .build();
 * JsonObject same = JsonObject.parse(order.toJson());
 * BigDecimal total = same.requireDecimal("total");
 * }</pre>
 *
 * <p>An absent member and a member that is {@code null} are the same thing, absent; nulls in lists are refused. Numbers
 * are exact and kept in one form, so that {@code 1}, {@code 1.0} and {@code 1e0} are equal and are written {@code 1}:
 * a number that has been through any store is equal to the one put in. Instants and dates are texts in ISO 8601. Texts
 * and names follow {@link StorableText}.
 *
 * <p>Two objects are equal if they have equal members, in any order; {@link #toJson()} keeps the order of insertion.
 * Immutable and thread-safe. {@code toString} prints names only, because values may be personal data.
 */
public final class JsonObject {
    /** Characters that a document may have: {@value}. */
    public static final int MAX_LENGTH = 1 << 24;

    /** Objects and lists that may be within each other, the outermost included: {@value}. */
    public static final int MAX_DEPTH = 64;

    private static final int MAX_DIGITS = 500;
    private static final JsonText CODEC = new JsonText(MAX_LENGTH, MAX_DEPTH, new JsonText.Values() {
        @Override
        public String text(String text) {
            return StorableText.require("text", text);
        }

        @Override
        public Number number(BigDecimal number) {
            return normal("number", number);
        }
    });
    private static final JsonObject EMPTY = new JsonObject(Map.of());

    /** String, Long, BigDecimal (no trailing zeros, no long), Boolean, List of these, Map of these. */
    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * The object without members.
     *
     * @return {@code {}}
     */
    public static JsonObject empty() {
        return EMPTY;
    }

    /**
     * Starts an object.
     *
     * @return a builder without members
     */
    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /**
     * Reads an object from JSON text. O(length).
     *
     * @param json one JSON object, with white space round it if need be
     * @return the object, its members in the order of the text
     * @throws InvalidValueException if the text is not one JSON object, names a member twice, has a null in a list, has
     *     text that breaks {@link StorableText}, a number of more than 500 digits before or after the point, more than
     *     {@link #MAX_LENGTH} characters or more than {@link #MAX_DEPTH} levels; the message says at which line and
     *     column and quotes nothing
     */
    public static JsonObject parse(String json) {
        Objects.requireNonNull(json, "json");
        if (json.length() > MAX_LENGTH) {
            throw new InvalidValueException("JSON", json, "longer than " + MAX_LENGTH + " characters");
        }
        try {
            return new JsonObject(CODEC.read(json));
        } catch (JsonSyntaxException e) {
            InvalidValueException refusal = new InvalidValueException("JSON", json, String.valueOf(e.getMessage()));
            refusal.initCause(e);
            throw refusal;
        }
    }

    /**
     * The text of this object, without white space. O(size).
     *
     * @return JSON that {@link #parse} reads back to an equal object, members in order of insertion
     * @throws IllegalStateException if the text would be longer than {@link #MAX_LENGTH}
     */
    public String toJson() {
        String json = CODEC.write(members);
        if (json.length() > MAX_LENGTH) {
            throw new IllegalStateException(
                    "JSON of " + json.length() + " characters is longer than " + MAX_LENGTH + ": " + this);
        }
        return json;
    }

    /**
     * Starts a changed copy.
     *
     * @return a builder with the members of this object
     */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(members));
    }

    /**
     * Whether there are no members.
     *
     * @return whether this is {@code {}}
     */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /**
     * The names of the members.
     *
     * @return unmodifiable, in order of insertion
     */
    public Set<String> names() {
        return members.keySet();
    }

    /**
     * Whether a member is there.
     *
     * @param name of the member
     * @return {@code false} if it is absent
     */
    public boolean has(String name) {
        return members.containsKey(Objects.requireNonNull(name, "name"));
    }

    /**
     * What kind of value a member has.
     *
     * @param name of the member
     * @return empty if it is absent
     */
    public Optional<Kind> kind(String name) {
        Object value = members.get(Objects.requireNonNull(name, "name"));
        return value == null ? Optional.empty() : Optional.of(Kind.of(value));
    }

    /**
     * Reads a text.
     *
     * @param name of the member
     * @return empty if it is absent
     * @throws InvalidValueException if it is no text
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(read(name, Kind.TEXT, String.class));
    }

    /**
     * Reads a whole number.
     *
     * @param name of the member
     * @return empty if it is absent
     * @throws InvalidValueException if it is no number, has a fraction, or is beyond {@code long}
     */
    public OptionalLong longValue(String name) {
        Number number = read(name, Kind.NUMBER, Number.class);
        if (number == null) {
            return OptionalLong.empty();
        }
        if (number instanceof Long whole) {
            return OptionalLong.of(whole);
        }
        throw refused(name, number, "is not a whole number of 64 bits");
    }

    /**
     * Reads a number.
     *
     * @param name of the member
     * @return exact, without trailing zeros after the point; empty if it is absent
     * @throws InvalidValueException if it is no number
     */
    public Optional<BigDecimal> decimal(String name) {
        Number number = read(name, Kind.NUMBER, Number.class);
        return Optional.ofNullable(number)
                .map(n -> n instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) n);
    }

    /**
     * Reads a boolean.
     *
     * @param name of the member
     * @return empty if it is absent
     * @throws InvalidValueException if it is no boolean
     */
    public Optional<Boolean> bool(String name) {
        return Optional.ofNullable(read(name, Kind.BOOLEAN, Boolean.class));
    }

    /**
     * Reads an instant.
     *
     * @param name of the member
     * @return empty if it is absent
     * @throws InvalidValueException if it is no text of the form {@code 2026-03-01T09:30:00Z}
     */
    public Optional<Instant> instant(String name) {
        return temporal(name, Instant::parse, "is not an ISO 8601 instant such as 2026-03-01T09:30:00Z");
    }

    /**
     * Reads a date.
     *
     * @param name of the member
     * @return empty if it is absent
     * @throws InvalidValueException if it is no text of the form {@code 2026-03-01}
     */
    public Optional<LocalDate> date(String name) {
        return temporal(name, LocalDate::parse, "is not an ISO 8601 date such as 2026-03-01");
    }

    /**
     * Reads an object.
     *
     * @param name of the member
     * @return empty if it is absent
     * @throws InvalidValueException if it is no object
     */
    public Optional<JsonObject> object(String name) {
        return Optional.ofNullable(read(name, Kind.OBJECT, Map.class)).map(JsonObject::wrap);
    }

    /**
     * Reads a list of texts.
     *
     * @param name of the member
     * @return unmodifiable; empty if the member is absent
     * @throws InvalidValueException if it is no list, or has an element that is no text
     */
    public List<String> texts(String name) {
        return elements(name, Kind.TEXT, String.class, text -> text);
    }

    /**
     * Reads a list of objects.
     *
     * @param name of the member
     * @return unmodifiable; empty if the member is absent
     * @throws InvalidValueException if it is no list, or has an element that is no object
     */
    public List<JsonObject> objects(String name) {
        return elements(name, Kind.OBJECT, Map.class, JsonObject::wrap);
    }

    /**
     * Reads a text that has to be there.
     *
     * @param name of the member
     * @return the text
     * @throws InvalidValueException if it is absent or no text
     */
    public String requireText(String name) {
        return text(name).orElseThrow(() -> absent(name));
    }

    /**
     * Reads a whole number that has to be there.
     *
     * @param name of the member
     * @return the number
     * @throws InvalidValueException if it is absent, no number, has a fraction, or is beyond {@code long}
     */
    public long requireLong(String name) {
        return longValue(name).orElseThrow(() -> absent(name));
    }

    /**
     * Reads a number that has to be there.
     *
     * @param name of the member
     * @return exact, without trailing zeros after the point
     * @throws InvalidValueException if it is absent or no number
     */
    public BigDecimal requireDecimal(String name) {
        return decimal(name).orElseThrow(() -> absent(name));
    }

    /**
     * Reads a boolean that has to be there.
     *
     * @param name of the member
     * @return the boolean
     * @throws InvalidValueException if it is absent or no boolean
     */
    public boolean requireBool(String name) {
        return bool(name).orElseThrow(() -> absent(name));
    }

    /**
     * Reads an instant that has to be there.
     *
     * @param name of the member
     * @return the instant
     * @throws InvalidValueException if it is absent or no text of the form {@code 2026-03-01T09:30:00Z}
     */
    public Instant requireInstant(String name) {
        return instant(name).orElseThrow(() -> absent(name));
    }

    /**
     * Reads a date that has to be there.
     *
     * @param name of the member
     * @return the date
     * @throws InvalidValueException if it is absent or no text of the form {@code 2026-03-01}
     */
    public LocalDate requireDate(String name) {
        return date(name).orElseThrow(() -> absent(name));
    }

    /**
     * Reads an object that has to be there.
     *
     * @param name of the member
     * @return the object
     * @throws InvalidValueException if it is absent or no object
     */
    public JsonObject requireObject(String name) {
        return object(name).orElseThrow(() -> absent(name));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** Names only: values may be personal data. */
    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }

    private <T> @Nullable T read(String name, Kind expected, Class<T> type) {
        Object value = members.get(Objects.requireNonNull(name, "name"));
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        throw refused(name, value, "is " + Kind.of(value).words + ", expected " + expected.words);
    }

    private <T> Optional<T> temporal(String name, Function<String, T> parser, String refusal) {
        String text = read(name, Kind.TEXT, String.class);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException e) {
            throw refused(name, text, refusal);
        }
    }

    private <S, T> List<T> elements(String name, Kind expected, Class<S> type, Function<? super S, T> view) {
        List<?> list = read(name, Kind.LIST, List.class);
        if (list == null) {
            return List.of();
        }
        List<T> elements = new ArrayList<>(list.size());
        for (Object value : list) {
            if (!type.isInstance(value)) {
                throw refused(
                        name + "[" + elements.size() + "]",
                        value,
                        "is " + Kind.of(value).words + ", expected " + expected.words);
            }
            elements.add(view.apply(type.cast(value)));
        }
        return Collections.unmodifiableList(elements);
    }

    /** Only this class makes the maps in a tree, so what is a map has text keys. */
    @SuppressWarnings("unchecked")
    private static JsonObject wrap(Map<?, ?> members) {
        return new JsonObject((Map<String, Object>) members);
    }

    private static InvalidValueException refused(String name, Object value, String reason) {
        return new InvalidValueException("member \"" + name + "\"", String.valueOf(value), reason);
    }

    private static InvalidValueException absent(String name) {
        return new InvalidValueException("member \"" + name + "\"", "", "is absent");
    }

    /** One form for each number: a long if it is one, otherwise without trailing zeros. */
    private static Number normal(String name, BigDecimal number) {
        if (number.signum() == 0) {
            return 0L;
        }
        // before the zeros are stripped: a scale at the end of int would overflow
        boolean tooLarge = (long) number.precision() - number.scale() > MAX_DIGITS;
        BigDecimal shortest = tooLarge ? number : number.stripTrailingZeros();
        if (tooLarge || shortest.scale() > MAX_DIGITS) {
            throw new InvalidValueException(
                    name, number.toString(), "has more than " + MAX_DIGITS + " digits before or after the point");
        }
        if (shortest.scale() > 0) {
            return shortest;
        }
        BigDecimal whole = shortest.setScale(0);
        return whole.toBigInteger().bitLength() < Long.SIZE ? (Number) whole.longValueExact() : whole;
    }

    /** The kinds of value that a member can have. */
    public enum Kind {
        /** A text; also an instant or a date. */
        TEXT("a text"),
        /** A number of any size. */
        NUMBER("a number"),
        /** True or false. */
        BOOLEAN("a boolean"),
        /** A {@link JsonObject}. */
        OBJECT("an object"),
        /** A list of any kinds. */
        LIST("a list");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private static Kind of(Object value) {
            if (value instanceof String) {
                return TEXT;
            } else if (value instanceof Number) {
                return NUMBER;
            } else if (value instanceof Boolean) {
                return BOOLEAN;
            } else {
                return value instanceof Map ? OBJECT : LIST;
            }
        }
    }

    /**
     * Builds a {@link JsonObject}. Putting a name again replaces its value and keeps its place. Not thread-safe.
     */
    public static final class Builder {
        private final Map<String, Object> members;

        private Builder(Map<String, Object> members) {
            this.members = members;
        }

        /**
         * Puts a text.
         *
         * @param name of the member
         * @param text its value
         * @return this
         * @throws InvalidValueException if name or text break {@link StorableText}
         */
        public Builder put(String name, String text) {
            return set(name, StorableText.require(name, text));
        }

        /**
         * Puts a whole number.
         *
         * @param name of the member
         * @param number its value
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder put(String name, long number) {
            return set(name, number);
        }

        /**
         * Puts a number.
         *
         * @param name of the member
         * @param number its value
         * @return this
         * @throws InvalidValueException if it has more than 500 digits before or after the point, or the name breaks
         *     {@link StorableText}
         */
        public Builder put(String name, BigDecimal number) {
            return set(name, normal(name, number));
        }

        /**
         * Puts a boolean.
         *
         * @param name of the member
         * @param flag its value
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder put(String name, boolean flag) {
            return set(name, flag);
        }

        /**
         * Puts an instant, to the nanosecond.
         *
         * @param name of the member
         * @param instant its value
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder put(String name, Instant instant) {
            return set(name, instant.toString());
        }

        /**
         * Puts a date.
         *
         * @param name of the member
         * @param date its value
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder put(String name, LocalDate date) {
            return set(name, date.toString());
        }

        /**
         * Puts an object.
         *
         * @param name of the member
         * @param object its value
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder put(String name, JsonObject object) {
            return set(name, object.members);
        }

        /**
         * Puts a list of texts; the empty list too.
         *
         * @param name of the member
         * @param texts its value, copied, in the order of the collection
         * @return this
         * @throws InvalidValueException if name or a text break {@link StorableText}
         */
        public Builder putTexts(String name, Collection<String> texts) {
            List<String> copy = List.copyOf(texts);
            copy.forEach(text -> StorableText.require(name, text));
            return set(name, copy);
        }

        /**
         * Puts a list of objects; the empty list too.
         *
         * @param name of the member
         * @param objects its value, copied, in the order of the collection
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder putObjects(String name, Collection<JsonObject> objects) {
            return set(name, objects.stream().map(object -> object.members).toList());
        }

        /**
         * Puts a text unless it is {@code null}.
         *
         * @param name of the member
         * @param text its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException if name or text break {@link StorableText}
         */
        public Builder putIfPresent(String name, @Nullable String text) {
            return text == null ? this : put(name, text);
        }

        /**
         * Puts a whole number unless it is {@code null}.
         *
         * @param name of the member
         * @param number its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder putIfPresent(String name, @Nullable Long number) {
            return number == null ? this : put(name, number.longValue());
        }

        /**
         * Puts a number unless it is {@code null}.
         *
         * @param name of the member
         * @param number its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException as {@link #put(String, BigDecimal)}
         */
        public Builder putIfPresent(String name, @Nullable BigDecimal number) {
            return number == null ? this : put(name, number);
        }

        /**
         * Puts a boolean unless it is {@code null}.
         *
         * @param name of the member
         * @param flag its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder putIfPresent(String name, @Nullable Boolean flag) {
            return flag == null ? this : put(name, flag.booleanValue());
        }

        /**
         * Puts an instant unless it is {@code null}.
         *
         * @param name of the member
         * @param instant its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder putIfPresent(String name, @Nullable Instant instant) {
            return instant == null ? this : put(name, instant);
        }

        /**
         * Puts a date unless it is {@code null}.
         *
         * @param name of the member
         * @param date its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder putIfPresent(String name, @Nullable LocalDate date) {
            return date == null ? this : put(name, date);
        }

        /**
         * Puts an object unless it is {@code null}.
         *
         * @param name of the member
         * @param object its value, or {@code null} to leave the builder as it is
         * @return this
         * @throws InvalidValueException if the name breaks {@link StorableText}
         */
        public Builder putIfPresent(String name, @Nullable JsonObject object) {
            return object == null ? this : put(name, object);
        }

        /**
         * Removes a member; does nothing if it is absent.
         *
         * @param name of the member
         * @return this
         */
        public Builder remove(String name) {
            members.remove(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Gives a member another name, as when an old record is read by newer code; it moves to the end. Does nothing if
         * it is absent.
         *
         * @param name of the member now
         * @param newName of the member from now on; a member that has it is replaced
         * @return this
         * @throws InvalidValueException if the new name breaks {@link StorableText}
         */
        public Builder rename(String name, String newName) {
            Object value = members.remove(Objects.requireNonNull(name, "name"));
            return value == null ? this : set(newName, value);
        }

        /**
         * Ends building. The builder can be used on, without effect on what was built.
         *
         * @return the object
         * @throws InvalidValueException if it has more than {@link #MAX_DEPTH} levels
         */
        public JsonObject build() {
            if (depth(members, MAX_DEPTH) > MAX_DEPTH) {
                throw new InvalidValueException("JSON", "", "deeper than " + MAX_DEPTH + " levels");
            }
            return members.isEmpty()
                    ? EMPTY
                    : new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
        }

        private Builder set(String name, Object value) {
            members.put(StorableText.require("member name", name), value);
            return this;
        }

        private static int depth(Object value, int limit) {
            Collection<?> inside;
            if (value instanceof Map<?, ?> object) {
                inside = object.values();
            } else if (value instanceof List<?> list) {
                inside = list;
            } else {
                return 0;
            }
            int deepest = 0;
            for (Object element : inside) {
                deepest = Math.max(deepest, limit == 0 ? 0 : depth(element, limit - 1));
            }
            return 1 + deepest;
        }
    }
}
