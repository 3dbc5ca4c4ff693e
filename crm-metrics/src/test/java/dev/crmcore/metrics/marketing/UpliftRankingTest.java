package dev.crmcore.metrics.marketing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpliftRankingTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/uplift.json");
    private static final double TOLERANCE = 1e-9;

    private static UpliftRanking campaign() {
        List<String[]> rows = Golden.csv("kpi/campaign/uplift.csv");
        double[] scores = new double[rows.size()];
        boolean[] treated = new boolean[rows.size()];
        boolean[] converted = new boolean[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            treated[i] = rows.get(i)[1].equals("1");
            converted[i] = rows.get(i)[2].equals("1");
            scores[i] = Double.parseDouble(rows.get(i)[4]);
        }
        return UpliftRanking.of(scores, treated, converted);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.3, 0.5})
    @DisplayName("uplift at k equals the reference, overall and by group")
    void upliftAtTop(double k) {
        UpliftRanking ranking = campaign();
        assertThat(ranking.upliftAtTop(k).value())
                .isCloseTo(GOLDEN.get("uplift_at_" + k + "_overall").doubleValue(), within(TOLERANCE));
        assertThat(ranking.upliftAtTop(k).interval()).isPresent();
        assertThat(ranking.upliftAtTopOfEachGroup(k).value())
                .isCloseTo(GOLDEN.get("uplift_at_" + k + "_by_group").doubleValue(), within(TOLERANCE));
    }

    @Test
    @DisplayName("the Qini curve, its areas and every coefficient equal the reference")
    void qini() {
        UpliftRanking ranking = campaign();
        for (JsonNode point : GOLDEN.get("qini_curve_points")) {
            int n = point.get("n").intValue();
            assertThat(ranking.curvePoints()).contains(n);
            assertThat(ranking.qini(n)).isCloseTo(point.get("value").doubleValue(), within(1e-9 * 120));
        }
        assertRelative(ranking.qiniArea(), "area_qini_curve_trapezoid");
        assertRelative(ranking.randomArea(), "area_random");
        assertRelative(coefficient(QiniNormalization.CUSTOMERS_SQUARED), "area_difference_per_customer_squared");
        assertRelative(coefficient(QiniNormalization.PERFECT_ORDER), "sklift_qini_auc_score");
        assertRelative(ranking.upliftAreaCoefficient().value(), "sklift_uplift_auc_score");
        assertRelative(ranking.weightedUplift(10).value(), "sklift_weighted_average_uplift_overall");
    }

    @Test
    @DisplayName(
            "the coefficient by the last value differs from causalml's by no more than what its order of ties decides")
    void lastValue() {
        // Sorting the file's ties forwards and backwards gives 0.4316422 and 0.4316322
        assertThat(coefficient(QiniNormalization.LAST_VALUE))
                .isCloseTo(GOLDEN.get("causalml_qini_score_normalized").doubleValue(), within(1e-5))
                .isBetween(0.4316322072272955, 0.43164223639823457);
        double last = GOLDEN.at("/campaign_holdout/incremental_conversions").doubleValue();
        assertThat(coefficient(QiniNormalization.LAST_VALUE) * last)
                .isCloseTo(GOLDEN.get("causalml_qini_score_raw").doubleValue(), within(1e-3));
        assertThat(campaign().meanUpliftHeight().value())
                .isCloseTo(GOLDEN.get("causalml_auuc_score_normalized").doubleValue(), within(1e-5))
                .isBetween(0.9213500020240103, 0.9213598107968997);
    }

    @Test
    @DisplayName("the order of the input changes nothing, also where scores are equal")
    void orderOfInput() {
        Random random = new Random(7);
        int n = 500;
        double[] scores = new double[n];
        boolean[] treated = new boolean[n];
        boolean[] converted = new boolean[n];
        for (int i = 0; i < n; i++) {
            scores[i] = random.nextInt(12) / 4.0;
            treated[i] = random.nextBoolean();
            converted[i] = random.nextInt(5) == 0;
        }
        UpliftRanking forwards = UpliftRanking.of(scores, treated, converted);
        double[] scoresBack = new double[n];
        boolean[] treatedBack = new boolean[n];
        boolean[] convertedBack = new boolean[n];
        for (int i = 0; i < n; i++) {
            scoresBack[i] = scores[n - 1 - i];
            treatedBack[i] = treated[n - 1 - i];
            convertedBack[i] = converted[n - 1 - i];
        }
        UpliftRanking backwards = UpliftRanking.of(scoresBack, treatedBack, convertedBack);
        for (QiniNormalization normalization : QiniNormalization.values()) {
            assertThat(backwards.qiniCoefficient(normalization)).isEqualTo(forwards.qiniCoefficient(normalization));
        }
        assertThat(backwards.upliftAtTop(0.13)).isEqualTo(forwards.upliftAtTop(0.13));
        assertThat(backwards.upliftAtTopOfEachGroup(0.13)).isEqualTo(forwards.upliftAtTopOfEachGroup(0.13));
        assertThat(backwards.weightedUplift(7)).isEqualTo(forwards.weightedUplift(7));
        assertThat(forwards.upliftAtTop(0.13).interval()).isEmpty();
    }

    @Test
    @DisplayName("the best order has coefficient 1, one score for all has 0")
    void bounds() {
        boolean[] treated = {true, true, true, false, false, false};
        boolean[] converted = {true, true, false, false, false, true};
        UpliftRanking best = UpliftRanking.of(new double[] {1, 1, 0, 0, 0, -1}, treated, converted);
        assertThat(best.qiniCoefficient(QiniNormalization.PERFECT_ORDER).value())
                .isCloseTo(1, within(1e-12));
        UpliftRanking same = UpliftRanking.of(new double[6], treated, converted);
        for (QiniNormalization normalization : QiniNormalization.values()) {
            assertThat(same.qiniCoefficient(normalization).value()).isCloseTo(0, within(1e-12));
        }
        assertThat(same.upliftAreaCoefficient().value()).isCloseTo(0, within(1e-12));
        // All cuts go through the one run of equal scores, so every bin shows the whole
        assertThat(same.weightedUplift(3).value()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(same.upliftAtTop(1).value()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    @DisplayName(
            "bootstrap intervals are as wide as closed ones, come from the seed and hold the truth as often as they say")
    void bootstrap() {
        UpliftRanking ranking = campaign();
        Interval closed = ranking.upliftAtTop(1).interval().orElseThrow();
        Interval resampled =
                ranking.bootstrap(r -> r.upliftAtTop(1), 2_000, 1).interval().orElseThrow();
        assertThat(resampled.width()).isCloseTo(closed.width(), within(0.1 * closed.width()));
        Estimate qini = ranking.bootstrap(r -> r.qiniCoefficient(QiniNormalization.PERFECT_ORDER), 200, 7);
        assertThat(qini.value()).isEqualTo(coefficient(QiniNormalization.PERFECT_ORDER));
        assertThat(qini.interval().orElseThrow().contains(qini.value())).isTrue();
        assertThat(ranking.bootstrap(r -> r.qiniCoefficient(QiniNormalization.PERFECT_ORDER), 200, 7))
                .isEqualTo(qini);
        // A score that knows nothing has the coefficient 0 on average
        Random random = new Random(3);
        int outside = 0;
        for (int round = 0; round < 200; round++) {
            Estimate none = drawn(random, 300)
                    .bootstrap(r -> r.qiniCoefficient(QiniNormalization.CUSTOMERS_SQUARED), 200, round);
            outside += none.interval().orElseThrow().contains(0) ? 0 : 1;
        }
        assertThat(outside).isBetween(2, 24);
        UpliftRanking empty = UpliftRanking.of(new double[0], new boolean[0], new boolean[0]);
        assertThat(empty.bootstrap(r -> r.upliftAtTop(1), 40, 1).isDefined()).isFalse();
        assertThatThrownBy(() -> ranking.bootstrap(r -> r.upliftAtTop(1), 39, 1))
                .hasMessageContaining("replicates");
    }

    private static UpliftRanking drawn(Random random, int n) {
        double[] scores = random.doubles(n).toArray();
        boolean[] treated = new boolean[n];
        boolean[] converted = new boolean[n];
        for (int i = 0; i < n; i++) {
            treated[i] = random.nextBoolean();
            converted[i] = random.nextDouble() < (treated[i] ? 0.3 : 0.2);
        }
        return UpliftRanking.of(scores, treated, converted);
    }

    @Test
    @DisplayName("a missing group is undefined, and malformed input refused")
    void edges() {
        UpliftRanking empty = UpliftRanking.of(new double[0], new boolean[0], new boolean[0]);
        assertThat(empty.qiniCoefficient(QiniNormalization.PERFECT_ORDER).isDefined())
                .isFalse();
        assertThat(empty.upliftAtTop(0.5).isDefined()).isFalse();
        assertThat(empty.qini(0)).isZero();
        UpliftRanking onlyTreated = UpliftRanking.of(new double[2], new boolean[] {true, true}, new boolean[2]);
        assertThat(onlyTreated.qiniCoefficient(QiniNormalization.LAST_VALUE).isDefined())
                .isFalse();
        assertThat(onlyTreated.weightedUplift(1).isDefined()).isFalse();
        UpliftRanking nobody = UpliftRanking.of(new double[] {2, 1}, new boolean[] {true, false}, new boolean[2]);
        assertThat(nobody.qiniCoefficient(QiniNormalization.PERFECT_ORDER).isDefined())
                .isFalse();
        assertThat(nobody.qiniCoefficient(QiniNormalization.CUSTOMERS_SQUARED).value())
                .isZero();
        assertThatThrownBy(() -> nobody.upliftAtTop(0)).hasMessageContaining("share");
        assertThatThrownBy(() -> nobody.weightedUplift(3)).hasMessageContaining("bins");
        assertThatThrownBy(() -> nobody.qini(3)).hasMessageContaining("firstCustomers");
        assertThatThrownBy(() -> UpliftRanking.of(new double[1], new boolean[2], new boolean[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UpliftRanking.of(new double[] {Double.NaN}, new boolean[1], new boolean[1]))
                .hasMessageContaining("scores[0]");
    }

    private static double coefficient(QiniNormalization normalization) {
        return campaign().qiniCoefficient(normalization).value();
    }

    private static void assertRelative(double actual, String name) {
        double expected = GOLDEN.get(name).doubleValue();
        assertThat(actual).as(name).isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    }
}
