package dev.crmcore.metrics.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.QuantileDefinition;
import dev.crmcore.metrics.SampleMean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Counts exactly as the reference, which equals pm4py; seconds within 1e-6. */
class DirectlyFollowsTest {

    private static final double SECONDS = 1e-6;

    private static EventLog synthetic() {
        CustomerNumbers<String> cases = new CustomerNumbers<>();
        EventLog.Builder rows = EventLog.builder();
        Golden.csv("kpi/journeys/synthetic_touches.csv")
                .forEach(row -> rows.add(cases.of(row[0]), row[2], Instant.parse(row[1])));
        return rows.build();
    }

    @Test
    @DisplayName("graph, variants and durations equal the reference")
    void golden() {
        JsonNode expected = Golden.json("kpi/journey_dfg.json").get("logs").get("synthetic_journeys");
        EventLog log = synthetic();
        DirectlyFollowsGraph graph = log.graph();
        assertThat(log.events()).isEqualTo(expected.get("events").intValue());
        assertThat(graph.cases()).isEqualTo(expected.get("cases").longValue());
        assertThat(graph.activities()).hasSize(expected.get("activities").size());
        for (DirectlyFollowsGraph.Activity activity : graph.activities()) {
            assertThat(activity.events())
                    .isEqualTo(expected.get("activities").get(activity.name()).longValue());
            assertThat(activity.starts())
                    .isEqualTo(expected.get("start_activities")
                            .path(activity.name())
                            .longValue());
            assertThat(activity.ends())
                    .isEqualTo(
                            expected.get("end_activities").path(activity.name()).longValue());
        }
        assertEdges(log, graph, expected.get("directly_follows"));
        assertThat(graph.rework().successes())
                .isEqualTo(expected.get("cases_with_rework").longValue());
        assertThat(graph.selfLoops()).isEqualTo(expected.get("self_loops").longValue());
        JsonNode durations = expected.get("case_duration_seconds");
        assertThat(log.caseDurations().in(1_000).mean().value())
                .isCloseTo(durations.get("mean").doubleValue(), within(SECONDS));
        assertThat(log.caseDurations().in(1_000).median().value())
                .isCloseTo(durations.get("median").doubleValue(), within(SECONDS));
        assertThat(log.caseDurations()
                        .in(1_000)
                        .quantile(0.9, QuantileDefinition.TYPE_7)
                        .value())
                .isCloseTo(durations.get("p90_type7").doubleValue(), within(SECONDS));
        assertThat(log.caseDurations().in(1_000).max().value())
                .isCloseTo(durations.get("max").doubleValue(), within(SECONDS));
        assertVariants(log.variants(), expected);
    }

    private static void assertEdges(EventLog log, DirectlyFollowsGraph graph, JsonNode expected) {
        assertThat(graph.edges()).hasSize(expected.size());
        for (JsonNode row : expected) {
            String from = row.get("from").textValue();
            String to = row.get("to").textValue();
            DirectlyFollowsGraph.Edge edge = graph.edge(from, to).orElseThrow();
            JsonNode seconds = row.get("seconds");
            assertThat(edge.passages().successes()).isEqualTo(row.get("count").longValue());
            assertThat(edge.passages().estimate().value())
                    .isCloseTo(row.get("probability_from").doubleValue(), within(1e-12));
            assertThat(edge.millis().sum() / 1_000).isEqualTo(seconds.get("sum").doubleValue());
            assertThat(edge.millis().estimate().value() / 1_000)
                    .isCloseTo(seconds.get("mean").doubleValue(), within(SECONDS));
            assertThat(edge.shortest() / 1_000.0).isEqualTo(seconds.get("min").doubleValue());
            assertThat(edge.longest() / 1_000.0).isEqualTo(seconds.get("max").doubleValue());
            assertThat(log.edgeDurations(from, to).in(1_000).median().value())
                    .isCloseTo(seconds.get("median").doubleValue(), within(SECONDS));
            SampleMean alone = log.edgeDurations(from, to).moments();
            assertThat(edge.millis().n()).isEqualTo(alone.n());
            assertThat(edge.millis().variance())
                    .isCloseTo(alone.variance(), within(1e-9 * Math.max(1, alone.variance())));
        }
    }

    private static void assertVariants(VariantCounts variants, JsonNode expected) {
        assertThat(variants.variants()).hasSize(expected.get("variants").intValue());
        assertThat(variants.covering(0.8))
                .isEqualTo(
                        expected.get("variants_needed_for_80_percent_of_cases").intValue());
        JsonNode top = expected.get("top_variants");
        for (int i = 0; i < top.size(); i++) {
            VariantCounts.Variant variant = variants.variants().get(i);
            List<String> path = new ArrayList<>();
            top.get(i).get("path").forEach(name -> path.add(name.textValue()));
            assertThat(variant.activities()).isEqualTo(path);
            assertThat(variant.cases()).isEqualTo(top.get(i).get("cases").longValue());
            assertThat(variants.share(variant).estimate().value())
                    .isCloseTo(top.get(i).get("share").doubleValue(), within(1e-12));
        }
    }

