package dev.crmcore.metrics.feedback.text;

import java.util.EnumSet;
import java.util.Set;

/**
 * What changed the valence of a word from that of the lexicon.
 *
 * <p>Immutable and thread-safe. Constants may be added.
 */
public enum ValenceRule {
    /** A negation before it turned it round, three quarters strong: "not good". */
    NEGATION(0),
    /** A word before it made it stronger or weaker: "very good". */
    BOOSTER(1),
    /** It is in capitals while other words are not. */
    CAPITALS(2),
    /** It belongs to a phrase with a valence of its own. */
    IDIOM(3),
    /** It stands before or behind a "but". */
    CONTRAST(4),
    /** "least" before it turned it round. */
    MINIMISER(5),
    /** "never so" or "this" before it made it stronger. */
    EMPHASIS(6),
    /** It is a "no" that negates the next word instead. */
    DETERMINER(7);

    private final int place;

    ValenceRule(int place) {
        this.place = place;
    }

    int bit() {
        return 1 << place;
    }

    static Set<ValenceRule> of(int bits) {
        Set<ValenceRule> rules = EnumSet.noneOf(ValenceRule.class);
        for (ValenceRule rule : values()) {
            if ((bits & rule.bit()) != 0) {
                rules.add(rule);
            }
        }
        return Set.copyOf(rules);
    }
}
