package dev.crmcore.metrics.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    @Test
    @DisplayName("the rate is of follow-ups that ended, with Wilson's interval")
    void rate() {
        Estimate rate = Recovery.of(12, 5).rate().estimate();
        assertThat(rate.value()).isEqualTo(12 / 17.0);
        assertThat(rate.n()).isEqualTo(17);
        Interval interval = rate.interval().orElseThrow();
        assertThat(interval.lower()).isCloseTo(0.4686688993346016, within(1e-12));
        assertThat(interval.upper()).isCloseTo(0.8672001038970478, within(1e-12));
        assertThat(Recovery.of(0, 0).rate().estimate().isDefined()).isFalse();
    }

    @Test
    @DisplayName("numbers that cannot be are refused by name")
    void refused() {
        assertThatThrownBy(() -> Recovery.of(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recovered must not be negative, not -1");
        assertThatThrownBy(() -> Recovery.of(0, -1)).hasMessageContaining("lost must not be negative");
        assertThatThrownBy(() -> Recovery.of(1, Long.MAX_VALUE)).hasMessageContaining("overflow");
    }
}
