package dev.crmcore.metrics.feedback.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Sentiment by VADER's rules: valences of words, changed by negations, boosters, capitals, punctuation and "but" (Hutto and
 * Gilbert, "VADER: a parsimonious rule-based model for sentiment analysis of social media text", ICWSM 2014), score by score
 * equal to vaderSentiment 3.3.
 *
 * <pre>{@code
 * Vader vader = Vader.english();
 * vader.score("Support was quick and friendly!").polarity();          // POSITIVE
 * vader.explain("not only good but cheap").tokens().get(2).rules();   // [NEGATION, CONTRAST]
 * }</pre>
 *
 * <p>The rules were made for short English texts; of a longer one, score the sentences and take their mean. On customers' words
 * they are milder than people are: where rated texts are at hand, a {@link SentimentModel} fitted on them does better.
 *
 * <p>Immutable and thread-safe. Cost is in proportion to the characters, a few microseconds a sentence; nothing is allocated for
 * single tokens but where a text has emoji, letters beyond ASCII, or a "but".
 */
public final class Vader {

    private final SentimentLexicon lexicon;

    private Vader(SentimentLexicon lexicon) {
        this.lexicon = lexicon;
    }

    /**
     * VADER as published, for English.
     *
     * @return the analyser
     */
    public static Vader english() {
        return with(SentimentLexicon.english());
    }

    /**
     * The rules with another lexicon.
     *
     * @param lexicon words, rules and emoji
     * @return the analyser
     */
    public static Vader with(SentimentLexicon lexicon) {
        return new Vader(Objects.requireNonNull(lexicon, "lexicon"));
    }

    /**
     * The words it knows.
     *
     * @return the lexicon
     */
    public SentimentLexicon lexicon() {
        return lexicon;
    }

    /**
     * The sentiment of a text.
     *
     * @param text the text
     * @return its sentiment; all 0 for a text without tokens
     */
    public Sentiment score(String text) {
        return new ValencePass(lexicon).take(text).sentiment();
    }

    /**
     * The sentiments of many texts, which cost less together.
     *
     * @param texts the texts
     * @return one sentiment for each, in their order
     */
    public List<Sentiment> scoreAll(Collection<String> texts) {
        ValencePass pass = new ValencePass(lexicon);
        List<Sentiment> sentiments = new ArrayList<>(texts.size());
        for (String text : texts) {
            sentiments.add(pass.take(text).sentiment());
        }
        return sentiments;
    }

    /**
     * The sentiment of a text with what each token did to it.
     *
     * @param text the text
     * @return the explanation; its tokens' valences and its emphasis add up to what the compound is made of
     */
    public SentimentExplanation explain(String text) {
        ValencePass pass = new ValencePass(lexicon).take(text);
        TokenizedText tokenized = pass.text();
        List<TokenSentiment> tokens = new ArrayList<>(tokenized.tokens());
        for (int i = 0; i < tokenized.tokens(); i++) {
            tokens.add(new TokenSentiment(
                    tokenized.token(i),
                    tokenized.begin(i),
                    tokenized.end(text, i),
                    pass.lexiconValenceOf(i),
                    pass.valenceOf(i),
                    ValenceRule.of(pass.rules(i))));
        }
        return new SentimentExplanation(pass.sentiment(), tokens, pass.emphasisOnSum());
    }
}
