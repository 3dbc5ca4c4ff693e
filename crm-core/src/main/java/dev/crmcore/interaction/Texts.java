package dev.crmcore.interaction;

import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.StorableText;

/** The check that short texts of interactions have in common. */
final class Texts {

    /** Characters of a key of the host's. */
    static final int KEY = 200;

    private Texts() {}

    /** The text without white space round it, not blank. */
    static String limited(String field, String text, int maxLength) {
        String stripped = StorableText.require(field, text).strip();
        if (stripped.isEmpty()) {
            throw new InvalidValueException(field, text, "is blank");
        }
        if (stripped.length() > maxLength) {
            throw new InvalidValueException(field, text, "is longer than " + maxLength + " characters");
        }
        return stripped;
    }
}
