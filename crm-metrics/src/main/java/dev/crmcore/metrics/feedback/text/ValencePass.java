package dev.crmcore.metrics.feedback.text;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * VADER's rules over one text after the other: from tokens to valences. The order of the steps is that of the reference,
 * because rounding and several rules depend on it.
 *
 * <p>Not thread-safe.
 */
final class ValencePass {

    private static final double NEGATED = -0.74;
    private static final double SHOUTED = 0.733;
    private static final double EMPHASISED = 1.25;
    private static final double BEFORE_CONTRAST = 0.5;
    private static final double AFTER_CONTRAST = 1.5;
    private static final int REACH = 3;
    /** How much of a booster is left at a distance of one, two and three words. */
    private static final double[] DAMPING = {1, 0.95, 0.9};

    private static final double EXCLAMATION = 0.292;
    private static final int MOST_EXCLAMATIONS = 4;
    private static final double QUESTION = 0.18;
    private static final int MOST_QUESTIONS = 3;
    private static final double MANY_QUESTIONS = 0.96;

    private final SentimentLexicon lexicon;
    private final TokenizedText text;
    private double[] valences = new double[48];
    private int[] rules = new int[48];
    private double emphasis;

    ValencePass(SentimentLexicon lexicon) {
        this.lexicon = lexicon;
        this.text = new TokenizedText(lexicon);
    }

    /** Scores the next text. */
    ValencePass take(String next) {
        text.take(next);
        int n = text.tokens();
        if (valences.length < n) {
            valences = new double[2 * n];
            rules = new int[2 * n];
        }
        int contrast = n;
        for (int i = 0; i < n; i++) {
            rules[i] = 0;
            valences[i] = isOnlyBooster(i) || !isSentiment(i) ? 0 : valence(i);
            if (contrast == n && is(i, WordRole.CONTRAST)) {
                contrast = i;
            }
        }
        if (contrast < n) {
            weighAbout(contrast);
        }
        emphasis = emphasis();
        return this;
    }

    TokenizedText text() {
        return text;
    }

    /** What a token contributes after all rules. */
    double valenceOf(int token) {
        return valences[token];
    }

    /** What the lexicon gives a token, or 0. */
    double lexiconValenceOf(int token) {
        return isSentiment(token) ? lexicon.valenceOf(text.word(token)) : 0;
    }

    boolean isContrast(int token) {
        return is(token, WordRole.CONTRAST);
    }

    int rules(int token) {
        return rules[token];
    }

    /** What the punctuation adds to the sum of the valences, away from zero. */
    double emphasisOnSum() {
        return Math.signum(sum()) * emphasis;
    }

    /** The sum of the valences in their order. */
    double sum() {
        double sum = 0;
        for (int i = 0; i < text.tokens(); i++) {
            sum += valences[i];
        }
        return sum;
    }

    Sentiment sentiment() {
        int n = text.tokens();
        if (n == 0) {
            return new Sentiment(0, 0, 0, 0);
        }
        double positive = 0;
        double negative = 0;
        double neutral = 0;
        for (int i = 0; i < n; i++) {
            // one more each, because a neutral word counts one
            if (valences[i] > 0) {
                positive += valences[i] + 1;
            } else if (valences[i] < 0) {
                negative += 1 - valences[i];
            } else {
                neutral++;
            }
        }
        if (positive > negative) {
            positive += emphasis;
        } else if (negative > positive) {
            negative += emphasis;
        }
        double total = positive + negative + neutral;
        return new Sentiment(
                Decimals.round(compound(), 4),
                Decimals.round(positive / total, 3),
                Decimals.round(neutral / total, 3),
                Decimals.round(negative / total, 3));
    }

    /** The normalised sum, not rounded. */
    double compound() {
        double sum = sum() + emphasisOnSum();
        return Math.max(-1, Math.min(1, sum / Math.sqrt(sum * sum + 15)));
    }

