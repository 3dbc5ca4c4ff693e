package dev.crmcore.metrics.feedback.text;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How often terms occur in a set of texts.
 *
 * <p>Immutable and thread-safe.
 */
public final class TermCounts {

    static final Count NONE = new Count(0, 0);

    private final Terms terms;
    private final long texts;
    private final SortedMap<String, Count> counts;
    private final long tokens;

    /** The map is kept. */
    TermCounts(Terms terms, long texts, SortedMap<String, Count> counts) {
        this.terms = terms;
        this.texts = texts;
        this.counts = Collections.unmodifiableSortedMap(counts);
        long sum = 0;
        for (Count count : counts.values()) {
            sum = Math.addExact(sum, count.occurrences());
        }
        this.tokens = sum;
    }

    /**
     * How often a term occurs.
     *
     * @param occurrences all its occurrences
     * @param texts the texts in which it occurs
     */
    public record Count(long occurrences, long texts) {

        /**
         * A count.
         *
         * @param occurrences all its occurrences
         * @param texts the texts in which it occurs
         */
        public Count {}
    }

    /**
     * What counts as a term.
     *
     * @return the kind of terms
     */
    public Terms kind() {
        return terms;
    }

    /**
     * How many texts were counted.
     *
     * @return the number of texts
     */
    public long texts() {
        return texts;
    }

    /**
     * How many terms there are, repeated ones too.
     *
     * @return the sum of all occurrences
     */
    public long tokens() {
        return tokens;
    }

    /**
     * The different terms.
     *
     * @return the terms in their UTF-16 order, immutable
     */
    public Set<String> terms() {
        return counts.keySet();
    }

    /**
     * How often a term occurs.
     *
     * @param term the term in lower case
     * @return its count, 0 for a term that does not occur
     */
    public Count of(String term) {
        return counts.getOrDefault(term, NONE);
    }

    void requireSameKind(TermCounts other) {
        if (terms != other.terms) {
            throw new IllegalArgumentException("terms " + terms + " do not compare with " + other.terms);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TermCounts that
                && terms == that.terms
                && texts == that.texts
                && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(terms, texts, counts);
    }

    /** The numbers of texts and terms; terms may be personal. */
    @Override
    public String toString() {
        return counts.size() + " terms in " + texts + " texts";
    }
}
