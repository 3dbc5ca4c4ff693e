package dev.crmcore.metrics.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final double[] SPENT = {3.1, 0.2, 15.9, 4.4, 7.0, 1.3, 2.2, 40.5, 5.1, 6.3};
    private static final double[] BEFORE = {2, 1, 9, 3, 4, 0.5, 2.5, 8};

    /** Bounds by scipy 1.17.1, {@code bootstrap(method='BCa', n_resamples=200000)}, which move by 0.05 with the seed. */
    @Test
    @DisplayName("the bounds equal another implementation's, within what their random numbers decide")
    void reference() {
        Bootstrap bootstrap = Bootstrap.with(200_000, 1);
        Interval mean = bootstrap.mean(SPENT, 0.95).interval().orElseThrow();
        assertThat(mean.lower()).isCloseTo(3.98, within(0.05));
        assertThat(mean.upper()).isCloseTo(21.17, within(0.15));
        Interval difference =
                bootstrap.differenceOfMeans(SPENT, BEFORE, 0.95).interval().orElseThrow();
        assertThat(difference.lower()).isCloseTo(-0.15, within(0.05));
        assertThat(difference.upper()).isCloseTo(16.80, within(0.2));
        Interval median =
                bootstrap.of(SPENT, BootstrapTest::median, 0.95).interval().orElseThrow();
        assertThat(median.lower()).isCloseTo(2.2, within(1e-9));
        assertThat(median.upper()).isCloseTo(11.1, within(1e-9));
    }

    @Test
    @DisplayName("the general form and the closed one agree for a mean, and a seed gives the same bounds again")
    void sameStatistic() {
        Bootstrap bootstrap = Bootstrap.with(2_000, 7);
        Estimate closed = bootstrap.mean(SPENT, 0.9);
        Estimate general = bootstrap.of(SPENT, BootstrapTest::mean, 0.9);
        assertThat(general.value()).isCloseTo(closed.value(), within(1e-12));
        assertThat(general.interval().orElseThrow().lower())
                .isCloseTo(closed.interval().orElseThrow().lower(), within(1e-9));
        assertThat(general.interval().orElseThrow().upper())
                .isCloseTo(closed.interval().orElseThrow().upper(), within(1e-9));
        assertThat(bootstrap.mean(SPENT, 0.9)).isEqualTo(closed);
        assertThat(Bootstrap.with(2_000, 8).mean(SPENT, 0.9)).isNotEqualTo(closed);
    }

    @Test
    @DisplayName(
            "on skewed revenue the interval covers more often than its level minus 6 points, and leans to the right")
    void coverage() {
        Random random = new Random(20);
        double truth = Math.exp(0.5);
        int covered = 0;
        int leaning = 0;
        int rounds = 300;
        for (int round = 0; round < rounds; round++) {
            double[] sample = new double[60];
            Arrays.setAll(sample, i -> Math.exp(random.nextGaussian()));
            Estimate mean = Bootstrap.with(500, round).mean(sample, 0.95);
            Interval interval = mean.interval().orElseThrow();
            covered += interval.contains(truth) ? 1 : 0;
            leaning += interval.upper() - mean.value() > mean.value() - interval.lower() ? 1 : 0;
        }
        assertThat(covered).isGreaterThan((int) (0.89 * rounds));
        assertThat(leaning).isGreaterThan((int) (0.95 * rounds));
    }

    @Test
    @DisplayName("what does not vary has no interval, nothing has no figure, and malformed input is refused")
    void edges() {
        Bootstrap bootstrap = Bootstrap.with(100, 1);
        assertThat(bootstrap.mean(new double[0], 0.95).isDefined()).isFalse();
        assertThat(bootstrap.mean(new double[] {4}, 0.95).interval()).isEmpty();
        assertThat(bootstrap.mean(new double[] {4, 4, 4}, 0.95).interval()).isEmpty();
        assertThat(bootstrap.differenceOfMeans(SPENT, new double[0], 0.95).isDefined())
                .isFalse();
        assertThat(bootstrap.of(new double[] {4}, BootstrapTest::median, 0.95).interval())
                .isEmpty();
        assertThatThrownBy(() -> Bootstrap.with(99, 1)).hasMessageContaining("resamples");
        assertThatThrownBy(() -> bootstrap.mean(new double[] {1, Double.NaN}, 0.95))
                .hasMessageContaining("values[1]");
        assertThatThrownBy(() -> bootstrap.mean(SPENT, 1)).hasMessageContaining("level");
        assertThatThrownBy(() -> bootstrap.of(SPENT, values -> Double.NaN, 0.95))
                .hasMessageContaining("statistic");
        assertThatThrownBy(() -> bootstrap.of(new double[0], BootstrapTest::median, 0.95))
                .hasMessageContaining("values");
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    @Test
    @DisplayName("the interval scales with the values, however large or small they are")
    void scale() {
        Interval plain = Bootstrap.with(1_000, 3).mean(SPENT, 0.95).interval().orElseThrow();
        for (double unit : new double[] {0x1p-400, 0x1p400}) {
            double[] scaled = Arrays.stream(SPENT).map(x -> x * unit).toArray();
            Interval interval =
                    Bootstrap.with(1_000, 3).mean(scaled, 0.95).interval().orElseThrow();
            assertThat(interval.lower() / unit).isCloseTo(plain.lower(), within(1e-9));
            assertThat(interval.upper() / unit).isCloseTo(plain.upper(), within(1e-9));
        }
        assertThatThrownBy(() -> Bootstrap.with(100, 1).mean(new double[] {1, 1e308}, 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values[1]");
    }
}
