package dev.crmcore.value;

import org.jspecify.annotations.Nullable;

/** The checks that the text components of names and addresses have in common. */
final class TextField {
    private static final int MAX_LENGTH = 1_000;

    private TextField() {}

    /** The text without white space round it; {@code null} if nothing is left. */
    static @Nullable String optional(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = StorableText.require(field, text).strip();
        if (stripped.length() > MAX_LENGTH) {
            throw new InvalidValueException(field, text, "is longer than " + MAX_LENGTH + " characters");
        }
        return stripped;
    }
}
