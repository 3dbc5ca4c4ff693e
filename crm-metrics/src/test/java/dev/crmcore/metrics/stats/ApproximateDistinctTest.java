package dev.crmcore.metrics.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApproximateDistinctTest implements AccumulatorLaws<Long, ApproximateDistinct, Estimate> {

    @Override
    public AccumulatorType<Long, ApproximateDistinct, Estimate> type() {
        return ApproximateDistinct.withPrecision(6);
    }

    @Override
    public AccumulatorType<Long, ApproximateDistinct, Estimate> otherVariant() {
        return ApproximateDistinct.withPrecision(7);
    }

    @Override
    public List<Long> items(Random random, int size) {
        long[] edges = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};
        return LongStream.range(0, size)
                .mapToObj(i -> random.nextInt(10) == 0 ? edges[random.nextInt(edges.length)] : random.nextInt(3_000))
                .toList();
    }

    @Override
    public List<Long> badItems() {
        return List.of();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12})
    @DisplayName("without bias and with the error it states, from one customer to many times the registers")
    void accuracy(int precision) {
        int rounds = 200;
        double stated = ApproximateDistinct.withPrecision(precision).create().relativeError();
        for (int n : new int[] {1, 10, 100, 1 << precision, 20 << precision}) {
            double bias = 0;
            double squares = 0;
            int covered = 0;
            for (int round = 0; round < rounds; round++) {
                ApproximateDistinct distinct =
                        ApproximateDistinct.withPrecision(precision).create();
                // Neighbouring numbers, as numbered customers are
                for (long customer = 0; customer < n; customer++) {
                    distinct.add(round * 10_000_000L + customer);
                }
                double error = distinct.result().value() / n - 1;
                bias += error / rounds;
                squares += error * error / rounds;
                covered += distinct.result().interval().orElseThrow().contains(n) ? 1 : 0;
            }
            assertThat(Math.sqrt(squares)).as("error at %s", n).isLessThan(1.2 * stated);
            assertThat(bias).as("bias at %s", n).isCloseTo(0, within(4 * stated / Math.sqrt(rounds)));
            assertThat(covered).as("coverage at %s", n).isGreaterThan((int) (0.88 * rounds));
        }
    }

    @Test
    @DisplayName("repetitions, order and merging a part twice change nothing but the number of items")
    void idempotent() {
        ApproximateDistinct once = ApproximateDistinct.TYPE.create();
        ApproximateDistinct twice = ApproximateDistinct.TYPE.create();
        for (long customer = 0; customer < 50_000; customer++) {
            once.add(customer);
            twice.add(49_999 - customer);
        }
        twice.merge(once);
        twice.merge(once);
        assertThat(twice.result().value()).isEqualTo(once.result().value());
        assertThat(twice.result().n()).isEqualTo(150_000);
        assertThat(once.result().interval().orElseThrow().method()).contains("approximate");
    }

    @Test
    @DisplayName(
            "nobody is 0, few are exact when rounded, a run counts like single ones, and the bytes are small for few")
    void edges() {
        ApproximateDistinct distinct = ApproximateDistinct.TYPE.create();
        assertThat(distinct.result().value()).isZero();
        distinct.add(new long[] {5, 6, 7, 5, 9}, 1, 5);
        assertThat(Math.round(distinct.result().value())).isEqualTo(4);
        assertThat(distinct.toBytes()).hasSizeLessThan(80);
        assertThatThrownBy(() -> distinct.add(new long[1], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ApproximateDistinct.withPrecision(3)).hasMessageContaining("precision");
        assertThatThrownBy(() -> ApproximateDistinct.withPrecision(17)).hasMessageContaining("precision");
    }
}
