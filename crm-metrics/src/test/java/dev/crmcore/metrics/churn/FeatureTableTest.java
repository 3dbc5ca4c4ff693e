package dev.crmcore.metrics.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureTableTest {

    private static final FeatureTable TABLE = FeatureTable.builder(3)
            .numeric("tenure", 1, 34, Double.NaN)
            .category("contract", Arrays.asList("monthly", null, "yearly"))
            .flag("partner", true, false, true)
            .build();

    @Test
    void readsBack() {
        assertThat(TABLE.rows()).isEqualTo(3);
        assertThat(TABLE.names()).containsExactly("tenure", "contract", "partner");
        assertThat(TABLE.isNumeric("tenure")).isTrue();
        assertThat(TABLE.isNumeric("contract")).isFalse();
        assertThat(TABLE.number("tenure", 1)).isEqualTo(34);
        assertThat(TABLE.number("tenure", 2)).isNaN();
        assertThat(TABLE.number("partner", 0)).isEqualTo(1);
        assertThat(TABLE.level("contract", 2)).contains("yearly");
        assertThat(TABLE.level("contract", 1)).isEmpty();
    }

    @Test
    void selectsRowsInAnyOrder() {
        FeatureTable some = TABLE.select(2, 0, 2);
        assertThat(some.rows()).isEqualTo(3);
        assertThat(some.level("contract", 0)).contains("yearly");
        assertThat(some.number("tenure", 1)).isEqualTo(1);
        assertThat(TABLE.select().rows()).isZero();
        assertThatThrownBy(() -> TABLE.select(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void doesNotAliasWhatWasHandedIn() {
        double[] values = {1, 2};
        FeatureTable table = FeatureTable.builder(2).numeric("x", values).build();
        values[0] = 9;
        assertThat(table.number("x", 0)).isEqualTo(1);
    }

    @Test
    void refusesWithNameAndValue() {
        assertThatThrownBy(() -> FeatureTable.builder(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> FeatureTable.builder(2).numeric("x", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x\"")
                .hasMessageContaining("2 values");
        assertThatThrownBy(() -> FeatureTable.builder(1).numeric("x", Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x\", row 0");
        assertThatThrownBy(() -> FeatureTable.builder(1).numeric("x", -Double.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be at most 1.0E300 in size");
        assertThatThrownBy(() -> FeatureTable.builder(0).category(" ", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeatureTable.builder(1).numeric("x", 1).category("x", List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> TABLE.number("age", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"age\"")
                .hasMessageContaining("tenure");
        assertThatThrownBy(() -> TABLE.number("contract", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be numeric");
        assertThatThrownBy(() -> TABLE.level("tenure", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be categorical");
    }
}
