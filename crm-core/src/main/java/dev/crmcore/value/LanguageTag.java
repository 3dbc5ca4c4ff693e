package dev.crmcore.value;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A language as BCP 47 tags it: {@code de}, {@code pt-BR}, {@code zh-Hant-TW}. Kept with the customary case of each part, so
 * {@code PT-br} is {@code pt-BR}. Immutable and thread-safe.
 */
public final class LanguageTag {
    private final Locale locale;

    private LanguageTag(Locale locale) {
        this.locale = locale;
    }

    /**
     * Reads a tag.
     *
     * @param tag as of BCP 47, in any case
     * @return the language
     * @throws InvalidValueException if it is not well formed or names no language
     */
    public static LanguageTag of(String tag) {
        Objects.requireNonNull(tag, "tag");
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            if (!locale.getLanguage().isEmpty()) {
                return new LanguageTag(locale);
            }
        } catch (IllformedLocaleException e) {
            // refused below, with the same words
        }
        throw new InvalidValueException("language", tag, "is not a language tag of BCP 47 such as pt-BR");
    }

    /**
     * The tag.
     *
     * @return in the customary case
     */
    public String tag() {
        return locale.toLanguageTag();
    }

    /**
     * The JDK's form, to format texts with.
     *
     * @return the locale of this language
     */
    public Locale locale() {
        return locale;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LanguageTag that && locale.equals(that.locale);
    }

    @Override
    public int hashCode() {
        return locale.hashCode();
    }

    /** The tag. */
    @Override
    public String toString() {
        return tag();
    }
}
