package dev.crmcore.metrics.feedback.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Themes by the words that give them away: a text speaks of a theme if one of its keywords stands in it as a word or phrase of
 * its own, in any case. A keyword next to a letter or an apostrophe is part of another word and does not count: "late" is not in
 * "later", but it is in "late!".
 *
 * <pre>{@code
 * ThemeTaxonomy themes = ThemeTaxonomy.builder()
 *         .theme("delivery", "delivery", "shipped", "late")
 *         .theme("support", "support", "customer service")
 *         .build();
 * themes.themesOf("Customer service was quick, delivery late");   // [delivery, support]
 * }</pre>
 *
 * <p>Immutable and thread-safe. A text costs time in proportion to its length and to the keywords with one first letter.
 */
public final class ThemeTaxonomy {

    private final Map<String, Set<String>> themes;
    private final Map<Character, List<Keyword>> keywords = new HashMap<>();

    private record Keyword(String text, int theme) {}

    private ThemeTaxonomy(Map<String, Set<String>> themes) {
        this.themes = themes;
        int number = 0;
        for (Set<String> words : themes.values()) {
            for (String word : words) {
                keywords.computeIfAbsent(word.charAt(0), c -> new ArrayList<>()).add(new Keyword(word, number));
            }
            number++;
        }
    }

    /**
     * Begins a taxonomy.
     *
     * @return a builder without themes
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The themes in the order in which they were declared.
     *
     * @return the names, immutable
     */
    public List<String> themes() {
        return List.copyOf(themes.keySet());
    }

    /**
     * The keywords of a theme.
     *
     * @param theme the theme's name
     * @return its keywords in lower case, immutable
     * @throws IllegalArgumentException if there is no such theme
     */
    public Set<String> keywords(String theme) {
        Set<String> words = themes.get(theme);
        if (words == null) {
            throw new IllegalArgumentException("unknown theme \"" + theme + "\"");
        }
        return words;
    }

    /**
     * The themes that a text speaks of.
     *
     * @param text the text
     * @return the names in the order in which they were declared, immutable
     */
    public List<String> themesOf(String text) {
        boolean[] found = find(text);
        List<String> names = new ArrayList<>();
        int number = 0;
        for (String theme : themes.keySet()) {
            if (found[number++]) {
                names.add(theme);
            }
        }
        return List.copyOf(names);
    }

    /** Whether a text speaks of each theme. */
    boolean[] find(String text) {
        boolean[] found = new boolean[themes.size()];
        String lower = Terms.normalised(text);
        for (int i = 0; i < lower.length(); i++) {
            if (isWordPart(lower, i - 1)) {
                continue;
            }
            for (Keyword keyword : keywords.getOrDefault(lower.charAt(i), List.of())) {
                if (!found[keyword.theme()]
                        && lower.startsWith(keyword.text(), i)
                        && !isWordPart(lower, i + keyword.text().length())) {
                    found[keyword.theme()] = true;
                }
            }
        }
        return found;
    }

    private static boolean isWordPart(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        int c = Character.isLowSurrogate(text.charAt(at)) && at > 0
                ? text.codePointBefore(at + 1)
                : text.codePointAt(at);
        return Terms.isWordPart(c);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ThemeTaxonomy that && themes.equals(that.themes) && themes().equals(that.themes());
    }

    @Override
    public int hashCode() {
        return themes.hashCode();
    }

    /** The names of the themes. */
    @Override
    public String toString() {
        return themes.keySet().toString();
    }

    /** Collects themes. Mutable, not thread-safe. */
    public static final class Builder {

        private static final int LONGEST = 200;

        private final Map<String, Set<String>> themes = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a theme, or keywords to a theme that is there already.
         *
         * @param name the theme's name, 1 to 200 characters
         * @param words its keywords, words or phrases of 1 to 200 characters
         * @return this builder
         * @throws IllegalArgumentException if a name or keyword is blank or too long, or there is no keyword
         */
        public Builder theme(String name, String... words) {
            require(name, "name");
            if (words.length == 0) {
                throw new IllegalArgumentException("theme \"" + name + "\" needs a keyword");
            }
            List<String> normalised = Arrays.stream(words)
                    .map(word -> Terms.normalised(require(word, "keyword").strip()))
                    .toList();
            themes.computeIfAbsent(name, n -> new LinkedHashSet<>()).addAll(normalised);
            return this;
        }

        /**
         * Makes the taxonomy.
         *
         * @return the taxonomy
         * @throws IllegalArgumentException if there is no theme
         */
        public ThemeTaxonomy build() {
            if (themes.isEmpty()) {
                throw new IllegalArgumentException("themes must not be empty");
            }
            Map<String, Set<String>> copy = new LinkedHashMap<>();
            themes.forEach((name, words) -> copy.put(name, Collections.unmodifiableSet(new LinkedHashSet<>(words))));
            return new ThemeTaxonomy(Collections.unmodifiableMap(copy));
        }

        private static String require(String text, String name) {
            if (text.isBlank() || text.length() > LONGEST) {
                throw new IllegalArgumentException(
                        name + " must have 1 to " + LONGEST + " characters, not \"" + text + "\"");
            }
            return text;
        }
    }
}
