package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.LongTable;
import java.util.Arrays;

/**
 * What a {@link SentimentModel} sees of a text: a few figures that the lexicon makes of it, and which words, pairs of words and
 * parts of words it has, each as a 64-bit hash. The words themselves are not kept.
 *
 * <p>Every figure is a sum of shares of the tokens and a share of the text as a whole, so that what it contributes to a
 * prediction can be told apart by tokens.
 *
 * <p>Not thread-safe while it is made, then immutable.
 */
final class TextFeatures {

    /** How many figures the lexicon makes. */
    static final int FIGURES = 12;

    private static final double PART_WEIGHT = 0.5;
    private static final int SHORTEST_PART = 3;
    private static final int LONGEST_PART = 4;
    private static final long WORD = 0x9E3779B97F4A7C15L;
    private static final long NEXT_PAIR = 0xC2B2AE3D27D4EB4FL;
    private static final long SKIP_PAIR = 0x165667B19E3779F9L;
    private static final long PART = 0x27D4EB2F165667C5L;

    private final int tokens;
    /** The figures of each token, one after the other, then those of the text as a whole. */
    private final double[] shares;

    /** Occurrences: the hash, the one or two tokens, and how it is weighed. */
    private long[] occurring = new long[256];

    private int[] firstTokens = new int[256];
    private int[] secondTokens = new int[256];
    private int occurrences;

    private long[] keys = {};
    private double[] weights = {};
    /** For each key where its occurrences begin in {@link #order}; one entry more for the end. */
    private int[] begins = {};

    private int[] order = {};

    private TextFeatures(int tokens) {
        this.tokens = tokens;
        this.shares = new double[(tokens + 1) * FIGURES];
    }

    static TextFeatures of(ValencePass pass) {
        TextFeatures features = new TextFeatures(pass.text().tokens());
        features.takeFigures(pass);
        features.takeWords(pass.text());
        features.group();
        return features;
    }

    int tokens() {
        return tokens;
    }

    /** How many different words, pairs and parts there are. */
    int size() {
        return keys.length;
    }

    long key(int feature) {
        return keys[feature];
    }

    /** How strongly a feature occurs, before it is weighed against other texts. */
    double weight(int feature) {
        return weights[feature];
    }

    /** The figures of the whole text. */
    double[] figures() {
        double[] sum = new double[FIGURES];
        for (int at = 0; at < shares.length; at++) {
            sum[at % FIGURES] += shares[at];
        }
        return sum;
    }

    /** What a token, or the text as a whole for {@code tokens()}, adds to a figure. */
    double share(int token, int figure) {
        return shares[token * FIGURES + figure];
    }

    /** Shares what a feature contributes among the tokens in which it occurs. */
    void spread(int feature, double contribution, double[] byToken) {
        double each = contribution / (begins[feature + 1] - begins[feature]) / 2;
        for (int at = begins[feature]; at < begins[feature + 1]; at++) {
            byToken[firstTokens[order[at]]] += each;
            byToken[secondTokens[order[at]]] += each;
        }
    }

    private void takeFigures(ValencePass pass) {
        double positive = 0;
        double negative = 0;
        double lexical = 0;
        int contrast = -1;
        for (int i = 0; i < tokens; i++) {
            double valence = pass.valenceOf(i);
            positive += Math.max(0, valence);
            negative += Math.min(0, valence);
            lexical += pass.lexiconValenceOf(i);
            contrast = contrast < 0 && pass.isContrast(i) ? i : contrast;
        }
        double sum = positive + negative + pass.emphasisOnSum();
        double length = Math.max(1, tokens);
        for (int i = 0; i < tokens; i++) {
            double valence = pass.valenceOf(i);
            double up = Math.max(0, valence);
            double down = Math.min(0, valence);
            int at = i * FIGURES;
            shares[at] = 2 * valence / saturation(sum);
            shares[at + 1] = up / saturation(positive);
            shares[at + 2] = down / saturation(negative);
            shares[at + 3] = 0.2 * up;
            shares[at + 4] = 0.2 * down;
            shares[at + 5] = up / length;
            shares[at + 6] = down / length;
            shares[at + 7] = pass.lexiconValenceOf(i) / saturation(lexical);
            shares[at + 8] = pass.isNegation(i) ? 0.3 : 0;
            shares[at + 9] = i == contrast ? 0.5 : 0;
        }
        int whole = tokens * FIGURES;
        shares[whole] = 2 * pass.emphasisOnSum() / saturation(sum);
        shares[whole + 10] = 0.3 * Math.log(length);
        shares[whole + 11] = 0.3 * pass.emphasisOnSum();
    }

