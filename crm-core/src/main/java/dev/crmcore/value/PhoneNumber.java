package dev.crmcore.value;

import dev.crmcore.internal.phone.DialledNumber;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A phone number: as typed, and in the form of E.164 that can be dialled from anywhere.
 *
 * <pre>{@code
 * PhoneNumber desk = PhoneNumber.parse("(030) 123456 ext. 7", "DE");
 * desk.e164();                // "+4930123456"
 * desk.extension();           // "7"
 * desk.equals(PhoneNumber.parse("+49 30 123456 x7"));   // true
 * }</pre>
 *
 * <p>A number is accepted if its country has numbers of that length; ranges are assigned faster than any table learns of
 * them, so whether it is in one that is known is asked of {@link #isAssigned()}. Two numbers are equal if E.164 and
 * extension are. Immutable and thread-safe; {@code toString} shows nothing of it.
 */
public final class PhoneNumber {
    private static final String WHAT = "phone number";
    private static final int MAX_LENGTH = 250;

    private final String asTyped;
    private final DialledNumber number;

    private PhoneNumber(String asTyped, DialledNumber number) {
        this.asTyped = asTyped;
        this.number = number;
    }

    /**
     * Reads a number with its country code.
     *
     * @param text with {@code +} or {@code 00} before the country code; brackets, dashes and the like do not matter
     * @return the number
     * @throws InvalidValueException if it is none; the reason says why
     */
    public static PhoneNumber parse(String text) {
        return read(text, null);
    }

    /**
     * Reads a number with or without its country code.
     *
     * @param text as typed in the region, or with {@code +}, {@code 00} or the region's own prefix before the country code;
     *     brackets, dashes and the like do not matter
     * @param defaultRegion country code of ISO 3166-1, in capitals: {@code "DE"}
     * @return the number
     * @throws InvalidValueException if it is none or the region does not exist; the reason says why
     */
    public static PhoneNumber parse(String text, String defaultRegion) {
        return read(text, Countries.require("region", defaultRegion));
    }

    private static PhoneNumber read(String text, @Nullable String region) {
        String typed = StorableText.require(WHAT, text).strip();
        if (typed.length() > MAX_LENGTH) {
            throw new InvalidValueException(WHAT, text, "is longer than " + MAX_LENGTH + " characters");
        }
        try {
            return new PhoneNumber(typed, DialledNumber.read(typed, region));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(WHAT, text, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The number as it was typed, to show.
     *
     * @return without white space round it
     */
    public String asTyped() {
        return asTyped;
    }

    /**
     * The number as E.164 has it, to dial and to send to.
     *
     * @return a plus and at most 15 digits, without the extension
     */
    public String e164() {
        return number.e164();
    }

    /**
     * What is dialled once the call is answered.
     *
     * @return digits; empty if there is none
     */
    public Optional<String> extension() {
        return Optional.ofNullable(number.extension());
    }

    /**
     * The country that the number belongs to.
     *
     * @return its code of ISO 3166-1; empty for numbers of no country, such as international freephone, or of a range that
     *     is not known
     */
    public Optional<String> region() {
        return Optional.ofNullable(number.region());
    }

    /**
     * Whether the number is in a range that its country's numbering plan is known to have assigned. A new range is
     * learned with a new version of the phone library.
     *
     * @return {@code false} if a slip is more likely than a new range
     */
    public boolean isAssigned() {
        return number.assigned();
    }

    /**
     * The form to compare and to find the number by.
     *
     * @return {@link #e164()}, and {@code ;ext=} with the extension if there is one (RFC 3966 without {@code tel:})
     */
    public String normalized() {
        String extension = number.extension();
        return extension == null ? number.e164() : number.e164() + ";ext=" + extension;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber that && normalized().equals(that.normalized());
    }

    @Override
    public int hashCode() {
        return Objects.hash(number.e164(), number.extension());
    }

    /** Nothing of the number. */
    @Override
    public String toString() {
        return "PhoneNumber[***]";
    }
}
