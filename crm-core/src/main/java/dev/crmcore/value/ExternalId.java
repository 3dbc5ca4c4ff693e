package dev.crmcore.value;

/**
 * What another system calls a record: number 10017 of the shop, a user id of the app. Within a tenant it belongs to one
 * record of a kind, so that what is delivered twice is recognised.
 *
 * <p>Both parts compare character by character, with case and white space. Immutable and thread-safe; {@code toString}
 * leaves the value out, because it may be a user name or a card number.
 *
 * @param system the other system, by a name that the host chooses and keeps: {@code "shop"}
 * @param value the id there, as it is there
 */
public record ExternalId(String system, String value) {
    /** Characters that the name of a system may have: {@value}. */
    public static final int MAX_SYSTEM_LENGTH = 100;

    /** Characters that an id may have: {@value}. */
    public static final int MAX_VALUE_LENGTH = 400;

    /**
     * An id of another system.
     *
     * @param system not blank, at most {@value #MAX_SYSTEM_LENGTH} characters
     * @param value not blank, at most {@value #MAX_VALUE_LENGTH} characters
     * @throws InvalidValueException if either is blank, too long, or breaks {@link StorableText}
     */
    public ExternalId {
        check("system of an external id", system, MAX_SYSTEM_LENGTH);
        check("value of an external id", value, MAX_VALUE_LENGTH);
    }

    /**
     * An id of another system.
     *
     * @param system not blank, at most {@value #MAX_SYSTEM_LENGTH} characters
     * @param value not blank, at most {@value #MAX_VALUE_LENGTH} characters
     * @return the id
     * @throws InvalidValueException if either is blank, too long, or breaks {@link StorableText}
     */
    public static ExternalId of(String system, String value) {
        return new ExternalId(system, value);
    }

    private static void check(String field, String text, int maxLength) {
        StorableText.require(field, text);
        if (text.isBlank()) {
            throw new InvalidValueException(field, text, "is blank");
        }
        if (text.length() > maxLength) {
            throw new InvalidValueException(field, text, "is longer than " + maxLength + " characters");
        }
    }

    /** The system only: {@code ExternalId[shop]}. */
    @Override
    public String toString() {
        return "ExternalId[" + system + "]";
    }
}
