package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RfmScoringTest {

    /** Orders to summary by our own accumulator; frequency is the number of orders there, not of days. */
    private static double[][] onlineRetail(RfmSummary summary) {
        double[][] columns = new double[3][summary.size()];
        for (int i = 0; i < summary.size(); i++) {
            columns[0][i] = summary.silence(i);
            columns[1][i] = summary.purchases(i);
            columns[2][i] = summary.totalMinorUnits(i) / 100.0;
        }
        return columns;
    }

    private static RfmSummary orders() {
        RfmAccumulator rfm = RfmAccumulator.over(RfmObservation.until(LocalDate.of(2011, 12, 10), ZoneOffset.UTC))
                .create();
        for (String[] row : Golden.csv("reco/onlineretail_a_orders.csv")) {
            long cents = new BigDecimal(row[3]).movePointRight(2).longValueExact();
            rfm.add(Long.parseLong(row[1]), LocalDate.parse(row[2]), cents);
        }
        return rfm.result();
    }

    @Test
    void onlineRetailEqualsTheReference() {
        RfmSummary summary = orders();
        double[][] columns = onlineRetail(summary);
        RfmScores quantile = RfmScoring.byValueEdges().score(columns[0], columns[1], columns[2]);
        RfmScores ntile = RfmScoring.byNtile(5).score(columns[0], columns[1], columns[2]);
        List<String[]> expected = Golden.csv("reco/onlineretail_a_rfm.csv");
        assertThat(summary.size()).isEqualTo(expected.size()).isEqualTo(2193);
        for (int i = 0; i < expected.size(); i++) {
            String[] e = expected.get(i);
            assertThat(summary.customer(i)).isEqualTo(Long.parseLong(e[0]));
            assertThat(summary.last(i).start()).isEqualTo(LocalDate.parse(e[1]));
            assertThat(columns[1][i]).isEqualTo(Double.parseDouble(e[2]));
            assertThat(columns[2][i]).isCloseTo(Double.parseDouble(e[3]), within(1e-9));
            assertThat(columns[0][i]).isEqualTo(Double.parseDouble(e[4]));
            assertThat(quantile.code(i)).as("customer %s", e[0]).isEqualTo(e[5] + e[6] + e[7]);
            assertThat(ntile.code(i)).as("customer %s", e[0]).isEqualTo(e[8] + e[9] + e[10]);
            assertThat(quantile.segment(i).label()).isEqualTo(e[11]);
            assertThat(ntile.segment(i).label()).isEqualTo(e[12]);
        }
    }

    @Test
    void edgesAndSegmentCountsEqualTheReference() {
        double[][] columns = onlineRetail(orders());
        RfmScores scores = RfmScoring.byValueEdges().score(columns[0], columns[1], columns[2]);
        JsonNode golden = Golden.json("reco/onlineretail_a_rfm_summary.json");
        assertEdges(scores.recencyEdges(), golden.get("edges").get("recency_days"));
        assertEdges(scores.frequencyEdges(), golden.get("edges").get("frequency"));
        assertEdges(scores.monetaryEdges(), golden.get("edges").get("monetary"));
        Map<RfmSegment, Long> counts = scores.customersBySegment();
        assertThat(counts).hasSize(10);
        counts.forEach((segment, customers) -> assertThat(customers)
                .as(segment.label())
                .isEqualTo(golden.get("grid10_counts_quantile")
                        .get(segment.label())
                        .longValue()));
    }

    private static void assertEdges(double[] actual, JsonNode expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected.get(i).doubleValue(), within(1e-9));
        }
    }

    /** That reference drops duplicate quartile edges, which cut points can say. */
    @Test
    void cdnowQuartilesWithDuplicateEdgesDropped() {
        JsonNode golden = Golden.json("clv/rfm_scores_cdnow_sample.json");
        RfmAccumulator rfm = RfmAccumulator.over(RfmObservation.until(LocalDate.of(1998, 6, 30), ZoneOffset.UTC))
                .create();
        for (String[] row : Golden.csv("clv/cdnow_sample_transactions.csv")) {
            long cents = new BigDecimal(row[4]).movePointRight(2).longValueExact();
            rfm.add(Long.parseLong(row[1]), LocalDate.parse(row[2]), cents);
        }
        RfmSummary summary = rfm.result();
        int n = summary.size();
        double[] recency = new double[n];
        double[] frequency = new double[n];
        double[] mean = new double[n];
        for (int i = 0; i < n; i++) {
            recency[i] = summary.silence(i);
            frequency[i] = summary.frequency(i) + 1.0;
            mean[i] = summary.totalMinorUnits(i) / frequency[i] / 100;
        }
        RfmScores quartiles = RfmScoring.byValueEdges(4).score(recency, frequency, mean);
        RfmScores scores = RfmScoring.byCutPoints(
                        distinctAboveLeast(quartiles.recencyEdges(), recency),
                        distinctAboveLeast(quartiles.frequencyEdges(), frequency),
                        distinctAboveLeast(quartiles.monetaryEdges(), mean))
                .score(recency, frequency, mean);
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            counts.merge(scores.code(i), 1, Integer::sum);
        }
        JsonNode expected = golden.get("score_counts");
        assertThat(counts).hasSize(expected.size());
        counts.forEach((score, customers) ->
                assertThat(customers).as(score).isEqualTo(expected.get(score).intValue()));
        for (JsonNode customer : golden.get("customers")) {
            int row = summary.rowOf(customer.get("sample_id").longValue());
            assertThat(recency[row]).isEqualTo(customer.get("recency_days").doubleValue());
            assertThat(scores.code(row)).isEqualTo(customer.get("score").textValue());
        }
        Map<String, Integer> segments = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            segments.merge(segment(golden.get("segment_map"), scores.code(i)), 1, Integer::sum);
        }
        golden.get("segment_counts")
                .properties()
                .forEach(e -> assertThat(segments)
                        .containsEntry(e.getKey(), e.getValue().intValue()));
        assertThat(segments).hasSize(golden.get("segment_counts").size());
        assertThatThrownBy(() -> scores.segment(0)).isInstanceOf(IllegalStateException.class);
    }

    /** The segments of the reference, by a table from scores to names. */
    private static String segment(JsonNode table, String code) {
        for (Map.Entry<String, JsonNode> segment : table.properties()) {
            for (JsonNode score : segment.getValue()) {
                if (score.textValue().equals(code)) {
                    return segment.getKey();
                }
            }
        }
        return "Other";
    }

    private static double[] distinctAboveLeast(double[] edges, double[] values) {
        double least = Arrays.stream(values).min().orElseThrow();
        return Arrays.stream(edges).distinct().filter(edge -> edge > least).toArray();
    }

    @Test
    void equalCustomersHaveEqualScoresByEdgesAndRowOrderByNtile() {
        double[] same = {7, 7, 7, 7, 7, 7, 7};
        RfmScores edges = RfmScoring.byValueEdges().score(same, same, same);
        RfmScores ntile = RfmScoring.byNtile(5).score(same, same, same);
        int[] expectedNtile = {1, 1, 2, 2, 3, 4, 5};
        for (int i = 0; i < 7; i++) {
            assertThat(edges.code(i)).isEqualTo("511");
            assertThat(ntile.recency(i)).isEqualTo(expectedNtile[i]);
            assertThat(ntile.frequency(i)).isEqualTo(expectedNtile[i]);
        }
        RfmScores one = RfmScoring.byNtile(5).score(new double[1], new double[1], new double[1]);
        assertThat(one.code(0)).isEqualTo("111");
        double[] eleven = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(RfmScoring.byNtile(11).score(eleven, eleven, eleven).code(0)).isEqualTo("11-1-1");
    }

    @Test
    void everyCellOfTheGridHasOneSegmentAndEverySegmentACell() {
        java.util.Set<RfmSegment> seen = java.util.EnumSet.noneOf(RfmSegment.class);
        for (int r = 1; r <= 5; r++) {
            for (int f = 1; f <= 5; f++) {
                seen.add(RfmSegment.of(r, f));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(RfmSegment.values());
        assertThat(RfmSegment.of(5, 1)).isEqualTo(RfmSegment.NEW_CUSTOMERS);
        assertThat(RfmSegment.of(1, 5)).isEqualTo(RfmSegment.CANT_LOSE_THEM);
        assertThatIllegalArgumentException().isThrownBy(() -> RfmSegment.of(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> RfmSegment.of(3, 6));
    }

    @Test
    void cutPointsOfTheBusinessGiveSegments() {
        RfmScoring scoring =
                RfmScoring.byCutPoints(new double[] {30, 60, 90, 180}, new double[] {1, 2, 4, 8}, new double[] {100});
        RfmScores scores = scoring.score(new double[] {30, 181}, new double[] {9, 1}, new double[] {100, 100.01});
        assertThat(scores.code(0)).isEqualTo("551");
        assertThat(scores.code(1)).isEqualTo("112");
        assertThat(scores.segment(0)).isEqualTo(RfmSegment.CHAMPIONS);
        assertThat(scores.segment(1)).isEqualTo(RfmSegment.HIBERNATING);
    }

    @Test
    void badInputIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmScoring.byValueEdges(1))
                .withMessageContaining("groups");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmScoring.byCutPoints(new double[] {2, 2}, new double[0], new double[0]))
                .withMessageContaining("recency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmScoring.byNtile(5).score(new double[1], new double[2], new double[1]))
                .withMessageContaining("length");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmScoring.byNtile(5).score(new double[1], new double[] {Double.NaN}, new double[1]))
                .withMessageContaining("row 0: frequency");
    }
}
