package dev.crmcore.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    @DisplayName("a share is taken by its decimals and rounded down, however many there are")
    void byDecimals() {
        assertThat(0.29 * 100).isLessThan(29);
        assertThat(Shares.floor(0.29, 100)).isEqualTo(29);
        assertThat(0.58 * 50_000_000 + 1e-9).isLessThan(29_000_000);
        assertThat(Shares.floor(0.58, 50_000_000)).isEqualTo(29_000_000);
        assertThat(Shares.floor(1, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Shares.floor(Double.MIN_VALUE, 7)).isZero();
        assertThat(Shares.floor(0.5, 0)).isZero();
        assertThat(Shares.floor(0.3, 3)).isZero();
    }

    @Test
    @DisplayName("what is no share is refused")
    void refused() {
        for (double share : new double[] {0, -0.1, 1.000001, Double.NaN}) {
            assertThatThrownBy(() -> Shares.floor(share, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("share");
        }
    }
}
