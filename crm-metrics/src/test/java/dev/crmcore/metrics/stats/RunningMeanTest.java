package dev.crmcore.metrics.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.SampleMean;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunningMeanTest implements AccumulatorLaws<Double, RunningMean, SampleMean> {

    @Override
    public AccumulatorType<Double, RunningMean, SampleMean> type() {
        return RunningMean.TYPE;
    }

    @Override
    public List<Double> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> random.nextInt(8) == 0 ? 0.0 : random.nextGaussian() * 1_000)
                .toList();
    }

    @Override
    public List<Double> badItems() {
        return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** Sums of doubles: within 1e-12 of the figures' size. */
    @Override
    public void assertSame(SampleMean actual, SampleMean expected) {
        assertThat(actual.n()).isEqualTo(expected.n());
        assertThat(actual.sum()).isCloseTo(expected.sum(), within(1e-12 * 1_000 * Math.max(1, expected.n())));
        assertThat(actual.variance()).isCloseTo(expected.variance(), within(1e-11 * Math.max(1, expected.variance())));
    }

    @Test
    @DisplayName("equals the mean in two passes, with a large offset too; a run counts all or none")
    void twoPasses() {
        double[] values = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
        RunningMean mean = RunningMean.TYPE.create();
        mean.add(values, 0, 4);
        assertThat(mean.result().variance()).isCloseTo(30, within(1e-6));
        assertThat(mean.result().estimate().value())
                .isCloseTo(SampleMean.of(values).estimate().value(), within(1e-6));
        byte[] before = mean.toBytes();
        assertThatThrownBy(() -> mean.add(new double[] {1, Double.NaN}, 0, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mean.add(1e300)).isInstanceOf(ArithmeticException.class);
        assertThat(mean.toBytes()).isEqualTo(before);
        assertThat(RunningMean.TYPE.create().result().estimate().isDefined()).isFalse();
    }
}
