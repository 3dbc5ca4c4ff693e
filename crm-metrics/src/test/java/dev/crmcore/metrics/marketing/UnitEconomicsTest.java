package dev.crmcore.metrics.marketing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts of the reference are in major units, ours in minor ones; everything within a relative 1e-12. */
class UnitEconomicsTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/unit_economics.json");

    static Stream<JsonNode> economics() {
        return StreamSupport.stream(GOLDEN.get("unit_economics").spliterator(), false);
    }

    static Stream<JsonNode> returns() {
        return StreamSupport.stream(GOLDEN.get("campaign_return").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("economics")
    @DisplayName("acquisition cost, payback and every lifetime value equal the reference")
    void unitEconomics(JsonNode reference) {
        JsonNode in = reference.get("input");
        JsonNode expected = reference.get("expected");
        Estimate cac = CustomerAcquisitionCost.of(
                        cents(in, "sales_marketing_cost"),
                        in.get("new_customers").longValue())
                .estimate();
        UnitEconomics unit = UnitEconomics.of(
                (double) cents(in, "arpa_monthly"),
                in.get("gross_margin").doubleValue(),
                in.get("monthly_churn").doubleValue());
        assertMoney(cac, expected.get("cac_blended"));
        assertThat(unit.grossProfit() / 100)
                .isCloseTo(expected.get("gross_profit_per_account_month").doubleValue(), within(1e-10));
        assertFigure(unit.payback(cac), expected.get("cac_payback_months"), 1);
        assertFigure(unit.lifetime(), expected.get("expected_lifetime_months"), 1);
        assertMoney(unit.lifetimeValue(), expected.get("ltv_margin"));
        assertMoney(unit.lifetimeRevenue(), expected.get("ltv_revenue"));
        assertFigure(unit.lifetimeValueToCost(cac), expected.get("ltv_to_cac"), 1);
        if (in.has("new_customers_from_paid")) {
            assertMoney(
                    CustomerAcquisitionCost.of(
                                    cents(in, "paid_media_cost"),
                                    in.get("new_customers_from_paid").longValue())
                            .estimate(),
                    expected.get("cac_paid"));
        }
        if (in.has("monthly_discount_rate")) {
            DiscountRate rate = DiscountRate.of(in.get("monthly_discount_rate").doubleValue(), PeriodUnit.MONTH);
            assertMoney(
                    unit.discountedLifetimeValue(rate), expected.get("ltv_discounted_perpetuity_margin_end_of_month"));
            assertMoney(unit.discountedLifetimeValueInAdvance(rate), expected.get("ltv_discounted_first_payment_now"));
        }
        if (in.has("horizon_months")) {
            assertMoney(
                    unit.lifetimeValueWithin(in.get("horizon_months").intValue()),
                    expected.get("ltv_capped_horizon_undiscounted"));
        }
        if (in.has("monthly_expansion_rate")) {
            assertMoney(
                    unit.expandingLifetimeValue(in.get("monthly_expansion_rate").doubleValue()),
                    expected.get("ltv_with_net_expansion"));
        }
    }

    @ParameterizedTest
    @MethodSource("returns")
    @DisplayName("every return of a campaign equals the reference")
    void campaignReturns(JsonNode reference) {
        JsonNode in = reference.get("input");
        JsonNode expected = reference.get("expected");
        CampaignReturn campaign = CampaignReturn.of(
                cents(in, "attributed_revenue"),
                cents(in, "campaign_cost"),
                in.get("gross_margin").doubleValue());
        assertFigure(campaign.roas(), expected.get("roas"), 1);
        assertFigure(campaign.roi(), expected.get("roi_revenue_based"), 1);
        assertFigure(campaign.romi(), expected.get("romi_margin_based"), 1);
        assertFigure(
                campaign.incrementalRomi(cents(in, "baseline_revenue_without_campaign")),
                expected.get("romi_incremental"),
                1);
        assertMoney(campaign.breakEvenRevenue(), expected.get("break_even_revenue"));
    }

    @Test
    @DisplayName("churn that was counted carries its interval into the values, without an end where nobody left")
    void intervals() {
        UnitEconomics counted = UnitEconomics.of(25_000, 0.8, Proportion.of(25, 1_000));
        Interval churn = Proportion.of(25, 1_000).estimate().interval().orElseThrow();
        Estimate value = counted.lifetimeValue();
        assertThat(value.value()).isCloseTo(800_000, within(1e-6));
        assertThat(value.n()).isEqualTo(1_000);
        assertThat(value.interval().orElseThrow().lower()).isCloseTo(20_000 / churn.upper(), within(1e-6));
        assertThat(value.interval().orElseThrow().upper()).isCloseTo(20_000 / churn.lower(), within(1e-6));
        UnitEconomics nobodyLeft = UnitEconomics.of(25_000, 0.8, Proportion.of(0, 50));
        assertThat(nobodyLeft.lifetimeValue().isDefined()).isFalse();
        Interval within = nobodyLeft.lifetimeValueWithin(12).interval().orElseThrow();
        assertThat(within.upper()).isCloseTo(12 * 20_000, within(1e-6));
        assertThat(within.lower()).isBetween(20_000.0, 12 * 20_000.0);
        UnitEconomics growing = UnitEconomics.of(25_000, 0.8, Proportion.of(20, 1_000));
        assertThat(growing.expandingLifetimeValue(0.015)
                        .interval()
                        .orElseThrow()
                        .upper())
                .isInfinite();
        assertThat(UnitEconomics.of(25_000, 0.8, 0.025).lifetimeValue().interval())
                .isEmpty();
    }

    @Test
    @DisplayName("all leave at once, margins are lost, and impossible input is refused")
    void edges() {
        assertThat(UnitEconomics.of(100, 0.5, 1).lifetimeValueWithin(5).value()).isEqualTo(50);
        assertThat(UnitEconomics.of(100, 0.5, 1e-9).lifetimeValueWithin(1_000).value())
                .isCloseTo(50_000, within(0.1));
        UnitEconomics loss = UnitEconomics.of(100, -0.5, Proportion.of(1, 10));
        assertThat(loss.lifetimeValue().value()).isEqualTo(-500);
        assertThat(loss.payback(CustomerAcquisitionCost.of(10, 1).estimate()).isDefined())
                .isFalse();
        assertThat(CustomerAcquisitionCost.of(5, 1).plus(CustomerAcquisitionCost.of(7, 2)))
                .isEqualTo(CustomerAcquisitionCost.of(12, 3));
        assertThatThrownBy(() -> CustomerAcquisitionCost.of(Long.MAX_VALUE, 1).plus(CustomerAcquisitionCost.of(1, 1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> CustomerAcquisitionCost.of(-1, 1)).hasMessageContaining("cost");
        assertThatThrownBy(() -> UnitEconomics.of(-1, 0.5, 0.1)).hasMessageContaining("arpa");
        assertThatThrownBy(() -> UnitEconomics.of(1, 1.5, 0.1)).hasMessageContaining("grossMargin");
        assertThatThrownBy(() -> UnitEconomics.of(1, 0.5, 1.1)).hasMessageContaining("monthlyChurn");
        assertThatThrownBy(() -> UnitEconomics.of(1, 0.5, Proportion.of(0, 0))).hasMessageContaining("monthlyChurn");
        assertThatThrownBy(() -> loss.lifetimeValueWithin(0)).hasMessageContaining("months");
        assertThatThrownBy(() -> loss.expandingLifetimeValue(Double.NaN)).hasMessageContaining("monthlyGrowth");
        assertThatThrownBy(() -> CampaignReturn.of(1, -1, 0.5)).hasMessageContaining("cost");
        assertThatThrownBy(() -> CampaignReturn.of(1, 1, 0)).hasMessageContaining("grossMargin");
    }

    private static long cents(JsonNode input, String name) {
        return Math.round(input.get(name).doubleValue() * 100);
    }

    private static void assertMoney(Estimate actual, JsonNode expected) {
        assertFigure(actual, expected, 100);
    }

    private static void assertFigure(Estimate actual, JsonNode expected, double unit) {
        assertThat(actual.isDefined()).isEqualTo(!expected.isNull());
        if (actual.isDefined()) {
            double value = expected.doubleValue();
            assertThat(actual.value() / unit).isCloseTo(value, within(1e-12 * Math.max(1, Math.abs(value))));
        }
    }
}
