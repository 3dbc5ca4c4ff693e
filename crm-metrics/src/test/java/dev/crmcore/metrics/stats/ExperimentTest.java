package dev.crmcore.metrics.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.TestResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/ab_two_proportions.json");
    private static final Map<PValueAdjustment, String> ADJUSTMENTS = Map.of(
            PValueAdjustment.BONFERRONI, "bonferroni",
            PValueAdjustment.HOLM, "holm",
            PValueAdjustment.HOMMEL, "hommel",
            PValueAdjustment.BENJAMINI_HOCHBERG, "fdr_bh",
            PValueAdjustment.BENJAMINI_YEKUTIELI, "fdr_by");

    static Stream<JsonNode> comparisons() {
        return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false);
    }

    static Stream<JsonNode> sampleSizes() {
        return StreamSupport.stream(GOLDEN.get("sample_size").spliterator(), false);
    }

    static Stream<JsonNode> splits() {
        return StreamSupport.stream(GOLDEN.get("sample_ratio_mismatch").spliterator(), false);
    }

    private static Proportion proportion(JsonNode pair) {
        return Proportion.of(pair.get(0).longValue(), pair.get(1).longValue());
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    @DisplayName("the probability to be better equals the reference, and those of both add up to 1")
    void bayes(JsonNode reference) {
        BayesianComparison comparison = BayesianComparison.of(
                List.of(proportion(reference.get("control")), proportion(reference.get("variant"))));
        assertThat(comparison.probabilityToBeBest(1))
                .isCloseTo(reference.get("bayes_beta11_prob_variant_better").doubleValue(), within(1e-8));
        assertThat(comparison.probabilityToBeBest(0) + comparison.probabilityToBeBest(1))
                .isCloseTo(1, within(1e-10));
        // E[max(B - A, 0)] - E[max(A - B, 0)] = E[B] - E[A]
        double difference = comparison.posterior(1, 0.95).value()
                - comparison.posterior(0, 0.95).value();
        assertThat(comparison.expectedLoss(0) - comparison.expectedLoss(1)).isCloseTo(difference, within(1e-10));
    }

    @Test
    @DisplayName("closed forms: two uniform posteriors, equal variants, and many of them")
    void bayesClosedForms() {
        BayesianComparison uniform = BayesianComparison.of(List.of(Proportion.of(0, 0), Proportion.of(0, 0)));
        assertThat(uniform.probabilityToBeBest(0)).isCloseTo(0.5, within(1e-12));
        assertThat(uniform.expectedLoss(0)).isCloseTo(1.0 / 6, within(1e-12));
        // Beta(2, 1) against Beta(1, 1): P = 2/3, and E[max(U - V, 0)] = 1/12
        BayesianComparison one = BayesianComparison.of(List.of(Proportion.of(1, 1), Proportion.of(0, 0)));
        assertThat(one.probabilityToBeBest(0)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(one.expectedLoss(0)).isCloseTo(1.0 / 12, within(1e-12));
        List<Proportion> same = Collections.nCopies(8, Proportion.of(300, 1_000));
        assertThat(BayesianComparison.of(same).probabilityToBeBest(7)).isCloseTo(1.0 / 8, within(1e-10));
    }

    @Test
    @DisplayName("three variants, one of them tiny and one huge, and a prior below 1")
    void bayesUneven() {
        BayesianComparison comparison = BayesianComparison.of(
                List.of(Proportion.of(1, 3), Proportion.of(30_000_000, 100_000_000), Proportion.of(0, 20)), 0.5, 0.5);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += comparison.probabilityToBeBest(i);
        }
        assertThat(sum).isCloseTo(1, within(1e-8));
        // scipy 1.17.1: quadrature over the densities of the three beta distributions
        assertThat(comparison.probabilityToBeBest(0)).isCloseTo(0.584304957367771, within(1e-8));
        assertThat(comparison.posterior(1, 0.95).interval().orElseThrow().width())
                .isBetween(1e-4, 3e-4);
        assertThatThrownBy(() -> BayesianComparison.of(List.of(Proportion.of(1, 2))))
                .hasMessageContaining("variants");
        assertThatThrownBy(() -> BayesianComparison.of(List.of(Proportion.of(1, 2), Proportion.of(1, 2)), 0, 1))
                .hasMessageContaining("priorSuccesses");
    }

    @ParameterizedTest
    @MethodSource("sampleSizes")
    @DisplayName("sample sizes equal the reference, and power and detectable share are their inverses")
    void sampleSize(JsonNode reference) {
        double p1 = reference.get("p1").doubleValue();
        double p2 = reference.get("p2").doubleValue();
        double alpha = reference.get("alpha").doubleValue();
        double power = reference.get("power").doubleValue();
        SampleSize size = SampleSize.of(alpha, power);
        double n = size.forProportions(p1, p2);
        assertThat(n)
                .isCloseTo(reference.get("n_per_group_closed_form_pooled").doubleValue(), within(1e-9 * n))
                .isCloseTo(reference.get("n_per_group_R_power_prop_test").doubleValue(), within(1e-4 * n));
        assertThat(size.forProportionsArcsine(p1, p2))
                .isCloseTo(reference.get("n_per_group_arcsine_statsmodels").doubleValue(), within(1e-9 * n));
        assertThat(SampleSize.powerForProportions(p1, p2, n, alpha)).isCloseTo(power, within(1e-9));
        double low = Math.min(p1, p2);
        double high = Math.max(p1, p2);
        assertThat(size.detectableShare(low, size.forProportions(low, high)).value())
                .isCloseTo(high, within(1e-9));
    }

    @Test
    @DisplayName("sizes for means, and input that no test can have")
    void sampleSizeEdges() {
        // 2 (1.959964 + 0.841621)^2 (10 / 2)^2
        assertThat(SampleSize.of(0.05, 0.8).forMeans(10, 2)).isCloseTo(392.4440, within(1e-3));
        assertThat(SampleSize.of(0.05, 0.8).detectableShare(0.5, 3).isDefined()).isFalse();
        assertThat(SampleSize.powerForProportions(0, 1, 1, 0.05)).isZero();
        assertThat(SampleSize.powerForProportions(0, 1, 10, 0.05)).isEqualTo(1);
        assertThatThrownBy(() -> SampleSize.of(0, 0.8)).hasMessageContaining("significance");
        assertThatThrownBy(() -> SampleSize.of(0.05, 1)).hasMessageContaining("power");
        assertThatThrownBy(() -> SampleSize.of(0.05, 0.05)).hasMessageContaining("power");
        SampleSize size = SampleSize.of(0.05, 0.8);
        assertThatThrownBy(() -> size.forProportions(0.1, 0.1)).hasMessageContaining("shares");
        assertThatThrownBy(() -> size.forMeans(0, 1)).hasMessageContaining("standardDeviation");
        assertThatThrownBy(() -> size.forMeans(1, 0)).hasMessageContaining("difference");
        assertThatThrownBy(() -> size.detectableShare(1, 5)).hasMessageContaining("share");
        assertThatThrownBy(() -> size.detectableShare(0.1, 0)).hasMessageContaining("perGroup");
    }

    @ParameterizedTest
    @MethodSource("splits")
    @DisplayName("the test of the sample ratio equals the reference")
    void sampleRatio(JsonNode reference) {
        SampleRatio split =
                SampleRatio.of(Golden.longs(reference.get("observed")), doubles(reference.get("expected_ratio")));
        TestResult test = split.test().orElseThrow();
        assertThat(test.statistic()).isCloseTo(reference.get("chi2").doubleValue(), within(1e-9));
        assertThat(test.pValue()).isCloseTo(reference.get("p").doubleValue(), within(1e-9));
        assertThat(split.isMismatch()).isEqualTo(reference.get("p").doubleValue() < 0.001);
    }

    @Test
    @DisplayName("a split without customers is no mismatch, and malformed splits are refused")
    void sampleRatioEdges() {
        assertThat(SampleRatio.of(new long[2], 1, 1).test()).isEmpty();
        assertThat(SampleRatio.of(new long[2], 1, 1).isMismatch()).isFalse();
        assertThat(SampleRatio.of(new long[] {0, 50, 0}, 1, 1, 1).isMismatch()).isTrue();
        assertThatThrownBy(() -> SampleRatio.of(new long[1], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleRatio.of(new long[2], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleRatio.of(new long[2], 1, 0)).hasMessageContaining("ratio[1]");
        assertThatThrownBy(() -> SampleRatio.of(new long[] {5, 5}, 1e-320, 1)).hasMessageContaining("ratio[0]");
        assertThatThrownBy(() -> SampleRatio.of(new long[] {5, 5}, 1e308, 1e308))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> SampleRatio.of(new long[] {-1, 2}, 1, 1)).hasMessageContaining("observed[0]");
    }

    @ParameterizedTest
    @EnumSource(PValueAdjustment.class)
    @DisplayName("adjusted p-values equal the reference, in whatever order they come")
    void multipleTests(PValueAdjustment adjustment) {
        JsonNode reference = GOLDEN.get("multiple_testing");
        double[] p = doubles(reference.get("p_values"));
        double[] expected = doubles(reference.get("adjusted").get(ADJUSTMENTS.get(adjustment)));
        assertThat(adjustment.adjust(p)).containsExactly(expected, within(1e-9));
        int[] order = {4, 0, 7, 2, 1, 6, 3, 5};
        double[] shuffled = new double[8];
        double[] inThatOrder = new double[8];
        for (int i = 0; i < 8; i++) {
            shuffled[i] = p[order[i]];
            inThatOrder[i] = expected[order[i]];
        }
        assertThat(adjustment.adjust(shuffled)).containsExactly(inThatOrder, within(1e-9));
        assertThat(adjustment.adjust()).isEmpty();
        assertThat(adjustment.adjust(0.3)).containsExactly(0.3);
        for (double value : adjustment.adjust(1, 1, 0)) {
            assertThat(value).isBetween(0.0, 1.0);
        }
        assertThatThrownBy(() -> adjustment.adjust(0.1, Double.NaN)).hasMessageContaining("pValues[1]");
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.03, 0.04, 0.04", "0.2, 0.2, 0.2, 0.9"})
    @DisplayName("each correction is as strict as it says: Bonferroni over Holm over Hommel, Yekutieli over Hochberg")
    void strictness(double a, double b, double c, double d) {
        double[] bonferroni = PValueAdjustment.BONFERRONI.adjust(a, b, c, d);
        double[] holm = PValueAdjustment.HOLM.adjust(a, b, c, d);
        double[] hommel = PValueAdjustment.HOMMEL.adjust(a, b, c, d);
        double[] hochberg = PValueAdjustment.BENJAMINI_HOCHBERG.adjust(a, b, c, d);
        double[] yekutieli = PValueAdjustment.BENJAMINI_YEKUTIELI.adjust(a, b, c, d);
        for (int i = 0; i < 4; i++) {
            assertThat(bonferroni[i]).isGreaterThanOrEqualTo(holm[i]);
            assertThat(holm[i]).isGreaterThanOrEqualTo(hommel[i]);
            assertThat(hommel[i]).isGreaterThanOrEqualTo(hochberg[i]);
            assertThat(yekutieli[i]).isGreaterThanOrEqualTo(hochberg[i]);
        }
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
