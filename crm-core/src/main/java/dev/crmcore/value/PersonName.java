package dev.crmcore.value;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a person in the parts of vCard's {@code N}, and whole as in {@code FN}.
 *
 * <pre>{@code
 * PersonName ann = PersonName.of("Ann", "Lee");
 * PersonName sato = PersonName.builder().family("佐藤").given("陽子").formatted("佐藤 陽子")
 *         .phoneticFamily("さとう").phoneticGiven("ようこ").build();
 * sato.display();             // "佐藤 陽子"
 * }</pre>
 *
 * <p>Of given, family and formatted name at least one is there; people with one name have one. Parts are kept as typed,
 * without white space round them, at most 1,000 characters each; several given names are one part with spaces. Equal if all
 * parts are. Immutable and thread-safe; {@code toString} shows nothing of it.
 */
public final class PersonName {
    private final @Nullable String prefix;
    private final @Nullable String given;
    private final @Nullable String additional;
    private final @Nullable String family;
    private final @Nullable String suffix;
    private final @Nullable String formatted;
    private final @Nullable String phoneticGiven;
    private final @Nullable String phoneticFamily;

    private PersonName(Builder builder) {
        this.prefix = TextField.optional("name prefix", builder.prefix);
        this.given = TextField.optional("given name", builder.given);
        this.additional = TextField.optional("additional name", builder.additional);
        this.family = TextField.optional("family name", builder.family);
        this.suffix = TextField.optional("name suffix", builder.suffix);
        this.formatted = TextField.optional("formatted name", builder.formatted);
        this.phoneticGiven = TextField.optional("phonetic given name", builder.phoneticGiven);
        this.phoneticFamily = TextField.optional("phonetic family name", builder.phoneticFamily);
        if (given == null && family == null && formatted == null) {
            throw new InvalidValueException("name of a person", "", "has neither given, family nor formatted name");
        }
    }

    /**
     * A name of two parts.
     *
     * @param given name or names that a person is called by; may be blank if the other is not
     * @param family name that a family shares; may be blank if the other is not
     * @return the name
     * @throws InvalidValueException if both are blank, or one is too long or breaks {@link StorableText}
     */
    public static PersonName of(String given, String family) {
        return builder().given(given).family(family).build();
    }

    /**
     * A name of which only the whole is known.
     *
     * @param formatted the whole name as the person writes it
     * @return the name
     * @throws InvalidValueException if it is blank, too long or breaks {@link StorableText}
     */
    public static PersonName ofFormatted(String formatted) {
        return builder().formatted(formatted).build();
    }

    /**
     * Starts a name.
     *
     * @return a builder without parts
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a changed copy.
     *
     * @return a builder with the parts of this name
     */
    public Builder toBuilder() {
        return new Builder()
                .prefix(prefix)
                .given(given)
                .additional(additional)
                .family(family)
                .suffix(suffix)
                .formatted(formatted)
                .phoneticGiven(phoneticGiven)
                .phoneticFamily(phoneticFamily);
    }

    /**
     * The name in one line, to show.
     *
     * @return the formatted name if there is one; otherwise prefix, given, additional and family name and suffix, as far
     *     as there are any, with spaces between
     */
    public String display() {
        return formatted != null ? formatted : joined(prefix, given, additional, family, suffix);
    }

    /**
     * The form under which people look for the name: all that is known of it, without accents and case.
     *
     * @return {@link SearchKey} of given, additional and family name; of the formatted name if there are none of these
     */
    public String searchKey() {
        return SearchKey.of(given == null && family == null ? display() : joined(given, additional, family));
    }

    private static String joined(@Nullable String... parts) {
        return Arrays.stream(parts).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }

    /**
     * What goes before the name.
     *
     * @return such as {@code "Dr."}; empty if there is none
     */
    public Optional<String> prefix() {
        return Optional.ofNullable(prefix);
    }

    /**
     * What the person is called by.
     *
     * @return one or more given names; empty if not known
     */
    public Optional<String> given() {
        return Optional.ofNullable(given);
    }

