package dev.crmcore.metrics.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.CustomerNumbers;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.QuantileDefinition;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.journey.EventLog;
import dev.crmcore.metrics.journey.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts exactly as the reference, ratios within 1e-12. */
class FunnelTest {

    private static final String[] STEPS = {"visit", "signup", "activate", "purchase"};
    private static final Map<FunnelOrder, String> NAMES = Map.of(
            FunnelOrder.ORDERED, "ordered",
            FunnelOrder.STRICT, "strict_order",
            FunnelOrder.ANY, "any_order_distinct_steps");

    private static EventLog log() {
        CustomerNumbers<String> users = new CustomerNumbers<>();
        EventLog.Builder rows = EventLog.builder();
        Golden.csv("kpi/events/funnel_events.csv")
                .forEach(row -> rows.add(users.of(row[1]), row[3], Instant.parse(row[2])));
        return rows.build();
    }

    private static FunnelResult count(Funnel funnel, EventLog log) {
        FunnelCounts counts = funnel.type().create();
        int[] events = log.activities().stream().mapToInt(counts::event).toArray();
        log.forEachCase((activities, millis, from, to) -> {
            int[] own =
                    IntStream.range(from, to).map(i -> events[activities[i]]).toArray();
            counts.add(own, Arrays.copyOfRange(millis, from, to), 0, own.length);
        });
        return counts.result();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("every order and window equals the reference, times to convert too")
    void golden(FunnelOrder order) {
        JsonNode golden = Golden.json("kpi/funnel.json");
        EventLog log = log();
        Map<String, Funnel> windows = Map.of(
                "1d", Funnel.of(order, STEPS).within(Duration.ofDays(1)),
                "7d", Funnel.of(order, STEPS).within(Duration.ofDays(7)),
                "unlimited", Funnel.of(order, STEPS));
        windows.forEach((window, funnel) -> {
            JsonNode expected = golden.get("windows").get(window).get(NAMES.get(order));
            FunnelResult result = count(funnel, log);
            assertThat(result.units()).isEqualTo(golden.get("users").longValue());
            assertSteps(result, expected);
            if (expected.has("seconds_first_to_last")) {
                assertTimes(result.timeTo(3).in(1_000), expected.get("seconds_first_to_last"));
            }
        });
    }

    private static void assertSteps(FunnelResult result, JsonNode expected) {
        for (int step = 0; step < STEPS.length; step++) {
            assertThat(result.reached(step))
                    .isEqualTo(expected.get("reached").get(step).longValue());
            assertThat(result.overall(step).estimate().value())
                    .isCloseTo(expected.get("overall_conversion").get(step).doubleValue(), within(1e-12));
            if (step > 0) {
                assertThat(result.step(step).estimate().value())
                        .isCloseTo(expected.get("step_conversion").get(step).doubleValue(), within(1e-12));
                assertThat(result.dropOff(step - 1))
                        .isEqualTo(expected.get("drop_off").get(step - 1).longValue());
            }
        }
        Golden.assertInterval(
                result.conversion().estimate().interval().orElseThrow(),
                expected.get("overall_wilson_95_last_step"),
                1e-12);
    }

    private static void assertTimes(SampleQuantiles seconds, JsonNode expected) {
        assertThat(seconds.n()).isEqualTo(expected.get("n").longValue());
        assertThat(seconds.mean().value()).isCloseTo(expected.get("mean").doubleValue(), within(1e-6));
        assertThat(seconds.median().value())
                .isCloseTo(expected.get("median_type7").doubleValue(), within(1e-6));
        assertThat(seconds.quantile(0.9, QuantileDefinition.TYPE_7).value())
                .isCloseTo(expected.get("p90_type7").doubleValue(), within(1e-6));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("levels and times of random journeys equal those of trying every attempt")
    void byTryingEverything(FunnelOrder order) {
        Random random = new Random(order.name().length());
        String[] steps = order == FunnelOrder.ANY ? new String[] {"a", "b", "c"} : new String[] {"a", "b", "a", "c"};
        for (int round = 0; round < 3_000; round++) {
            int n = 1 + random.nextInt(9);
            String[] events = random.ints(n, 0, 4)
                    .mapToObj(i -> String.valueOf("abcx".charAt(i)))
                    .toArray(String[]::new);
            long[] millis = random.longs(n, 0, 12).sorted().toArray();
            long window = random.nextInt(8);
            FunnelResult result = Funnel.of(order, steps)
                    .within(Duration.ofMillis(window))
                    .type()
                    .of(List.of(Trace.of(List.of(events), millis)));
            long[] expected = tried(order, steps, events, millis, window);
            long[] actual = IntStream.range(0, steps.length)
                    .filter(step -> result.reached(step) == 1)
                    .mapToLong(step -> (long) result.timeTo(step).max().value())
                    .toArray();
            assertThat(actual)
                    .as("%s at %s within %s", List.of(events), Arrays.toString(millis), window)
                    .isEqualTo(expected);
        }
    }

    /** The times of the first attempt that gets furthest; every start is tried, greedily. */
    private static long[] tried(FunnelOrder order, String[] steps, String[] events, long[] millis, long window) {
        long[] best = {};
        for (int start = 0; start < events.length; start++) {
            long[] times = new long[steps.length];
            int level = 0;
            Set<String> seen = new HashSet<>();
            for (int i = start; i < events.length && level < steps.length; i++) {
                boolean fits = order == FunnelOrder.ANY
                        ? List.of(steps).contains(events[i]) && seen.add(events[i])
                        : events[i].equals(steps[level]);
                if (fits && millis[i] - millis[start] <= window) {
                    times[level++] = millis[i] - millis[start];
                } else if (level == 0 || order == FunnelOrder.STRICT) {
                    break;
                }
            }
            if (level > best.length) {
                best = Arrays.copyOf(times, level);
            }
        }
        return best;
    }

    @Test
    @DisplayName("a later start within the window beats an earlier one outside it")
    void bestAttempt() {
        Funnel funnel = Funnel.of(FunnelOrder.ORDERED, "visit", "purchase").within(Duration.ofMillis(10));
        FunnelResult result = funnel.type()
                .of(List.of(
                        Trace.of(List.of("visit", "visit", "purchase"), 0, 50, 60),
                        Trace.of(List.of("visit", "purchase"), 0, 11),
                        Trace.of(List.of("page"), 0)));
        assertThat(result.reached(0)).isEqualTo(2);
        assertThat(result.reached(1)).isEqualTo(1);
        assertThat(result.timeTo(1).max().value()).isEqualTo(10);
        assertThat(result.step(0).trials()).isEqualTo(3);
    }

    @Test
    @DisplayName("no unit, no rate; impossible funnels and units are refused")
    void edges() {
        FunnelResult empty =
                Funnel.of(FunnelOrder.STRICT, STEPS).type().create().result();
        assertThat(empty.conversion().estimate().isDefined()).isFalse();
        assertThat(empty.timeTo(3).median().isDefined()).isFalse();
        assertThatThrownBy(() -> empty.reached(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Funnel.of(FunnelOrder.ORDERED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Funnel.of(FunnelOrder.ANY, "a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Funnel.of(FunnelOrder.ANY, "a").within(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Funnel.of(FunnelOrder.ANY, "a").within(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("newWindow");
        FunnelCounts counts = Funnel.of(FunnelOrder.ANY, "a", "b").type().create();
        assertThatThrownBy(() -> counts.add(new int[] {2}, new long[] {0}, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counts.add(new int[] {0, 1}, new long[] {1, 0}, 0, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counts.add(new int[] {0}, new long[] {1}, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(counts.result().units()).isZero();
    }

    @Nested
    class Laws implements AccumulatorLaws<Trace, FunnelCounts, FunnelResult> {
        @Override
        public AccumulatorType<Trace, FunnelCounts, FunnelResult> type() {
            return Funnel.of(FunnelOrder.ORDERED, "a", "b", "c")
                    .within(Duration.ofMillis(60))
                    .type();
        }

        @Override
        public AccumulatorType<Trace, FunnelCounts, FunnelResult> otherVariant() {
            return Funnel.of(FunnelOrder.ORDERED, "a", "b", "c").type();
        }

        @Override
        public List<Trace> items(Random random, int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> {
                        int n = 1 + random.nextInt(8);
                        return Trace.of(
                                random.ints(n, 0, 4)
                                        .mapToObj(e -> String.valueOf("abcx".charAt(e)))
                                        .toList(),
                                random.longs(n, -100, 100).sorted().toArray());
                    })
                    .toList();
        }

        @Override
        public List<Trace> badItems() {
            return List.of(); // a trace is checked when it is made
        }
    }
}
