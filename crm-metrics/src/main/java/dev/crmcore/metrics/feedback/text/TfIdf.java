package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is special about one text among many: a term weighs the more, the more often it occurs in the text and the fewer other
 * texts have it. The weight is count times ln((1 + n)/(1 + df)) + 1, with n texts of which df have the term; the weights of a
 * text are scaled to a length of 1. These are scikit-learn's defaults.
 *
 * <pre>{@code
 * TfIdf weights = TfIdf.of(texts.collect(TermCounter.of(Terms.LETTERS_AND_DIGITS).collector()));
 * weights.of("the battery died after two days");   // {days=0.44, two=0.44, ..., the=0.34}
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class TfIdf {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("term-tf-idf", 1)
            .name("TF-IDF of terms")
            .kind(KpiKind.BATCH)
            .unit("weight, 0 to 1")
            .formula("count (ln((1 + n)/(1 + df)) + 1), scaled to a length of 1")
            .variant("smoothed, Euclidean length")
            .emptyRule("no weights for a text without known terms")
            .source("Sparck Jones 1972, in the form of scikit-learn")
            .build();

    private final TermCounts counts;

    private TfIdf(TermCounts counts) {
        this.counts = counts;
    }

    /**
     * Weights by the texts that were counted.
     *
     * @param counts the counted texts
     * @return the weights
     */
    public static TfIdf of(TermCounts counts) {
        return new TfIdf(Objects.requireNonNull(counts, "counts"));
    }

    /**
     * How rare a term is: ln((1 + n)/(1 + df)) + 1.
     *
     * @param term a term that occurs
     * @return its inverse document frequency, 1 or more
     * @throws IllegalArgumentException if it does not occur in the texts
     */
    public double idf(String term) {
        long texts = counts.of(term).texts();
        if (texts == 0) {
            throw new IllegalArgumentException("term \"" + term + "\" does not occur");
        }
        return Math.log((1.0 + counts.texts()) / (1.0 + texts)) + 1;
    }

    /**
     * The weights of the terms of a text. Terms that do not occur in the counted texts are left out.
     *
     * @param text the text, one of those counted or another one
     * @return weights above 0 to 1 by term, the heaviest first, equal ones by the term; a new map
     */
    public Map<String, Double> of(String text) {
        Map<String, Double> weights = new HashMap<>();
        counts.kind().forEach(text, term -> {
            if (counts.of(term).texts() > 0) {
                weights.merge(term, 1.0, Double::sum);
            }
        });
        weights.replaceAll((term, count) -> count * idf(term));
        double squares =
                weights.values().stream().sorted().mapToDouble(w -> w * w).sum();
        Map<String, Double> sorted = new LinkedHashMap<>();
        weights.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue() / Math.sqrt(squares)));
        return sorted;
    }
}
