package dev.crmcore.metrics.feedback;

import static dev.crmcore.metrics.Golden.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SatisfactionTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/csat_ces_ratings.json");
    private static final double TOLERANCE = 1e-9;

    private static final Map<String, RatingScale> SCALES = Map.of(
            "CSAT 1-5 top2", Csat.FIVE_POINT,
            "CSAT 1-5 tiny", Csat.FIVE_POINT,
            "CSAT 1-5 all top", Csat.FIVE_POINT,
            "CSAT 1-7 top2", Csat.SEVEN_POINT,
            "CSAT 1-10 top3", Csat.TEN_POINT_TOP_3,
            "CSAT thumbs", Csat.THUMBS,
            "CES 2.0 1-7, 5-7 easy", Ces.VERSION_2,
            "CES 2.0 net 6-7 minus 1-3", Ces.VERSION_2_NET,
            "empty", Csat.FIVE_POINT);

    static Stream<JsonNode> scales() {
        return StreamSupport.stream(GOLDEN.get("scales").spliterator(), false);
    }

    static Stream<JsonNode> changes() {
        return StreamSupport.stream(GOLDEN.get("changes").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("scales")
    @DisplayName("CSAT and CES on each declared scale equal the reference")
    void golden(JsonNode reference) {
        RatingScale scale = SCALES.get(reference.get("name").textValue());
        long[] counts = Golden.longs(reference.get("counts_low_to_high"));
        assertThat(valuesInBox(scale, true)).isEqualTo(Golden.longs(reference.get("top_box_values")));
        assertThat(valuesInBox(scale, false)).isEqualTo(Golden.longs(reference.get("bottom_box_values")));

        AnswerDistribution answers = counted(scale, counts);
        assertThat(answers).isEqualTo(AnswerDistribution.of(scale, counts));
        assertThat(answers.n()).isEqualTo(reference.get("n").longValue());
        CsatScore csat = new CsatScore(answers);
        CesScore ces = new CesScore(answers);
        if (reference.get("mean").isNull()) {
            for (var figure : List.of(
                    csat.estimate(),
                    csat.mean(),
                    ces.estimate(),
                    ces.easyShare(),
                    ces.net(),
                    answers.median(),
                    answers.rescaledMean())) {
                assertThat(figure.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
            }
            return;
        }
        assertThat(ces.estimate().value()).isCloseTo(reference.get("mean").doubleValue(), within(TOLERANCE));
        assertThat(answers.mean().standardDeviation())
                .isCloseTo(reference.get("sd_sample").doubleValue(), within(TOLERANCE));
        assertThat(answers.median().value()).isEqualTo(reference.get("median").doubleValue());
        assertThat(answers.rescaledMean().value())
                .isCloseTo(reference.get("mean_rescaled_0_100").doubleValue(), within(TOLERANCE));
        if (reference.has("mean_t_95")) {
            assertInterval(ces.estimate().interval().orElseThrow(), reference.get("mean_t_95"), TOLERANCE);
        } else {
            assertThat(ces.estimate().interval()).isEmpty();
        }
        assertBox(answers.topBox(), reference.get("top_box"));
        assertBox(answers.bottomBox(), reference.get("bottom_box"));
        assertThat(csat.estimate()).isEqualTo(answers.topBox().estimate());
        assertThat(ces.net().value()).isCloseTo(reference.get("net_score").doubleValue(), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("changes")
    @DisplayName("changes of mean, ranks and top box equal the reference")
    void goldenChanges(JsonNode reference) {
        long[] before = Golden.longs(reference.get("period_1_counts"));
        long[] after = Golden.longs(reference.get("period_2_counts"));
        RatingScale scale = before.length == 5 ? Csat.FIVE_POINT : Ces.VERSION_2;
        AnswerDistribution earlier = AnswerDistribution.of(scale, before);
        AnswerDistribution later = AnswerDistribution.of(scale, after);

        Change mean = new CesScore(later).changeFrom(new CesScore(earlier));
        JsonNode welch = reference.get("welch_t");
        assertThat(mean.difference().value())
                .isCloseTo(reference.get("mean_difference").doubleValue(), within(TOLERANCE));
        assertThat(mean.test().statistic()).isCloseTo(welch.get("t").doubleValue(), within(TOLERANCE));
        assertThat(mean.test().degreesOfFreedom().orElseThrow())
                .isCloseTo(welch.get("df").doubleValue(), within(1e-9 * 600));
        assertThat(mean.test().pValue()).isCloseTo(welch.get("p_two_sided").doubleValue(), within(TOLERANCE));
        assertInterval(mean.difference().interval().orElseThrow(), welch.get("ci95"), TOLERANCE);

        Change ranks = later.rankChangeFrom(earlier);
        JsonNode mannWhitney = reference.get("mann_whitney");
        double superiority = (ranks.difference().value() + 1) / 2;
        assertThat(superiority).isCloseTo(mannWhitney.get("prob_superiority").doubleValue(), within(TOLERANCE));
        assertThat(superiority * later.n() * earlier.n())
                .isCloseTo(mannWhitney.get("U_of_period_2").doubleValue(), within(1e-6));
        assertThat(ranks.test().pValue())
                .isCloseTo(
                        mannWhitney.get("p_two_sided_tie_corrected_continuity").doubleValue(), within(TOLERANCE));
        assertThat(earlier.rankChangeFrom(later).test().pValue())
                .isCloseTo(ranks.test().pValue(), within(1e-12));

        Change box = new CsatScore(later).changeFrom(new CsatScore(earlier));
        JsonNode twoProportion = reference.get("top_box_two_proportion");
        assertThat(box.difference().value())
                .isCloseTo(twoProportion.get("difference").doubleValue(), within(TOLERANCE));
        assertThat(box.test().statistic())
                .isCloseTo(twoProportion.get("n_minus_1_z").doubleValue(), within(TOLERANCE));
        double all = later.n() + earlier.n();
        double pooled = box.test().statistic() * Math.sqrt(all / (all - 1));
        assertThat(pooled).isCloseTo(twoProportion.get("pooled_z").doubleValue(), within(TOLERANCE));
        assertThat(Normal.twoSided(pooled))
                .isCloseTo(twoProportion.get("p_two_sided").doubleValue(), within(TOLERANCE));
        assertInterval(box.difference().interval().orElseThrow(), twoProportion.get("newcombe_95"), TOLERANCE);
    }

    @Test
    @DisplayName("star ratings: every score and every ranking equal the reference")
    void starRatings() {
        JsonNode reference = GOLDEN.get("star_ratings");
        Map<String, ToDoubleFunction<AnswerDistribution>> scores = new LinkedHashMap<>();
        scores.put("mean", StarRating.mean());
        scores.put(
                "bayesian_average",
                StarRating.bayesianAverage(
                        reference.get("m_prior_mean").doubleValue(),
                        reference.get("C_prior_weight").doubleValue()));
        scores.put("dirichlet_lower_bound_z1.65", StarRating.dirichletLowerBound(StarRating.USUAL_Z));
        scores.put("dirichlet_posterior_mean", StarRating.dirichletLowerBound(0));
        scores.put("wilson_lower_positive_share_4_5_z1.96", StarRating.wilsonLowerBound(0.975));
        scores.put("wilson_lower_on_rescaled_mean_z1.96", StarRating.wilsonLowerBoundOfMean(0.975));
        List<RatedItem> items = new ArrayList<>();
        for (JsonNode item : reference.get("items")) {
            items.add(
                    0,
                    new RatedItem(
                            item.get("item").textValue(),
                            AnswerDistribution.of(StarRating.FIVE_STARS, Golden.longs(item.get("counts_1_to_5")))));
        }
        scores.forEach((name, score) -> {
            for (JsonNode item : reference.get("items")) {
                if (!item.get(name).isNull()) {
                    RatedItem rated = items.stream()
                            .filter(i -> i.id().equals(item.get("item").textValue()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(score.applyAsDouble(rated.ratings()))
                            .as("%s of %s", name, rated.id())
                            .isCloseTo(item.get(name).doubleValue(), within(TOLERANCE));
                }
            }
            JsonNode ranking = reference.get("ranking").get(name);
            if (ranking != null) {
                List<String> expected = new ArrayList<>();
                ranking.forEach(id -> expected.add(id.textValue()));
                assertThat(StarRating.rank(items, score))
                        .as(name)
                        .extracting(RatedItem::id)
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    @DisplayName("on an effort scale the low answers are the easy ones")
    void lowerIsBetter() {
        CesScore score = Stream.of(1, 2, 2, 5).collect(Ces.collector(Ces.VERSION_1));
        assertThat(score.easyShare().value()).isEqualTo(0.75);
        assertThat(score.net().value()).isEqualTo(50);
        assertThat(score.answers().scale().isHigherBetter()).isFalse();
    }

    @Test
    @DisplayName("scales never mix")
    void scalesDoNotMix() {
        CsatScore five = Stream.of(5, 4).collect(Csat.collector(Csat.FIVE_POINT));
        CsatScore seven = Stream.of(5, 4).collect(Csat.collector(Csat.SEVEN_POINT));
        assertThatThrownBy(() -> five.changeFrom(seven)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> five.answers().rankChangeFrom(seven.answers()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AnswerDistribution.of(Csat.FIVE_POINT, 1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a scale that contradicts itself is refused")
    void scaleIsChecked() {
        assertThatThrownBy(() -> RatingScale.higherIsBetter("x", 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatingScale.higherIsBetter("x", 1, 5, 2, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatingScale.higherIsBetter("x", 1, 5, 6, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatingScale.lowerIsBetter("x", 1, 5, 4, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatingScale.higherIsBetter(" ", 1, 5, 4, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RatingScale.higherIsBetter("x", Integer.MIN_VALUE, Integer.MAX_VALUE, 4, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("equal answers on both sides leave nothing to rank")
    void nothingToRank() {
        AnswerDistribution fours = AnswerDistribution.of(Csat.FIVE_POINT, 0, 0, 0, 3, 0);
        assertThat(fours.rankChangeFrom(fours).isTested()).isFalse();
        assertThat(fours.rankChangeFrom(fours).difference().value()).isZero();
        AnswerDistribution none = AnswerDistribution.of(Csat.FIVE_POINT, 0, 0, 0, 0, 0);
        assertThat(fours.rankChangeFrom(none).difference().isDefined()).isFalse();
    }

    private static AnswerDistribution counted(RatingScale scale, long[] counts) {
        var csat = Csat.on(scale).create();
        for (int i = 0; i < counts.length; i++) {
            csat.add(scale.lowest() + i, counts[i]);
        }
        return csat.result().answers();
    }

    private static long[] valuesInBox(RatingScale scale, boolean top) {
        return java.util.stream.IntStream.rangeClosed(scale.lowest(), scale.highest())
                .filter(answer -> top ? scale.isTop(answer) : scale.isBottom(answer))
                .asLongStream()
                .toArray();
    }

    private static void assertBox(Proportion box, JsonNode expected) {
        assertThat(box.successes()).isEqualTo(expected.get("count").longValue());
        assertThat(box.estimate().value()).isCloseTo(expected.get("share").doubleValue(), within(TOLERANCE));
        assertInterval(box.estimate().interval().orElseThrow(), expected.get("wilson_95"), TOLERANCE);
    }

    @Test
    @DisplayName("the median of answers lies between order statistics")
    void medianInterval() {
        AnswerDistribution answers = AnswerDistribution.of(Csat.FIVE_POINT, 2, 0, 5, 9, 4);
        assertThat(answers.median())
                .isEqualTo(SampleQuantiles.of(1, 1, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5)
                        .median());
        // Ranks 6 and 15 of 20, whose probability is .9586
        assertThat(answers.median().interval().orElseThrow().lower()).isEqualTo(3);
        assertThat(answers.median().interval().orElseThrow().upper()).isEqualTo(4);
        assertThat(AnswerDistribution.of(Csat.FIVE_POINT, 0, 0, 0, 0, 5)
                        .median()
                        .interval())
                .isEmpty();
    }
}
