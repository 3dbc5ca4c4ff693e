package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Proportion;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything within 1e-12 of the reference. */
class CustomerChurnTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/unit_economics.json");

    static Stream<JsonNode> churn() {
        return StreamSupport.stream(GOLDEN.get("customer_churn").spliterator(), false);
    }

    static Stream<JsonNode> economics() {
        return StreamSupport.stream(GOLDEN.get("unit_economics").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("churn")
    @DisplayName("every variant of the rate equals the reference")
    void variants(JsonNode reference) {
        CustomerChurn churn = CustomerChurn.of(
                reference.get("start").longValue(),
                reference.get("lost_from_start_cohort").longValue(),
                reference.get("new").longValue());
        JsonNode expected = reference.get("expected");
        assertThat(churn.end()).isEqualTo(reference.get("end").longValue());
        assertRate(churn.rate(), expected.get("churn_rate_start_base"));
        assertRate(churn.retention(), expected.get("retention_rate_crr=(end-new)/start"));
        assertRate(churn.averageBaseRate(), expected.get("churn_rate_average_base"));
        assertRate(churn.averageBaseRate(), expected.get("churn_per_customer_month_exposure_base(half-period new)"));
    }

    @ParameterizedTest
    @MethodSource("economics")
    @DisplayName("twelve months compound to the reference's year, and back")
    void annualising(JsonNode reference) {
        double monthly = reference.get("input").get("monthly_churn").doubleValue();
        double yearly =
                reference.get("expected").get("annual_churn_from_monthly").doubleValue();
        assertThat(CustomerChurn.compounded(monthly, 12)).isCloseTo(yearly, within(1e-12));
        assertThat(CustomerChurn.compounded(yearly, 1.0 / 12)).isCloseTo(monthly, within(1e-12));
        assertThat(CustomerChurn.compounded(1, 12)).isEqualTo(1);
    }

    /**
     * The reference sums (start - lost)/start instead of lost/start: 10 customers lost of about 100 cannot be a churn of 390 %, and
     * four days minus its sum is the sum of the definition it gives.
     */
    @Test
    @DisplayName("the sum of daily rates is that of the definition, whose complement the reference prints")
    void sumOfDays() {
        JsonNode reference = GOLDEN.get("daily_sum_churn").get(0);
        List<CustomerChurn> days = StreamSupport.stream(
                        reference.get("days_start_lost").spliterator(), false)
                .map(day -> CustomerChurn.of(day.get(0).longValue(), day.get(1).longValue(), 0))
                .toList();
        double printed = reference.get("sum_of_daily_rates").doubleValue();
        assertThat(CustomerChurn.sumOfRates(days).value())
                .isCloseTo(2.0 / 100 + 5.0 / 105 + 3.0 / 103, within(1e-15))
                .isCloseTo(days.size() - printed, within(1e-12));
    }

    @Test
    @DisplayName("parts add, empty bases are undefined, and impossible counts are refused")
    void edges() {
        assertThat(CustomerChurn.of(10, 1, 2).plus(CustomerChurn.of(5, 5, 0))).isEqualTo(CustomerChurn.of(15, 6, 2));
        Interval wilson = CustomerChurn.of(10, 1, 2).rate().interval().orElseThrow();
        assertThat(wilson).isEqualTo(Proportion.of(1, 10).estimate().interval().orElseThrow());
        assertThat(CustomerChurn.of(0, 0, 0).averageBaseRate().isDefined()).isFalse();
        assertThat(CustomerChurn.sumOfRates(List.of()).isDefined()).isFalse();
        assertThat(CustomerChurn.sumOfRates(List.of(CustomerChurn.of(0, 0, 5))).isDefined())
                .isFalse();
        assertThatThrownBy(() -> CustomerChurn.of(-1, 0, 0)).hasMessageContaining("start");
        assertThatThrownBy(() -> CustomerChurn.of(1, 2, 0)).hasMessageContaining("lost");
        assertThatThrownBy(() -> CustomerChurn.of(1, 0, -1)).hasMessageContaining("gained");
        assertThatThrownBy(() -> CustomerChurn.of(Long.MAX_VALUE, 0, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> CustomerChurn.compounded(1.1, 12)).hasMessageContaining("rate");
        assertThatThrownBy(() -> CustomerChurn.compounded(0.1, 0)).hasMessageContaining("periods");
    }

    private static void assertRate(Estimate actual, JsonNode expected) {
        assertThat(actual.isDefined()).isEqualTo(!expected.isNull());
        if (actual.isDefined()) {
            assertThat(actual.value()).isCloseTo(expected.doubleValue(), within(1e-12));
        }
    }
}