    private double valence(int i) {
        double lexical = lexicon.valenceOf(text.word(i));
        double valence = determined(i, lexical);
        if (text.isShouted(i)) {
            valence += valence > 0 ? SHOUTED : -SHOUTED;
            rules[i] |= ValenceRule.CAPITALS.bit();
        }
        for (int distance = 1; distance <= REACH && distance <= i; distance++) {
            if (isSentiment(i - distance)) {
                continue;
            }
            valence = boosted(i, distance, valence);
            valence = negated(i, distance, valence);
            if (distance == REACH) {
                valence = idiom(i, valence);
            }
        }
        return minimised(i, valence);
    }

    /** A "no" gives its valence up for the next word, which it turns round. */
    private double determined(int i, double lexical) {
        double valence = lexical;
        if (is(i, WordRole.DETERMINER_NEGATION) && i + 1 < text.tokens() && isSentiment(i + 1)) {
            valence = 0;
            rules[i] |= ValenceRule.DETERMINER.bit();
        }
        if (is(i - 1, WordRole.DETERMINER_NEGATION)
                || is(i - 2, WordRole.DETERMINER_NEGATION)
                || (is(i - 3, WordRole.DETERMINER_NEGATION) && is(i - 1, WordRole.DETERMINER_LINK))) {
            valence = lexical * NEGATED;
            rules[i] |= ValenceRule.NEGATION.bit();
        }
        return valence;
    }

    private double boosted(int i, int distance, double valence) {
        double increment = lexicon.booster(text.word(i - distance));
        if (increment == 0) {
            return valence;
        }
        rules[i] |= ValenceRule.BOOSTER.bit();
        if (valence < 0) {
            increment = -increment;
        }
        if (text.isShouted(i - distance)) {
            increment += valence > 0 ? SHOUTED : -SHOUTED;
        }
        return valence + increment * DAMPING[distance - 1];
    }

    private double negated(int i, int distance, double valence) {
        if (isEmphatic(i, distance)) {
            rules[i] |= ValenceRule.EMPHASIS.bit();
            return valence * EMPHASISED;
        }
        if (!isHarmless(i, distance) && isNegation(i - distance)) {
            rules[i] |= ValenceRule.NEGATION.bit();
            return valence * NEGATED;
        }
        return valence;
    }

    /** "never so good"; at three words, as in the reference, a "so" just before is enough by itself. */
    private boolean isEmphatic(int i, int distance) {
        if (distance == 1) {
            return false;
        }
        boolean partnerNext = is(i - 1, WordRole.EMPHATIC_NEGATION_PARTNER);
        boolean never = is(i - distance, WordRole.EMPHATIC_NEGATION);
        return distance == 2
                ? never && partnerNext
                : (never && is(i - 2, WordRole.EMPHATIC_NEGATION_PARTNER)) || partnerNext;
    }

    private boolean isHarmless(int i, int distance) {
        return distance > 1
                && is(i - distance, WordRole.HARMLESS_NEGATION)
                && (is(i - 1, WordRole.HARMLESS_NEGATION_PARTNER)
                        || (distance == REACH && is(i - 2, WordRole.HARMLESS_NEGATION_PARTNER)));
    }

    boolean isNegation(int token) {
        if (is(token, WordRole.NEGATION)) {
            return true;
        }
        for (String part : lexicon.negatingParts()) {
            if (text.contains(token, part)) {
                return true;
            }
        }
        return false;
    }

    /** Phrases round a word; as in the reference only from the fourth word of a text on. */
    private double idiom(int i, double valence) {
        double phrase = phraseAtOrBefore(i);
        double phraseAfter = phraseFrom(i);
        double result = Double.isNaN(phrase) ? valence : phrase;
        result = Double.isNaN(phraseAfter) ? result : phraseAfter;
        if (!Double.isNaN(phrase) || !Double.isNaN(phraseAfter)) {
            rules[i] |= ValenceRule.IDIOM.bit();
        }
        result = boostedByPhrase(i, result, lexicon.boosterPhrase(word(i - 3), word(i - 2), word(i - 1)));
        result = boostedByPhrase(i, result, lexicon.boosterPhrase(word(i - 3), word(i - 2)));
        return boostedByPhrase(i, result, lexicon.boosterPhrase(word(i - 2), word(i - 1)));
    }

