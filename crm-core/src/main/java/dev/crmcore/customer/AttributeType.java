package dev.crmcore.customer;

/** What the values of a declared attribute are. Names are stored and do not change. */
public enum AttributeType {
    /** A text of at most 400 characters. */
    STRING(AttributeValue.Kind.TEXT),
    /** A text of at most 10,000 characters. */
    TEXT(AttributeValue.Kind.TEXT),
    /** A whole number. */
    INT(AttributeValue.Kind.NUMBER),
    /** A number. */
    DECIMAL(AttributeValue.Kind.NUMBER),
    /** An amount of money. */
    MONEY(AttributeValue.Kind.MONEY),
    /** True or false. */
    BOOL(AttributeValue.Kind.BOOL),
    /** A calendar day. */
    DATE(AttributeValue.Kind.DATE),
    /** A point in time. */
    DATETIME(AttributeValue.Kind.INSTANT),
    /** One of several texts. */
    ENUM(AttributeValue.Kind.TEXT),
    /** Some of several texts. */
    MULTI_ENUM(AttributeValue.Kind.TEXT),
    /** The id of another record: a UUID in its usual text. */
    REF(AttributeValue.Kind.TEXT),
    /** A place: latitude and longitude in degrees with a comma between, such as {@code 52.52,13.405}. */
    GEO(AttributeValue.Kind.TEXT);

    private final AttributeValue.Kind kind;

    AttributeType(AttributeValue.Kind kind) {
        this.kind = kind;
    }

    /**
     * In which kind of value it is kept.
     *
     * @return the kind
     */
    public AttributeValue.Kind kind() {
        return kind;
    }

    boolean isChoice() {
        return this == ENUM || this == MULTI_ENUM;
    }

    boolean isNumeric() {
        return kind == AttributeValue.Kind.NUMBER || kind == AttributeValue.Kind.MONEY;
    }
}
