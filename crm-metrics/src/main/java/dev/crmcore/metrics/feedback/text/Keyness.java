package dev.crmcore.metrics.feedback.text;

import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which terms set two groups of texts apart, such as those of detractors from those of promoters.
 *
 * <p>With x and y the occurrences of a term among the Na and Nb terms of the groups, the signed log-likelihood ratio is
 * G&sup2; = 2(x ln(x/Ea) + y ln(y/Eb)) with the expected Ea = Na(x + y)/(Na + Nb), negative if the term is rather b's (Dunning
 * 1993). It favours frequent terms. The log-odds ratio takes the pooled counts a = x + y as its prior:
 * delta = ln((x + a)/(Na + A - x - a)) - ln((y + a)/(Nb + A - y - a)) with A = Na + Nb, and
 * z = delta/sqrt(1/(x + a) + 1/(y + a)) (Monroe, Colaresi and Quinn 2008).
 *
 * <pre>{@code
 * TermCounts bad = badTexts.collect(TermCounter.of(Terms.WORDS).collector());
 * TermCounts good = goodTexts.collect(TermCounter.of(Terms.WORDS).collector());
 * Keyness.between(bad, good, 5).byG2();   // what bad texts speak of first
 * }</pre>
 *
 * <p>Many terms are compared at once: |z| above 1.96 is no proof for one of them. Immutable and thread-safe.
 */
public final class Keyness {

    /** What the figure means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("term-keyness", 1)
            .name("Keyness of terms")
            .kind(KpiKind.BATCH)
            .unit("signed log-likelihood ratio; log-odds")
            .formula("G2 = 2(x ln(x/Ea) + y ln(y/Eb)), signed; log-odds with the pooled counts as Dirichlet prior")
            .variant("the least pooled count of a term is stated")
            .emptyRule("no terms if one group has none")
            .source("Dunning 1993; Monroe, Colaresi and Quinn 2008")
            .build();

    private final List<Term> terms;

    private Keyness(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /**
     * A term in both groups.
     *
     * @param term the term
     * @param a how often it occurs in the first group
     * @param b how often it occurs in the second group
     * @param signedG2 the log-likelihood ratio, positive if it is relatively more frequent in the first group
     * @param logOdds the log-odds ratio, positive if it is rather the first group's
     * @param z the log-odds ratio in standard deviations
     */
    public record Term(String term, TermCounts.Count a, TermCounts.Count b, double signedG2, double logOdds, double z) {

        /**
         * A term in both groups.
         *
         * @param term the term
         * @param a how often it occurs in the first group
         * @param b how often it occurs in the second group
         * @param signedG2 the log-likelihood ratio
         * @param logOdds the log-odds ratio
         * @param z the log-odds ratio in standard deviations
         */
        public Term {}
    }

    /**
     * Compares two groups.
     *
     * @param a the first group
     * @param b the second group
     * @param leastCount terms that occur less often in both groups together are left out, at least 1
     * @return the comparison; without terms if a group has none
     * @throws IllegalArgumentException if the groups were counted by different kinds of terms, or the least count is below 1
     */
    public static Keyness between(TermCounts a, TermCounts b, long leastCount) {
        a.requireSameKind(b);
        if (leastCount < 1) {
            throw new IllegalArgumentException("leastCount must be at least 1, not " + leastCount);
        }
        List<Term> terms = new ArrayList<>();
        if (a.tokens() > 0 && b.tokens() > 0) {
            for (String term : a.terms()) {
                addIfFrequent(terms, term, a, b, leastCount);
            }
            for (String term : b.terms()) {
                if (a.of(term).occurrences() == 0) {
                    addIfFrequent(terms, term, a, b, leastCount);
                }
            }
        }
        return new Keyness(terms);
    }

    /**
     * The terms by their signed G&sup2;: the first group's before the second group's; equal ones by the term.
     *
     * @return the terms, immutable
     */
    public List<Term> byG2() {
        return sorted(Comparator.comparingDouble(Term::signedG2).reversed());
    }

    /**
     * The terms by their z: the first group's before the second group's; equal ones by the term.
     *
     * @return the terms, immutable
     */
    public List<Term> byZ() {
        return sorted(Comparator.comparingDouble(Term::z).reversed());
    }

    private List<Term> sorted(Comparator<Term> order) {
        return terms.stream().sorted(order.thenComparing(Term::term)).toList();
    }

    private static void addIfFrequent(List<Term> terms, String term, TermCounts a, TermCounts b, long leastCount) {
        TermCounts.Count inA = a.of(term);
        TermCounts.Count inB = b.of(term);
        if (Math.addExact(inA.occurrences(), inB.occurrences()) < leastCount) {
            return;
        }
        double x = inA.occurrences();
        double y = inB.occurrences();
        double na = a.tokens();
        double nb = b.tokens();
        double pooled = x + y;
        double all = na + nb;
        double g2 = 2 * (likelihood(x, na * pooled / all) + likelihood(y, nb * pooled / all));
        double sign = x / na >= y / nb ? 1 : -1;
        double logOdds =
                Math.log((x + pooled) / (na + all - x - pooled)) - Math.log((y + pooled) / (nb + all - y - pooled));
        double deviation = Math.sqrt(1 / (x + pooled) + 1 / (y + pooled));
        terms.add(new Term(term, inA, inB, sign * Math.max(0, g2), logOdds, logOdds / deviation));
    }

    private static double likelihood(double observed, double expected) {
        return observed == 0 ? 0 : observed * Math.log(observed / expected);
    }
}
