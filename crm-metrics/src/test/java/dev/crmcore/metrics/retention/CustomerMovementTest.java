package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Churn rates by name, against the reference. */
class CustomerMovementTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/unit_economics.json");

    @Test
    @DisplayName("every variant of the reference")
    void variants() {
        for (JsonNode churn : GOLDEN.get("customer_churn")) {
            CustomerMovement movement = CustomerMovement.of(
                    churn.get("start").longValue(),
                    churn.get("lost_from_start_cohort").longValue(),
                    churn.get("new").longValue());
            JsonNode expected = churn.get("expected");
            assertThat(movement.end()).isEqualTo(churn.get("end").longValue());
            check(movement.churnRate(), expected.get("churn_rate_start_base"));
            check(movement.retentionRate(), expected.get("retention_rate_crr=(end-new)/start"));
            check(movement.churnRateOnAverageBase(), expected.get("churn_rate_average_base"));
            double exposure = movement.start() + (movement.gained() - movement.lost()) / 2.0;
            check(
                    movement.churnPerExposure(exposure),
                    expected.get("churn_per_customer_month_exposure_base(half-period new)"));
        }
    }

    private static void check(Estimate found, JsonNode expected) {
        assertThat(found.isDefined()).isEqualTo(!expected.isNull());
        if (found.isDefined()) {
            assertThat(found.value()).isCloseTo(expected.doubleValue(), within(1e-12));
            assertThat(found.interval().orElseThrow().contains(found.value())).isTrue();
        }
    }

    @Test
    @DisplayName("monthly churn in a year, compounded")
    void annual() {
        for (JsonNode unit : GOLDEN.get("unit_economics")) {
            double monthly = unit.get("input").get("monthly_churn").doubleValue();
            assertThat(ChurnRate.of(monthly, PeriodUnit.MONTH).annual().rate())
                    .isCloseTo(
                            unit.get("expected")
                                    .get("annual_churn_from_monthly")
                                    .doubleValue(),
                            within(1e-12));
        }
        assertThat(ChurnRate.of(1, PeriodUnit.MONTH).annual().rate()).isEqualTo(1);
        assertThat(ChurnRate.of(0, PeriodUnit.DAY).annual()).isEqualTo(new ChurnRate(0, PeriodUnit.YEAR));
        ChurnRate weekly = ChurnRate.of(0.01, PeriodUnit.WEEK);
        assertThat(weekly.in(PeriodUnit.MONTH).in(PeriodUnit.WEEK).rate()).isCloseTo(0.01, within(1e-15));
        assertThat(weekly.in(PeriodUnit.WEEK)).isSameAs(weekly);
        assertThat(weekly).hasToString("0.01 a week");
        assertThatThrownBy(() -> ChurnRate.of(1.01, PeriodUnit.MONTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.01");
    }

    @Test
    @DisplayName("the sum of daily rates by its definition; the reference sums what stayed, so it is the rest")
    void dailyRates() {
        JsonNode daily = GOLDEN.get("daily_sum_churn").get(0);
        List<CustomerMovement> days = new ArrayList<>();
        for (JsonNode day : daily.get("days_start_lost")) {
            days.add(CustomerMovement.of(day.get(0).longValue(), day.get(1).longValue(), 0));
        }
        Estimate sum = CustomerMovement.sumOfDailyRates(days);
        assertThat(sum.value()).isCloseTo(2 / 100.0 + 5 / 105.0 + 3 / 103.0, within(1e-15));
        assertThat(sum.value())
                .isCloseTo(days.size() - daily.get("sum_of_daily_rates").doubleValue(), within(1e-12));
        assertThat(sum.n()).isEqualTo(4);
        // By scipy 1.17.1
        Interval interval = sum.interval().orElseThrow();
        assertThat(interval.lower()).isCloseTo(0.04638601616627578, within(1e-9));
        assertThat(interval.upper()).isCloseTo(0.17882574871579313, within(1e-9));
        assertThat(CustomerMovement.sumOfDailyRates(List.of(CustomerMovement.of(0, 0, 9)))
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.NO_DATA);
    }

    @Test
    @DisplayName("the exact interval of a rate: Garwood's for 0 and 10 events")
    void garwood() {
        Interval none =
                CustomerMovement.of(50, 0, 0).churnPerExposure(1).interval().orElseThrow();
        assertThat(none.lower()).isZero();
        assertThat(none.upper()).isCloseTo(-Math.log(0.025), within(1e-12));
        Interval ten =
                CustomerMovement.of(50, 10, 0).churnPerExposure(1).interval().orElseThrow();
        assertThat(ten.lower()).isCloseTo(4.795389, within(1e-6));
        assertThat(ten.upper()).isCloseTo(18.390356, within(1e-6));
        assertThat(ten.method()).isEqualTo("Garwood");
    }

    @Test
    @DisplayName("numbers that cannot be are refused")
    void badNumbers() {
        assertThatThrownBy(() -> CustomerMovement.of(-1, 0, 0)).hasMessageContaining("start");
        assertThatThrownBy(() -> CustomerMovement.of(3, 4, 0)).hasMessageContaining("lost");
        assertThatThrownBy(() -> CustomerMovement.of(3, 0, -1)).hasMessageContaining("gained");
        assertThatThrownBy(() -> CustomerMovement.of(3, 0, Long.MAX_VALUE)).hasMessageContaining("gained");
        assertThatThrownBy(() -> CustomerMovement.of(3, 0, 1).churnPerExposure(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("with as many customers every day the interval of the daily sum is Garwood's, also if nobody was lost")
    void evenDays() {
        List<CustomerMovement> days =
                List.of(CustomerMovement.of(50, 3, 0), CustomerMovement.of(50, 0, 3), CustomerMovement.of(50, 7, 0));
        Interval sum = CustomerMovement.sumOfDailyRates(days).interval().orElseThrow();
        Interval garwood =
                CustomerMovement.of(50, 10, 0).churnPerExposure(50).interval().orElseThrow();
        assertThat(sum.lower()).isCloseTo(garwood.lower(), within(1e-12));
        assertThat(sum.upper()).isCloseTo(garwood.upper(), within(1e-12));
        Interval none = CustomerMovement.sumOfDailyRates(List.of(CustomerMovement.of(20, 0, 0)))
                .interval()
                .orElseThrow();
        assertThat(none.lower()).isZero();
        assertThat(none.upper()).isCloseTo(-Math.log(0.025) / 20, within(1e-12));
    }

    @Test
    @DisplayName("annual churn has the bounds of the period's, compounded")
    void annualInterval() {
        CustomerMovement march = CustomerMovement.of(200, 12, 5);
        Estimate annual = march.annualChurnRate(PeriodUnit.MONTH);
        assertThat(annual.value()).isCloseTo(1 - Math.pow(1 - 0.06, 12), within(1e-12));
        Interval month = march.churnRate().interval().orElseThrow();
        assertThat(annual.interval().orElseThrow().lower())
                .isCloseTo(1 - Math.pow(1 - month.lower(), 12), within(1e-12));
        assertThat(annual.interval().orElseThrow().upper())
                .isCloseTo(1 - Math.pow(1 - month.upper(), 12), within(1e-12));
        assertThat(CustomerMovement.of(0, 0, 3).annualChurnRate(PeriodUnit.WEEK).isDefined())
                .isFalse();
    }
}
