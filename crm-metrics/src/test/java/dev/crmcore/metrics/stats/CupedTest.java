package dev.crmcore.metrics.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.SampleMean;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CupedTest implements AccumulatorLaws<CupedObservation, Cuped, CupedResult> {

    @Override
    public AccumulatorType<CupedObservation, Cuped, CupedResult> type() {
        return Cuped.TYPE;
    }

    @Override
    public List<CupedObservation> items(Random random, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> {
                    double before = random.nextInt(20);
                    return new CupedObservation(random.nextBoolean(), before * 3 + random.nextInt(10), before);
                })
                .toList();
    }

    @Override
    public List<CupedObservation> badItems() {
        return List.of();
    }

    /** Sums of doubles: within 1e-12 of the figures' size. */
    @Override
    public void assertSame(CupedResult actual, CupedResult expected) {
        assertThat(actual.theta()).isCloseTo(expected.theta(), within(1e-12 * Math.max(1, expected.theta())));
        assertClose(actual.treated(), expected.treated());
        assertClose(actual.others(), expected.others());
        assertClose(actual.treatedAsIs(), expected.treatedAsIs());
        assertClose(actual.othersAsIs(), expected.othersAsIs());
    }

    static void assertClose(SampleMean actual, SampleMean expected) {
        assertThat(actual.n()).isEqualTo(expected.n());
        assertThat(actual.sum()).isCloseTo(expected.sum(), within(1e-12 * Math.max(1, Math.abs(expected.sum()))));
        assertThat(actual.variance()).isCloseTo(expected.variance(), within(1e-11 * Math.max(1, expected.variance())));
    }

    @Test
    @DisplayName("theta, difference and standard errors equal the reference, within a relative 1e-9")
    void golden() {
        JsonNode golden = Golden.json("kpi/uplift.json").get("cuped");
        Cuped cuped = Cuped.TYPE.create();
        Golden.csv("kpi/campaign/uplift.csv")
                .forEach(row -> cuped.add(row[1].equals("1"), Double.parseDouble(row[3]), Double.parseDouble(row[4])));
        CupedResult result = cuped.result();
        assertThat(result.theta()).isCloseTo(golden.get("theta").doubleValue(), within(1e-9 * 8));
        assertThat(result.difference().difference().value())
                .isCloseTo(golden.get("adjusted_difference").doubleValue(), within(1e-9 * 2));
        assertThat(standardError(result.difference()))
                .isCloseTo(golden.get("se").doubleValue(), within(1e-9));
        assertThat(standardError(result.unadjustedDifference()))
                .isCloseTo(golden.get("unadjusted_se").doubleValue(), within(1e-9));
    }

    @Test
    @DisplayName(
            "a covariate that explains most of the outcome takes most of the error away, and finds the planted effect")
    void plantedEffect() {
        Random random = new Random(5);
        Cuped cuped = Cuped.TYPE.create();
        for (int i = 0; i < 4_000; i++) {
            double before = random.nextGaussian() * 10;
            boolean treated = random.nextBoolean();
            cuped.add(treated, 2 * before + random.nextGaussian() + (treated ? 0.5 : 0), before);
        }
        CupedResult result = cuped.result();
        assertThat(result.theta()).isCloseTo(2, within(0.01));
        assertThat(result.difference().difference().value()).isCloseTo(0.5, within(0.1));
        assertThat(standardError(result.difference())).isLessThan(standardError(result.unadjustedDifference()) / 15);
    }

    @Test
    @DisplayName("a covariate that does not vary changes nothing, and numbers that are none are refused")
    void edges() {
        Cuped cuped = Cuped.TYPE.create();
        assertThat(cuped.result().difference().difference().isDefined()).isFalse();
        cuped.add(true, 4, 1);
        cuped.add(false, 3, 1);
        assertThat(cuped.result().theta()).isZero();
        assertThat(cuped.result().difference().difference().value()).isEqualTo(1);
        byte[] before = cuped.toBytes();
        assertThatThrownBy(() -> cuped.add(true, Double.NaN, 1)).hasMessageContaining("outcome");
        assertThatThrownBy(() -> cuped.add(true, 1, Double.POSITIVE_INFINITY)).hasMessageContaining("covariate");
        assertThatThrownBy(() -> new CupedObservation(true, Double.NaN, 0)).hasMessageContaining("outcome");
        assertThatThrownBy(() -> cuped.add(true, 1e200, 1)).isInstanceOf(ArithmeticException.class);
        assertThat(cuped.toBytes()).isEqualTo(before);
    }

    private static double standardError(Change change) {
        return change.difference().value() / change.test().statistic();
    }
}
