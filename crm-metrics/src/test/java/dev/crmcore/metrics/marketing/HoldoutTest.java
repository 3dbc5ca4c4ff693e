package dev.crmcore.metrics.marketing;

import static dev.crmcore.metrics.Golden.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.AccumulatorLaws;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.TestResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HoldoutTest implements AccumulatorLaws<HoldoutCustomer, Holdout, HoldoutUplift> {

    private static final JsonNode GOLDEN = Golden.json("kpi/uplift.json").get("campaign_holdout");

    static List<HoldoutCustomer> campaign() {
        return Golden.csv("kpi/campaign/uplift.csv").stream()
                .map(row -> new HoldoutCustomer(
                        row[1].equals("1"),
                        row[2].equals("1"),
                        new BigDecimal(row[3]).movePointRight(2).longValueExact()))
                .toList();
    }

    @Override
    public AccumulatorType<HoldoutCustomer, Holdout, HoldoutUplift> type() {
        return Holdout.TYPE;
    }

    @Override
    public List<HoldoutCustomer> items(Random random, int size) {
        long[] amounts = {0, 0, 1, -5_00, 199_99, 1L << 40, -(1L << 40)};
        return IntStream.range(0, size)
                .mapToObj(i -> new HoldoutCustomer(
                        random.nextBoolean(), random.nextInt(5) == 0, amounts[random.nextInt(amounts.length)]))
                .toList();
    }

    @Override
    public List<HoldoutCustomer> badItems() {
        return List.of();
    }

    @Test
    @DisplayName("every figure of the campaign equals the reference, within a relative 1e-9")
    void golden() {
        HoldoutUplift uplift = Holdout.TYPE.of(campaign());
        assertThat(uplift.treated().successes())
                .isEqualTo(GOLDEN.at("/treated/0").longValue());
        assertThat(uplift.treated().trials()).isEqualTo(GOLDEN.at("/treated/1").longValue());
        assertThat(uplift.heldOut().successes())
                .isEqualTo(GOLDEN.at("/control/0").longValue());
        assertThat(uplift.heldOut().trials()).isEqualTo(GOLDEN.at("/control/1").longValue());
        Estimate difference = uplift.conversionUplift().difference();
        assertRelative(difference.value(), "absolute_uplift");
        assertInterval(difference.interval().orElseThrow(), GOLDEN.get("newcombe_95"), 1e-9);
        assertRelative(uplift.relativeUplift().value(), "relative_uplift");
        Estimate conversions = uplift.incrementalConversions();
        assertRelative(conversions.value(), "incremental_conversions");
        assertInterval(conversions.interval().orElseThrow(), GOLDEN.get("incremental_conversions_95"), 1e-7);
        assertThat(uplift.treatedRevenue().estimate().value() / 100)
                .isCloseTo(GOLDEN.at("/revenue_per_customer/0").doubleValue(), within(1e-9));
        assertThat(uplift.heldOutRevenue().estimate().value() / 100)
                .isCloseTo(GOLDEN.at("/revenue_per_customer/1").doubleValue(), within(1e-9));
        assertRelative(uplift.revenueUplift().difference().value() / 100, "revenue_uplift_per_customer");
        assertInterval(
                uplift.revenueUplift().difference().interval().orElseThrow().times(0.01),
                GOLDEN.get("revenue_uplift_95"),
                1e-9);
        TestResult welch = uplift.revenueUplift().test();
        assertRelative(welch.statistic(), "welch_t");
        assertRelative(welch.pValue(), "welch_p");
        assertRelative(uplift.incrementalRevenue().value() / 100, "incremental_revenue");
    }

    @Test
    @DisplayName("the return on a measured increment carries the increment's interval")
    void romi() {
        HoldoutUplift uplift = Holdout.TYPE.of(campaign());
        Estimate romi = uplift.romi(100_000, 0.4);
        double revenue = GOLDEN.get("incremental_revenue").doubleValue() * 100;
        assertThat(romi.value()).isCloseTo((revenue * 0.4 - 100_000) / 100_000, within(1e-9));
        Interval bounds = romi.interval().orElseThrow();
        Interval money = uplift.incrementalRevenue().interval().orElseThrow();
        assertThat(bounds.lower()).isCloseTo(money.lower() * 0.4 / 100_000 - 1, within(1e-12));
        assertThat(bounds.upper()).isCloseTo(money.upper() * 0.4 / 100_000 - 1, within(1e-12));
        assertThat(uplift.romi(0, 0.4).isDefined()).isFalse();
        assertThat(Holdout.TYPE.create().result().romi(1, 0.4).isDefined()).isFalse();
        assertThatThrownBy(() -> uplift.romi(-1, 0.4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> uplift.romi(1, 1.4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("an empty group has no uplift, equal spending no test")
    void edges() {
        Holdout holdout = Holdout.TYPE.create();
        holdout.add(true, true, 100);
        assertThat(holdout.result().conversionUplift().difference().isDefined()).isFalse();
        assertThat(holdout.result().incrementalConversions().isDefined()).isFalse();
        holdout.add(false, false, 100);
        assertThat(holdout.result().incrementalConversions().value()).isEqualTo(1);
        assertThat(holdout.result().relativeUplift().isDefined()).isFalse();
        assertThat(holdout.result().revenueUplift().isTested()).isFalse();
    }

    @Test
    @DisplayName("a sum that does not fit is refused and counts nothing")
    void overflow() {
        Holdout holdout = Holdout.TYPE.create();
        holdout.add(true, false, Long.MAX_VALUE);
        byte[] before = holdout.toBytes();
        assertThatThrownBy(() -> holdout.add(true, true, 1)).isInstanceOf(ArithmeticException.class);
        Holdout other = Holdout.TYPE.create();
        other.add(false, false, 7);
        other.add(true, false, 1);
        assertThatThrownBy(() -> holdout.merge(other)).isInstanceOf(ArithmeticException.class);
        assertThat(holdout.toBytes()).isEqualTo(before);
    }

    private static void assertRelative(double actual, String name) {
        double expected = GOLDEN.get(name).doubleValue();
        assertThat(actual).as(name).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }
}
