package dev.crmcore.metrics.feedback.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaderTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/sentiment_vader.json");
    private static final Vader VADER = Vader.english();

    static Stream<JsonNode> sentences() {
        List<JsonNode> all = new ArrayList<>();
        GOLDEN.get("readme_sentences").forEach(all::add);
        GOLDEN.get("tricky_sentences").forEach(all::add);
        GOLDEN.get("edge_cases").forEach(all::add);
        GOLDEN.get("paragraph").get("sentences").forEach(all::add);
        all.add(GOLDEN.get("paragraph").get("whole_paragraph"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("sentences")
    @DisplayName("every sentence scores as the reference, to the last decimal")
    void golden(JsonNode sentence) {
        JsonNode expected = sentence.get("vader");
        assertThat(VADER.score(sentence.get("text").textValue()))
                .isEqualTo(new Sentiment(
                        expected.get("compound").doubleValue(),
                        expected.get("pos").doubleValue(),
                        expected.get("neu").doubleValue(),
                        expected.get("neg").doubleValue()));
    }

    @Test
    @DisplayName("a paragraph is the mean of its sentences")
    void paragraph() {
        List<String> texts = new ArrayList<>();
        GOLDEN.get("paragraph")
                .get("sentences")
                .forEach(s -> texts.add(s.get("text").textValue()));
        double mean = VADER.scoreAll(texts).stream()
                .mapToDouble(Sentiment::compound)
                .average()
                .orElseThrow();
        assertThat(mean)
                .isCloseTo(
                        GOLDEN.get("paragraph")
                                .get("mean_compound_of_sentences")
                                .doubleValue(),
                        within(5e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tweets", "amazonReviewSnippets"})
    @DisplayName("every development text scores as the reference")
    void developmentTexts(String set) {
        List<RatedText> texts = DevelopmentTexts.of(set);
        assertThat(texts).hasSizeGreaterThan(700);
        List<Sentiment> sentiments =
                VADER.scoreAll(texts.stream().map(RatedText::text).toList());
        List<Double> expected = DevelopmentTexts.vaderCompounds(set);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(sentiments.get(i).compound()).as(texts.get(i).text()).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("sentences")
    @DisplayName("what the tokens contribute adds up to the compound")
    void explanationAddsUp(JsonNode sentence) {
        String text = sentence.get("text").textValue();
        SentimentExplanation explanation = VADER.explain(text);
        assertThat(explanation.sentiment()).isEqualTo(VADER.score(text));
        double sum = explanation.emphasis()
                + explanation.tokens().stream()
                        .mapToDouble(TokenSentiment::valence)
                        .sum();
        assertThat(sum / Math.sqrt(sum * sum + 15))
                .isCloseTo(explanation.sentiment().compound(), within(5.1e-5));
        int last = 0;
        for (TokenSentiment token : explanation.tokens()) {
            assertThat(token.begin()).isBetween(last, text.length());
            assertThat(token.end()).isBetween(token.begin() + 1, text.length());
            last = token.begin();
            if (token.valence() != token.lexiconValence() && token.lexiconValence() != 0) {
                assertThat(token.rules().isEmpty() && !token.token().equals("kind"))
                        .isFalse();
            }
        }
    }

    @Test
    @DisplayName("an explanation names the rules and the place in the text, emoji included")
    void explanation() {
        SentimentExplanation explanation = VADER.explain("NOT so good, but 😀 VERY helpful!!");
        List<TokenSentiment> tokens = explanation.tokens();
        assertThat(tokens)
                .extracting(TokenSentiment::token)
                .containsExactly("NOT", "so", "good", "but", "grinning", "face", "VERY", "helpful");
        assertThat(tokens.get(2).rules())
                .containsExactlyInAnyOrder(ValenceRule.NEGATION, ValenceRule.BOOSTER, ValenceRule.CONTRAST);
        assertThat(tokens.get(2).lexiconValence()).isEqualTo(1.9);
        assertThat(tokens.get(4).begin()).isEqualTo(17);
        assertThat(tokens.get(4).end()).isEqualTo(19);
        assertThat(tokens.get(7).begin()).isEqualTo(25);
        assertThat(tokens.get(7).end()).isEqualTo(32);
        assertThat(tokens.get(7).rules()).containsExactlyInAnyOrder(ValenceRule.BOOSTER, ValenceRule.CONTRAST);
        assertThat(explanation.emphasis()).isCloseTo(2 * 0.292, within(1e-15));
        assertThat(explanation.toString()).doesNotContain("helpful");
        assertThat(tokens.toString()).doesNotContain("helpful");
    }

    @Test
    @DisplayName("tabs, no-break spaces, Turkish and Greek capitals, surrogates and long texts")
    void unicode() {
        assertThat(VADER.score("not\tgood")).isEqualTo(VADER.score("not good"));
        assertThat(VADER.score("not\u00A0good\u3000")).isEqualTo(VADER.score("not good"));
        assertThat(VADER.score("TITANIC").compound())
                .isEqualTo(VADER.score("titanic").compound());
        // in Turkish, I would become a dotless i
        assertThat(VADER.score("BRILLIANT idea")).isNotEqualTo(VADER.score("idea"));
        assertThat(VADER.score("\uD83D").compound()).isZero();
        assertThat(VADER.score("\uDE00\uD83D good").compound()).isPositive();
        assertThat(VADER.score("ΧΑΡΆ ΣΑΣ good").compound()).isPositive();
        assertThat(VADER.score("good ".repeat(20_000)).compound()).isEqualTo(1);
    }

    @Test
    @DisplayName("a long text full of equal valences about a \"but\" is weighed as the reference does, and in time")
    void manyEqualValences() {
        int n = 300;
        String text = "but" + " good".repeat(n);
        double[] valences = new double[n + 1];
        Arrays.fill(valences, 1, n + 1, 1.9);
        for (int i = 0; i <= n; i++) {
            int first = 0;
            while (valences[first] != valences[i]) {
                first++;
            }
            valences[first] *= first > 0 ? 1.5 : 1;
        }
        List<TokenSentiment> tokens = VADER.explain(text).tokens();
        for (int i = 0; i <= n; i++) {
            assertThat(tokens.get(i).valence()).isEqualTo(valences[i]);
        }
        assertThat(VADER.score("but" + " good".repeat(200_000)).positive()).isPositive();
    }

    @Test
    @DisplayName("one analyser serves many threads")
    void threads() {
        List<String> texts = new ArrayList<>();
        sentences().forEach(s -> texts.add(s.get("text").textValue()));
        List<Sentiment> expected = VADER.scoreAll(texts);
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.addAll(texts);
        }
        List<Sentiment> found = many.parallelStream().map(VADER::score).toList();
        for (int i = 0; i < 50; i++) {
            assertThat(found.subList(i * texts.size(), (i + 1) * texts.size())).isEqualTo(expected);
        }
        assertThat(VADER.scoreAll(Collections.emptyList())).isEmpty();
    }

    @Test
    @DisplayName("a trade's own words change the score and nothing else")
    void ownWords() {
        Vader ours = Vader.with(SentimentLexicon.english().toBuilder()
                .word("Crashes", -2.2)
                .withoutWord("fine")
                .build());
        assertThat(VADER.score("The app crashes every time").compound()).isZero();
        assertThat(ours.score("The app CRASHES every time").polarity()).isEqualTo(Polarity.NEGATIVE);
        assertThat(ours.score("got a fine").polarity()).isEqualTo(Polarity.NEUTRAL);
        assertThat(VADER.score("got a fine").polarity()).isEqualTo(Polarity.POSITIVE);
        assertThat(ours.lexicon().size()).isEqualTo(VADER.lexicon().size());
    }

    @Test
    @DisplayName("another language is read from two files")
    void anotherLanguage() {
        Vader german = Vader.with(SentimentLexicon.builder()
                .readWords(new StringReader("gut\t1.9\t0.3\t[2, 2]\n\nschlecht\t-2.5\nÄrger\t-2.0\n"))
                .readRules(new StringReader("""
                        negation\tnicht
                        booster\tsehr\t0.293
                        booster\tein wenig\t-0.293
                        contrast\taber
                        idiom\tnicht schlecht\t1.5
                        """))
                .build());
        assertThat(german.score("Das ist sehr gut").compound())
                .isGreaterThan(german.score("Das ist gut").compound());
        assertThat(german.score("Das ist nicht gut").polarity()).isEqualTo(Polarity.NEGATIVE);
        assertThat(german.score("Der Service ist nicht schlecht").compound()).isPositive();
        assertThat(german.score("viel ÄRGER").polarity()).isEqualTo(Polarity.NEGATIVE);
        assertThat(german.score("gut, aber schlecht").compound()).isLessThan(-0.5);
        assertThat(german.score("never so good").compound()).isZero();
    }

    @Test
    @DisplayName("a line that makes no sense is named, and nothing of its file is taken")
    void badFiles() {
        SentimentLexicon.Builder builder = SentimentLexicon.builder().word("gut", 1);
        assertThatThrownBy(() -> builder.readWords(new StringReader("fein\t2\nschlecht")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("words, line 2: valence is missing");
        assertThatThrownBy(() -> builder.readWords(new StringReader("fein\tzwei")))
                .hasMessageContaining("line 1")
                .hasMessageContaining("\"zwei\" is not a number");
        assertThatThrownBy(() -> builder.readWords(new StringReader("fein\t5"))).hasMessageContaining("-4 to 4");
        assertThatThrownBy(() -> builder.readWords(new StringReader("fein\tNaN")))
                .hasMessageContaining("-4 to 4");
        assertThatThrownBy(() -> builder.readWords(new StringReader("sehr fein\t1")))
                .hasMessageContaining("spaces");
        assertThatThrownBy(() -> builder.readRules(new StringReader("verneinung\tnicht")))
                .hasMessageContaining("unknown role \"verneinung\"");
        assertThatThrownBy(() -> builder.readRules(new StringReader("booster\tsehr")))
                .hasMessageContaining("value is missing");
        assertThatThrownBy(() -> builder.readRules(new StringReader("idiom\tsehr\t1")))
                .hasMessageContaining("2 to 3");
        assertThatThrownBy(() -> builder.readRules(new StringReader("idiom\ta  b\t1")))
                .hasMessageContaining("spaces");
        assertThatThrownBy(() -> builder.readEmoji(new StringReader("ab\tx"))).hasMessageContaining("one code point");
        assertThatThrownBy(() -> builder.role(WordRole.BOOSTER, "sehr")).hasMessageContaining("needs a value");
        assertThat(builder.build().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("scores out of range are refused")
    void ranges() {
        assertThatThrownBy(() -> new Sentiment(1.1, 0, 0, 0)).hasMessageContaining("compound");
        assertThatThrownBy(() -> new Sentiment(0, Double.NaN, 0, 0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> Polarity.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Polarity.of(0.05)).isEqualTo(Polarity.POSITIVE);
        assertThat(Polarity.of(-0.05)).isEqualTo(Polarity.NEGATIVE);
        assertThat(Polarity.of(0.0499)).isEqualTo(Polarity.NEUTRAL);
    }
}