    private static double saturation(double sum) {
        return Math.sqrt(sum * sum + 15);
    }

    private void takeWords(TokenizedText text) {
        long before = 0;
        long twoBefore = 0;
        int previous = -1;
        int previousButOne = -1;
        LongTable seen = new LongTable();
        for (int i = 0; i < tokens; i++) {
            String word = wordOf(text.lowerCase(i));
            if (word.isEmpty()) {
                continue;
            }
            long hash = hash(word, 0, word.length());
            occur(mix(hash ^ WORD), i, i);
            if (previous >= 0) {
                occur(mix(before * NEXT_PAIR + hash), previous, i);
            }
            if (previousButOne >= 0) {
                occur(mix(twoBefore * SKIP_PAIR + hash), previousButOne, i);
            }
            if (seen.get(hash) == 0) {
                seen.put(hash, 1);
                takeParts(word, i);
            }
            twoBefore = before;
            before = hash;
            previousButOne = previous;
            previous = i;
        }
    }

    /** Parts of three and four characters, with the word's ends marked; those of a repeated word count once. */
    private void takeParts(String word, int token) {
        String marked = "_" + word + "_";
        for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
            for (int from = 0; from + length <= marked.length(); from++) {
                // the lowest bit tells parts from words when they are weighed
                occur(mix(hash(marked, from, from + length) ^ PART) | 1, token, token);
            }
        }
    }

    /** The word without punctuation at its ends and with 0 for every digit. */
    private static String wordOf(String token) {
        int from = 0;
        int to = token.length();
        while (from < to && !Character.isLetterOrDigit(token.charAt(from)) && token.charAt(from) < 0x80) {
            from++;
        }
        while (to > from && !Character.isLetterOrDigit(token.charAt(to - 1)) && token.charAt(to - 1) < 0x80) {
            to--;
        }
        StringBuilder word = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = token.charAt(i);
            word.append(Character.isDigit(c) ? '0' : c);
        }
        return word.toString();
    }

    private void occur(long key, int first, int second) {
        if (occurrences == occurring.length) {
            occurring = Arrays.copyOf(occurring, 2 * occurrences);
            firstTokens = Arrays.copyOf(firstTokens, 2 * occurrences);
            secondTokens = Arrays.copyOf(secondTokens, 2 * occurrences);
        }
        occurring[occurrences] = key;
        firstTokens[occurrences] = first;
        secondTokens[occurrences++] = second;
    }

    private void group() {
        order = IndexSort.sorted(occurrences, (i, j) -> Long.compare(occurring[i], occurring[j]));
        keys = new long[occurrences];
        weights = new double[occurrences];
        begins = new int[occurrences + 1];
        int groups = 0;
        for (int at = 0; at < occurrences; ) {
            int begin = at;
            long key = occurring[order[begin]];
            while (at < occurrences && occurring[order[at]] == key) {
                at++;
            }
            keys[groups] = key;
            weights[groups] = (key & 1) == 1 ? PART_WEIGHT * (at - begin) : Math.sqrt(at - begin);
            begins[groups++] = begin;
        }
        begins[groups] = occurrences;
        keys = Arrays.copyOf(keys, groups);
        weights = Arrays.copyOf(weights, groups);
    }

    private static long hash(String text, int from, int to) {
        long hash = 0xCBF29CE484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** Spreads the bits (the finaliser of SplitMix64) and leaves the lowest one free. */
    private static long mix(long hash) {
        long z = hash;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & ~1L;
    }
}
