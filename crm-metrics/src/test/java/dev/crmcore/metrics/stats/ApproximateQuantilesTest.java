package dev.crmcore.metrics.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApproximateQuantilesTest implements AccumulatorLaws<Long, ApproximateQuantiles, QuantileSummary> {

    private static final long[] EDGES = {
        0, 1, -1, 63, 64, 127, 128, 129, -128, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, 1L << 62
    };

    @Override
    public AccumulatorType<Long, ApproximateQuantiles, QuantileSummary> type() {
        return ApproximateQuantiles.TYPE;
    }

    @Override
    public List<Long> items(Random random, int size) {
        return IntStream.range(0, size).mapToObj(i -> number(random)).toList();
    }

    @Override
    public List<Long> badItems() {
        return List.of();
    }

    private static long number(Random random) {
        return random.nextInt(10) == 0
                ? EDGES[random.nextInt(EDGES.length)]
                : random.nextLong() >> (8 + random.nextInt(55));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("every quantile is within 1/128 of the exact one, whose bounds hold for certain")
    void bounds(long seed) {
        Random random = new Random(seed);
        long[] numbers = random.longs(5_000).map(i -> number(random)).toArray();
        ApproximateQuantiles quantiles = ApproximateQuantiles.TYPE.create();
        quantiles.add(numbers, 0, numbers.length);
        QuantileSummary summary = quantiles.result();
        Arrays.sort(numbers);
        for (int percent = 0; percent <= 100; percent++) {
            double p = percent / 100.0;
            long exact = numbers[Math.max(0, percent * numbers.length / 100 - 1)];
            assertThat(summary.lowerBound(p)).isLessThanOrEqualTo(exact);
            assertThat(summary.upperBound(p)).isGreaterThanOrEqualTo(exact);
            assertThat(Math.abs(summary.quantile(p).value() - exact))
                    .isLessThanOrEqualTo(QuantileSummary.RELATIVE_ERROR * Math.abs((double) exact));
        }
        assertThat(summary.lowerBound(0)).isEqualTo(numbers[0]);
        assertThat(summary.upperBound(1)).isEqualTo(numbers[numbers.length - 1]);
    }

    @Test
    @DisplayName("numbers below 128 are exact, of either sign")
    void smallNumbers() {
        ApproximateQuantiles quantiles = ApproximateQuantiles.TYPE.create();
        for (long number = -127; number <= 127; number++) {
            quantiles.add(number);
        }
        QuantileSummary summary = quantiles.result();
        for (int rank = 1; rank <= 255; rank++) {
            // A share whose product with 255 lies between two ranks
            assertThat(summary.quantile((rank - 0.5) / 255).value()).isEqualTo(rank - 128);
        }
        assertThat(summary.quantile(0.5).value()).isZero();
        assertThat(summary.n()).isEqualTo(255);
    }

    @Test
    @DisplayName("nothing has no quantile, and impossible shares are refused")
    void edges() {
        QuantileSummary nothing = ApproximateQuantiles.TYPE.create().result();
        assertThat(nothing.quantile(0.5).isDefined()).isFalse();
        assertThatThrownBy(() -> nothing.lowerBound(0.5)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> nothing.quantile(1.1)).hasMessageContaining("p must be");
        assertThatThrownBy(() -> nothing.quantile(Double.NaN)).hasMessageContaining("p must be");
        ApproximateQuantiles one = ApproximateQuantiles.TYPE.create();
        one.add(1_000_003);
        assertThat(one.result().quantile(0.99).value()).isEqualTo(1_000_003);
    }
}
