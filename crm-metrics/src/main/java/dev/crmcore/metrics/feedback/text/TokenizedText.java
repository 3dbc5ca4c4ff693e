package dev.crmcore.metrics.feedback.text;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text taken apart as VADER does it: emoji put into words, split at white space, punctuation taken off both ends of a token
 * unless two or fewer characters would be left. One object serves any number of texts, one after the other; its arrays grow
 * to the longest.
 *
 * <p>Not thread-safe.
 */
final class TokenizedText {

    private static final int SHORTEST_STRIPPED = 3;

    private final SentimentLexicon lexicon;
    private final WordTable table;

    private char[] chars = new char[256];
    private int length;
    /** For each character where it comes from in the text; null while that is the same place. */
    private int @Nullable [] origins;

    private char[] lower = new char[256];
    private int lowerLength;

    private int tokens;
    private int capitalTokens;
    private int[] begins = new int[48];
    private int[] ends = new int[48];
    private int[] lowerBegins = new int[49];
    private int[] words = new int[48];
    private boolean[] capitals = new boolean[48];
    private int exclamationMarks;
    private int questionMarks;

    TokenizedText(SentimentLexicon lexicon) {
        this.lexicon = lexicon;
        this.table = lexicon.table();
    }

    /** Takes the next text apart. */
    TokenizedText take(String text) {
        length = text.length();
        tokens = 0;
        capitalTokens = 0;
        lowerLength = 0;
        exclamationMarks = 0;
        questionMarks = 0;
        origins = null;
        reserve();
        text.getChars(0, length, chars, 0);
        if (mayHoldEmoji()) {
            spellEmoji(text);
        }
        split();
        return this;
    }

    int tokens() {
        return tokens;
    }

    /** The number of a token's word in the lexicon, or {@link WordTable#ABSENT}. */
    int word(int token) {
        return words[token];
    }

    /** Whether a token is written in capitals while others are not. */
    boolean isShouted(int token) {
        return capitals[token] && capitalTokens < tokens;
    }

    int exclamationMarks() {
        return exclamationMarks;
    }

    int questionMarks() {
        return questionMarks;
    }

    /** Whether a token's lower-case form contains some characters. */
    boolean contains(int token, String part) {
        int last = lowerBegins[token + 1] - part.length();
        for (int at = lowerBegins[token]; at <= last; at++) {
            int i = 0;
            while (i < part.length() && lower[at + i] == part.charAt(i)) {
                i++;
            }
            if (i == part.length()) {
                return true;
            }
        }
        return false;
    }

    /** A token as it is written. */
    String token(int token) {
        return new String(chars, begins[token], ends[token] - begins[token]);
    }

    /** A token in lower case. */
    String lowerCase(int token) {
        return new String(lower, lowerBegins[token], lowerBegins[token + 1] - lowerBegins[token]);
    }

    /** Where a token begins in the text. */
    int begin(int token) {
        return origins == null ? begins[token] : origins[begins[token]];
    }

    /** Where a token ends in the text; behind the whole emoji if it is one of its words. */
    int end(String text, int token) {
        if (origins == null) {
            return ends[token];
        }
        int last = origins[ends[token] - 1];
        return last + Character.charCount(text.codePointAt(last));
    }

    /** White space as Python's {@code str.split} sees it. */
    static boolean isSpace(int c) {
        if (c < 0x80) {
            return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
        }
        return c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    private static boolean isPunctuation(char c) {
        return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
    }

    private boolean mayHoldEmoji() {
        int least = Math.min(lexicon.leastEmoji(), Character.MIN_SURROGATE);
        for (int i = 0; i < length; i++) {
            if (chars[i] >= least) {
                return true;
            }
        }
        return false;
    }

    /** Puts the words for each emoji in its place, after a space unless one is there already. */
    private void spellEmoji(String text) {
        StringBuilder spelled = new StringBuilder(2 * length);
        int[] from = new int[2 * length];
        boolean afterSpace = true;
        boolean found = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int before = spelled.length();
            String meaning = lexicon.meaningOf(c);
            if (meaning == null) {
                spelled.appendCodePoint(c);
                afterSpace = c == ' ';
            } else {
                spelled.append(afterSpace ? "" : " ").append(meaning);
                afterSpace = false;
                found = true;
            }
            if (spelled.length() > from.length) {
                from = Arrays.copyOf(from, 2 * spelled.length());
            }
            Arrays.fill(from, before, spelled.length(), i);
            i += Character.charCount(c);
        }
        if (found) {
            length = spelled.length();
            reserve();
            spelled.getChars(0, length, chars, 0);
            origins = from;
        }
    }