    @Test
    @DisplayName("events of one instant keep the order in which they came; cases and times are sorted")
    void ties() {
        Instant at = Instant.parse("2025-03-30T01:00:00Z");
        EventLog log = EventLog.builder()
                .add(2, "b", at)
                .add(1, "late", at.plusMillis(5))
                .add(2, "a", at)
                .add(1, "early", at)
                .build();
        assertThat(log.variants().variants())
                .extracting(VariantCounts.Variant::activities)
                .containsExactly(List.of("b", "a"), List.of("early", "late"));
        assertThat(log.edgeDurations("early", "late").max().value()).isEqualTo(5);
        assertThat(log.edgeDurations("late", "early").n()).isZero();
        assertThat(log.edgeDurations("none", "early").n()).isZero();
    }

    @Test
    @DisplayName("an empty log has no case, no edge and no duration")
    void empty() {
        EventLog log = EventLog.builder().build();
        assertThat(log.cases()).isZero();
        assertThat(log.graph()).isEqualTo(DirectlyFollows.TYPE.create().result());
        assertThat(log.graph().rework().estimate().isDefined()).isFalse();
        assertThat(log.variants().covering(0.8)).isZero();
        assertThat(log.caseDurations().median().isDefined()).isFalse();
    }

    @Test
    @DisplayName(
            "the variance of long times does not cancel; more time than 64 bits hold is refused and counts nothing")
    void longTimes() {
        DirectlyFollows graph = DirectlyFollows.TYPE.create();
        long base = Long.MAX_VALUE / 11;
        for (int i = 0; i < 10; i++) {
            graph.add(Trace.of(List.of("a", "b"), 0, base + i % 2));
        }
        SampleMean times = graph.result().edges().get(0).millis();
        assertThat(times.variance()).isCloseTo(10 * 0.25 / 9, within(1e-12));
        assertThat(times.sum()).isCloseTo(10.0 * base, within(1e5));
        byte[] before = graph.toBytes();
        assertThatThrownBy(() -> graph.add(Trace.of(List.of("a", "b"), 0, 2 * base)))
                .isInstanceOf(ArithmeticException.class);
        DirectlyFollows other = DirectlyFollows.TYPE.create();
        other.add(Trace.of(List.of("a", "c"), 0, 2 * base));
        assertThatThrownBy(() -> graph.merge(other)).isInstanceOf(ArithmeticException.class);
        assertThat(graph.toBytes()).isEqualTo(before);
    }

    @Test
    @DisplayName("malformed traces are refused")
    void malformed() {
        assertThatThrownBy(() -> Trace.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Trace.of(List.of("a"), 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Trace.of(List.of("a", ""), 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Trace.of(List.of("a", "b"), 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 after 2");
        assertThatThrownBy(() -> Trace.of(List.of("a", "b"), Long.MIN_VALUE, 1))
                .isInstanceOf(ArithmeticException.class);
        DirectlyFollows graph = DirectlyFollows.TYPE.create();
        int a = graph.activity("a");
        byte[] before = graph.toBytes();
        assertThatThrownBy(() -> graph.add(new int[] {a, 7}, new long[] {1, 2}, 0, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> graph.add(new int[] {a, a}, new long[] {2, 1}, 0, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> graph.add(new int[] {a}, new long[] {2}, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(graph.toBytes()).isEqualTo(before);
        Variants variants = Variants.TYPE.create();
        assertThatThrownBy(() -> variants.add(new int[] {0}, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> variants.result().covering(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("equally frequent variants come in the order of the code points of their names")
    void codePoints() {
        List<Trace> traces = IntStream.of(0x1F600, 0xFFFD, 'z', 'a')
                .mapToObj(Character::toString)
                .map(name -> Trace.of(List.of(name), 0))
                .toList();
        assertThat(Variants.TYPE.of(traces).variants())
                .extracting(variant -> variant.activities().get(0).codePointAt(0))
                .containsExactly((int) 'a', (int) 'z', 0xFFFD, 0x1F600);
    }

    private static List<Trace> traces(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    int length = 1 + random.nextInt(5);
                    List<String> activities =
                            random.ints(length, 0, 4).mapToObj(a -> "step " + a).toList();
                    return Trace.of(
                            activities,
                            random.longs(length, -1_000_000_000_000L, 1_000_000_000_000L)
                                    .sorted()
                                    .toArray());
                })
                .toList();
    }

    @Nested
    class GraphLaws implements AccumulatorLaws<Trace, DirectlyFollows, DirectlyFollowsGraph> {
        @Override
        public AccumulatorType<Trace, DirectlyFollows, DirectlyFollowsGraph> type() {
            return DirectlyFollows.TYPE;
        }

        @Override
        public List<Trace> items(Random random, int size) {
            return traces(random, size);
        }

        @Override
        public List<Trace> badItems() {
            return List.of(); // a trace is checked when it is made
        }
    }

    @Nested
    class VariantLaws implements AccumulatorLaws<Trace, Variants, VariantCounts> {
        @Override
        public AccumulatorType<Trace, Variants, VariantCounts> type() {
            return Variants.TYPE;
        }

        @Override
        public List<Trace> items(Random random, int size) {
            return traces(random, size);
        }

        @Override
        public List<Trace> badItems() {
            return List.of(); // a trace is checked when it is made
        }
    }
}
