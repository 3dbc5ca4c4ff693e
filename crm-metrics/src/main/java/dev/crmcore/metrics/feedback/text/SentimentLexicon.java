package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.internal.LongTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The words of a language with their valences, -4 (most negative) to 4, the words that change the valence of others, and what
 * emoji say in words.
 *
 * <p>English comes with the library. A host adds the words of its trade, or gives another language:
 *
 * <pre>{@code
 * SentimentLexicon ours = SentimentLexicon.english().toBuilder().word("laggy", -1.9).build();
 *
 * SentimentLexicon german = SentimentLexicon.builder()
 *         .readWords(words)       // gut<TAB>1.9
 *         .readRules(rules)       // negation<TAB>nicht, booster<TAB>sehr<TAB>0.293
 *         .build();
 * }</pre>
 *
 * <p>Words are compared in lower case and without the ASCII punctuation round them; they are looked up as they stand, so a
 * language with inflections needs its forms. Immutable and thread-safe.
 */
public final class SentimentLexicon {

    private static final int WORD_BITS = 21;

    private final Builder source;
    private final WordTable table;
    private final double[] valences;
    private final double[] boosters;
    private final int[] roles;
    private final String[] negatingParts;
    private final LongTable phrases = new LongTable();
    private final double[] phraseValues;
    private final int[] emoji;
    private final String[] meanings;

    private SentimentLexicon(Builder source) {
        this.source = source;
        Set<String> words = new LinkedHashSet<>(source.words.keySet());
        source.roles.values().forEach(words::addAll);
        source.valued.values().forEach(values -> values.keySet().forEach(phrase -> words.addAll(wordsOf(phrase))));
        if (words.size() >= 1 << WORD_BITS) {
            throw new IllegalArgumentException(
                    "a lexicon has at most " + (1 << WORD_BITS) + " words, not " + words.size());
        }
        table = new WordTable(words);
        valences = new double[words.size()];
        Arrays.fill(valences, Double.NaN);
        source.words.forEach((word, valence) -> valences[table.find(word)] = valence);
        roles = new int[words.size()];
        source.roles.forEach((role, members) -> members.forEach(word -> roles[table.find(word)] |= role.bit()));
        negatingParts =
                Objects.requireNonNull(source.roles.get(WordRole.NEGATING_PART)).toArray(new String[0]);
        boosters = new double[words.size()];
        phraseValues = phraseValues();
        emoji = source.emoji.keySet().stream().mapToInt(Integer::intValue).toArray();
        meanings = source.emoji.values().toArray(new String[0]);
    }

    /**
     * VADER's English lexicon and rules (Hutto and Gilbert 2014, MIT): 7,488 words and emoticons rated by ten people each, and
     * 1,212 emoji. It is read once.
     *
     * @return the lexicon
     */
    public static SentimentLexicon english() {
        return English.LEXICON;
    }

    /**
     * Begins an empty lexicon.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that has everything of this lexicon, to add words to it.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return source.copy();
    }

    /**
     * The valence of a word by itself.
     *
     * @param word a word, in any case
     * @return its valence, -4 to 4, or empty if it has none
     */
    public OptionalDouble valence(String word) {
        int number = table.find(word.toLowerCase(Locale.ROOT));
        return isSentimentWord(number) ? OptionalDouble.of(valences[number]) : OptionalDouble.empty();
    }

    /**
     * How many words have a valence.
     *
     * @return the number of words
     */
    public int size() {
        return source.words.size();
    }

    /** How many words there are, those with a role and no valence among them; they are numbered from 0. */
    int words() {
        return valences.length;
    }

    WordTable table() {
        return table;
    }

    boolean isSentimentWord(int word) {
        return word >= 0 && !Double.isNaN(valences[word]);
    }

    double valenceOf(int word) {
        return valences[word];
    }

    /** What a single word adds to the strength of another one; 0 if nothing. */
    double booster(int word) {
        return word < 0 ? 0 : boosters[word];
    }

