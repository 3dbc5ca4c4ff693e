package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.TimeSpan;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The models of repeat purchases against the reference files, at the parameters given there. */
class RepeatPurchaseGoldenTest {

    private static final TimeSpan WEEKS_39 = TimeSpan.of(39, PeriodUnit.WEEK);
    private static final TimeSpan WEEK = TimeSpan.of(1, PeriodUnit.WEEK);

    /** delta = ln(1.15) / 52 a week, as in the files: fifteen per cent a year of 52 weeks. */
    private static final DiscountRate FIFTEEN_PER_CENT =
            DiscountRate.of(Math.expm1(Math.log(1.15) / 52), PeriodUnit.WEEK);

    enum Model {
        BGNBD("bgnbd", "BGNBD"),
        MBGNBD("mbgnbd", "MBGNBD"),
        PARETO_NBD("pareto_nbd", "ParetoNBD");

        private final String key;
        private final String uncertaintyKey;

        Model(String key, String uncertaintyKey) {
            this.key = key;
            this.uncertaintyKey = uncertaintyKey;
        }

        RepeatPurchaseModel model() {
            return switch (this) {
                case BGNBD -> Cdnow.BGNBD;
                case MBGNBD -> Cdnow.MBGNBD;
                case PARETO_NBD -> Cdnow.PARETO_NBD;
            };
        }
    }

    private static PurchaseHistory history(JsonNode c) {
        return PurchaseHistory.of(
                c.get("x").longValue(), c.get("t_x").doubleValue(), c.get("T").doubleValue(), PeriodUnit.WEEK);
    }

    @ParameterizedTest
    @EnumSource
    void predictsForTheCustomersOfTheReference(Model each) {
        LifetimeValue year = LifetimeValue.over(12, TimeSpan.of(4.345, PeriodUnit.WEEK), 0.01);
        int checked = 0;
        for (JsonNode c : Golden.json("clv/cdnow_customer_predictions.json").get("customers")) {
            PurchaseHistory h = history(c);
            JsonNode expected = c.get(each.key);
            RepeatPurchaseModel model = each.model();
            double spend = Cdnow.GAMMA_GAMMA
                    .expectedSpend(h.frequency(), c.get("monetary_value").doubleValue())
                    .value();
            relative(spend, c.get("gamma_gamma").get("expected_average_profit"), 1e-9);
            relative(model.logLikelihood(h), expected.get("log_likelihood"), 1e-9);
            relative(model.probabilityAlive(h), expected.get("p_alive"), 1e-9);
            relative(model.expectedPurchases(h, WEEKS_39), expected.get("expected_purchases_39w"), 1e-9);
            relative(model.expectedPurchases(h, WEEK), expected.get("expected_purchases_1w"), 1e-9);
            relative(year.of(model, h, spend), expected.get("clv_12m"), 1e-9);
            if (expected.has("p_alive_in_39w")) {
                double dert = model.discountedResidualPurchases(h, FIFTEEN_PER_CENT);
                double[] distribution = model.purchaseDistribution(h, WEEKS_39, 2);
                relative(model.probabilityAlive(h, WEEKS_39), expected.get("p_alive_in_39w"), 1e-9);
                relative(distribution[0], expected.get("p_no_purchase_39w"), 1e-9);
                relative(distribution[2], expected.get("p_two_purchases_39w"), 1e-9);
                relative(dert, expected.get("dert_15pct_annual"), 1e-9);
                relative(spend * dert, expected.get("clv_infinite_dert"), 1e-9);
            }
            checked++;
        }
        assertThat(checked).isEqualTo(52);
    }

