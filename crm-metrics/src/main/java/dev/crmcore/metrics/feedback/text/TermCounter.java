package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Counts the terms of texts: how often each occurs, and in how many texts. All counts are exact whole numbers.
 *
 * <p>Byte form, version 1: text name of what counts as a term; u64 texts; u32 number of terms; for each, by its UTF-16 order,
 * the term as text, u64 occurrences, u64 texts.
 *
 * <p>Mutable, not thread-safe. State: two counts for each different term.
 */
public final class TermCounter implements Accumulator<String, TermCounter, TermCounts> {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("term-counts", 1)
            .name("Terms of texts")
            .kind(KpiKind.KEYED)
            .unit("occurrences")
            .formula("occurrences of each term; texts with each term")
            .variant("what counts as a term: words, or letters and digits")
            .emptyRule("0 for a term that does not occur")
            .source("a count")
            .build();

    private static final int FORMAT = 1;

    private final Terms terms;
    private final Map<String, Tally> tallies = new HashMap<>();
    private long texts;

    /** Occurrences, texts, and the number of the last text that it occurred in. */
    static final class Tally {
        long occurrences;
        long texts;
        private long lastText;
    }

    private TermCounter(Terms terms) {
        this.terms = terms;
    }

    /**
     * The counter of some kind of terms.
     *
     * @param terms what counts as a term
     * @return how to begin, resume and collect
     */
    public static AccumulatorType<String, TermCounter, TermCounts> of(Terms terms) {
        Objects.requireNonNull(terms, "terms");
        return AccumulatorType.of(DEFINITION, () -> new TermCounter(terms), bytes -> read(terms, bytes));
    }

    @Override
    public void add(String text) {
        Objects.requireNonNull(text, "text");
        long number = texts + 1;
        terms.forEach(text, term -> count(term, number));
        texts = number;
    }

    @Override
    public void merge(TermCounter other) {
        if (terms != other.terms) {
            throw new IllegalArgumentException("terms " + terms + " do not mix with " + other.terms);
        }
        texts = Math.addExact(texts, other.texts);
        other.tallies.forEach((term, theirs) -> {
            Tally mine = tallies.computeIfAbsent(term, t -> new Tally());
            mine.occurrences = Math.addExact(mine.occurrences, theirs.occurrences);
            mine.texts += theirs.texts;
            mine.lastText = 0;
        });
    }

    @Override
    public TermCounts result() {
        TreeMap<String, TermCounts.Count> counts = new TreeMap<>();
        tallies.forEach((term, tally) -> counts.put(term, new TermCounts.Count(tally.occurrences, tally.texts)));
        return new TermCounts(terms, texts, counts);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        writer.putString(terms.name()).putLong(texts).putInt(tallies.size());
        new TreeMap<>(tallies)
                .forEach((term, tally) ->
                        writer.putString(term).putLong(tally.occurrences).putLong(tally.texts));
        return writer.toBytes();
    }

    private static TermCounter read(Terms terms, byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        String name = reader.getString();
        if (!name.equals(terms.name())) {
            throw reader.malformed("terms " + name + ", not " + terms);
        }
        TermCounter counter = new TermCounter(terms);
        counter.texts = reader.getCount();
        int size = reader.getSize(2 * Long.BYTES);
        for (int i = 0; i < size; i++) {
            Tally tally = new Tally();
            String term = reader.getString();
            tally.occurrences = reader.getCount();
            tally.texts = reader.getCount();
            if (tally.texts < 1 || tally.texts > counter.texts || tally.occurrences < tally.texts) {
                throw reader.malformed("a term in " + tally.texts + " of " + counter.texts + " texts, "
                        + tally.occurrences + " times");
            }
            if (counter.tallies.put(term, tally) != null) {
                throw reader.malformed("a term twice");
            }
        }
        reader.end();
        return counter;
    }

    private void count(String term, long text) {
        Tally tally = tallies.computeIfAbsent(term, t -> new Tally());
        tally.occurrences++;
        if (tally.lastText != text) {
            tally.lastText = text;
            tally.texts++;
        }
    }
}
