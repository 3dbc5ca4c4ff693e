package dev.crmcore.metrics.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scores within 1e-9, validation within 1e-12, as the reference states. */
class HealthScoreTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/health_score.json");

    /** The worst and best values of the reference's rules. */
    private static HealthScore score() {
        JsonNode weights = GOLDEN.get("weights");
        return HealthScore.builder()
                .component("logins_30d", weights.get("logins_30d").doubleValue(), 0, 15)
                .component("nps", weights.get("nps").doubleValue(), 0, 10)
                .component("open_tickets", weights.get("open_tickets").doubleValue(), 5, 0)
                .component("seat_utilisation", weights.get("seat_utilisation").doubleValue(), 0.2, 0.9)
                .component("days_overdue", weights.get("days_overdue").doubleValue(), 60, 0)
                .band("yellow", 40)
                .band("green", 70)
                .lowestBand("red")
                .build();
    }

    private static double[] values(String[] row) {
        double[] values = new double[5];
        for (int i = 0; i < 5; i++) {
            values[i] = row[i + 1].isEmpty() ? Double.NaN : Double.parseDouble(row[i + 1]);
        }
        return values;
    }

    @Test
    @DisplayName(
            "score, band and covered weight of every account, and the validation against churn, equal the reference")
    void golden() {
        HealthScore model = score();
        List<String[]> rows = Golden.csv("kpi/health/accounts.csv");
        double[] scores = new double[rows.size()];
        boolean[] churned = new boolean[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            JsonNode expected = GOLDEN.get("accounts").get(i);
            HealthReading reading = model.of(values(rows.get(i)));
            scores[i] = reading.score().value();
            churned[i] = rows.get(i)[6].equals("1");
            assertThat(scores[i]).isCloseTo(expected.get("score").doubleValue(), within(1e-9));
            assertThat(reading.band()).hasValue(expected.get("band").textValue());
            assertThat(reading.weightCovered())
                    .isCloseTo(expected.get("weight_covered").doubleValue(), within(1e-9));
            assertThat(model.components().stream()
                            .mapToDouble(name -> reading.points(name).orElse(0))
                            .sum())
                    .isCloseTo(scores[i], within(1e-9));
        }
        HealthValidation validation = HealthValidation.of(model, scores, churned);
        JsonNode expected = GOLDEN.get("validation");
        assertThat(validation.auc().value())
                .isCloseTo(expected.get("auc_score_predicts_churn_low_is_bad").doubleValue(), within(1e-12));
        assertThat(validation.auc().interval().orElseThrow().method()).isEqualTo("DeLong");
        assertThat(validation.kolmogorovSmirnov().value())
                .isCloseTo(expected.get("ks").doubleValue(), within(1e-12));
        assertThat(validation.brier().value())
                .isCloseTo(expected.get("brier_of_1_minus_score").doubleValue(), within(1e-12));
        assertThat(validation.churnRate().estimate().value())
                .isCloseTo(expected.get("base_churn_rate").doubleValue(), within(1e-12));
        assertThat(validation.bands()).hasSize(expected.get("band_table").size());
        for (int i = 0; i < validation.bands().size(); i++) {
            JsonNode band = expected.get("band_table").get(i);
            assertThat(validation.bands().get(i).band())
                    .isEqualTo(band.get("band").textValue());
            assertThat(validation.bands().get(i).churn().trials())
                    .isEqualTo(band.get("n").longValue());
            assertThat(validation.bands().get(i).churn().successes())
                    .isEqualTo(band.get("churned").longValue());
        }
    }

    @Test
    @DisplayName("AUC and distance by comparing every pair and every threshold, ties among them")
    void byPairs() {
        Random random = new Random(6);
        HealthScore model = score();
        for (int round = 0; round < 50; round++) {
            int n = 10 + random.nextInt(40);
            double[] scores = random.ints(n, 0, 11).mapToDouble(i -> i * 10).toArray();
            boolean[] churned = new boolean[n];
            for (int i = 0; i < n; i++) {
                churned[i] = random.nextInt(3) == 0;
            }
            churned[0] = true;
            churned[1] = false;
            double wins = 0;
            double pairs = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (churned[i] && !churned[j]) {
                        pairs++;
                        wins += scores[i] < scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }
            double greatest = 0;
            for (double threshold : scores) {
                greatest = Math.max(
                        greatest,
                        Math.abs(below(threshold, scores, churned, true) - below(threshold, scores, churned, false)));
            }
            HealthValidation validation = HealthValidation.of(model, scores, churned);
            assertThat(validation.auc().value()).isCloseTo(wins / pairs, within(1e-12));
            assertThat(validation.kolmogorovSmirnov().value()).isCloseTo(greatest, within(1e-12));
        }
    }

    private static double below(double threshold, double[] scores, boolean[] churned, boolean group) {
        double all = 0;
        double below = 0;
        for (int i = 0; i < scores.length; i++) {
            if (churned[i] == group) {
                all++;
                below += scores[i] <= threshold ? 1 : 0;
            }
        }
        return below / all;
    }

    @Test
    @DisplayName("values beyond worst and best are cut off; a band begins with its least score, not rounded")
    void edges() {
        HealthScore model = HealthScore.builder()
                .component("a", 1, 0, 10)
                .component("b", 3, 10, 0)
                .band("high", 50)
                .lowestBand("low")
                .build();
        assertThat(model.of(-5, 20).score().value()).isZero();
        assertThat(model.of(99, -1).score().value()).isEqualTo(100);
        assertThat(model.band(50)).isEqualTo("high");
        assertThat(model.band(Math.nextDown(50.0))).isEqualTo("low");
        HealthReading partly = model.of(Double.NaN, 5);
        assertThat(partly.score().value()).isEqualTo(50);
        assertThat(partly.weightCovered()).isEqualTo(0.75);
        assertThat(partly.points("a")).isEmpty();
        HealthReading nothing = model.of(Double.NaN, Double.NaN);
        assertThat(nothing.score().isDefined()).isFalse();
        assertThat(nothing.band()).isEmpty();
        assertThat(nothing.weightCovered()).isZero();
        HealthValidation none = HealthValidation.of(model, new double[] {}, new boolean[] {});
        assertThat(none.auc().isDefined()).isFalse();
        assertThat(none.kolmogorovSmirnov().isDefined()).isFalse();
        assertThat(none.bands().get(0).churn().estimate().isDefined()).isFalse();
    }

    @Test
    @DisplayName("who is best in everything has 100 points, whatever the weights; who is worst none")
    void endsOfTheScale() {
        Random random = new Random(9);
        for (int round = 0; round < 5_000; round++) {
            HealthScore.Builder builder = HealthScore.builder().band("top", 100).lowestBand("rest");
            int components = 1 + random.nextInt(6);
            double[] best = new double[components];
            for (int i = 0; i < components; i++) {
                best[i] = 1 + random.nextInt(9);
                builder.component("c" + i, (1 + random.nextInt(100)) / 100.0, 0, best[i]);
            }
            HealthScore model = builder.build();
            assertThat(model.of(best).score().value())
                    .isCloseTo(100, within(1e-12))
                    .isLessThanOrEqualTo(100);
            assertThat(model.of(new double[components]).band()).hasValue("rest");
        }
        HealthScore one = HealthScore.builder()
                .component("only", 0.07, 0, 1)
                .band("top", 100)
                .lowestBand("rest")
                .build();
        assertThat(one.of(1).band()).hasValue("top");
    }

    @Test
    @DisplayName("impossible scores and values are refused")
    void impossible() {
        HealthScore model = score();
        assertThatThrownBy(() -> model.of(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.of(1, 2, 3, 4, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("days_overdue");
        assertThatThrownBy(() -> HealthValidation.of(model, new double[] {101}, new boolean[1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HealthValidation.of(model, new double[1], new boolean[2]))
                .isInstanceOf(IllegalArgumentException.class);
        HealthScore.Builder builder = HealthScore.builder().component("a", 1, 0, 1);
        assertThatThrownBy(() -> builder.component("a", 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.component("b", 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.component("b", 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.band("x", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }
}
