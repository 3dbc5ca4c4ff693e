package dev.crmcore.metrics;

import static dev.crmcore.metrics.Golden.absolute;
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

class ProportionComparisonTest {

    private static final double LEVEL = 0.95;
    private static final Map<String, DifferenceInterval> INTERVALS = Map.of(
            "diff_ci95_wald", DifferenceInterval.WALD,
            "diff_ci95_agresti_caffo", DifferenceInterval.AGRESTI_CAFFO,
            "diff_ci95_newcombe", DifferenceInterval.NEWCOMBE,
            "diff_ci95_score_miettinen_nurminen", DifferenceInterval.MIETTINEN_NURMINEN);

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                Golden.json("kpi/ab_two_proportions.json").get("cases").spliterator(), false);
    }

    private static Proportion proportion(JsonNode pair) {
        return Proportion.of(pair.get(0).longValue(), pair.get(1).longValue());
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("every interval of a difference equals the reference")
    void intervals(JsonNode reference) {
        Proportion control = proportion(reference.get("control"));
        Proportion variant = proportion(reference.get("variant"));
        INTERVALS.forEach((name, method) -> assertInterval(
                method.of(variant, control, LEVEL),
                reference.get(name),
                method == DifferenceInterval.MIETTINEN_NURMINEN ? 1e-6 : 1e-9));
        assertThat(variant.changeFrom(control).difference().value())
                .isCloseTo(reference.get("difference").doubleValue(), absolute(1e-9));
        assertThat(variant.effectSizeFrom(control).value())
                .isCloseTo(reference.get("cohens_h").doubleValue(), absolute(1e-9));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("every test equals the reference")
    void tests(JsonNode reference) {
        Proportion control = proportion(reference.get("control"));
        Proportion variant = proportion(reference.get("variant"));
        for (DifferenceTest test : DifferenceTest.values()) {
            Change change = variant.changeFrom(control, DifferenceInterval.NEWCOMBE, test, LEVEL);
            assertThat(change.isTested()).isEqualTo(reference.has("pooled_z"));
        }
        if (!reference.has("pooled_z")) {
            return;
        }
        assertZ(test(variant, control, DifferenceTest.POOLED_Z), reference.get("pooled_z"));
        assertZ(test(variant, control, DifferenceTest.N_MINUS_1), reference.get("n_minus_1_chi2_z"));
        TestResult yates = test(variant, control, DifferenceTest.YATES);
        JsonNode chi2 = reference.get("chi2_yates");
        assertThat(yates.statistic() * yates.statistic())
                .isCloseTo(chi2.get("chi2").doubleValue(), absolute(1e-9));
        assertThat(yates.pValue()).isCloseTo(chi2.get("p").doubleValue(), absolute(1e-9));
        TestResult fisher = test(variant, control, DifferenceTest.FISHER);
        JsonNode exact = reference.get("fisher_exact");
        assertThat(fisher.pValue()).isCloseTo(exact.get("p_two_sided").doubleValue(), absolute(1e-8));
        JsonNode odds = exact.get("odds_ratio_sample");
        assertThat(variant.oddsRatioTo(control).value())
                .isCloseTo(odds.isTextual() ? Double.POSITIVE_INFINITY : odds.doubleValue(), absolute(1e-9));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("ratio, lift and their interval equal the reference")
    void ratios(JsonNode reference) {
        Proportion control = proportion(reference.get("control"));
        Proportion variant = proportion(reference.get("variant"));
        Estimate lift = variant.liftOver(control, LEVEL);
        assertThat(lift.isDefined()).isEqualTo(!reference.get("relative_lift").isNull());
        if (lift.isDefined()) {
            assertThat(lift.value()).isCloseTo(reference.get("relative_lift").doubleValue(), absolute(1e-9));
        }
        Estimate ratio = variant.ratioTo(control, LEVEL);
        assertThat(ratio.interval().isPresent()).isEqualTo(reference.has("ratio_ci95_log_katz"));
        ratio.interval().ifPresent(interval -> {
            assertInterval(interval, reference.get("ratio_ci95_log_katz"), 1e-9);
            assertThat(ratio.value()).isCloseTo(reference.get("ratio").doubleValue(), absolute(1e-9));
        });
    }

    @ParameterizedTest
    @EnumSource(DifferenceInterval.class)
    @DisplayName("swapping the sides mirrors the bounds, which widen with the level and hold the difference")
    void mirrored(DifferenceInterval method) {
        long[][] tables = {{0, 1, 1, 1}, {1, 1, 0, 1}, {0, 9, 0, 4}, {3, 8, 7, 8}, {5, 1_000_000_000, 9, 1_000_000_000}
        };
        for (long[] t : tables) {
            Proportion a = Proportion.of(t[0], t[1]);
            Proportion b = Proportion.of(t[2], t[3]);
            Interval interval = method.of(a, b, LEVEL);
            Interval swapped = method.of(b, a, LEVEL);
            assertThat(interval.lower()).isCloseTo(-swapped.upper(), within(1e-12));
            assertThat(interval.lower()).isBetween(-1.0, interval.upper());
            Interval wider = method.of(a, b, 0.999);
            assertThat(wider.lower()).isLessThanOrEqualTo(interval.lower());
            assertThat(wider.upper()).isGreaterThanOrEqualTo(interval.upper());
        }
        assertThat(method.of(Proportion.of(0, 0), Proportion.of(1, 2), LEVEL).width())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("the bounds of Miettinen and Nurminen are where the score test just refuses")
    void scoreBoundsForRareEvents() {
        // With 1e9 trials and few successes the constrained shares are tiny; Wald is then an independent check
        Proportion a = Proportion.of(500, 1_000_000_000);
        Proportion b = Proportion.of(400, 1_000_000_000);
        Interval score = DifferenceInterval.MIETTINEN_NURMINEN.of(a, b, LEVEL);
        Interval wald = DifferenceInterval.WALD.of(a, b, LEVEL);
        assertThat(score.lower()).isCloseTo(wald.lower(), within(1e-9));
        assertThat(score.upper()).isCloseTo(wald.upper(), within(1e-9));
    }

    @Test
    @DisplayName("Fisher's test on margins up to a thousand million")
    void fisherLarge() {
        // The first by scipy 1.17.1, the second by rational arithmetic
        assertThat(fisher(1_000_000, 10_000_000, 1_002_000, 10_000_000)).isCloseTo(0.13640707012400777, within(1e-8));
        assertThat(fisher(500, 1_000_000_000, 400, 1_000_000_000)).isCloseTo(9.564416062683249e-4, within(1e-15));
        assertThat(fisher(0, 500_000, 500_000, 500_000)).isZero();
        assertThat(fisher(3, 3, 1, 4)).isCloseTo(1.0 / 7, within(1e-12));
        assertThat(fisher(4, 8, 2, 4)).isCloseTo(1, within(1e-12));
    }

    @Test
    @DisplayName("one failure among more trials than a double counts leaves the tests finite")
    void nearlyAllSucceeded() {
        Proportion all = Proportion.of(4_000_000_000_000_000_000L, 4_000_000_000_000_000_000L);
        Proportion allButOne = Proportion.of(3_999_999_999_999_999_999L, 4_000_000_000_000_000_000L);
        assertThat(test(all, allButOne, DifferenceTest.N_MINUS_1).pValue()).isBetween(0.0, 1.0);
        assertThat(test(all, allButOne, DifferenceTest.YATES).pValue()).isBetween(0.0, 1.0);
    }

    @Test
    @DisplayName("sides without trials or successes say so")
    void edges() {
        Proportion none = Proportion.of(0, 0);
        Proportion some = Proportion.of(1, 2);
        Proportion zero = Proportion.of(0, 2);
        assertThat(some.ratioTo(none, LEVEL).isDefined()).isFalse();
        assertThat(none.oddsRatioTo(some).isDefined()).isFalse();
        assertThat(none.effectSizeFrom(some).isDefined()).isFalse();
        assertThat(some.ratioTo(zero, LEVEL).undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.ZERO_BASE);
        assertThat(zero.ratioTo(some, LEVEL).value()).isZero();
        assertThat(zero.liftOver(some, LEVEL).value()).isEqualTo(-1);
        assertThat(zero.oddsRatioTo(zero).isDefined()).isFalse();
        assertThatThrownBy(() -> some.ratioTo(some, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DifferenceInterval.WALD.of(some, some, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double fisher(long k, long n, long l, long m) {
        return test(Proportion.of(k, n), Proportion.of(l, m), DifferenceTest.FISHER)
                .pValue();
    }

    private static TestResult test(Proportion later, Proportion earlier, DifferenceTest test) {
        return later.changeFrom(earlier, DifferenceInterval.NEWCOMBE, test, LEVEL)
                .test();
    }

    private static void assertZ(TestResult actual, JsonNode expected) {
        assertThat(actual.statistic()).isCloseTo(expected.get("z").doubleValue(), absolute(1e-9));
        assertThat(actual.pValue()).isCloseTo(expected.get("p_two_sided").doubleValue(), absolute(1e-9));
    }

    @Test
    @DisplayName("odds ratio and effect size have their intervals, but where the odds are 0 or infinite")
    void intervalsOfOddsAndEffect() {
        Proportion later = Proportion.of(150, 1_000);
        Proportion earlier = Proportion.of(120, 1_000);
        Interval odds = later.oddsRatioTo(earlier).interval().orElseThrow();
        assertThat(odds.upper()).isCloseTo(1.6748401504791797, within(1e-9));
        assertThat(odds.lower() * odds.upper())
                .isCloseTo(Math.pow(later.oddsRatioTo(earlier).value(), 2), within(1e-12));
        assertThat(odds.method()).isEqualTo("Woolf");
        assertThat(Proportion.of(0, 5).oddsRatioTo(earlier).interval()).isEmpty();
        assertThat(Proportion.of(5, 5).oddsRatioTo(earlier).interval()).isEmpty();
        Estimate effect = later.effectSizeFrom(earlier);
        assertThat(effect.interval().orElseThrow().upper() - effect.value())
                .isCloseTo(1.959963984540054 * Math.sqrt(0.002), within(1e-12));
        assertThat(Proportion.of(1, 1)
                        .effectSizeFrom(Proportion.of(0, 1))
                        .interval()
                        .orElseThrow()
                        .upper())
                .isEqualTo(Math.PI);
    }
}
