package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
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
}
