package dev.crmcore.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SampleMeanTest {

    @Test
    @DisplayName("no value, one value and equal values have no interval")
    void edges() {
        assertThat(SampleMean.of().estimate().isDefined()).isFalse();
        assertThat(SampleMean.of(4).estimate().value()).isEqualTo(4);
        assertThat(SampleMean.of(4).estimate().interval()).isEmpty();
        assertThat(SampleMean.of(4, 4, 4).estimate().interval()).isEmpty();
        assertThat(SampleMean.of(1, 3).variance()).isEqualTo(2);
        assertThatThrownBy(() -> SampleMean.of(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a large offset does not swallow the variance")
    void offset() {
        assertThat(SampleMean.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16).variance())
                .isCloseTo(30, within(1e-6));
    }

    @Test
    @DisplayName("a change without spread is untested, one without values undefined")
    void untested() {
        assertThat(SampleMean.of(1, 1).changeFrom(SampleMean.of(2, 2)).isTested())
                .isFalse();
        assertThat(SampleMean.of(1, 2).changeFrom(SampleMean.of(2)).difference().value())
                .isEqualTo(-0.5);
        assertThat(SampleMean.of(1, 2).changeFrom(SampleMean.of()).difference().isDefined())
                .isFalse();
    }
}
