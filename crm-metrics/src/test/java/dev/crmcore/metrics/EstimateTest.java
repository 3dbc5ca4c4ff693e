package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final Undefined NOTHING = Undefined.noData("no valid answer");

    @Test
    @DisplayName("an undefined figure refuses to be a number and says why")
    void undefined() {
        Estimate estimate = Estimate.undefined(NOTHING);
        assertThat(estimate.isDefined()).isFalse();
        assertThat(estimate.asOptional()).isEmpty();
        assertThat(estimate.numerator()).isEmpty();
        assertThat(estimate.undefined()).contains(NOTHING);
        assertThatThrownBy(estimate::value)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no valid answer");
        assertThatThrownBy(() -> estimate.rounded(1)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> estimate.withInterval(new Interval(0, 1, 0.95, "Wilson")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(estimate).hasToString("undefined: no valid answer");
    }

    @Test
    @DisplayName("a ratio keeps what was divided")
    void ratio() {
        Interval interval = new Interval(0.1, 0.4, 0.95, "Wilson");
        Estimate estimate = Estimate.ratio(9, 40, 40).withInterval(interval);
        assertThat(estimate.value()).isEqualTo(0.225);
        assertThat(estimate.numerator()).hasValue(9);
        assertThat(estimate.denominator()).hasValue(40);
        assertThat(estimate.n()).isEqualTo(40);
        assertThat(estimate.interval()).contains(interval);
        assertThat(estimate).isEqualTo(Estimate.ratio(9, 40, 40).withInterval(interval));
        assertThat(estimate).isNotEqualTo(Estimate.ratio(9, 40, 40));
    }

    @Test
    @DisplayName("rounding starts from the exact quotient, ties away from zero")
    void rounding() {
        assertThat(Estimate.ratio(-1, 8, 100, 8).rounded(0)).hasToString("-13");
        assertThat(Estimate.ratio(1, 8, 100, 8).rounded(0)).hasToString("13");
        assertThat(Estimate.ratio(1, 3, 3).rounded(4)).hasToString("0.3333");
        // 100 * 57 / 200 is 28.5 exactly, but 57.0 / 200 * 100 is 28.499999999999996
        assertThat(Estimate.ratio(57, 200, 100, 200).rounded(0)).hasToString("29");
        assertThat(Estimate.of(2.5, 1).rounded(0)).hasToString("3");
    }

    @Test
    @DisplayName("what is no number is refused")
    void refused() {
        assertThatThrownBy(() -> Estimate.ratio(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Estimate.ratio(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Estimate.of(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Estimate.of(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(1, 0, 0.95, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(0, Double.NaN, 0.95, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(0, 1, 95, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("an interval is clamped to the range of its figure")
    void clamped() {
        Interval interval = new Interval(-20, 106.3, 0.95, "adjusted Wald").clampedTo(-100, 100);
        assertThat(interval.lower()).isEqualTo(-20);
        assertThat(interval.upper()).isEqualTo(100);
        assertThat(interval.times(0.01).upper()).isEqualTo(1);
        assertThat(interval.contains(100)).isTrue();
        assertThat(interval.contains(Double.NaN)).isFalse();
    }

    @Test
    @DisplayName("a change without a test says why")
    void change() {
        Change change = Change.undefined(NOTHING);
        assertThat(change.isTested()).isFalse();
        assertThat(change.undefined()).contains(NOTHING);
        assertThatThrownBy(change::test)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no valid answer");
        Change tested = Change.of(Estimate.of(1.5, 10), TestResult.ofT("Welch t", 2.1, 7.5));
        assertThat(tested.test().degreesOfFreedom()).hasValue(7.5);
        assertThat(TestResult.ofZ("z", 1).degreesOfFreedom()).isEmpty();
        assertThatThrownBy(() -> TestResult.of("chi-squared", 1, 2, 1.3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestResult.ofT("t", 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TestResult.ofZ("z", Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a definition is complete or refused")
    void definition() {
        assertThatThrownBy(() -> KpiDefinition.builder("NPS", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KpiDefinition.builder("nps", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KpiDefinition.builder("nps", 1).name("x").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kind");
    }
}
