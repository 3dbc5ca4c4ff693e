package dev.crmcore.metrics.feedback.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SentimentModelTest {

    private static final Vader VADER = Vader.english();
    private static final JsonNode ACCURACY =
            Golden.json("kpi/sentiment_accuracy_dev.json").get("accuracy");
    private static final int FOLDS = 10;
    private static final SentimentModel FITTED = fitted();

    private static SentimentModel fitted() {
        return SentimentModel.fit(VADER, DevelopmentTexts.of("amazonReviewSnippets"));
    }

    @Test
    @DisplayName("on product reviews the model beats the lexicon by far, in ten folds")
    void productReviews() {
        List<RatedText> texts = DevelopmentTexts.of("amazonReviewSnippets");
        double lexicon = lexiconCorrelation(texts);
        assertThat(lexicon).isCloseTo(reference("amazonReviewSnippets"), within(1e-3));
        assertThat(crossValidated(texts, 1)).isGreaterThan(0.68);
    }

    @Test
    @DisplayName("on tweets, for which the lexicon was made, it loses nothing, in ten folds")
    void tweets() {
        List<RatedText> texts = DevelopmentTexts.of("tweets");
        double lexicon = lexiconCorrelation(texts);
        assertThat(lexicon).isCloseTo(reference("tweets"), within(1e-3));
        assertThat(crossValidated(texts, 1)).isGreaterThan(lexicon - 0.01);
    }

    @Test
    @DisplayName("what the tokens add makes up the prediction, and the words that matter are found")
    void explanation() {
        SentimentModel model = FITTED;
        String text = "Easy to use, but the battery died 😀!";
        RatingExplanation explanation = model.explain(text);
        double sum = explanation.base()
                + explanation.wholeText()
                + explanation.tokens().stream()
                        .mapToDouble(TokenContribution::contribution)
                        .sum();
        assertThat(explanation.rating()).isCloseTo(sum, within(1e-12));
        assertThat(model.predict(text)).isEqualTo(explanation.rating());
        assertThat(explanation.tokens())
                .extracting(TokenContribution::token)
                .containsExactly("Easy", "to", "use", "but", "the", "battery", "died", "grinning", "face");
        assertThat(contribution(explanation, "Easy")).isPositive();
        assertThat(contribution(explanation, "died")).isNegative();
        assertThat(explanation.toString()).doesNotContain("battery");
        assertThat(explanation.tokens().toString()).doesNotContain("battery");
    }

    @Test
    @DisplayName("a model of held-out texts reports what holds for them")
    void validation() {
        List<RatedText> texts = DevelopmentTexts.of("amazonReviewSnippets");
        SentimentModel model = FITTED;
        assertThat(model.n()).isEqualTo(texts.size());
        assertThat(model.validation().lexiconCorrelation()).isCloseTo(lexiconCorrelation(texts), within(1e-4));
        assertThat(model.validation().correlation())
                .isBetween(model.validation().lexiconCorrelation() + 0.05, 0.75);
        assertThat(model.validation().meanSquaredError()).isBetween(0.5, 3.0);
        Estimate correlation = model.correlation(0.95);
        assertThat(correlation.value()).isEqualTo(model.validation().correlation());
        Interval interval = correlation.interval().orElseThrow();
        double half = 1.959963984540054 / Math.sqrt(texts.size() - 3.0);
        assertThat(interval.upper())
                .isCloseTo(
                        Math.tanh(Math.log((1 + correlation.value()) / (1 - correlation.value())) / 2 + half),
                        within(1e-12));
    }

    @Test
    @DisplayName("the byte form carries the whole model and none of the words")
    void bytes() {
        SentimentModel model = FITTED;
        byte[] bytes = model.toBytes();
        SentimentModel read = SentimentModel.fromBytes(bytes, VADER);
        for (RatedText text : DevelopmentTexts.of("tweets").subList(0, 50)) {
            assertThat(read.explain(text.text())).isEqualTo(model.explain(text.text()));
        }
        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(read.validation()).isEqualTo(model.validation());
        assertThat(read.penalty()).isEqualTo(model.penalty());
        assertThat(new String(bytes, ISO_8859_1)).doesNotContain("battery");

        Vader other = Vader.with(
                SentimentLexicon.english().toBuilder().word("laggy", -2).build());
        assertThatThrownBy(() -> SentimentModel.fromBytes(bytes, other)).hasMessageContaining("another lexicon");
        assertThatThrownBy(() -> SentimentModel.fromBytes(Arrays.copyOf(bytes, 100), VADER))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2]++;
        assertThatThrownBy(() -> SentimentModel.fromBytes(damaged, VADER)).hasMessageContaining("damaged");
    }

    @Test
    @DisplayName("the same texts give the same bytes")
    void deterministic() {
        assertThat(fitted().toBytes()).isEqualTo(FITTED.toBytes());
    }

    @Test
    @DisplayName("ratings in another unit give the same model in that unit")
    void units() {
        List<RatedText> texts = DevelopmentTexts.of("amazonReviewSnippets").subList(0, 200);
        List<RatedText> stars = texts.stream()
                .map(text -> new RatedText(text.text(), 3 + text.rating() / 2))
                .toList();
        SentimentModel model = SentimentModel.fit(VADER, texts);
        SentimentModel inStars = SentimentModel.fit(VADER, stars);
        for (RatedText text : texts.subList(0, 20)) {
            assertThat(inStars.predict(text.text())).isCloseTo(3 + model.predict(text.text()) / 2, within(1e-5));
        }
    }

    @Test
    @DisplayName("a planted word of a trade is learnt, also in a language without a lexicon")
    void plantedWord() {
        Random random = new Random(7);
        List<RatedText> texts = IntStream.range(0, 300)
                .mapToObj(i -> {
                    boolean bad = random.nextBoolean();
                    String words = "w" + random.nextInt(50) + " x" + random.nextInt(50);
                    return new RatedText(
                            words + (bad ? " ruckelt " : " läuft ") + "y" + random.nextInt(50), bad ? 1 : 5);
                })
                .toList();
        SentimentModel model =
                SentimentModel.fit(Vader.with(SentimentLexicon.builder().build()), texts);
        assertThat(model.validation().correlation()).isGreaterThan(0.95);
        assertThat(model.predict("die App ruckelt")).isLessThan(3);
        assertThat(model.predict("die App LÄUFT!")).isGreaterThan(3);
        RatingExplanation explanation = model.explain("w1 ruckelt y2");
        assertThat(contribution(explanation, "ruckelt"))
                .isLessThan(Math.min(contribution(explanation, "w1"), contribution(explanation, "y2")));
        assertThat(model.explain("").tokens()).isEmpty();
        assertThat(model.predict("")).isBetween(1.0, 5.0);
    }

    @Test
    @DisplayName("of more features than are kept, the rarest are forgotten and the others still teach")
    void rarestForgotten() {
        Random random = new Random(11);
        List<RatedText> texts = IntStream.range(0, 500)
                .mapToObj(i -> {
                    String noise = random.ints(60, 0, 1 << 20)
                            .mapToObj(word -> Integer.toString(word, 36).replaceAll("[0-9]", "q"))
                            .collect(Collectors.joining(" "));
                    return new RatedText(noise + (i % 2 == 0 ? " defective" : " sturdy"), i % 2);
                })
                .toList();
        SentimentModel model = SentimentModel.fit(VADER, texts);
        assertThat(model.toBytes()).hasSizeLessThan(20 * 100_000 + 300).hasSizeGreaterThan(20_000);
        assertThat(model.predict("sturdy")).isGreaterThan(model.predict("defective") + 0.5);
    }

    @Test
    @DisplayName("too few texts, equal ratings and ratings out of range are refused")
    void refused() {
        List<RatedText> few = Collections.nCopies(19, new RatedText("good", 1));
        assertThatThrownBy(() -> SentimentModel.fit(VADER, few)).hasMessageContaining("at least 20, not 19");
        List<RatedText> equal = Collections.nCopies(20, new RatedText("good", 1));
        assertThatThrownBy(() -> SentimentModel.fit(VADER, equal)).hasMessageContaining("all 1.0");
        List<RatedText> huge = new ArrayList<>(equal);
        huge.set(3, new RatedText("bad", -1e10));
        assertThatThrownBy(() -> SentimentModel.fit(VADER, huge)).hasMessageContaining("-1.0E10");
        assertThatThrownBy(() -> new RatedText("x", Double.NaN)).hasMessageContaining("rating");
        List<RatedText> wordless =
                IntStream.range(0, 20).mapToObj(i -> new RatedText("", i)).toList();
        assertThat(SentimentModel.fit(VADER, wordless).predict("")).isCloseTo(9.5, within(1e-9));
    }

    /** Predicts each text by a model of the other folds, which chooses its penalty without it; the correlation of all. */
    private static double crossValidated(List<RatedText> texts, long seed) {
        List<RatedText> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(seed));
        double[] predictions = new double[texts.size()];
        for (int f = 0; f < FOLDS; f++) {
            List<RatedText> training = new ArrayList<>();
            for (int i = 0; i < shuffled.size(); i++) {
                if (i % FOLDS != f) {
                    training.add(shuffled.get(i));
                }
            }
            SentimentModel model = SentimentModel.fit(VADER, training);
            for (int i = f; i < shuffled.size(); i += FOLDS) {
                predictions[i] = model.predict(shuffled.get(i).text());
            }
        }
        return correlation(
                predictions, shuffled.stream().mapToDouble(RatedText::rating).toArray());
    }

    private static double lexiconCorrelation(List<RatedText> texts) {
        return correlation(
                texts.stream()
                        .mapToDouble(text -> VADER.score(text.text()).compound())
                        .toArray(),
                texts.stream().mapToDouble(RatedText::rating).toArray());
    }

    private static double reference(String set) {
        return ACCURACY.get(set).get("vaderSentiment_python").get("pearson_r").doubleValue();
    }

    private static double contribution(RatingExplanation explanation, String token) {
        return explanation.tokens().stream()
                .filter(t -> t.token().equals(token))
                .findFirst()
                .orElseThrow()
                .contribution();
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }
}
