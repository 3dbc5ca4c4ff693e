package dev.crmcore.metrics.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.Proportion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The CDNOW sample against the reference; ratios within 1e-12, money within half a cent. */
class CohortsGoldenTest {

    private static final JsonNode GOLDEN =
            Golden.json("kpi/cohorts.json").get("datasets").get("cdnow_sample");
    private static final LocalDate AS_OF = LocalDate.parse(GOLDEN.get("as_of").textValue());
    private static final double RATIO = 1e-12;
    private static final double MONEY = 0.005;

    private record Row(long customer, LocalDate day, long cents) {}

    private static final List<Row> ROWS = Golden.csv("kpi/transactions/cdnow_sample.csv").stream()
            .map(row -> new Row(
                    Long.parseLong(row[0]),
                    LocalDate.parse(row[1]),
                    new BigDecimal(row[3]).movePointRight(2).longValueExact()))
            .toList();

    @Test
    @DisplayName("every cohort cell, bounded and unbounded")
    void retention() {
        CohortRetention retention =
                CohortRetention.by(PeriodUnit.MONTH, ZoneOffset.UTC).create();
        ROWS.forEach(row -> retention.add(row.customer(), row.day().toEpochDay()));
        CohortTable table = retention.result(AS_OF);
        JsonNode cohorts = GOLDEN.get("cohorts_by_month_of_first_purchase");
        assertThat(table.cohorts()).extracting(CalendarPeriod::toString).containsExactlyElementsOf(cohorts::fieldNames);
        for (CalendarPeriod cohort : table.cohorts()) {
            JsonNode expected = cohorts.get(cohort.toString());
            assertThat(table.size(cohort)).isEqualTo(expected.get("size").longValue());
            int observed = expected.get("active").size();
            for (int k = 0; k < observed; k++) {
                assertThat(table.active(cohort, k))
                        .hasValue(expected.get("active").get(k).longValue());
                assertThat(table.activeInOrAfter(cohort, k))
                        .hasValue(expected.get("unbounded_active").get(k).longValue());
                assertThat(table.retention(cohort, k).value())
                        .isCloseTo(expected.get("retention").get(k).doubleValue(), within(RATIO));
                assertThat(table.unboundedRetention(cohort, k).value())
                        .isCloseTo(expected.get("unbounded_retention").get(k).doubleValue(), within(RATIO));
                assertThat(table.isComplete(cohort, k)).isTrue();
            }
            assertThat(table.active(cohort, observed)).isEmpty();
        }
        for (JsonNode month : GOLDEN.get("monthly")) {
            CalendarPeriod period = month(month.get("month").textValue());
            assertThat(table.activeIn(period))
                    .hasValue(month.get("active_customers").longValue());
            assertThat(table.size(period)).isEqualTo(month.get("new_customers").longValue());
            JsonNode rate = month.get("month_over_month_retention");
            assertThat(table.retentionFromPrevious(period).isDefined()).isEqualTo(!rate.isNull());
            if (!rate.isNull()) {
                assertThat(table.retentionFromPrevious(period).value()).isCloseTo(rate.doubleValue(), within(RATIO));
                assertThat(table.retentionFromPrevious(period).numerator())
                        .hasValue(month.get("retained_from_prev_month").doubleValue());
            }
        }
    }

    @Test
    @DisplayName("revenue and orders of every cohort and month")
    void revenue() {
        CohortRevenue revenue =
                CohortRevenue.by(PeriodUnit.MONTH, ZoneOffset.UTC, "USD").create();
        ROWS.forEach(row -> revenue.add(row.customer(), row.day().toEpochDay(), row.cents()));
        CohortRevenueTable table = revenue.result(AS_OF);
        for (CalendarPeriod cohort : table.cohorts()) {
            JsonNode expected = GOLDEN.get("cohorts_by_month_of_first_purchase").get(cohort.toString());
            assertThat(table.size(cohort)).isEqualTo(expected.get("size").longValue());
            int observed = expected.get("orders").size();
            for (int k = 0; k < observed; k++) {
                assertThat(table.orders(cohort, k))
                        .hasValue(expected.get("orders").get(k).longValue());
                assertThat(table.revenue(cohort, k).orElseThrow() / 100.0)
                        .isCloseTo(expected.get("revenue").get(k).doubleValue(), within(MONEY));
                assertThat(table.cumulativeRevenuePerCustomer(cohort, k).value() / 100)
                        .isCloseTo(
                                expected.get("cumulative_revenue_per_acquired_customer")
                                        .get(k)
                                        .doubleValue(),
                                within(MONEY));
            }
            assertThat(table.revenue(cohort, observed)).isEmpty();
        }
        for (JsonNode month : GOLDEN.get("monthly")) {
            CalendarPeriod period = month(month.get("month").textValue());
            assertThat(table.ordersIn(period)).hasValue(month.get("orders").longValue());
            assertThat(table.revenueIn(period).orElseThrow() / 100.0)
                    .isCloseTo(month.get("revenue").doubleValue(), within(MONEY));
            assertThat(table.revenuePerActiveCustomer(period).value() / 100)
                    .isCloseTo(month.get("arpu_active").doubleValue(), within(MONEY));
            assertThat(table.averageOrderValue(period).value() / 100)
                    .isCloseTo(month.get("aov").doubleValue(), within(MONEY));
        }
        long[] perCustomer = revenue.revenueOfCustomers();
        assertThat(perCustomer).hasSize(GOLDEN.get("customers").intValue()).isSorted();
        assertThat(LongStream.of(perCustomer).sum() / 100.0)
                .isCloseTo(GOLDEN.get("revenue").doubleValue(), within(MONEY));
        assertThat(perCustomer[perCustomer.length / 2] / 100.0)
                .isCloseTo(GOLDEN.get("median_revenue_per_customer").doubleValue(), within(MONEY));
    }

    @Test
    @DisplayName("repeat-purchase rate in both variants, churn by inactivity")
    void rates() {
        RepeatPurchaseRate byDays = RepeatPurchaseRate.BY_PURCHASE_DAYS.create();
        RepeatPurchaseRate byTransactions = RepeatPurchaseRate.BY_TRANSACTIONS.create();
        JsonNode churn = GOLDEN.get("inactivity_churn");
        InactivityChurn inactive =
                InactivityChurn.after(churn.get("days").intValue(), AS_OF).create();
        for (Row row : ROWS) {
            byDays.add(row.customer(), row.day().toEpochDay());
            byTransactions.add(row.customer(), row.day().toEpochDay());
            inactive.add(row.customer(), row.day().toEpochDay());
        }
        assertThat(byDays.result().estimate().value())
                .isCloseTo(GOLDEN.get("repeat_purchase_rate_by_purchase_days").doubleValue(), within(RATIO));
        assertThat(byDays.result().estimate().interval().orElseThrow().method()).isEqualTo("Wilson");
        assertThat(byTransactions.result().estimate().value())
                .isCloseTo(GOLDEN.get("repeat_purchase_rate_by_transactions").doubleValue(), within(RATIO));
        assertThat(byDays.result().trials() - byDays.result().successes())
                .isEqualTo(GOLDEN.get("one_time_buyers_by_purchase_days").longValue());
        assertThat(inactive.result())
                .isEqualTo(Proportion.of(
                        churn.get("churned").longValue(),
                        GOLDEN.get("customers").longValue()));
        assertThat(inactive.result().estimate().value())
                .isCloseTo(churn.get("rate").doubleValue(), within(RATIO));
    }

    private static CalendarPeriod month(String name) {
        return CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.parse(name + "-01"));
    }
}
