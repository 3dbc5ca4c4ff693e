package dev.crmcore.value;

import java.util.Objects;

/**
 * The one rule for text that is to be kept: no character U+0000 and no half of a surrogate pair.
 *
 * <p>Databases differ in both (PostgreSQL refuses them, others cut or replace), so they are refused for every store
 * alike, before anything is written. All other characters are kept as they are: no trimming, no normalisation.
 */
public final class StorableText {
    private StorableText() {}

    /**
     * Whether every store can keep a text and give it back unchanged. O(length).
     *
     * @param text any text, the empty one included
     * @return {@code false} if it has U+0000 or an unpaired surrogate
     */
    public static boolean isStorable(String text) {
        return refusal(text).isEmpty();
    }

    /**
     * Lets a text pass that every store can keep. O(length).
     *
     * @param field whose text it is, for the message
     * @param text the text
     * @return {@code text}
     * @throws InvalidValueException if it has U+0000 or an unpaired surrogate; the reason says at which index
     */
    public static String require(String field, String text) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(text, field);
        String refusal = refusal(text);
        if (!refusal.isEmpty()) {
            throw new InvalidValueException(field, text, refusal);
        }
        return text;
    }

    /**
     * Lets a short text pass that says something: storable, not blank, and without the white space round it not too long.
     *
     * @param field whose text it is, for the message
     * @param text the text
     * @param maxLength how many characters (UTF-16 units) it may have
     * @return the text without white space round it
     * @throws InvalidValueException if it is blank, too long or not storable
     */
    public static String requireLine(String field, String text, int maxLength) {
        String stripped = require(field, text).strip();
        if (stripped.isEmpty()) {
            throw new InvalidValueException(field, text, "is blank");
        }
        if (stripped.length() > maxLength) {
            throw new InvalidValueException(field, text, "is longer than " + maxLength + " characters");
        }
        return stripped;
    }

    private static String refusal(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "has U+0000 at index " + i;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return "has an unpaired surrogate at index " + i;
                }
            }
        }
        return "";
    }
}
