package dev.crmcore.metrics.feedback.text;

import java.util.Locale;

/**
 * What a word does to the valence of the words near it. The roles are those of VADER's rules; which words have them is a
 * matter of the language and stands in a {@link SentimentLexicon}.
 *
 * <p>Immutable and thread-safe. Constants may be added.
 */
public enum WordRole {
    /** Turns a following word round, up to three words on: "not". */
    NEGATION(0, false),
    /** Makes a negation of every word that contains it: "n't". */
    NEGATING_PART(1, false),
    /** Strengthens or weakens a following word, up to three words on, by its value: "very". Also phrases: "kind of". */
    BOOSTER(2, true),
    /** A phrase of two or three words with a valence of its own, its value: "to die for". */
    IDIOM(3, true),
    /** What stands before it counts half, what stands after it half as much again: "but". */
    CONTRAST(4, false),
    /** Has a valence of its own, but turns the next sentiment word round instead where there is one: "no". */
    DETERMINER_NEGATION(5, false),
    /** Carries a {@link #DETERMINER_NEGATION} on to a third word: "no problems or complaints". */
    DETERMINER_LINK(6, false),
    /** Turns the next word round: "least". */
    MINIMISER(7, false),
    /** Keeps a {@link #MINIMISER} after it from turning anything: "at least". */
    MINIMISER_GUARD(8, false),
    /** A negation that strengthens together with its partner: "never so good". */
    EMPHATIC_NEGATION(9, false),
    /** The partner of an {@link #EMPHATIC_NEGATION}: "so". */
    EMPHATIC_NEGATION_PARTNER(10, false),
    /** A negation that turns nothing round together with its partner: "without doubt". */
    HARMLESS_NEGATION(11, false),
    /** The partner of a {@link #HARMLESS_NEGATION}: "doubt". */
    HARMLESS_NEGATION_PARTNER(12, false);

    private final int place;
    private final boolean valued;

    WordRole(int place, boolean valued) {
        this.place = place;
        this.valued = valued;
    }

    /**
     * Whether a word in this role has a value.
     *
     * @return true for boosters and idioms
     */
    public boolean isValued() {
        return valued;
    }

    /** The role in a file of rules, such as {@code determiner-negation}. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int bit() {
        return 1 << place;
    }
}