    @ParameterizedTest
    @EnumSource
    void distributionOfFuturePurchasesEqualsTheReference(Model each) {
        int checked = 0;
        for (JsonNode c : Golden.json("clv/cdnow_prediction_uncertainty.json").get("customers")) {
            double[] distribution = each.model().purchaseDistribution(history(c), WEEKS_39, 10);
            JsonNode expected = c.get(each.uncertaintyKey).get("pmf_0_to_10_purchases_39w");
            for (int n = 0; n <= 10; n++) {
                relative(distribution[n], expected.get(n), 1e-8);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(88);
    }

    @ParameterizedTest
    @EnumSource
    void tracksTheRepeatPurchasesOfTheCohort(Model each) {
        LocalDate zero = LocalDate.of(1997, 1, 1);
        List<Double> first = new ArrayList<>();
        List<Double> repeat = new ArrayList<>();
        for (NavigableSet<LocalDate> days : purchaseDays().values()) {
            for (LocalDate day : days) {
                (day.equals(days.first()) ? first : repeat).add(ChronoUnit.DAYS.between(zero, day) / 7.0);
            }
        }
        TrackingCurve curve = TrackingCurve.of(each.model(), array(first), array(repeat), 78);
        JsonNode golden = Golden.json("clv/cdnow_tracking_weekly.json");
        for (int week = 1; week <= 78; week++) {
            relative(
                    curve.expectedCumulative(week),
                    golden.get("expected_cumulative").get(each.key).get(week - 1),
                    1e-8);
            assertThat(curve.actualCumulative(week))
                    .isEqualTo(golden.get("actual_cumulative").get(week - 1).longValue());
            assertThat(curve.actual(week))
                    .isEqualTo(golden.get("actual_incremental").get(week - 1).longValue());
        }
        assertThat(curve.expected(2)).isEqualTo(curve.expectedCumulative(2) - curve.expectedCumulative(1));
        assertThat(curve.units()).isEqualTo(78);
    }

    private static Map<Integer, NavigableSet<LocalDate>> purchaseDays() {
        Map<Integer, NavigableSet<LocalDate>> days = new TreeMap<>();
        for (String[] row : Golden.csv("clv/cdnow_sample_transactions.csv")) {
            days.computeIfAbsent(Integer.parseInt(row[1]), id -> new TreeSet<>())
                    .add(LocalDate.parse(row[2]));
        }
        return days;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void frequenciesToExpectEqualTheReference(Model each) {
        JsonNode golden = Golden.json("clv/cdnow_model_checks.json").get("frequency_distribution");
        FrequencyCheck check = FrequencyCheck.of(each.model(), new Cdnow().histories(), 6);
        for (int x = 0; x <= 6; x++) {
            relative(check.expected(x), golden.get(each.key).get(x), 1e-7);
            assertThat(check.actual(x)).isEqualTo(golden.get("actual").get(x).longValue());
        }
        relative(check.expectedMore(), golden.get(each.key).get(7), 1e-7);
        assertThat(check.actualMore()).isEqualTo(golden.get("actual").get(7).longValue());
    }

    @ParameterizedTest
    @EnumSource
    void holdoutEqualsTheReference(Model each) {
        LocalDate end = LocalDate.of(1997, 9, 30);
        long[] purchases = purchaseDays().values().stream()
                .mapToLong(days -> days.tailSet(end, false).size())
                .toArray();
        JsonNode golden = Golden.json("clv/cdnow_model_checks.json");
        HoldoutCheck check = HoldoutCheck.of(each.model(), new Cdnow().histories(), WEEKS_39, purchases, 6);
        JsonNode rows = golden.get("conditional_expectation_by_calibration_frequency");
        for (int x = 0; x <= 7; x++) {
            assertThat(check.customers(x))
                    .isEqualTo(rows.get(x).get("customers").longValue());
            relative(check.actualMean(x).value(), rows.get(x).get("actual_mean"), 1e-7);
            relative(check.expectedMean(x).value(), rows.get(x).get(each.key), 1e-7);
        }
        JsonNode metrics = golden.get("holdout_metrics").get(each.key);
        assertThat(check.actualTotal())
                .isEqualTo(golden.get("holdout_total_actual").doubleValue());
        relative(check.expectedTotal(), metrics.get("total_predicted"), 1e-7);
        relative(check.meanAbsoluteError().value(), metrics.get("mae"), 1e-7);
        relative(check.rootMeanSquareError().value(), metrics.get("rmse"), 1e-7);
        relative(check.correlation().value(), metrics.get("pearson"), 1e-7);
        for (Estimate figure : List.of(
                check.meanAbsoluteError(), check.rootMeanSquareError(), check.correlation(), check.actualMean(2))) {
            assertThat(figure.interval().orElseThrow().contains(figure.value())).isTrue();
            assertThat(figure.interval().orElseThrow().width()).isLessThan(1);
        }
        // The 202 customers with two repeat purchases: t interval of their own purchases afterwards
        double[] afterTwo = IntStream.range(0, purchases.length)
                .filter(i -> new Cdnow().frequency[i] == 2)
                .mapToDouble(i -> purchases[i])
                .toArray();
        assertThat(check.actualMean(2).interval().orElseThrow().upper())
                .isCloseTo(
                        SampleMean.of(afterTwo)
                                .estimate()
                                .interval()
                                .orElseThrow()
                                .upper(),
                        within(1e-9));
    }

    @Test
    void nobodyIsUndefined() {
        PurchaseHistories nobody = PurchaseHistories.of(new long[0], new double[0], new double[0], PeriodUnit.WEEK);
        HoldoutCheck check = HoldoutCheck.of(Cdnow.BGNBD, nobody, WEEKS_39, new long[0], 2);
        assertThat(check.correlation().isDefined()).isFalse();
        assertThat(check.meanAbsoluteError().isDefined()).isFalse();
        assertThat(check.actualMean(3).isDefined()).isFalse();
        assertThat(FrequencyCheck.of(Cdnow.BGNBD, nobody, 2).expectedMore()).isZero();
        assertThat(TrackingCurve.of(Cdnow.BGNBD, new double[0], new double[0], 3)
                        .expectedCumulative(3))
                .isZero();
    }

    @TestFactory
    List<DynamicTest> hardNumerics() {
        JsonNode cases = Golden.json("clv/numerics_hard_cases.json").get("cases");
        List<DynamicTest> tests = new ArrayList<>();
        Stream.of("bgnbd", "mbgnbd", "pareto")
                .forEach(key -> cases.get(key)
                        .forEach(c -> tests.add(DynamicTest.dynamicTest(
                                key + ": " + c.get("case").textValue(),
                                () -> hardCase(c, model(key, c.get("params")))))));
        assertThat(tests).hasSize(60);
        return tests;
    }

    private static RepeatPurchaseModel model(String key, JsonNode parameters) {
        double[] p = new double[4];
        Arrays.setAll(p, i -> parameters.get(i).doubleValue());
        return switch (key) {
            case "bgnbd" -> BgNbd.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
            case "mbgnbd" -> MbgNbd.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
            default -> ParetoNbd.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
        };
    }

    private static void hardCase(JsonNode c, RepeatPurchaseModel model) {
        PurchaseHistory h = history(c);
        TimeSpan t = TimeSpan.of(c.get("t").doubleValue(), PeriodUnit.WEEK);
        JsonNode expected = c.get("expected");
        relative(model.logLikelihood(h), expected.get("log_likelihood"), 1e-10);
        relative(model.probabilityAlive(h), expected.get("p_alive"), 1e-10);
        relative(model.expectedPurchases(h, t), expected.get("expected_purchases"), 1e-10);
        if (expected.has("expected_purchases_new_customer")) {
            relative(model.expectedPurchases(t), expected.get("expected_purchases_new_customer"), 1e-10);
        }
        if (expected.has("dert")) {
            DiscountRate rate = DiscountRate.of(Math.expm1(c.get("delta").doubleValue()), PeriodUnit.WEEK);
            relative(model.discountedResidualPurchases(h, rate), expected.get("dert"), 1e-9);
        }
        assertThat(model.probabilityAlive(h, t)).isBetween(0.0, model.probabilityAlive(h));
        double[] distribution = model.purchaseDistribution(h, t, 50);
        assertThat(Arrays.stream(distribution).sum()).isBetween(0.0, 1 + 1e-9);
        for (double probability : distribution) {
            assertThat(probability).isBetween(0.0, 1.0);
        }
    }

    private static void relative(double actual, JsonNode expected, double tolerance) {
        double value = expected.doubleValue();
        assertThat(actual).isCloseTo(value, within(tolerance * Math.abs(value) + 1e-300));
    }
}
