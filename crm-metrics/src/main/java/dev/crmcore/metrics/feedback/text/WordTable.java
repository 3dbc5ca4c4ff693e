package dev.crmcore.metrics.feedback.text;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Words by number, looked up by characters without making a string. Open addressing, at most half full.
 *
 * <p>Immutable and thread-safe.
 */
final class WordTable {

    static final int ABSENT = -1;

    private final @Nullable String[] words;
    private final int[] numbers;
    private final int mask;

    /** Numbers the words in their order; they must differ. */
    WordTable(Collection<String> distinct) {
        int capacity = Integer.highestOneBit(Math.max(8, distinct.size()) * 4 - 1);
        words = new String[capacity];
        numbers = new int[capacity];
        mask = capacity - 1;
        int number = 0;
        for (String word : distinct) {
            int slot = spread(word.hashCode()) & mask;
            while (words[slot] != null) {
                slot = (slot + 1) & mask;
            }
            words[slot] = word;
            numbers[slot] = number++;
        }
    }

    int find(String word) {
        return find(word.toCharArray(), 0, word.length(), word.hashCode());
    }

    /** The number of a word that stands in an array, given its {@link String#hashCode()}. */
    int find(char[] chars, int from, int to, int hash) {
        int slot = spread(hash) & mask;
        for (String word = words[slot]; word != null; word = words[slot]) {
            if (equal(word, chars, from, to)) {
                return numbers[slot];
            }
            slot = (slot + 1) & mask;
        }
        return ABSENT;
    }

    private static boolean equal(String word, char[] chars, int from, int to) {
        if (word.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (word.charAt(i - from) != chars[i]) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
