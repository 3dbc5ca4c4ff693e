package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpsCoverageTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/nps_interval_coverage.json");
    private static final double TOLERANCE =
            GOLDEN.get("tolerance").get("coverage").doubleValue();
    private static final double WIDTH_TOLERANCE = 1e-6;
    private static final Map<NpsInterval, String> NAMES = Map.of(
            NpsInterval.WALD, "wald",
            NpsInterval.ADJUSTED_WALD, "adjusted_wald",
            NpsInterval.MEAN_T, "trinomial_mean_t",
            NpsInterval.GOODMAN, "goodman_1964",
            NpsInterval.TANGO, "tango_score");
    /** The true score of each, and the logarithms of its shares of promoters, detractors and passives. */
    private static final double[][] POPULATIONS = Golden.csv("kpi/surveys/nps_coverage_populations.csv").stream()
            .map(row -> population(Double.parseDouble(row[0]), Double.parseDouble(row[1])))
            .toArray(double[][]::new);

    @ParameterizedTest
    @CsvSource({
        "ADJUSTED_WALD,5",
        "ADJUSTED_WALD,10",
        "ADJUSTED_WALD,20",
        "ADJUSTED_WALD,30",
        "ADJUSTED_WALD,50",
        "ADJUSTED_WALD,100",
        "ADJUSTED_WALD,200",
        "TANGO,5",
        "TANGO,10",
        "TANGO,20",
        "TANGO,30",
        "TANGO,50",
        "TANGO,100",
        "TANGO,200",
        "WALD,5",
        "WALD,10",
        "WALD,20",
        "WALD,30",
        "WALD,50",
        "WALD,100",
        "WALD,200",
        "MEAN_T,5",
        "MEAN_T,10",
        "MEAN_T,20",
        "MEAN_T,30",
        "MEAN_T,50",
        "MEAN_T,100",
        "MEAN_T,200",
        "GOODMAN,5",
        "GOODMAN,10",
        "GOODMAN,20",
        "GOODMAN,30",
        "GOODMAN,50",
        "GOODMAN,100",
        "GOODMAN,200"
    })
    @DisplayName("each interval covers what was enumerated for it, over 400 populations")
    void coverage(NpsInterval method, int n) {
        JsonNode expected = GOLDEN.get("results").get(NAMES.get(method)).get(String.valueOf(n));
        double[] covered = new double[POPULATIONS.length];
        double width = 0;
        double[] logFactorials = logFactorials(n);
        for (int p = 0; p <= n; p++) {
            for (int d = 0; d <= n - p; d++) {
                Interval interval =
                        NpsScore.of(p, n - p - d, d).interval(method, 0.95).orElseThrow();
                Interval shown = interval.clampedTo(-100, 100);
                double logWays = logFactorials[n] - logFactorials[p] - logFactorials[d] - logFactorials[n - p - d];
                for (int i = 0; i < covered.length; i++) {
                    double[] population = POPULATIONS[i];
                    double probability =
                            Math.exp(logWays + p * population[1] + d * population[2] + (n - p - d) * population[3]);
                    covered[i] += interval.contains(population[0]) ? probability : 0;
                    width += probability * (shown.upper() - shown.lower()) / covered.length;
                }
            }
        }
        double sum = 0;
        double least = 1;
        double below = 0;
        for (double c : covered) {
            sum += c;
            least = Math.min(least, c);
            below += c < 0.93 ? 1 : 0;
        }
        assertThat(sum / covered.length).isCloseTo(expected.get("mean_coverage").doubleValue(), within(TOLERANCE));
        assertThat(least).isCloseTo(expected.get("min_coverage").doubleValue(), within(TOLERANCE));
        assertThat(width).isCloseTo(expected.get("mean_width_nps_points").doubleValue(), within(WIDTH_TOLERANCE));
        assertThat(below / covered.length)
                .isCloseTo(expected.get("share_below_0.93").doubleValue(), within(0.005));
    }

    private static double[] population(double promoters, double detractors) {
        return new double[] {
            100 * (promoters - detractors),
            Math.log(promoters),
            Math.log(detractors),
            Math.log(1 - promoters - detractors)
        };
    }

    private static double[] logFactorials(int n) {
        double[] logs = new double[n + 1];
        for (int i = 1; i <= n; i++) {
            logs[i] = logs[i - 1] + Math.log(i);
        }
        return logs;
    }
}
