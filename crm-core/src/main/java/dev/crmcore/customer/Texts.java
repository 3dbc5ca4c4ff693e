package dev.crmcore.customer;

import dev.crmcore.store.EntityType;
import dev.crmcore.value.StorableText;
import org.jspecify.annotations.Nullable;

/** The checks that short texts of records have in common. */
final class Texts {

    /** What {@link EntityType#MAX_INDEXED_BYTES} takes of any script: three bytes for each {@code char} at most. */
    static final int MAX_INDEXED = EntityType.MAX_INDEXED_BYTES / 3;

    private static final int MAX_KEY = 200;
    private static final int MAX_LINE = 1_000;

    private Texts() {}

    /** A key of the host's or a word that records are found by: not blank, short, without white space round it. */
    static String key(String field, String text) {
        return StorableText.requireLine(field, text, MAX_KEY);
    }

    /** A line of text: not blank, without white space round it. */
    static String line(String field, String text) {
        return StorableText.requireLine(field, text, MAX_LINE);
    }

    static @Nullable String optionalKey(String field, @Nullable String text) {
        return text == null ? null : key(field, text);
    }

    static @Nullable String optionalLine(String field, @Nullable String text) {
        return text == null ? null : line(field, text);
    }

    /** The beginning of a text that an index takes whole. */
    static String indexable(String text) {
        if (text.length() <= MAX_INDEXED) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_INDEXED - 1)) ? MAX_INDEXED - 1 : MAX_INDEXED;
        return text.substring(0, end);
    }
}