    boolean has(int word, WordRole role) {
        return word >= 0 && (roles[word] & role.bit()) != 0;
    }

    String[] negatingParts() {
        return negatingParts;
    }

    /** The valence of a phrase of two words, or NaN. */
    double idiom(int first, int second) {
        return phraseValue(WordRole.IDIOM, first, second, WordTable.ABSENT);
    }

    /** The valence of a phrase of three words, or NaN. */
    double idiom(int first, int second, int third) {
        return third < 0 ? Double.NaN : phraseValue(WordRole.IDIOM, first, second, third);
    }

    /** What a phrase of two words adds to a following word, or NaN. */
    double boosterPhrase(int first, int second) {
        return phraseValue(WordRole.BOOSTER, first, second, WordTable.ABSENT);
    }

    /** What a phrase of three words adds to a following word, or NaN. */
    double boosterPhrase(int first, int second, int third) {
        return third < 0 ? Double.NaN : phraseValue(WordRole.BOOSTER, first, second, third);
    }

    /** What an emoji says, or null. */
    @Nullable
    String meaningOf(int codePoint) {
        int at = Arrays.binarySearch(emoji, codePoint);
        return at < 0 ? null : meanings[at];
    }

    /** Below this code point there is no emoji. */
    int leastEmoji() {
        return emoji.length == 0 ? Character.MAX_CODE_POINT + 1 : emoji[0];
    }

