package dev.crmcore.metrics.feedback.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What counts as a term of a text. Texts are taken in lower case and in Unicode's composed form (NFC). A term of more than
 * {@link #LONGEST} characters is none.
 *
 * <p>Immutable and thread-safe.
 */
public enum Terms {
    /** Runs of letters and apostrophes, without apostrophes at their ends. */
    WORDS {
        @Override
        boolean isPart(int c) {
            return isWordPart(c);
        }

        @Override
        void accept(String run, Consumer<String> terms) {
            int from = 0;
            int to = run.length();
            while (from < to && run.charAt(from) == '\'') {
                from++;
            }
            while (to > from && run.charAt(to - 1) == '\'') {
                to--;
            }
            if (to > from) {
                terms.accept(run.substring(from, to));
            }
        }
    },
    /** Runs of two or more letters, digits or underscores, as scikit-learn's vectorisers have it. */
    LETTERS_AND_DIGITS {
        @Override
        boolean isPart(int c) {
            return c == '_' || Character.isLetterOrDigit(c);
        }

        @Override
        void accept(String run, Consumer<String> terms) {
            if (run.codePointCount(0, run.length()) > 1) {
                terms.accept(run);
            }
        }
    };

    /** The longest term. */
    public static final int LONGEST = 100;

    abstract boolean isPart(int c);

    abstract void accept(String run, Consumer<String> terms);

    /**
     * Gives the terms of a text in their order, repeated ones too.
     *
     * @param text the text
     * @param terms takes them
     */
    public void forEach(String text, Consumer<String> terms) {
        String lower = normalised(text);
        int begin = -1;
        for (int i = 0; i <= lower.length(); ) {
            int c = i < lower.length() ? lower.codePointAt(i) : ' ';
            if (isPart(c)) {
                begin = begin < 0 ? i : begin;
            } else if (begin >= 0) {
                if (i - begin <= LONGEST) {
                    accept(lower.substring(begin, i), terms);
                }
                begin = -1;
            }
            i += Character.charCount(c);
        }
    }

    static String normalised(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    static boolean isWordPart(int c) {
        return c == '\'' || Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