    /** The valence of the first phrase among those that end at a word or before it, or NaN. */
    private double phraseAtOrBefore(int i) {
        double phrase = lexicon.idiom(word(i - 1), word(i));
        phrase = Double.isNaN(phrase) ? lexicon.idiom(word(i - 2), word(i - 1), word(i)) : phrase;
        phrase = Double.isNaN(phrase) ? lexicon.idiom(word(i - 2), word(i - 1)) : phrase;
        phrase = Double.isNaN(phrase) ? lexicon.idiom(word(i - 3), word(i - 2), word(i - 1)) : phrase;
        return Double.isNaN(phrase) ? lexicon.idiom(word(i - 3), word(i - 2)) : phrase;
    }

    /** The valence of the longest phrase that begins with a word, or NaN. */
    private double phraseFrom(int i) {
        double phrase = lexicon.idiom(word(i), word(i + 1), word(i + 2));
        return Double.isNaN(phrase) ? lexicon.idiom(word(i), word(i + 1)) : phrase;
    }

    private double boostedByPhrase(int i, double valence, double increment) {
        if (Double.isNaN(increment)) {
            return valence;
        }
        rules[i] |= ValenceRule.BOOSTER.bit();
        return valence + increment;
    }

    private double minimised(int i, double valence) {
        boolean turned = is(i - 1, WordRole.MINIMISER) && !isSentiment(i - 1) && !is(i - 2, WordRole.MINIMISER_GUARD);
        if (!turned) {
            return valence;
        }
        rules[i] |= ValenceRule.MINIMISER.bit();
        return valence * NEGATED;
    }

    /**
     * Weighs valences about the first "but". The reference looks up by its value which one to weigh, so that of equal
     * valences the first is weighed each time; this does the same, with the places of each value at hand.
     */
    private void weighAbout(int contrast) {
        Map<Double, PriorityQueue<Integer>> places = new HashMap<>();
        for (int i = 0; i < text.tokens(); i++) {
            if (valences[i] != 0) {
                places.computeIfAbsent(valences[i], v -> new PriorityQueue<>()).add(i);
            }
        }
        for (int i = 0; i < text.tokens(); i++) {
            PriorityQueue<Integer> equal = places.get(valences[i]);
            int first = equal == null || equal.isEmpty() ? contrast : equal.element();
            if (equal != null && first != contrast) {
                equal.remove();
                valences[first] *= first < contrast ? BEFORE_CONTRAST : AFTER_CONTRAST;
                rules[first] |= ValenceRule.CONTRAST.bit();
                places.computeIfAbsent(valences[first], v -> new PriorityQueue<>())
                        .add(first);
            }
        }
    }

    private double emphasis() {
        double exclamations = Math.min(MOST_EXCLAMATIONS, text.exclamationMarks()) * EXCLAMATION;
        int marks = text.questionMarks();
        if (marks < 2) {
            return exclamations;
        }
        return exclamations + (marks <= MOST_QUESTIONS ? marks * QUESTION : MANY_QUESTIONS);
    }

    /** Boosters, and words that begin a phrase which boosts, such as "kind of", have no valence of their own. */
    private boolean isOnlyBooster(int i) {
        return lexicon.booster(text.word(i)) != 0 || !Double.isNaN(lexicon.boosterPhrase(word(i), word(i + 1)));
    }

    private boolean isSentiment(int token) {
        return lexicon.isSentimentWord(text.word(token));
    }

    private boolean is(int token, WordRole role) {
        return token >= 0 && lexicon.has(text.word(token), role);
    }

    private int word(int token) {
        return token < text.tokens() ? text.word(token) : WordTable.ABSENT;
    }
}
