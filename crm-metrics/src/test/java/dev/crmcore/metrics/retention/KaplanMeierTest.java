package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The curve against the reference, by definition, at its edges, and under the laws. */
class KaplanMeierTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/survival_km.json").get("datasets");

    @TestFactory
    @DisplayName("every field of the reference, by group")
    Stream<DynamicTest> reference() {
        SurvivalColumns waltons = SurvivalColumns.waltons();
        SurvivalColumns rossi = SurvivalColumns.rossi();
        SurvivalColumns aids = SurvivalColumns.aids();
        return Stream.of(
                held("waltons", 0, waltons.times("T", "E")),
                held("waltons", 1, waltons.where("group", "control").times("T", "E")),
                held("waltons", 2, waltons.where("group", "miR-137").times("T", "E")),
                held("rossi", 0, rossi.times("week", "arrest")),
                held("rossi", 1, rossi.where("fin", "0").times("week", "arrest")),
                held("rossi", 2, rossi.where("fin", "1").times("week", "arrest")),
                held("multicenter_aids_left_truncated", 0, aids.times("T", "D").withEntry(aids.doubles("W"))));
    }

    private static DynamicTest held(String set, int group, SurvivalTimes times) {
        JsonNode expected = GOLDEN.get(set).get("groups").get(group);
        return DynamicTest.dynamicTest(
                set + " " + expected.get("group").textValue(),
                () -> SurvivalReference.check(KaplanMeier.curve(times), expected));
    }

    @Test
    @DisplayName("without censoring the curve is the share that is left, and its mean the mean")
    void noCensoring() {
        double[] times = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
        boolean[] events = new boolean[10];
        Arrays.fill(events, true);
        SurvivalCurve curve = KaplanMeier.curve(SurvivalTimes.of(times, events));
        for (int row = 0; row < 10; row++) {
            assertThat(curve.survival(row)).isCloseTo(0.9 - row / 10.0, within(1e-15));
        }
        assertThat(curve.restrictedMean(10).orElseThrow().value()).isCloseTo(5.5, within(1e-12));
        assertThat(curve.restrictedMean(1000).orElseThrow().value()).isCloseTo(5.5, within(1e-12));
        // At exactly one half the curve is flat from 5 to 6
        assertThat(curve.median().value()).isEqualTo(5.5);
        assertThat(curve.quantile(0.25).value()).isEqualTo(3);
        assertThat(curve.survivalAt(10).value()).isZero();
        assertThat(curve.survivalAt(10).interval()).isEmpty();
        assertThat(curve.survivalAt(99).value()).isZero();
    }

    @Test
    @DisplayName("nobody, nobody with the event, and everybody at once")
    void edges() {
        SurvivalCurve empty = KaplanMeier.TYPE.create().result();
        assertThat(empty.survivalAt(0).undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(empty.median().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(empty.restrictedMean(1)).isEmpty();
        assertThat(empty.toString()).contains("0 subjects");

        SurvivalCurve censored =
                KaplanMeier.curve(SurvivalTimes.of(new double[] {3, 1, 2}, new boolean[] {false, false, false}));
        assertThat(censored.survivalAt(2).value()).isEqualTo(1);
        assertThat(censored.survivalAt(2).interval()).isEmpty();
        assertThat(censored.survivalAt(2, SurvivalInterval.LOG, 0.95).interval())
                .contains(new Interval(1, 1, 0.95, "Greenwood log"));
        assertThat(censored.survivalAt(3.5).undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.NOT_YET_OBSERVED);
        assertThat(censored.median().isDefined()).isFalse();
        assertThat(censored.cumulativeHazardAt(2, 0.95).value()).isZero();
        assertThat(censored.restrictedMean(3).orElseThrow()).isEqualTo(new RestrictedMean(3, 3, 0, 3));
        assertThat(censored.restrictedMean(3.1)).isEmpty();

        SurvivalCurve atOnce = KaplanMeier.curve(SurvivalTimes.of(new double[] {0, -0.0}, new boolean[] {true, true}));
        assertThat(atOnce.size()).isEqualTo(1);
        assertThat(atOnce.survivalAt(0).value()).isZero();
        assertThat(atOnce.median().value()).isZero();
        assertThat(atOnce.restrictedMean(5).orElseThrow().value()).isZero();
    }

    @Test
    @DisplayName("events come before censorings of the same time")
    void ties() {
        SurvivalCurve curve = KaplanMeier.curve(
                SurvivalTimes.of(new double[] {1, 1, 1, 2}, new boolean[] {false, true, false, true}));
        assertThat(curve.atRisk(0)).isEqualTo(4);
        assertThat(curve.survival(0)).isEqualTo(0.75);
        assertThat(curve.censored(0)).isEqualTo(2);
        assertThat(curve.survival(1)).isZero();
    }

    @Test
    @DisplayName("whoever comes in at a time is at risk only after it")
    void lateEntry() {
        SurvivalTimes times = SurvivalTimes.of(new double[] {2, 4, 6}, new boolean[] {true, true, true})
                .withEntry(new double[] {0, 2, 3});
        SurvivalCurve curve = KaplanMeier.curve(times);
        assertThat(curve.atRisk(0)).isEqualTo(1);
        assertThat(curve.survival(0)).isZero();
        assertThat(curve.atRisk(1)).isEqualTo(2);
    }

    @Test
    @DisplayName("the cumulative hazard, its interval and the share with the event")
    void hazard() {
        SurvivalColumns waltons = SurvivalColumns.waltons();
        SurvivalCurve curve = KaplanMeier.curve(waltons.times("T", "E"));
        // Sum of d/n^2 up to time 9: 1/163^2 + 1/162^2 + 3/160^2
        double variance = 1 / (163.0 * 163) + 1 / (162.0 * 162) + 3 / (160.0 * 160);
        double value = 1 / 163.0 + 1 / 162.0 + 3 / 160.0;
        Interval interval = curve.cumulativeHazardAt(10, 0.95).interval().orElseThrow();
        assertThat(interval.lower())
                .isCloseTo(value * Math.exp(-1.959963984540054 * Math.sqrt(variance) / value), within(1e-12));
        assertThat(curve.eventBy(10).value()).isEqualTo(1 - curve.survivalAt(10).value());
        assertThat(curve.eventBy(10).interval().orElseThrow().lower())
                .isEqualTo(1 - curve.survivalAt(10).interval().orElseThrow().upper());
        assertThat(curve.survivalAt(0).value()).isEqualTo(1);
    }

    @Test
    @DisplayName("the difference of two restricted means, tested")
    void difference() {
        SurvivalColumns waltons = SurvivalColumns.waltons();
        RestrictedMean control = KaplanMeier.curve(
                        waltons.where("group", "control").times("T", "E"))
                .restrictedMean(60)
                .orElseThrow();
        RestrictedMean treated = KaplanMeier.curve(
                        waltons.where("group", "miR-137").times("T", "E"))
                .restrictedMean(60)
                .orElseThrow();
        double z = (25.5882352941176 - 54.303556822839) / Math.hypot(2.20219992518445, 0.767358947044627);
        assertThat(treated.changeFrom(control, 0.95).test().statistic()).isCloseTo(z, within(1e-9));
        assertThat(treated.estimate(0.95).interval().orElseThrow().width())
                .isCloseTo(2 * 1.959963984540054 * 2.20219992518445, within(1e-8));
        assertThatThrownBy(() -> treated.changeFrom(new RestrictedMean(59, 1, 1, 1), 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("60.0");
        RestrictedMean still = new RestrictedMean(2, 2, 0, 3);
        assertThat(still.changeFrom(still, 0.95).isTested()).isFalse();
    }

    @Test
    @DisplayName("many different times: sorted by digits, as by comparing")
    void manyTimes() {
        Random random = new Random(7);
        int n = 50_000;
        double[] times = random.doubles(n).map(u -> -Math.log(u) * 1e3).toArray();
        boolean[] events = new boolean[n];
        for (int i = 0; i < n; i++) {
            events[i] = random.nextInt(3) > 0;
        }
        SurvivalCurve curve = KaplanMeier.curve(SurvivalTimes.of(times, events));
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        assertThat(curve.size()).isEqualTo(n);
        for (int i = 0; i < n; i++) {
            assertThat(curve.time(i)).isEqualTo(sorted[i]);
            assertThat(curve.atRisk(i)).isEqualTo(n - i);
        }
        KaplanMeier halves = KaplanMeier.TYPE.create();
        halves.add(times, events, 0, n / 2);
        KaplanMeier second = KaplanMeier.TYPE.create();
        second.add(times, events, n / 2, n);
        halves.merge(second);
        assertThat(halves.result()).isEqualTo(curve);
    }

    @Test
    @DisplayName("bad columns are refused, and counted in no part")
    void badColumns() {
        KaplanMeier km = KaplanMeier.TYPE.create();
        assertThatThrownBy(() -> km.add(new double[] {1, Double.NaN}, new boolean[2], 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> km.add(-1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(km.result().n()).isZero();
        assertThatThrownBy(() -> SurvivalTimes.of(new double[2], new boolean[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event");
        assertThatThrownBy(
                        () -> SurvivalTimes.of(new double[] {3}, new boolean[1]).withEntry(new double[] {3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("entry");
        assertThatThrownBy(() -> km.result().survivalAt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> km.result().quantile(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> km.result().restrictedMean(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RestrictedMean(1, Double.NaN, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The laws of the accumulator. */
    @Nested
    class Laws implements AccumulatorLaws<SurvivalTime, KaplanMeier, SurvivalCurve> {

        @Override
        public AccumulatorType<SurvivalTime, KaplanMeier, SurvivalCurve> type() {
            return KaplanMeier.TYPE;
        }

        @Override
        public List<SurvivalTime> items(Random random, int size) {
            return Stream.generate(() -> {
                        double entry = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
                        double time = entry + random.nextInt(30) + (entry > 0 ? 0.25 : 0);
                        return new SurvivalTime(entry, time, random.nextBoolean());
                    })
                    .limit(size)
                    .toList();
        }

        @Override
        public List<SurvivalTime> badItems() {
            return List.of();
        }
    }

    @Test
    @DisplayName("a time that cannot be is refused where it is made")
    void badTimes() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> SurvivalTime.of(bad, true)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new SurvivalTime(2, 2, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SurvivalTime(Double.NaN, 2, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
