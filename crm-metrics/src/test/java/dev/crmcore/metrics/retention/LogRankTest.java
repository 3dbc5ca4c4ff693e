package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.TestResult;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The test against the reference, and by its definition where that has no case. */
class LogRankTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/survival_logrank.json");
    private static final Map<String, LogRankWeight> WEIGHTS = Map.of(
            "wilcoxon", LogRankWeight.GEHAN,
            "tarone-ware", LogRankWeight.TARONE_WARE,
            "peto", LogRankWeight.PETO,
            "fleming-harrington p=1 q=0", LogRankWeight.flemingHarrington(1, 0));

    private static final SurvivalColumns WALTONS = SurvivalColumns.waltons();
    private static final SurvivalTimes WALTONS_TIMES = WALTONS.times("T", "E");
    private static final int[] WALTONS_GROUP = Arrays.stream(WALTONS.texts("group"))
            .mapToInt(group -> group.equals("control") ? 1 : 2)
            .toArray();
    private static final SurvivalColumns ROSSI = SurvivalColumns.rossi();
    private static final SurvivalTimes ROSSI_TIMES = ROSSI.times("week", "arrest");

    @Test
    @DisplayName("every field of the reference, log-rank and G-rho")
    void reference() {
        check("waltons", WALTONS_TIMES, WALTONS_GROUP);
        check("rossi_fin", ROSSI_TIMES, ROSSI.ints("fin"));
        checkWeights("waltons", WALTONS_TIMES, WALTONS_GROUP);
        checkWeights("rossi_fin", ROSSI_TIMES, ROSSI.ints("fin"));
    }

    static void check(String set, SurvivalTimes times, int[] group) {
        for (JsonNode expected : GOLDEN.get("tests").get(set)) {
            LogRankWeight weight = LogRankWeight.gRho(expected.get("rho").doubleValue());
            check(LogRank.test(times, group, weight), expected);
        }
    }

    static void check(LogRank found, JsonNode expected) {
        assertThat(found.test().statistic()).isCloseTo(expected.get("chisq").doubleValue(), within(1e-8));
        assertThat(found.test().degreesOfFreedom()).hasValue(expected.get("df").doubleValue());
        assertThat(found.test().pValue()).isCloseTo(expected.get("p").doubleValue(), within(1e-10));
        int[] groups = found.groups();
        for (int g = 0; g < groups.length; g++) {
            assertThat(found.observed(groups[g]))
                    .isCloseTo(expected.get("observed").get(g).doubleValue(), within(1e-8));
            assertThat(found.expected(groups[g]))
                    .isCloseTo(expected.get("expected").get(g).doubleValue(), within(1e-8));
        }
    }

    static void checkWeights(String set, SurvivalTimes times, int[] group) {
        GOLDEN.get("weighted_lifelines").get(set).properties().forEach(entry -> {
            TestResult found =
                    LogRank.test(times, group, WEIGHTS.get(entry.getKey())).test();
            assertThat(found.statistic())
                    .isCloseTo(entry.getValue().get("chisq").doubleValue(), within(1e-8));
            assertThat(found.pValue()).isCloseTo(entry.getValue().get("p").doubleValue(), within(1e-10));
        });
    }

    @Test
    @DisplayName("strata, late entries and three groups, as by the definition")
    void definition() {
        Random random = new Random(19);
        int n = 120;
        double[] time = new double[n];
        double[] entry = new double[n];
        boolean[] event = new boolean[n];
        int[] group = new int[n];
        int[] stratum = new int[n];
        for (int i = 0; i < n; i++) {
            entry[i] = random.nextInt(3) == 0 ? random.nextInt(6) : 0;
            time[i] = entry[i] + 1 + random.nextInt(12);
            event[i] = random.nextBoolean();
            group[i] = random.nextInt(3) - 1;
            stratum[i] = 10 * random.nextInt(2);
        }
        LogRank found = LogRank.stratified(
                SurvivalTimes.of(time, event).withEntry(entry), group, stratum, LogRankWeight.LOG_RANK);
        double[] u = new double[2];
        double[][] v = new double[2][2];
        for (int s = 0; s <= 10; s += 10) {
            for (int t = 1; t <= 20; t++) {
                double[] atRisk = new double[3];
                double[] events = new double[3];
                for (int i = 0; i < n; i++) {
                    if (stratum[i] == s && entry[i] < t && time[i] >= t) {
                        atRisk[group[i] + 1]++;
                        events[group[i] + 1] += event[i] && time[i] == t ? 1 : 0;
                    }
                }
                double all = atRisk[0] + atRisk[1] + atRisk[2];
                double d = events[0] + events[1] + events[2];
                if (all > 1) {
                    double spread = d * (all - d) / (all - 1);
                    for (int g = 0; g < 2; g++) {
                        u[g] += events[g] - d * atRisk[g] / all;
                        for (int h = 0; h < 2; h++) {
                            v[g][h] += spread * atRisk[g] / all * ((g == h ? 1 : 0) - atRisk[h] / all);
                        }
                    }
                }
            }
        }
        double determinant = v[0][0] * v[1][1] - v[0][1] * v[1][0];
        double chi = (u[0] * u[0] * v[1][1] - 2 * u[0] * u[1] * v[0][1] + u[1] * u[1] * v[0][0]) / determinant;
        assertThat(found.test().statistic()).isCloseTo(chi, within(1e-10));
        assertThat(found.test().degreesOfFreedom()).hasValue(2);
        assertThat(found.observed(-1) - found.expected(-1)).isCloseTo(u[0], within(1e-10));
    }

    @Test
    @DisplayName("no event, one group, groups that never meet")
    void untested() {
        SurvivalTimes censored = SurvivalTimes.of(new double[] {1, 2}, new boolean[2]);
        assertThat(LogRank.test(censored, new int[] {1, 2}).isTested()).isFalse();
        SurvivalTimes events = SurvivalTimes.of(new double[] {1, 2, 3}, new boolean[] {true, true, true});
        assertThat(LogRank.test(events, new int[] {4, 4, 4}).undefined()).isPresent();
        assertThat(LogRank.stratified(events, new int[] {1, 1, 2}, new int[] {1, 1, 2}, LogRankWeight.GEHAN)
                        .isTested())
                .isFalse();
        LogRank empty = LogRank.test(SurvivalTimes.of(new double[0], new boolean[0]), new int[0]);
        assertThat(empty.isTested()).isFalse();
        assertThatThrownBy(empty::test).hasMessageContaining("groups");
    }

    @Test
    @DisplayName("two pairs of groups that never meet are compared with two degrees of freedom, not three")
    void disconnected() {
        SurvivalTimes times = SurvivalTimes.of(
                new double[] {1, 2, 3, 4, 1, 2, 3, 5}, new boolean[] {true, true, true, true, true, true, true, true});
        int[] group = {1, 2, 1, 2, 3, 4, 4, 3};
        int[] stratum = {0, 0, 0, 0, 1, 1, 1, 1};
        LogRank both = LogRank.stratified(times, group, stratum, LogRankWeight.LOG_RANK);
        assertThat(both.test().degreesOfFreedom()).hasValue(2);
        double first = LogRank.test(
                        SurvivalTimes.of(new double[] {1, 2, 3, 4}, new boolean[] {true, true, true, true}),
                        new int[] {1, 2, 1, 2})
                .test()
                .statistic();
        double second = LogRank.test(
                        SurvivalTimes.of(new double[] {1, 2, 3, 5}, new boolean[] {true, true, true, true}),
                        new int[] {3, 4, 4, 3})
                .test()
                .statistic();
        assertThat(both.test().statistic()).isCloseTo(first + second, within(1e-12));
    }

    @Test
    @DisplayName("bad columns and powers are refused")
    void badInput() {
        assertThatThrownBy(() -> LogRank.test(WALTONS_TIMES, new int[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group");
        assertThatThrownBy(() -> LogRankWeight.gRho(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogRankWeight.flemingHarrington(0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        LogRank test = LogRank.test(WALTONS_TIMES, WALTONS_GROUP);
        assertThatThrownBy(() -> test.observed(7)).isInstanceOf(IllegalArgumentException.class);
        assertThat(test.n(1)).isEqualTo(129);
        assertThat(test.weight()).isSameAs(LogRankWeight.LOG_RANK);
    }
}