    /**
     * Names between the given and the family name.
     *
     * @return middle name, patronymic and the like; empty if there are none
     */
    public Optional<String> additional() {
        return Optional.ofNullable(additional);
    }

    /**
     * What a family shares.
     *
     * @return one or more family names; empty if not known
     */
    public Optional<String> family() {
        return Optional.ofNullable(family);
    }

    /**
     * What goes after the name.
     *
     * @return such as {@code "Jr."}; empty if there is none
     */
    public Optional<String> suffix() {
        return Optional.ofNullable(suffix);
    }

    /**
     * The whole name as the person writes it.
     *
     * @return empty if the parts in their usual order are all that is known
     */
    public Optional<String> formatted() {
        return Optional.ofNullable(formatted);
    }

    /**
     * How the given name sounds.
     *
     * @return in letters that are read as they are written, kana for instance; empty if not known
     */
    public Optional<String> phoneticGiven() {
        return Optional.ofNullable(phoneticGiven);
    }

    /**
     * How the family name sounds.
     *
     * @return in letters that are read as they are written, kana for instance; empty if not known
     */
    public Optional<String> phoneticFamily() {
        return Optional.ofNullable(phoneticFamily);
    }

    private Stream<@Nullable String> parts() {
        return Stream.of(prefix, given, additional, family, suffix, formatted, phoneticGiven, phoneticFamily);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersonName that
                && parts().toList().equals(that.parts().toList());
    }

    @Override
    public int hashCode() {
        return parts().toList().hashCode();
    }

    /** Nothing of the name. */
    @Override
    public String toString() {
        return "PersonName[***]";
    }

    /** Builds a {@link PersonName}. A part that is {@code null} or blank is absent. Not thread-safe. */
    public static final class Builder {
        private @Nullable String prefix;
        private @Nullable String given;
        private @Nullable String additional;
        private @Nullable String family;
        private @Nullable String suffix;
        private @Nullable String formatted;
        private @Nullable String phoneticGiven;
        private @Nullable String phoneticFamily;

        private Builder() {}

        /**
         * What goes before the name.
         *
         * @param text such as {@code "Dr."}, or {@code null}
         * @return this
         */
        public Builder prefix(@Nullable String text) {
            this.prefix = text;
            return this;
        }

        /**
         * What the person is called by.
         *
         * @param text one or more given names, or {@code null}
         * @return this
         */
        public Builder given(@Nullable String text) {
            this.given = text;
            return this;
        }

        /**
         * Names between the given and the family name.
         *
         * @param text middle name, patronymic and the like, or {@code null}
         * @return this
         */
        public Builder additional(@Nullable String text) {
            this.additional = text;
            return this;
        }

        /**
         * What a family shares.
         *
         * @param text one or more family names, or {@code null}
         * @return this
         */
        public Builder family(@Nullable String text) {
            this.family = text;
            return this;
        }

        /**
         * What goes after the name.
         *
         * @param text such as {@code "Jr."}, or {@code null}
         * @return this
         */
        public Builder suffix(@Nullable String text) {
            this.suffix = text;
            return this;
        }

        /**
         * The whole name as the person writes it.
         *
         * @param text in one line, or {@code null}
         * @return this
         */
        public Builder formatted(@Nullable String text) {
            this.formatted = text;
            return this;
        }

        /**
         * How the given name sounds.
         *
         * @param text in letters that are read as they are written, or {@code null}
         * @return this
         */
        public Builder phoneticGiven(@Nullable String text) {
            this.phoneticGiven = text;
            return this;
        }

        /**
         * How the family name sounds.
         *
         * @param text in letters that are read as they are written, or {@code null}
         * @return this
         */
        public Builder phoneticFamily(@Nullable String text) {
            this.phoneticFamily = text;
            return this;
        }

        /**
         * Ends building.
         *
         * @return the name
         * @throws InvalidValueException if given, family and formatted name are all absent, or a part is longer than
         *     1,000 characters or breaks {@link StorableText}
         */
        public PersonName build() {
            return new PersonName(this);
        }
    }
}
