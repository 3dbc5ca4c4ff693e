package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SampleQuantilesTest {

    @Test
    @DisplayName("mean, type 7 and nearest rank of a sample with ties equal those of the sorted values")
    void likeSortedValues() {
        Random random = new Random(3);
        for (int n : new int[] {1, 2, 3, 7, 30, 101}) {
            long[] values = random.longs(n, -20, 20).toArray();
            SampleQuantiles sample = SampleQuantiles.of(values);
            Arrays.sort(values);
            assertThat(sample.n()).isEqualTo(n);
            SampleMean mean =
                    SampleMean.of(LongStream.of(values).asDoubleStream().toArray());
            assertThat(sample.moments().sum()).isCloseTo(mean.sum(), within(1e-9));
            assertThat(sample.moments().variance()).isCloseTo(mean.variance(), within(1e-9));
            for (double p : new double[] {0, 0.1, 0.25, 0.5, 0.9, 1}) {
                double at = (n - 1) * p;
                int below = (int) at;
                double type7 = values[below] + (at - below) * (values[Math.min(n - 1, below + 1)] - values[below]);
                assertThat(sample.quantile(p, QuantileDefinition.TYPE_7).value())
                        .isCloseTo(type7, within(1e-12));
            }
            assertThat(sample.max().value()).isEqualTo((double) values[n - 1]);
            assertThat(sample.min().value()).isEqualTo((double) values[0]);
        }
    }

    @Test
    @DisplayName("the nearest rank of 0.1 of 30 values is the third: the fraction is the one that was written")
    void nearestRank() {
        SampleQuantiles sample =
                SampleQuantiles.of(LongStream.rangeClosed(1, 30).toArray());
        assertThat(sample.quantile(0.1, QuantileDefinition.NEAREST_RANK).value())
                .isEqualTo(3);
        assertThat(sample.quantile(0, QuantileDefinition.NEAREST_RANK).value()).isEqualTo(1);
        assertThat(sample.quantile(1, QuantileDefinition.NEAREST_RANK).value()).isEqualTo(30);
        assertThat(sample.in(10).quantile(0.5, QuantileDefinition.NEAREST_RANK).value())
                .isEqualTo(1.5);
    }

    @Test
    @DisplayName(
            "the interval of the median is that of the binomial tables: ranks 2 and 9 of 10, and none below 6 values")
    void orderStatistics() {
        // Conover, Practical Nonparametric Statistics: n = 10, 95 %: ranks 2 and 9, which covers 0.979
        Interval ten = SampleQuantiles.of(LongStream.rangeClosed(1, 10).toArray())
                .median()
                .interval()
                .orElseThrow();
        assertThat(List.of(ten.lower(), ten.upper())).containsExactly(2.0, 9.0);
        assertThat(ten.method()).isEqualTo("order statistics");
        Interval six = SampleQuantiles.of(1, 2, 3, 4, 5, 6).median().interval().orElseThrow();
        assertThat(List.of(six.lower(), six.upper())).containsExactly(1.0, 6.0);
        assertThat(SampleQuantiles.of(1, 2, 3, 4, 5).median().interval()).isEmpty();
        assertThat(SampleQuantiles.of(1, 2, 3)
                        .quantile(1, QuantileDefinition.TYPE_7)
                        .interval())
                .isEmpty();
    }

    @Test
    @DisplayName("the interval covers the quantile of a known distribution at least as often as it says")
    void coverage() {
        Random random = new Random(11);
        int covered = 0;
        for (int round = 0; round < 1_000; round++) {
            long[] values = random.longs(60, 0, 1_000_000).toArray();
            Interval interval = SampleQuantiles.of(values)
                    .quantile(0.8, QuantileDefinition.TYPE_7, 0.9)
                    .interval()
                    .orElseThrow();
            covered += interval.contains(800_000) ? 1 : 0;
        }
        assertThat(covered).isBetween(880, 960);
    }

    @Test
    @DisplayName("nothing has no quantile; shares and units out of range are refused")
    void edges() {
        SampleQuantiles nothing = SampleQuantiles.of();
        assertThat(nothing.mean().isDefined()).isFalse();
        assertThat(nothing.median().isDefined()).isFalse();
        assertThat(nothing.max().isDefined()).isFalse();
        assertThat(nothing.min().isDefined()).isFalse();
        assertThatThrownBy(() -> nothing.quantile(1.1, QuantileDefinition.TYPE_7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> nothing.quantile(Double.NaN, QuantileDefinition.TYPE_7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> nothing.in(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SampleQuantiles.of(Long.MIN_VALUE, Long.MAX_VALUE).mean().value())
                .isCloseTo(0, within(1e4));
    }

    @Nested
    class Laws implements AccumulatorLaws<Long, CountedValues, SampleQuantiles> {
        @Override
        public AccumulatorType<Long, CountedValues, SampleQuantiles> type() {
            return CountedValues.TYPE;
        }

        @Override
        public AccumulatorType<Long, CountedValues, SampleQuantiles> otherVariant() {
            return CountedValues.of(KpiDefinition.builder("some-other-times", 1)
                    .name("Other")
                    .kind(KpiKind.KEYED)
                    .unit("ms")
                    .formula("values")
                    .emptyRule("undefined")
                    .source("this test")
                    .build());
        }

        @Override
        public List<Long> items(Random random, int size) {
            long[] edges = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};
            return random.ints(size, 0, 60)
                    .mapToObj(i -> i < edges.length ? edges[i] : (long) i)
                    .toList();
        }

        @Override
        public List<Long> badItems() {
            return List.of();
        }
    }

    @Test
    @DisplayName("counted values are the sample that they count")
    void counted() {
        assertThat(SampleQuantiles.ofCounts(new long[] {-3, 0, 8, 9}, new long[] {2, 0, 1, 3}))
                .isEqualTo(SampleQuantiles.of(9, -3, 8, 9, 9, -3));
        assertThat(SampleQuantiles.ofCounts(new long[0], new long[0]).median().isDefined())
                .isFalse();
        assertThatThrownBy(() -> SampleQuantiles.ofCounts(new long[] {1, 1}, new long[] {1, 1}))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> SampleQuantiles.ofCounts(new long[] {1}, new long[] {-1}))
                .hasMessageContaining("not be negative");
        assertThatThrownBy(() -> SampleQuantiles.ofCounts(new long[] {1}, new long[2]))
                .hasMessageContaining("count for each");
    }
}
