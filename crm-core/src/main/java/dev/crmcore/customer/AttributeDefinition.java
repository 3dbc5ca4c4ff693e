package dev.crmcore.customer;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Microseconds;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has said of one attribute of its records: of which type it is, whether it must be there, what it may be.
 *
 * <pre>{@code
 * definitions.declare(AttributeDefinition.of(Customer.TYPE, "plan", AttributeType.ENUM)
 *         .options("free", "silver", "gold").defaultValue(AttributeValue.of("free")).required());
 * }</pre>
 *
 * <p>An attribute that nobody declared takes any value. A change answers for what it changes: a value that was there
 * before the definition stays until it is changed itself. The type never changes, except by declaring another key.
 *
 * <p>Immutable and thread-safe.
 */
public final class AttributeDefinition {

    /** The stored name of the type whose records have the attribute. */
    public static final Field<AttributeDefinition, String> TARGET =
            Field.text("target", AttributeDefinition::target).required();

    /** The attribute's key. */
    public static final Field<AttributeDefinition, String> KEY =
            Field.text("key", AttributeDefinition::key).required();

    /** What its values are. */
    public static final Field<AttributeDefinition, AttributeType> VALUE_TYPE =
            Field.<AttributeDefinition, AttributeType>enumerated("type", AttributeType.class, AttributeDefinition::type)
                    .required();

    /** Whether it must be there. */
    public static final Field<AttributeDefinition, Boolean> REQUIRED =
            Field.bool("required", AttributeDefinition::isRequired).required();

    /** How much its values say of a person. */
    public static final Field<AttributeDefinition, DataClass> CLASSIFICATION =
            Field.<AttributeDefinition, DataClass>enumerated(
                            "classification", DataClass.class, AttributeDefinition::classification)
                    .required();

    /** Since when no new values are taken. */
    public static final Field<AttributeDefinition, Instant> DEPRECATED_AT =
            Field.instant("deprecated_at", d -> d.deprecatedAt);

    /** No attribute is declared twice. */
    public static final UniqueKey<AttributeDefinition> TARGET_AND_KEY =
            UniqueKey.of("attribute_definition_key", TARGET, KEY);

    /** How definitions are kept. */
    public static final EntityType<AttributeDefinition> TYPE = EntityType.define(
                    "attribute_definition", AttributeDefinition.class)
            .id(AttributeDefinition::id)
            .version(AttributeDefinition::version, AttributeDefinition::withVersion)
            .fields(TARGET, KEY, VALUE_TYPE, REQUIRED, CLASSIFICATION, DEPRECATED_AT)
            .unique(TARGET_AND_KEY)
            .onErasure(EntityType.OnErasure.KEEP)
            .body(AttributeDefinition::body)
            .readBy(AttributeDefinition::read);

    private static final Pattern GEO = Pattern.compile("(-?\\d{1,2}(?:\\.\\d{1,15})?),(-?\\d{1,3}(?:\\.\\d{1,15})?)");
    private static final BigDecimal MAX_LATITUDE = BigDecimal.valueOf(90);
    private static final BigDecimal MAX_LONGITUDE = BigDecimal.valueOf(180);

    private final AttributeDefinitionId id;
    private final long version;
    private final String target;
    private final String key;
    private final AttributeType type;
    private final boolean required;
    private final DataClass classification;
    private final @Nullable AttributeValue defaultValue;
    private final List<String> options;
    private final @Nullable BigDecimal minimum;
    private final @Nullable BigDecimal maximum;
    private final @Nullable Long maxLength;
    private final @Nullable Instant deprecatedAt;

