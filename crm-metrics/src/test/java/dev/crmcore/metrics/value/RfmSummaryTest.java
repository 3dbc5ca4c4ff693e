package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RfmSummaryTest {

    private static long minorUnits(String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }

    @ParameterizedTest
    @CsvSource({"daily, DAY, DAY", "daily_in_weeks, DAY, WEEK", "weekly, WEEK, WEEK"})
    void edgeCases(String table, PeriodUnit mergedBy, PeriodUnit unit) {
        NamedRfmAccumulator rfm = NamedRfmAccumulator.over(
                        RfmObservation.until(LocalDate.of(2024, 6, 30), ZoneOffset.UTC)
                                .by(mergedBy))
                .create();
        DateTimeFormatter format = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
        for (String[] row : Golden.csv("clv/rfm_edge_cases.csv")) {
            rfm.add(row[0], LocalDateTime.parse(row[1], format).toInstant(ZoneOffset.UTC), minorUnits(row[2]));
        }
        RfmSummary summary = rfm.result();
        PurchaseHistories histories = summary.histories(unit);
        double[] rows = new double[histories.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        double[] rowOfCustomer = histories.spread(rows);
        JsonNode expected = Golden.json("clv/rfm_edge_cases.json").get(table).get("rows");
        assertThat(summary.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            JsonNode e = expected.get(i);
            PurchaseHistory history = histories.history((int) rowOfCustomer[i]);
            assertThat(summary.name(i)).isEqualTo(e.get("customer_id").textValue());
            assertThat((double) summary.frequency(i))
                    .isEqualTo(e.get("frequency").doubleValue());
            assertThat(history.recency()).isCloseTo(e.get("recency").doubleValue(), within(1e-9));
            assertThat(history.age()).isCloseTo(e.get("T").doubleValue(), within(1e-9));
            assertThat(summary.monetaryValue(i) / 100)
                    .isCloseTo(e.get("monetary_value").doubleValue(), within(1e-9));
        }
        assertThat(summary.ignored()).isEqualTo(2);
    }

    @Test
    void edgeCasesWithTheFirstPurchaseIncluded() {
        NamedRfmAccumulator rfm = NamedRfmAccumulator.over(
                        RfmObservation.until(LocalDate.of(2024, 6, 30), ZoneOffset.UTC))
                .create();
        for (String[] row : Golden.csv("clv/rfm_edge_cases.csv")) {
            rfm.add(row[0], LocalDate.parse(row[1].substring(0, 10)), minorUnits(row[2]));
        }
        RfmSummary summary = rfm.result();
        JsonNode expected = Golden.json("clv/rfm_edge_cases.json")
                .get("daily_including_first_transaction")
                .get("rows");
        for (int i = 0; i < expected.size(); i++) {
            JsonNode e = expected.get(i);
            double periods = summary.frequency(i) + 1.0;
            assertThat(periods).isEqualTo(e.get("frequency").doubleValue());
            assertThat(summary.totalMinorUnits(i) / periods / 100)
                    .isCloseTo(e.get("monetary_value").doubleValue(), within(1e-9));
        }
    }

    private static RfmSummary cdnow(String file, int idColumn, int amountColumn, LocalDate until) {
        RfmAccumulator rfm =
                RfmAccumulator.over(RfmObservation.until(until, ZoneOffset.UTC)).create();
        for (String[] row : Golden.csv(file)) {
            rfm.add(Long.parseLong(row[idColumn]), LocalDate.parse(row[idColumn + 1]), minorUnits(row[amountColumn]));
        }
        return rfm.result();
    }

    @Test
    void cdnowSample() {
        JsonNode golden = Golden.json("clv/rfm_summary_cdnow_sample.json");
        String file = "clv/cdnow_sample_transactions.csv";
        RfmSummary calibration = cdnow(file, 1, 4, LocalDate.of(1997, 9, 30));
        RfmSummary whole = cdnow(file, 1, 4, LocalDate.of(1998, 6, 30));
        JsonNode rows = golden.get("rows");
        assertThat(calibration.size()).isEqualTo(rows.size()).isEqualTo(2357);
        RfmHoldout holdout = RfmHoldout.of(calibration, whole);
        long purchases = 0;
        for (int i = 0; i < rows.size(); i++) {
            JsonNode e = rows.get(i);
            assertThat(calibration.customer(i)).isEqualTo(e.get(0).longValue());
            assertThat(calibration.frequency(i)).isEqualTo(e.get(1).intValue());
            assertThat(calibration.recency(i)).isEqualTo(e.get(2).intValue());
            assertThat(calibration.age(i)).isEqualTo(e.get(3).intValue());
            assertThat(calibration.monetaryValue(i) / 100).isCloseTo(e.get(4).doubleValue(), within(1e-6));
            assertThat(holdout.purchases()[i]).isEqualTo(e.get(5).longValue());
            purchases += e.get(5).longValue();
        }
        assertThat(holdout.duration()).isEqualTo(TimeSpan.of(273, PeriodUnit.DAY));
        assertThat(purchases)
                .isEqualTo(golden.get("totals").get("frequency_holdout").longValue());
    }

    @Test
    void cdnowFromTheLogToTheFits() {
        RfmSummary summary = cdnow("clv/cdnow_sample_transactions.csv", 1, 4, LocalDate.of(1997, 9, 30));
        FitAssertions.assertEqualsReference(
                BgNbd.fit(summary.histories(PeriodUnit.WEEK)),
                Golden.json("clv/cdnow_bgnbd_fit.json").get("mle_exact_dates"),
                "r",
                "alpha",
                "a",
                "b");
        FitAssertions.assertEqualsReference(
                GammaGamma.fit(summary.spend(2)),
                Golden.json("clv/cdnow_gamma_gamma_fit.json").get("mle_exact"),
                "p",
                "q",
                "gamma");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> summary.spend(10))
                .withMessageContaining("fractionDigits");
    }

    @ParameterizedTest
    @CsvSource({"calibration_to_1997_09_30, 1997-09-30", "whole_log_to_1998_06_30, 1998-06-30"})
    void cdnowMasterTotals(String table, LocalDate until) {
        JsonNode golden = Golden.json("clv/rfm_summary_cdnow_master_totals.json");
        JsonNode e = golden.get(table);
        RfmSummary summary = cdnow("clv/cdnow_master_transactions.csv", 0, 3, until);
        long frequency = 0;
        long recency = 0;
        long age = 0;
        long repeaters = 0;
        long purchases = summary.ignored();
        double monetary = 0;
        for (int i = 0; i < summary.size(); i++) {
            frequency += summary.frequency(i);
            recency += summary.recency(i);
            age += summary.age(i);
            repeaters += summary.frequency(i) > 0 ? 1 : 0;
            purchases += summary.purchases(i);
            monetary += summary.monetaryValue(i) / 100;
        }
        assertThat(summary.size()).isEqualTo(e.get("customers").intValue());
        assertThat(frequency).isEqualTo(e.get("frequency").longValue());
        assertThat(recency).isEqualTo(e.get("recency_days").longValue());
        assertThat(age).isEqualTo(e.get("T_days").longValue());
        assertThat(repeaters).isEqualTo(e.get("repeaters").longValue());
        assertThat(monetary).isCloseTo(e.get("monetary_value").doubleValue(), within(1e-6));
        assertThat(purchases).isEqualTo(golden.get("raw").get("rows").longValue());
    }

    @Test
    void anEmptyLogIsAnEmptySummary() {
        RfmSummary summary = RfmAccumulator.over(RfmObservation.until(LocalDate.of(2024, 1, 1), ZoneOffset.UTC))
                .create()
                .result();
        assertThat(summary.size()).isZero();
        assertThat(summary.histories(PeriodUnit.WEEK).customers()).isZero();
        assertThat(summary.spend(2).customers()).isZero();
        assertThat(RfmScoring.byValueEdges().score(summary).customersBySegment())
                .hasSize(10);
        assertThat(RfmScoring.byNtile(5).score(summary).size()).isZero();
    }

    private static RfmSummary edgeCases(LocalDate until, PeriodUnit period) {
        NamedRfmAccumulator rfm = NamedRfmAccumulator.over(
                        RfmObservation.until(until, ZoneOffset.UTC).by(period))
                .create();
        for (String[] row : Golden.csv("clv/rfm_edge_cases.csv")) {
            rfm.add(row[0], LocalDate.parse(row[1].substring(0, 10)), minorUnits(row[2]));
        }
        return rfm.result();
    }

    /**
     * The reference compares instants with midnight, as it says itself: the purchases on the last days of both parts, of K and D,
     * fall out of the part they belong to.
     */
    @Test
    void holdoutOfTheEdgeCases() {
        RfmSummary calibration = edgeCases(LocalDate.of(2024, 3, 31), PeriodUnit.DAY);
        RfmHoldout holdout = RfmHoldout.of(calibration, edgeCases(LocalDate.of(2024, 6, 30), PeriodUnit.DAY));
        JsonNode expected = Golden.json("clv/rfm_edge_cases.json")
                .get("calibration_holdout_daily")
                .get("rows");
        assertThat(calibration.size()).isEqualTo(expected.size());
        for (int row = 0; row < expected.size(); row++) {
            JsonNode e = expected.get(row);
            String name = e.get("customer_id").textValue();
            assertThat(calibration.name(row)).isEqualTo(name);
            assertThat(holdout.duration().length())
                    .isEqualTo(e.get("duration_holdout").doubleValue());
            assertThat((double) calibration.age(row)).isEqualTo(e.get("T_cal").doubleValue());
            double frequency = calibration.frequency(row);
            if (name.equals("K")) {
                assertThat(frequency).isEqualTo(1);
                assertThat(calibration.monetaryValue(row)).isEqualTo(1_300);
                assertThat(holdout.purchases()[row]).isZero();
            } else if (name.equals("D")) {
                assertThat(holdout.purchases()[row]).isEqualTo(1);
                assertThat(holdout.minorUnits(row)).isEqualTo(999);
            } else {
                assertThat(frequency).isEqualTo(e.get("frequency_cal").doubleValue());
                assertThat((double) calibration.recency(row))
                        .isEqualTo(e.get("recency_cal").doubleValue());
                assertThat(calibration.monetaryValue(row) / 100)
                        .isEqualTo(e.get("monetary_value_cal").doubleValue());
                assertThat((double) holdout.purchases()[row])
                        .isEqualTo(e.get("frequency_holdout").doubleValue());
                assertThat(holdout.monetaryValue(row) / 100)
                        .isEqualTo(e.get("monetary_value_holdout").doubleValue());
            }
        }
    }

    @Test
    void aSplitThatCannotBeIsRefused() {
        RfmSummary march = edgeCases(LocalDate.of(2024, 3, 31), PeriodUnit.DAY);
        RfmSummary june = edgeCases(LocalDate.of(2024, 6, 30), PeriodUnit.DAY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmHoldout.of(june, march))
                .withMessageContaining("before 2024-03-31");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmHoldout.of(march, edgeCases(LocalDate.of(2024, 6, 30), PeriodUnit.WEEK)))
                .withMessageContaining("same periods");
        // A week of which two days are on the other side
        RfmSummary friday = edgeCases(LocalDate.of(2024, 3, 29), PeriodUnit.WEEK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmHoldout.of(friday, edgeCases(LocalDate.of(2024, 6, 30), PeriodUnit.WEEK)))
                .withMessageContaining("must end with a WEEK");
        RfmSummary other = NamedRfmAccumulator.over(RfmObservation.until(LocalDate.of(2024, 6, 30), ZoneOffset.UTC))
                .create()
                .result();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RfmHoldout.of(march, other))
                .withMessageContaining("must contain");
        RfmHoldout months = RfmHoldout.of(
                edgeCases(LocalDate.of(2024, 3, 31), PeriodUnit.MONTH),
                edgeCases(LocalDate.of(2024, 6, 30), PeriodUnit.MONTH));
        assertThat(months.duration()).isEqualTo(TimeSpan.of(3, PeriodUnit.MONTH));
        assertThat(months.check(BgNbd.of(1, 2, 1, 2, PeriodUnit.WEEK), 2).actualTotal())
                .isEqualTo((double) Arrays.stream(months.purchases()).sum());
    }
}
