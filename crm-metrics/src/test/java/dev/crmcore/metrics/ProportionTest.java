package dev.crmcore.metrics;

import static dev.crmcore.metrics.Golden.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProportionTest {

    private static final Map<String, ProportionInterval> METHODS = Map.of(
            "wald_95", ProportionInterval.WALD,
            "wilson_95", ProportionInterval.WILSON,
            "wilson_continuity_corrected_95", ProportionInterval.WILSON_CONTINUITY_CORRECTED,
            "agresti_coull_95", ProportionInterval.AGRESTI_COULL,
            "clopper_pearson_95", ProportionInterval.CLOPPER_PEARSON,
            "jeffreys_95", ProportionInterval.JEFFREYS);

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                Golden.json("kpi/proportions.json").get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("every interval equals the reference")
    void golden(JsonNode reference) {
        Proportion proportion = Proportion.of(
                reference.get("successes").longValue(), reference.get("n").longValue());
        if (proportion.trials() == 0) {
            assertThat(proportion.estimate().isDefined()).isFalse();
            for (ProportionInterval method : ProportionInterval.values()) {
                assertThat(method.of(0, 0, 0.95))
                        .isEqualTo(
                                new Interval(0, 1, 0.95, method.of(0, 1, 0.95).method()));
            }
            return;
        }
        assertThat(proportion.estimate().value())
                .isCloseTo(reference.get("estimate").doubleValue(), within(1e-9));
        METHODS.forEach((name, method) -> {
            double tolerance =
                    method == ProportionInterval.CLOPPER_PEARSON || method == ProportionInterval.JEFFREYS ? 1e-8 : 1e-9;
            Interval interval = proportion.estimate(method, 0.95).interval().orElseThrow();
            assertInterval(interval, reference.get(name), tolerance);
        });
        assertThat(proportion.lowerBound(0.95))
                .isCloseTo(reference.get("wilson_one_sided_lower_95").doubleValue(), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(ProportionInterval.class)
    @DisplayName("bounds are mirrored when successes and failures swap, and widen with the level")
    void symmetryAndLevels(ProportionInterval method) {
        for (long n : new long[] {1, 2, 7, 40, 1_000, 3_000_000_000L}) {
            for (long k : new long[] {0, 1, n / 3, n / 2, n}) {
                Interval interval = method.of(k, n, 0.95);
                Interval mirror = method.of(n - k, n, 0.95);
                assertThat(interval.lower()).isCloseTo(1 - mirror.upper(), within(1e-9));
                Interval wider = method.of(k, n, 0.999);
                assertThat(wider.lower()).isLessThanOrEqualTo(interval.lower());
                assertThat(wider.upper()).isGreaterThanOrEqualTo(interval.upper());
            }
        }
    }

    @Test
    @DisplayName("a change needs trials on both sides and some variation")
    void changes() {
        assertThat(Proportion.of(0, 0)
                        .changeFrom(Proportion.of(1, 2))
                        .difference()
                        .isDefined())
                .isFalse();
        Change same = Proportion.of(5, 5).changeFrom(Proportion.of(9, 9));
        assertThat(same.isTested()).isFalse();
        assertThat(same.difference().value()).isZero();
        assertThat(same.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        Change up = Proportion.of(30, 40).changeFrom(Proportion.of(20, 40));
        Change down = Proportion.of(20, 40).changeFrom(Proportion.of(30, 40));
        assertThat(up.test().statistic()).isPositive().isCloseTo(-down.test().statistic(), within(1e-12));
    }

    @Test
    @DisplayName("impossible counts and levels are refused")
    void refused() {
        assertThatThrownBy(() -> Proportion.of(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proportion.of(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProportionInterval.WILSON.of(1, 2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProportionInterval.WILSON.of(1, 2, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