    private AttributeDefinition(Builder builder, AttributeDefinitionId id, @Nullable Instant deprecatedAt) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = builder.version;
        this.target = builder.target;
        this.key = builder.key;
        this.type = builder.type;
        this.required = builder.required;
        this.classification = builder.classification;
        this.defaultValue = builder.defaultValue;
        this.options = builder.options;
        this.minimum = builder.minimum;
        this.maximum = builder.maximum;
        this.maxLength = builder.maxLength;
        this.deprecatedAt = deprecatedAt == null ? null : Microseconds.of(deprecatedAt);
        checkDeclaration();
    }

    private void checkDeclaration() {
        if (type.isChoice() == options.isEmpty()) {
            throw RuleViolationException.of(
                    "attribute.options", "options", options, "go with ENUM and MULTI_ENUM, not with " + type);
        }
        if ((minimum != null || maximum != null) && !type.isNumeric()) {
            throw RuleViolationException.of("attribute.range", "range of " + key + " does not go with " + type);
        }
        if (minimum != null && maximum != null && minimum.compareTo(maximum) > 0) {
            throw RuleViolationException.of(
                    "attribute.range", "minimum", minimum, "is above maximum '" + maximum + "'");
        }
        if (maxLength != null && (maxLength < 1 || type.kind() != AttributeValue.Kind.TEXT)) {
            throw RuleViolationException.of("attribute.length", "maxLength", maxLength, "does not go with " + type);
        }
        if (defaultValue != null) {
            check(List.of(defaultValue));
        }
    }

    /**
     * Begins a definition.
     *
     * @param target the type whose records have the attribute, such as {@link Customer#TYPE}
     * @param key the attribute's key
     * @param type what its values are
     * @return the draft, to be {@linkplain AttributeDefinitions#declare declared}
     * @throws dev.crmcore.value.InvalidValueException if the key has not the form of one
     * @throws IllegalArgumentException if records of that type have no attributes
     */
    public static Builder of(EntityType<?> target, String key, AttributeType type) {
        if (target.sets().stream().noneMatch(set -> set.element() == Attribute.ELEMENT)) {
            throw new IllegalArgumentException(target.name() + " has no attributes");
        }
        return new Builder(target.name(), Attribute.requireKey(key), type);
    }

    /**
     * Whether these may be the values of the attribute.
     *
     * @param values the values, at least one
     * @throws RuleViolationException if one is of another type, not among the options, out of range or too long, or there
     *     are several of what is not a choice of several
     */
    public void check(List<AttributeValue> values) {
        if (values.size() > 1 && type != AttributeType.MULTI_ENUM) {
            throw RuleViolationException.of(
                    "attribute.single", field(), values.size() + " values", "are too many for " + type);
        }
        values.forEach(this::check);
    }

    private void check(AttributeValue value) {
        if (value.kind() != type.kind()) {
            throw refused("attribute.type", value, "is " + value.kind() + ", not " + type);
        }
        value.text().ifPresent(text -> checkText(value, text));
        value.number().ifPresent(number -> checkNumber(value, number));
        value.money().ifPresent(money -> checkNumber(value, money.amount()));
    }

    private void checkText(AttributeValue value, String text) {
        boolean fits = switch (type) {
            case STRING -> !Attribute.isLong(text);
            case ENUM, MULTI_ENUM -> options.contains(text);
            case REF -> isUuid(text);
            case GEO -> isPlace(text);
            default -> true;
        };
        if (!fits) {
            throw refused(
                    "attribute.type", value, type.isChoice() ? "is none of " + options : "has not the form of " + type);
        }
        if (maxLength != null && text.codePointCount(0, text.length()) > maxLength) {
            throw refused("attribute.length", value, "is longer than " + maxLength + " characters");
        }
    }

    private void checkNumber(AttributeValue value, BigDecimal number) {
        if (type == AttributeType.INT && number.stripTrailingZeros().scale() > 0) {
            throw refused("attribute.type", value, "is not a whole number");
        }
        if (minimum != null && number.compareTo(minimum) < 0) {
            throw refused("attribute.range", value, "is below " + minimum.toPlainString());
        }
        if (maximum != null && number.compareTo(maximum) > 0) {
            throw refused("attribute.range", value, "is above " + maximum.toPlainString());
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPlace(String text) {
        Matcher match = GEO.matcher(text);
        return match.matches()
                && new BigDecimal(match.group(1)).abs().compareTo(MAX_LATITUDE) <= 0
                && new BigDecimal(match.group(2)).abs().compareTo(MAX_LONGITUDE) <= 0;
    }

    private RuleViolationException refused(String rule, AttributeValue value, String message) {
        return classification == DataClass.PUBLIC
                ? RuleViolationException.of(rule, field(), value.shown(), message)
                : RuleViolationException.ofPersonal(rule, field(), value.shown(), message);
    }

    String field() {
        return "attributes." + key;
    }

    /**
     * The id.
     *
     * @return the id
     */
    public AttributeDefinitionId id() {
        return id;
    }

    /**
     * How often the record was written.
     *
     * @return the version at which this was read, from 1
     */
    public long version() {
        return version;
    }

    /**
     * Whose attribute it is.
     *
     * @return the stored name of the type whose records have it
     */
    public String target() {
        return target;
    }

    /**
     * The attribute's key.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * What its values are.
     *
     * @return the type
     */
    public AttributeType type() {
        return type;
    }

    /**
     * Whether it must be there: at the registration, and not be taken away later.
     *
     * @return whether it is required
     */
    public boolean isRequired() {
        return required;
    }

    /**
     * How much its values say of a person.
     *
     * @return the class; {@link DataClass#PERSONAL} unless said
     */
    public DataClass classification() {
        return classification;
    }

    /**
     * What it is at the registration unless said.
     *
     * @return the value; empty if there is none
     */
    public Optional<AttributeValue> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /**
     * What can be chosen.
     *
     * @return the texts; none unless it is a choice
     */
    public List<String> options() {
        return options;
    }

    /**
     * The least number that it may be.
     *
     * @return the number, within; empty for no bound
     */
    public Optional<BigDecimal> minimum() {
        return Optional.ofNullable(minimum);
    }

    /**
     * The greatest number that it may be.
     *
     * @return the number, within; empty for no bound
     */
    public Optional<BigDecimal> maximum() {
        return Optional.ofNullable(maximum);
    }

    /**
     * How long a text may be.
     *
     * @return characters (code points); empty for no bound beyond the type's own
     */
    public Optional<Long> maxLength() {
        return Optional.ofNullable(maxLength);
    }

    /**
     * Since when no new values are taken; those that are there stay.
     *
     * @return the instant; empty while it is in use
     */
    public Optional<Instant> deprecatedAt() {
        return Optional.ofNullable(deprecatedAt);
    }

    /** The same declaration, kept under the id and version of an earlier one. */
    AttributeDefinition inPlaceOf(AttributeDefinition earlier) {
        if (type != earlier.type) {
            throw RuleViolationException.of(
                    "attribute.type.fixed", "type of " + key, type, "was declared as " + earlier.type + " before");
        }
        Builder copy = toBuilder();
        copy.version = earlier.version;
        return new AttributeDefinition(copy, earlier.id, deprecatedAt);
    }

    AttributeDefinition deprecated(Instant at) {
        return deprecatedAt != null ? this : new AttributeDefinition(toBuilder(), id, at);
    }

    private AttributeDefinition withVersion(long newVersion) {
        Builder copy = toBuilder();
        copy.version = newVersion;
        return new AttributeDefinition(copy, id, deprecatedAt);
    }

    private Builder toBuilder() {
        Builder copy = new Builder(target, key, type);
        copy.version = version;
        copy.required = required;
        copy.classification = classification;
        copy.defaultValue = defaultValue;
        copy.options = options;
        copy.minimum = minimum;
        copy.maximum = maximum;
        copy.maxLength = maxLength;
        return copy;
    }

    private JsonObject body() {
        return JsonObject.builder()
                .putTexts("options", options)
                .putIfPresent("minimum", minimum)
                .putIfPresent("maximum", maximum)
                .putIfPresent("maxLength", maxLength)
                .putIfPresent("default", defaultValue == null ? null : defaultValue.toJson())
                .build();
    }

    private static AttributeDefinition read(EntityRecord<AttributeDefinition> stored) {
        JsonObject body = stored.body();
        Builder builder = new Builder(stored.require(TARGET), stored.require(KEY), stored.require(VALUE_TYPE));
        builder.version = stored.version();
        builder.required = stored.require(REQUIRED);
        builder.classification = stored.require(CLASSIFICATION);
        builder.options = body.texts("options");
        builder.minimum = body.decimal("minimum").orElse(null);
        builder.maximum = body.decimal("maximum").orElse(null);
        builder.maxLength = body.has("maxLength") ? (Long) body.requireLong("maxLength") : null;
        builder.defaultValue =
                body.object("default").map(AttributeValue::fromJson).orElse(null);
        return new AttributeDefinition(builder, new AttributeDefinitionId(stored.id()), stored.get(DEPRECATED_AT));
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                id,
                version,
                target,
                key,
                type,
                required,
                classification,
                defaultValue,
                options,
                minimum,
                maximum,
                maxLength,
                deprecatedAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttributeDefinition that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "AttributeDefinition[" + target + "." + key + " " + type + "]";
    }

    /** The draft of a definition. Not thread-safe. */
    public static final class Builder {

        private final String target;
        private final String key;
        private final AttributeType type;
        private long version;
        private boolean required;
        private DataClass classification = DataClass.PERSONAL;
        private @Nullable AttributeValue defaultValue;
        private List<String> options = List.of();
        private @Nullable BigDecimal minimum;
        private @Nullable BigDecimal maximum;
        private @Nullable Long maxLength;

        private Builder(String target, String key, AttributeType type) {
            this.target = target;
            this.key = key;
            this.type = Objects.requireNonNull(type, "type");
        }

        /**
         * Says that it must be there.
         *
         * @return this builder
         */
        public Builder required() {
            this.required = true;
            return this;
        }

        /**
         * Says how much its values say of a person; {@link DataClass#PERSONAL} unless said.
         *
         * @param dataClass the class
         * @return this builder
         */
        public Builder classification(DataClass dataClass) {
            this.classification = Objects.requireNonNull(dataClass, "dataClass");
            return this;
        }

        /**
         * Says what it is at the registration unless said.
         *
         * @param value the value
         * @return this builder
         */
        public Builder defaultValue(AttributeValue value) {
            this.defaultValue = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * Says what can be chosen.
         *
         * @param texts the texts, each of at most 400 characters; one that comes twice counts once
         * @return this builder
         * @throws IllegalArgumentException if one is longer or not storable
         */
        public Builder options(String... texts) {
            for (String text : texts) {
                if (Attribute.isLong(text)) {
                    throw new IllegalArgumentException("an option has at most " + Texts.MAX_INDEXED + " characters");
                }
                Object unused = AttributeValue.of(text);
            }
            this.options = Arrays.stream(texts).distinct().toList();
            return this;
        }

        /**
         * Says the least number that it may be, or the least amount in whatever currency.
         *
         * @param number the number, within
         * @return this builder
         */
        public Builder minimum(BigDecimal number) {
            this.minimum = number.stripTrailingZeros();
            return this;
        }

        /**
         * Says the greatest number that it may be, or the greatest amount in whatever currency.
         *
         * @param number the number, within
         * @return this builder
         */
        public Builder maximum(BigDecimal number) {
            this.maximum = number.stripTrailingZeros();
            return this;
        }

        /**
         * Says how long a text may be.
         *
         * @param characters code points, at least 1
         * @return this builder
         */
        public Builder maxLength(long characters) {
            this.maxLength = characters;
            return this;
        }

        String target() {
            return target;
        }

        String key() {
            return key;
        }

        AttributeDefinition build(AttributeDefinitionId id) {
            return new AttributeDefinition(this, id, null);
        }
    }
}
