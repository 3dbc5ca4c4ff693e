package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PairedNpsTest implements AccumulatorLaws<PairedNps.Pair, PairedNps, Change> {

    @Override
    public AccumulatorType<PairedNps.Pair, PairedNps, Change> type() {
        return PairedNps.TYPE;
    }

    @Override
    public List<PairedNps.Pair> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new PairedNps.Pair(random.nextInt(11), random.nextInt(11)))
                .toList();
    }

    @Override
    public List<PairedNps.Pair> badItems() {
        return List.of(new PairedNps.Pair(11, 5), new PairedNps.Pair(5, -1));
    }

    @Test
    @DisplayName("equals the t test of the differences")
    void pairedT() {
        int[][] pairs = {{9, 6}, {3, 9}, {7, 8}, {6, 7}, {10, 10}, {2, 10}, {8, 9}};
        PairedNps paired = PairedNps.create();
        double[] differences = new double[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            paired.add(pairs[i][0], pairs[i][1]);
            differences[i] = 100.0
                    * (NpsCategory.of(pairs[i][1]).code()
                            - NpsCategory.of(pairs[i][0]).code());
        }
        SampleMean mean = SampleMean.of(differences);
        Change change = paired.result();
        assertThat(change.difference().value()).isCloseTo(mean.estimate().value(), within(1e-12));
        assertThat(change.difference().interval()).isEqualTo(mean.interval(0.95));
        // scipy.stats.ttest_1samp([-2, 2, 0, 1, 0, 2, 1], 0): t = 1.0820035616009187, p = 0.3208080965023486
        assertThat(change.test().statistic()).isCloseTo(1.0820035616009187, within(1e-12));
        assertThat(change.test().pValue()).isCloseTo(0.3208080965023486, within(1e-9));
    }

    @Test
    @DisplayName("no pair, one pair and equal changes have no test")
    void edges() {
        PairedNps paired = PairedNps.create();
        assertThat(paired.result().difference().isDefined()).isFalse();
        paired.add(6, 9);
        assertThat(paired.result().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.TOO_FEW);
        paired.add(0, 10);
        paired.add(1, 10);
        assertThat(paired.result().undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        assertThat(paired.result().difference().value()).isEqualTo(200);
    }
}
