package dev.crmcore.metrics.feedback.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThemesTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/themes.json");
    private static final double TOLERANCE = 1e-9;
    private static final List<RatedText> TEXTS = DevelopmentTexts.of("amazonReviewSnippets");

    private static ThemeTaxonomy taxonomy() {
        ThemeTaxonomy.Builder builder = ThemeTaxonomy.builder();
        GOLDEN.get("taxonomy_keywords").properties().forEach(theme -> {
            List<String> words = new ArrayList<>();
            theme.getValue().forEach(word -> words.add(word.textValue()));
            builder.theme(theme.getKey(), words.toArray(String[]::new));
        });
        return builder.build();
    }

    private static TermCounts counts(Predicate<RatedText> which) {
        return TEXTS.stream()
                .filter(which)
                .map(RatedText::text)
                .collect(TermCounter.of(Terms.WORDS).collector());
    }

    @Test
    @DisplayName("documents, ratings and compounds by theme equal the reference")
    void taxonomyGolden() {
        ThemeTaxonomy taxonomy = taxonomy();
        ThemeShare.Result byPeople =
                TEXTS.stream().collect(ThemeShare.on(taxonomy, -0.2).collector());
        Vader vader = Vader.english();
        ThemeShare.Result byVader = TEXTS.stream()
                .map(text -> new RatedText(text.text(), vader.score(text.text()).compound()))
                .collect(ThemeShare.on(taxonomy, -0.05).collector());
        assertThat(byPeople.texts()).isEqualTo(TEXTS.size());
        assertThat(taxonomy.themes()).hasSize(GOLDEN.get("taxonomy").size());
        for (String name : taxonomy.themes()) {
            JsonNode expected = GOLDEN.get("taxonomy").get(name);
            ThemeShare.Theme theme = byPeople.theme(name);
            assertThat(theme.share().successes())
                    .isEqualTo(expected.get("documents").longValue());
            assertThat(theme.share().estimate().value())
                    .isCloseTo(expected.get("share").doubleValue(), within(TOLERANCE));
            assertThat(theme.rating().estimate().value())
                    .isCloseTo(expected.get("mean_human_rating").doubleValue(), within(TOLERANCE));
            assertThat(theme.low().estimate().value())
                    .isCloseTo(expected.get("negative_share_human_le_minus_0.2").doubleValue(), within(TOLERANCE));
            assertThat(byVader.theme(name).rating().estimate().value())
                    .isCloseTo(expected.get("mean_vader_compound").doubleValue(), within(TOLERANCE));
        }
    }

    @Test
    @DisplayName("keyness of low against high ratings equals the reference, in its order")
    void keynessGolden() {
        JsonNode reference = GOLDEN.get("keyness_low_vs_high");
        TermCounts low = counts(text -> text.rating() <= -0.2);
        TermCounts high = counts(text -> text.rating() >= 0.2);
        assertThat(low.tokens()).isEqualTo(reference.get("tokens_a").longValue());
        assertThat(high.tokens()).isEqualTo(reference.get("tokens_b").longValue());
        Keyness keyness = Keyness.between(low, high, 5);
        assertTerms(keyness.byG2(), reference.get("top_a_by_g2"));
        assertTerms(keyness.byZ(), reference.get("top_a_by_z"));
        List<Keyness.Term> mirrored = Keyness.between(high, low, 5).byG2();
        JsonNode top = reference.get("top_b_by_g2");
        for (int i = 0; i < top.size(); i++) {
            JsonNode expected = top.get(i);
            Keyness.Term term = mirrored.get(i);
            assertThat(term.term()).isEqualTo(expected.get("term").textValue());
            assertThat(-term.signedG2())
                    .isCloseTo(expected.get("signed_g2").doubleValue(), withPercentage(100 * TOLERANCE));
            assertThat(-term.logOdds())
                    .isCloseTo(expected.get("log_odds_dirichlet").doubleValue(), withPercentage(100 * TOLERANCE));
            assertThat(-term.z()).isCloseTo(expected.get("z").doubleValue(), withPercentage(100 * TOLERANCE));
        }
    }

    private static void assertTerms(List<Keyness.Term> terms, JsonNode reference) {
        assertThat(reference.size()).isEqualTo(25);
        for (int i = 0; i < reference.size(); i++) {
            JsonNode expected = reference.get(i);
            Keyness.Term term = terms.get(i);
            assertThat(term.term()).isEqualTo(expected.get("term").textValue());
            assertThat(term.a().occurrences()).isEqualTo(expected.get("count_a").longValue());
            assertThat(term.b().occurrences()).isEqualTo(expected.get("count_b").longValue());
            assertThat(term.signedG2())
                    .isCloseTo(expected.get("signed_g2").doubleValue(), withPercentage(100 * TOLERANCE));
            assertThat(term.logOdds())
                    .isCloseTo(expected.get("log_odds_dirichlet").doubleValue(), withPercentage(100 * TOLERANCE));
            assertThat(term.z()).isCloseTo(expected.get("z").doubleValue(), withPercentage(100 * TOLERANCE));
        }
    }

    @Test
    @DisplayName("TF-IDF equals the reference")
    void tfIdfGolden() {
        JsonNode reference = GOLDEN.get("tfidf_small");
        List<String> texts = new ArrayList<>();
        reference.get("documents").forEach(text -> texts.add(text.textValue()));
        TfIdf weights = TfIdf.of(
                texts.stream().collect(TermCounter.of(Terms.LETTERS_AND_DIGITS).collector()));
        reference
                .get("idf")
                .properties()
                .forEach(expected -> assertThat(weights.idf(expected.getKey()))
                        .isCloseTo(expected.getValue().doubleValue(), within(TOLERANCE)));
        for (int i = 0; i < texts.size(); i++) {
            Map<String, Double> found = weights.of(texts.get(i));
            JsonNode expected = reference.get("vectors").get(i);
            assertThat(found).hasSize(expected.size());
            found.forEach((term, weight) ->
                    assertThat(weight).isCloseTo(expected.get(term).doubleValue(), within(TOLERANCE)));
            assertThat(List.copyOf(found.values())).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
        assertThat(weights.of("nothing known here but")).containsOnlyKeys("but");
        assertThat(weights.of("")).isEmpty();
        assertThatThrownBy(() -> weights.idf("unknown")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("keywords stand by themselves, in any case and any spelling of accents")
    void keywords() {
        ThemeTaxonomy themes = ThemeTaxonomy.builder()
                .theme("delivery", "late", "Customs duty")
                .theme("coffee", "café")
                .theme("hours", "24/7", "𝒪pen")
                .theme("delivery", "parcel")
                .build();
        assertThat(themes.themesOf("LATE!")).containsExactly("delivery");
        assertThat(themes.themesOf("later, plate, late's, 'late")).isEmpty();
        assertThat(themes.themesOf("late2")).containsExactly("delivery");
        assertThat(themes.themesOf("the customs  duty")).isEmpty();
        assertThat(themes.themesOf("the CUSTOMS DUTY on my parcel")).containsExactly("delivery");
        assertThat(themes.themesOf("cafe\u0301 late")).containsExactly("delivery", "coffee");
        assertThat(themes.themesOf("cafés")).isEmpty();
        assertThat(themes.themesOf("24/7")).containsExactly("hours");
        assertThat(themes.themesOf("a𝒪pen")).isEmpty();
        assertThat(themes.themesOf("𝒪pen")).containsExactly("hours");
        assertThat(themes.keywords("delivery")).containsExactly("late", "customs duty", "parcel");
        assertThat(themes.themesOf("")).isEmpty();
        assertThatThrownBy(() -> themes.keywords("price")).hasMessageContaining("\"price\"");
        assertThatThrownBy(() -> ThemeTaxonomy.builder().theme("x")).hasMessageContaining("needs a keyword");
        assertThatThrownBy(() -> ThemeTaxonomy.builder().theme("x", " ")).hasMessageContaining("keyword");
        assertThatThrownBy(() -> ThemeTaxonomy.builder().build()).hasMessageContaining("themes");
    }

    @Test
    @DisplayName("terms are letters with their apostrophes, or two letters and digits")
    void terms() {
        assertThat(terms(Terms.WORDS, "Don't 'quote' '' 3G naïve nai\u0308ve"))
                .containsExactly("don't", "quote", "g", "naïve", "naïve");
        assertThat(terms(Terms.LETTERS_AND_DIGITS, "Don't a 3G x_1")).containsExactly("don", "3g", "x_1");
        assertThat(terms(Terms.WORDS, "a".repeat(101) + " b")).containsExactly("b");
        assertThat(terms(Terms.WORDS, "")).isEmpty();
    }

    @Test
    @DisplayName("groups that cannot be compared are refused, and empty ones have no terms")
    void keynessEdges() {
        TermCounts some = TermCounter.of(Terms.WORDS).of(List.of("a b", "b"));
        TermCounts none = TermCounter.of(Terms.WORDS).of(List.of());
        assertThat(Keyness.between(some, none, 1).byG2()).isEmpty();
        assertThat(Keyness.between(some, some, 1).byZ())
                .extracting(Keyness.Term::signedG2)
                .containsOnly(0.0);
        assertThat(Keyness.between(some, some, 4).byZ())
                .extracting(Keyness.Term::term)
                .containsExactly("b");
        assertThatThrownBy(() -> Keyness.between(some, some, 0)).hasMessageContaining("leastCount");
        assertThatThrownBy(() -> Keyness.between(
                        some, TermCounter.of(Terms.LETTERS_AND_DIGITS).of(List.of("a")), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(some.of("b").texts()).isEqualTo(2);
        assertThat(some.of("c").texts()).isZero();
        assertThat(some.toString()).isEqualTo("2 terms in 2 texts");
    }

    private static List<String> terms(Terms kind, String text) {
        List<String> terms = new ArrayList<>();
        kind.forEach(text, terms::add);
        return terms;
    }
}
