package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WeightedNpsTest implements AccumulatorLaws<WeightedNps.Answer, WeightedNps, WeightedNpsScore> {

    @Override
    public AccumulatorType<WeightedNps.Answer, WeightedNps, WeightedNpsScore> type() {
        return WeightedNps.TYPE;
    }

    @Override
    public List<WeightedNps.Answer> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new WeightedNps.Answer(random.nextInt(11), Math.exp(10 * random.nextGaussian())))
                .toList();
    }

    @Override
    public List<WeightedNps.Answer> badItems() {
        return List.of(
                new WeightedNps.Answer(11, 1),
                new WeightedNps.Answer(5, -1),
                new WeightedNps.Answer(5, Double.NaN),
                new WeightedNps.Answer(5, Double.POSITIVE_INFINITY));
    }

    @Override
    public void assertSame(WeightedNpsScore actual, WeightedNpsScore expected) {
        assertThat(actual.n()).isEqualTo(expected.n());
        assertThat(actual.sumOfWeights()).isCloseTo(expected.sumOfWeights(), Percentage.withPercentage(1e-13));
        assertThat(actual.effectiveN().isDefined())
                .isEqualTo(expected.effectiveN().isDefined());
        if (expected.effectiveN().isDefined()) {
            assertThat(actual.estimate().value()).isCloseTo(expected.estimate().value(), within(1e-11));
            assertThat(actual.effectiveN().value())
                    .isCloseTo(expected.effectiveN().value(), Percentage.withPercentage(1e-12));
            assertThat(actual.linearisedStandardError().value())
                    .isCloseTo(expected.linearisedStandardError().value(), within(1e-7));
        }
    }

    @Test
    @DisplayName("equal weights are no weights")
    void equalWeights() {
        WeightedNps weighted = WeightedNps.create();
        Nps plain = Nps.create();
        for (int answer : new int[] {10, 9, 9, 8, 3, 0, 7}) {
            weighted.add(answer, 0.25);
            plain.add(answer);
        }
        Estimate estimate = weighted.result().estimate();
        assertThat(weighted.result().effectiveN().value()).isCloseTo(7, within(1e-12));
        assertThat(estimate.value()).isCloseTo(plain.result().estimate().value(), within(1e-12));
        assertThat(estimate.interval().orElseThrow().lower())
                .isCloseTo(plain.result().estimate().interval().orElseThrow().lower(), within(1e-9));
    }

    @Test
    @DisplayName("answers that weigh nothing have no score")
    void weightless() {
        WeightedNps nps = WeightedNps.create();
        assertThat(nps.result().estimate().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        nps.add(9, 0);
        assertThat(nps.result().estimate().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.ZERO_BASE);
        assertThat(nps.result().interval(NpsInterval.WALD, 0.95)).isEmpty();
        assertThat(nps.result().linearisedStandardError().isDefined()).isFalse();
    }

    @Test
    @DisplayName("weights whose squares would vanish are refused, and the least allowed ones make a score")
    void tinyWeights() {
        WeightedNps nps = WeightedNps.create();
        assertThatThrownBy(() -> nps.add(9, 1e-200))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight must be 0 or 1.0E-100 to 1.0E100, not 1.0E-200");
        for (int answer : new int[] {9, 3, 10}) {
            nps.add(answer, 1e-100);
        }
        assertThat(nps.result().effectiveN().value()).isCloseTo(3, within(1e-12));
        assertThat(nps.result().estimate().value()).isCloseTo(100.0 / 3, within(1e-12));
    }

    @Test
    @DisplayName("the change of equally weighted answers is that of answers without weights, and nothing has none")
    void change() {
        WeightedNps before = WeightedNps.create();
        WeightedNps after = WeightedNps.create();
        for (int i = 0; i < 60; i++) {
            before.add(i % 11, 3);
            after.add(i % 3 == 0 ? 4 : 10, 0.5);
        }
        Change weighted = after.result().changeFrom(before.result(), 0.9);
        Change plain = NpsScore.of(40, 0, 20).changeFrom(NpsScore.of(10, 10, 40), NpsChangeTest.ADJUSTED_WALD, 0.9);
        assertThat(weighted.difference().value()).isCloseTo(plain.difference().value(), within(1e-10));
        assertThat(weighted.test().statistic()).isCloseTo(plain.test().statistic(), within(1e-10));
        assertThat(weighted.difference().interval().orElseThrow().lower())
                .isCloseTo(plain.difference().interval().orElseThrow().lower(), within(1e-10));
        assertThat(weighted.difference().n()).isEqualTo(120);
        Change none = after.result().changeFrom(WeightedNps.create().result(), 0.9);
        assertThat(none.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        assertThat(none.difference().isDefined()).isFalse();
    }
}