    private void reserve() {
        if (chars.length < length) {
            chars = new char[length];
        }
    }

    private void split() {
        for (int i = 0; i < length; ) {
            if (isSpace(chars[i])) {
                i++;
                continue;
            }
            int begin = i;
            while (i < length && !isSpace(chars[i])) {
                exclamationMarks += chars[i] == '!' ? 1 : 0;
                questionMarks += chars[i] == '?' ? 1 : 0;
                i++;
            }
            add(begin, i);
        }
    }

    private void add(int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && isPunctuation(chars[from])) {
            from++;
        }
        while (to > from && isPunctuation(chars[to - 1])) {
            to--;
        }
        if (isShorterThanThree(from, to)) {
            from = begin;
            to = end;
        }
        if (tokens == words.length) {
            grow();
        }
        begins[tokens] = from;
        ends[tokens] = to;
        words[tokens] = look(from, to);
        capitalTokens += capitals[tokens] ? 1 : 0;
        lowerBegins[++tokens] = lowerLength;
    }

    private boolean isShorterThanThree(int from, int to) {
        return to - from < SHORTEST_STRIPPED
                || (to - from < 2 * SHORTEST_STRIPPED
                        && Character.codePointCount(chars, from, to - from) < SHORTEST_STRIPPED);
    }

    /** Writes the token in lower case, notes whether it is in capitals, and looks it up. */
    private int look(int from, int to) {
        if (lower.length < lowerLength + (to - from)) {
            lower = Arrays.copyOf(lower, 2 * (lowerLength + to - from));
        }
        int hash = 0;
        boolean upper = false;
        boolean other = false;
        int at = lowerLength;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c >= 0x80) {
                return lookBeyondAscii(from, to);
            }
            if (c >= 'A' && c <= 'Z') {
                upper = true;
                c = (char) (c + ('a' - 'A'));
            } else if (c >= 'a' && c <= 'z') {
                other = true;
            }
            lower[at++] = c;
            hash = 31 * hash + c;
        }
        capitals[tokens] = upper && !other;
        int word = table.find(lower, lowerLength, at, hash);
        lowerLength = at;
        return word;
    }

    private int lookBeyondAscii(int from, int to) {
        String token = new String(chars, from, to - from);
        capitals[tokens] = isInCapitals(token);
        String small = token.toLowerCase(Locale.ROOT);
        if (lower.length < lowerLength + small.length()) {
            lower = Arrays.copyOf(lower, 2 * (lowerLength + small.length()));
        }
        small.getChars(0, small.length(), lower, lowerLength);
        int word = table.find(lower, lowerLength, lowerLength + small.length(), small.hashCode());
        lowerLength += small.length();
        return word;
    }

    private static boolean isInCapitals(String token) {
        boolean upper = false;
        for (int i = 0; i < token.length(); i += Character.charCount(token.codePointAt(i))) {
            int c = token.codePointAt(i);
            if (Character.isLowerCase(c) || Character.isTitleCase(c)) {
                return false;
            }
            upper |= Character.isUpperCase(c);
        }
        return upper;
    }

    private void grow() {
        int more = 2 * tokens;
        begins = Arrays.copyOf(begins, more);
        ends = Arrays.copyOf(ends, more);
        lowerBegins = Arrays.copyOf(lowerBegins, more + 1);
        words = Arrays.copyOf(words, more);
        capitals = Arrays.copyOf(capitals, more);
    }
}
