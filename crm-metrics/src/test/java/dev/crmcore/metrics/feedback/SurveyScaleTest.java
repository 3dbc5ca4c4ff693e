package dev.crmcore.metrics.feedback;

import static dev.crmcore.metrics.Golden.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SurveyScaleTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/csat_ces_ratings.json");
    private static final double TOLERANCE = 1e-9;
    // Quantiles of F at 48 and 192 degrees of freedom, by 30-digit arithmetic
    private static final double F_975 = 1.523034431562719;
    private static final double F_025 = 0.6173484100781398;
    private static final int MISSING = SurveyScale.MISSING;

    private static final SurveyScale SCALE = SurveyScale.builder("survey", 1, 5)
            .item("q1", 3)
            .item("q2", 2)
            .reversedItem("q3_reversed", 2)
            .item("q4", 1)
            .item("q5", 2)
            .minimumAnswered(3)
            .build();

    private static List<int[]> rows() {
        return Golden.csv("kpi/" + GOLDEN.get("reliability").get("input").textValue()).stream()
                .map(row -> Arrays.stream(row, 1, row.length)
                        .mapToInt(cell -> cell.isEmpty() ? MISSING : Integer.parseInt(cell))
                        .toArray())
                .toList();
    }

    @Test
    @DisplayName("indexes of item means equal the reference")
    void indexOfMeans() {
        for (JsonNode reference : GOLDEN.get("acsi_style")) {
            SurveyScale.Builder builder = SurveyScale.builder(
                    "acsi",
                    reference.get("scale").get(0).intValue(),
                    reference.get("scale").get(1).intValue());
            int i = 0;
            for (JsonNode weight : reference.get("weights")) {
                builder.item("item " + i++, weight.doubleValue());
            }
            assertThat(builder.build()
                            .indexOfMeans(doubles(reference.get("item_means")))
                            .value())
                    .isCloseTo(reference.get("acsi_style_index").doubleValue(), within(TOLERANCE));
        }
    }

    @Test
    @DisplayName("scores with missing answers equal the reference")
    void composite() {
        JsonNode reference = GOLDEN.get("reliability").get("composite");
        double[] expected = doubles(reference.get("first_10_scores"));
        List<int[]> rows = rows();
        for (int i = 0; i < expected.length; i++) {
            assertThat(SCALE.score(rows.get(i)).value()).isCloseTo(expected[i], within(TOLERANCE));
        }
        assertThat(rows.stream()
                        .flatMapToInt(Arrays::stream)
                        .filter(a -> a == MISSING)
                        .count())
                .isEqualTo(GOLDEN.get("reliability").get("missing_cells").longValue());
        ScaleScore.Result result = rows.stream().collect(ScaleScore.on(SCALE).collector());
        assertThat(result.scores().n())
                .isEqualTo(reference.get("scored_respondents").longValue());
        assertThat(result.withoutScore())
                .isEqualTo(rows.size() - result.scores().n());
        assertThat(result.estimate().value()).isCloseTo(reference.get("mean").doubleValue(), within(TOLERANCE));
        assertThat(result.scores().standardDeviation())
                .isCloseTo(reference.get("sd_sample").doubleValue(), within(TOLERANCE));
        // The reference's t quantile at 59 degrees of freedom is off by 5e-10: 2.00099537705 for 2.00099537809 (30
        // digits)
        Interval interval = result.estimate().interval().orElseThrow();
        assertInterval(interval, reference.get("mean_t_95"), 5 * TOLERANCE);
        assertThat((interval.upper() - interval.lower()) / 2).isCloseTo(4.282634699197985, within(TOLERANCE));
    }

    @Test
    @DisplayName("alpha, alpha if an item is dropped, and item-total correlations equal the reference")
    void reliability() {
        JsonNode reference = GOLDEN.get("reliability").get("alpha_on_complete_rows");
        Reliability reliability =
                rows().stream().collect(ScaleReliability.on(SCALE).collector());
        assertThat(reliability.n()).isEqualTo(reference.get("n").longValue());
        assertThat(reliability.n())
                .isEqualTo(GOLDEN.get("reliability").get("complete_rows").longValue());
        assertThat(reliability.leftOut()).isEqualTo(rows().size() - reliability.n());
        assertThat(reliability.scale().items()).hasSize(reference.get("items").intValue());
        assertThat(reliability.alpha().value())
                .isCloseTo(reference.get("cronbach_alpha").doubleValue(), within(TOLERANCE));
        assertThat(reliability.standardisedAlpha().value())
                .isCloseTo(reference.get("standardised_alpha").doubleValue(), within(TOLERANCE));
        double[] dropped = doubles(reference.get("alpha_if_item_dropped"));
        double[] total = doubles(reference.get("corrected_item_total_correlation"));
        for (int item = 0; item < dropped.length; item++) {
            assertThat(reliability.alphaIfDropped(item).value()).isCloseTo(dropped[item], within(TOLERANCE));
            assertThat(reliability.itemTotalCorrelation(item).value()).isCloseTo(total[item], within(TOLERANCE));
        }
    }

    @Test
    @DisplayName("Feldt's interval holds alpha and equals the quantiles of F")
    void feldt() {
        Estimate alpha =
                rows().stream().collect(ScaleReliability.on(SCALE).collector()).alpha();
        Interval interval = alpha.interval().orElseThrow();
        assertThat((1 - interval.lower()) / (1 - alpha.value())).isCloseTo(F_975, within(1e-9));
        assertThat((1 - interval.upper()) / (1 - alpha.value())).isCloseTo(F_025, within(1e-9));
        assertThat(interval.contains(alpha.value())).isTrue();
    }

    @Test
    @DisplayName("too few answers make no score, and the reason is said")
    void tooFewAnswers() {
        Estimate none = SCALE.score(5, MISSING, MISSING, 4, MISSING);
        assertThat(none.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.TOO_FEW);
        assertThat(none.n()).isEqualTo(2);
        assertThat(SCALE.score(5, 5, 1, MISSING, MISSING).value()).isEqualTo(100);
        assertThat(SCALE.score(1, 1, 5, 1, 1).value()).isZero();
        assertThat(ScaleScore.on(SCALE)
                        .create()
                        .result()
                        .estimate()
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
    }

    @Test
    @DisplayName("reliability without variation, rows or items is undefined, not a number")
    void reliabilityUndefined() {
        var nothing = ScaleReliability.on(SCALE).create().result();
        assertThat(nothing.alpha().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        var equal = ScaleReliability.on(SCALE).of(List.of(new int[] {3, 3, 3, 3, 3}, new int[] {3, 3, 3, 3, 3}));
        assertThat(equal.alpha().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        assertThat(equal.standardisedAlpha().isDefined()).isFalse();
        assertThat(equal.itemTotalCorrelation(0).isDefined()).isFalse();
        SurveyScale single = SurveyScale.builder("single", 1, 5).item("a").build();
        var one = ScaleReliability.on(single).of(List.of(new int[] {1}, new int[] {2}));
        assertThat(one.alpha().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.TOO_FEW);
        SurveyScale opposite = SurveyScale.builder("opposite", 1, 5)
                .item("a")
                .reversedItem("b", 1)
                .build();
        var cancelling = ScaleReliability.on(opposite).of(List.of(new int[] {1, 1}, new int[] {4, 4}));
        assertThat(cancelling.alpha().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        SurveyScale twins =
                SurveyScale.builder("twins", 1, 5).item("a").item("b").build();
        var same = ScaleReliability.on(twins).of(List.of(new int[] {1, 1}, new int[] {4, 4}, new int[] {5, 5}));
        assertThat(same.alpha().value()).isEqualTo(1);
        assertThat(same.alpha().interval()).isEmpty();
        assertThat(same.alphaIfDropped(1).isDefined()).isFalse();
        assertThat(same.itemTotalCorrelation(1).value()).isCloseTo(1, within(1e-15));
    }

    @Test
    @DisplayName("scales and rows that make no sense are refused by name")
    void refused() {
        assertThatThrownBy(() -> SCALE.score(1, 2, 3)).hasMessageContaining("5 items, not 3");
        assertThatThrownBy(() -> SCALE.score(1, 2, 3, 6, 1))
                .hasMessageContaining("\"q4\"")
                .hasMessageContaining("6");
        assertThatThrownBy(() -> SCALE.indexOfMeans(1, 2, 3, Double.NaN, 1)).hasMessageContaining("q4");
        assertThatThrownBy(() -> SCALE.indexOfMeans(1)).isInstanceOf(IllegalArgumentException.class);
        for (SurveyScale.Builder bad : List.of(
                SurveyScale.builder(" ", 1, 5).item("a"),
                SurveyScale.builder("x", 5, 5).item("a"),
                SurveyScale.builder("x", 0, 20_000).item("a"),
                SurveyScale.builder("x", Integer.MIN_VALUE, Integer.MIN_VALUE + 5)
                        .item("a"),
                SurveyScale.builder("x", 1, 5),
                SurveyScale.builder("x", 1, 5).item("a").item("a"),
                SurveyScale.builder("x", 1, 5).item("a").minimumAnswered(2),
                SurveyScale.builder("x", 1, 5).item("a").minimumAnswered(0))) {
            assertThatThrownBy(bad::build).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SurveyScale.builder("x", 1, 5).item("a", -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> SurveyScale.builder("x", 1, 5).item("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }

    @Test
    @DisplayName("alpha without an item and the item-total correlations have their intervals")
    void intervalsOfItems() {
        AccumulatorType<int[], ScaleReliability, Reliability> type = ScaleReliability.on(SCALE);
        Reliability found = type.of(rows());
        // Alpha of a scale that never had the item, by the same rows
        SurveyScale.Builder shorter = SurveyScale.builder("shorter", 1, 5);
        for (SurveyScale.Item item : SCALE.items().subList(1, 5)) {
            if (item.reversed()) {
                shorter.reversedItem(item.id(), item.weight());
            } else {
                shorter.item(item.id(), item.weight());
            }
        }
        List<int[]> complete = rows().stream()
                .filter(row -> Arrays.stream(row).noneMatch(answer -> answer == MISSING))
                .map(row -> Arrays.copyOfRange(row, 1, 5))
                .toList();
        Estimate without = ScaleReliability.on(shorter.build()).of(complete).alpha();
        Interval dropped = found.alphaIfDropped(0).interval().orElseThrow();
        assertThat(found.alphaIfDropped(0).value()).isCloseTo(without.value(), within(1e-12));
        assertThat(dropped.lower()).isCloseTo(without.interval().orElseThrow().lower(), within(1e-12));
        assertThat(dropped.upper()).isCloseTo(without.interval().orElseThrow().upper(), within(1e-12));
        for (int item = 0; item < 5; item++) {
            Estimate correlation = found.itemTotalCorrelation(item);
            Interval interval = correlation.interval().orElseThrow();
            double half = 1.959963984540054 / Math.sqrt(found.n() - 3.0);
            double z = Math.log((1 + correlation.value()) / (1 - correlation.value())) / 2;
            assertThat(interval.upper()).isCloseTo(Math.tanh(z + half), within(1e-12));
            assertThat(interval.lower()).isCloseTo(Math.tanh(z - half), within(1e-12));
        }
    }

    @Test
    @DisplayName("items that cancel each other leave no rest for a correlation")
    void cancellingRest() {
        SurveyScale scale = SurveyScale.builder("four", 1, 5)
                .item("a")
                .item("b")
                .item("c")
                .item("d")
                .build();
        ScaleReliability answers = ScaleReliability.on(scale).create();
        for (int[] row : new int[][] {
            {1, 1, 2, 5}, {4, 3, 1, 4}, {2, 2, 3, 3}, {5, 3, 3, 2}, {3, 1, 3, 4}, {1, 2, 2, 4}, {2, 1, 2, 5}
        }) {
            answers.add(row);
        }
        assertThat(answers.result()
                        .itemTotalCorrelation(0)
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_VARIATION);
    }
}