    /** The same number for the same content, so that what was made with one lexicon is not used with another. */
    int checkSum() {
        CRC32 crc = new CRC32();
        crc.update((source.words + "\n" + source.roles + "\n" + source.valued + "\n" + source.emoji)
                .getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /** How many words and emoji there are. */
    @Override
    public String toString() {
        return size() + " words, " + emoji.length + " emoji";
    }

    private double phraseValue(WordRole role, int first, int second, int third) {
        if (first < 0 || second < 0) {
            return Double.NaN;
        }
        long at = phrases.get(key(role, first, second, third));
        return at == 0 ? Double.NaN : phraseValues[(int) at - 1];
    }

    /** Gives single boosters their values and phrases their numbers. */
    private double[] phraseValues() {
        List<Double> values = new ArrayList<>();
        source.valued.forEach((role, entries) -> entries.forEach((phrase, value) -> {
            int[] numbers = wordsOf(phrase).stream().mapToInt(table::find).toArray();
            if (numbers.length == 1) {
                boosters[numbers[0]] = value;
            } else {
                values.add(value);
                phrases.put(
                        key(role, numbers[0], numbers[1], numbers.length == 3 ? numbers[2] : WordTable.ABSENT),
                        values.size());
            }
        }));
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static long key(WordRole role, int first, int second, int third) {
        long words = ((third + 1L) << (2 * WORD_BITS)) | ((long) second << WORD_BITS) | first;
        return role == WordRole.IDIOM ? words : ~words;
    }

    private static List<String> wordsOf(String phrase) {
        return List.of(phrase.split(" ", -1));
    }

    private static final class English {
        static final SentimentLexicon LEXICON = SentimentLexicon.builder()
                .readWords(open("vader-words.tsv"))
                .readRules(open("vader-rules.tsv"))
                .readEmoji(open("vader-emoji.tsv"))
                .build();

        private static Reader open(String name) {
            InputStream in = Objects.requireNonNull(SentimentLexicon.class.getResourceAsStream(name), name);
            return new InputStreamReader(in, StandardCharsets.UTF_8);
        }
    }

    /**
     * Collects words, rules and emoji. What is said twice counts as it was said last.
     *
     * <p>The three {@code read} methods take UTF-8 text, one entry a line, parts separated by one tab, and close their reader.
     * Empty lines are skipped, further parts of a line are ignored, so that VADER's own files can be read. A line that makes no
     * sense is an {@link IllegalArgumentException} that names its number, and nothing of the file is taken.
     *
     * <p>Mutable, not thread-safe.
     */
    public static final class Builder {

        /** Valences are ratings from -4 to 4. */
        static final double GREATEST_VALENCE = 4;

        private static final int MOST_WORDS_OF_PHRASE = 3;

        private final TreeMap<String, Double> words = new TreeMap<>();
        private final Map<WordRole, TreeSet<String>> roles = new EnumMap<>(WordRole.class);
        private final Map<WordRole, TreeMap<String, Double>> valued = new EnumMap<>(WordRole.class);
        private final TreeMap<Integer, String> emoji = new TreeMap<>();

        private Builder() {
            for (WordRole role : WordRole.values()) {
                if (role.isValued()) {
                    valued.put(role, new TreeMap<>());
                } else {
                    roles.put(role, new TreeSet<>());
                }
            }
        }

        /**
         * Gives a word or an emoticon a valence.
         *
         * @param word the word, without spaces
         * @param valence -4 to 4
         * @return this builder
         * @throws IllegalArgumentException if the word is empty or holds a space, or the valence is out of range
         */
        public Builder word(String word, double valence) {
            words.put(requireWord(word), requireValence(valence));
            return this;
        }

        /**
         * Takes a word's valence away.
         *
         * @param word the word
         * @return this builder
         */
        public Builder withoutWord(String word) {
            words.remove(word.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Gives words a role that needs no value.
         *
         * @param role the role
         * @param newWords the words, without spaces
         * @return this builder
         * @throws IllegalArgumentException if the role needs a value, or a word is empty or holds a space
         */
        public Builder role(WordRole role, String... newWords) {
            Set<String> members = roles.get(role);
            if (members == null) {
                throw new IllegalArgumentException("role " + role.code() + " needs a value");
            }
            for (String word : newWords) {
                members.add(requireWord(word));
            }
            return this;
        }

        /**
         * Makes a word, or a phrase of two or three words, one that strengthens or weakens others.
         *
         * @param phrase one to three words with one space between them
         * @param increment what it adds to the strength of a following word, -4 to 4; VADER's are 0.293 and -0.293
         * @return this builder
         * @throws IllegalArgumentException if the phrase has not one to three words, or the increment is out of range
         */
        public Builder booster(String phrase, double increment) {
            return value(WordRole.BOOSTER, phrase, increment);
        }

        /**
         * Gives a phrase a valence that replaces those of its words, where one of its words has a valence.
         *
         * @param phrase two or three words with one space between them
         * @param valence -4 to 4
         * @return this builder
         * @throws IllegalArgumentException if the phrase has not two or three words, or the valence is out of range
         */
        public Builder idiom(String phrase, double valence) {
            return value(WordRole.IDIOM, phrase, valence);
        }

        /**
         * Says what an emoji means.
         *
         * @param symbol one code point above ASCII
         * @param meaning the words that stand for it, which are then scored
         * @return this builder
         * @throws IllegalArgumentException if it is not one code point above ASCII, or the meaning is blank
         */
        public Builder emoji(String symbol, String meaning) {
            if (symbol.isEmpty() || symbol.codePointCount(0, symbol.length()) != 1 || symbol.codePointAt(0) < 0x80) {
                throw new IllegalArgumentException("emoji must be one code point above ASCII, not \"" + symbol + "\"");
            }
            if (meaning.isBlank()) {
                throw new IllegalArgumentException("meaning of " + symbol + " must not be blank");
            }
            emoji.put(symbol.codePointAt(0), meaning);
            return this;
        }

        /**
         * Reads words: {@code word<TAB>valence}.
         *
         * @param in the text
         * @return this builder
         * @throws IllegalArgumentException if a line makes no sense
         * @throws UncheckedIOException if the text cannot be read
         */
        public Builder readWords(Reader in) {
            return read(
                    in,
                    "words",
                    (draft, parts) -> draft.word(part(parts, 0, "word"), number(part(parts, 1, "valence"))));
        }

        /**
         * Reads rules: {@code role<TAB>word}, or {@code role<TAB>phrase<TAB>value} for boosters and idioms. Roles are those of
         * {@link WordRole} in lower case with hyphens.
         *
         * @param in the text
         * @return this builder
         * @throws IllegalArgumentException if a line makes no sense
         * @throws UncheckedIOException if the text cannot be read
         */
        public Builder readRules(Reader in) {
            return read(in, "rules", (draft, parts) -> {
                WordRole role = role(part(parts, 0, "role"));
                String phrase = part(parts, 1, "word");
                if (role.isValued()) {
                    draft.value(role, phrase, number(part(parts, 2, "value")));
                } else {
                    draft.role(role, phrase);
                }
            });
        }

        /**
         * Reads emoji: {@code emoji<TAB>meaning}.
         *
         * @param in the text
         * @return this builder
         * @throws IllegalArgumentException if a line makes no sense
         * @throws UncheckedIOException if the text cannot be read
         */
        public Builder readEmoji(Reader in) {
            return read(in, "emoji", (draft, parts) -> draft.emoji(part(parts, 0, "emoji"), part(parts, 1, "meaning")));
        }

        /**
         * Makes the lexicon.
         *
         * @return the lexicon
         */
        public SentimentLexicon build() {
            return new SentimentLexicon(copy());
        }

        private Builder value(WordRole role, String phrase, double value) {
            String lower = phrase.toLowerCase(Locale.ROOT);
            List<String> parts = wordsOf(lower);
            int least = role == WordRole.IDIOM ? 2 : 1;
            if (parts.size() < least || parts.size() > MOST_WORDS_OF_PHRASE) {
                throw new IllegalArgumentException(role.code() + " must have " + least + " to " + MOST_WORDS_OF_PHRASE
                        + " words, not \"" + phrase + "\"");
            }
            parts.forEach(Builder::requireWord);
            Objects.requireNonNull(valued.get(role)).put(lower, requireValence(value));
            return this;
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.take(this);
            return copy;
        }

        private void take(Builder other) {
            words.putAll(other.words);
            other.roles.forEach(
                    (role, members) -> Objects.requireNonNull(roles.get(role)).addAll(members));
            other.valued.forEach(
                    (role, values) -> Objects.requireNonNull(valued.get(role)).putAll(values));
            emoji.putAll(other.emoji);
        }

        private interface LineReader {
            void accept(Builder draft, String[] parts);
        }

        private Builder read(Reader in, String what, LineReader lines) {
            Builder draft = new Builder();
            int number = 0;
            try (BufferedReader reader = new BufferedReader(in)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    if (!line.isEmpty()) {
                        lines.accept(draft, line.split("\t", -1));
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(what + ", line " + number + ": " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(what + ", line " + (number + 1) + " could not be read", e);
            }
            take(draft);
            return this;
        }

        private static String part(String[] parts, int at, String name) {
            if (at >= parts.length || parts[at].isEmpty()) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return parts[at];
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\"" + text + "\" is not a number", e);
            }
        }

        private static WordRole role(String code) {
            for (WordRole role : WordRole.values()) {
                if (role.code().equals(code)) {
                    return role;
                }
            }
            throw new IllegalArgumentException("unknown role \"" + code + "\"");
        }

        private static String requireWord(String word) {
            if (word.isEmpty() || word.codePoints().anyMatch(TokenizedText::isSpace)) {
                throw new IllegalArgumentException("a word has no spaces and is not empty, unlike \"" + word + "\"");
            }
            return word.toLowerCase(Locale.ROOT);
        }

        private static double requireValence(double valence) {
            if (!(Math.abs(valence) <= GREATEST_VALENCE)) {
                throw new IllegalArgumentException("valence must be -4 to 4, not " + valence);
            }
            return valence;
        }
    }
}
