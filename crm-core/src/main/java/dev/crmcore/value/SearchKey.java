package dev.crmcore.value;

import java.text.Normalizer;
import java.util.Objects;

/**
 * The form of a text under which people look for it: {@code "Łódź"}, {@code "LODZ"} and {@code "lo\u0301dz"} are one.
 *
 * <pre>{@code
 * SearchKey.of("  Jørgen  STRAẞER ");                              // "jorgen strasser"
 * SearchKey.of("Zoë").startsWith(SearchKey.of("zo"));              // true
 * }</pre>
 *
 * <p>Compatibility forms are decomposed (NFKD of the JDK's Unicode version), accents and other inherited marks dropped
 * (vowel signs of Indic scripts are letters and stay), letters that do not decompose replaced ({@code ß ss, ø o, ł l,
 * đ d, ı i, æ ae, œ oe, þ th} and so on), all in lower case without regard to any language, and white space is one space
 * between words and none at the ends. Applying it twice changes nothing, and the key of the beginning of a Latin, Greek
 * or Cyrillic text is the beginning of its key, so prefix search works on keys.
 */
public final class SearchKey {
    private SearchKey() {}

    /**
     * The key of a text. O(length).
     *
     * @param text any text
     * @return its key, empty for a text without letters, digits and signs
     */
    public static String of(String text) {
        Objects.requireNonNull(text, "text");
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder key = new StringBuilder(decomposed.length() + 8);
        boolean space = false;
        for (int i = 0, c; i < decomposed.length(); i += Character.charCount(c)) {
            c = decomposed.codePointAt(i);
            if (isSpace(c)) {
                space = !key.isEmpty();
            } else if (!isInheritedMark(c)) {
                if (space) {
                    key.append(' ');
                    space = false;
                }
                appendFolded(key, Character.toLowerCase(c));
            }
        }
        return key.toString();
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isInheritedMark(int c) {
        int type = Character.getType(c);
        return (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK)
                && Character.UnicodeScript.of(c) == Character.UnicodeScript.INHERITED;
    }

    private static void appendFolded(StringBuilder key, int lower) {
        switch (lower) {
            case 'ß' -> key.append("ss");
            case 'æ' -> key.append("ae");
            case 'œ' -> key.append("oe");
            case 'þ' -> key.append("th");
            case 'ø' -> key.append('o');
            case 'đ', 'ð' -> key.append('d');
            case 'ł' -> key.append('l');
            case 'ı' -> key.append('i');
            case 'ħ' -> key.append('h');
            case 'ŧ' -> key.append('t');
            case 'ŋ' -> key.append('n');
            case 'ĸ' -> key.append('k');
            case 'ς' -> key.append('σ');
            default -> key.appendCodePoint(lower);
        }
    }
}
