package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shifted beta-geometric and the beta-discrete-Weibull. */
class RetentionModelsTest {

    private static final JsonNode GOLDEN = Golden.json("clv/sbg_retention.json");
    private static final DiscountRate TEN_PER_CENT = DiscountRate.of(0.1, PeriodUnit.YEAR);

    @TestFactory
    List<DynamicTest> fitsEqualTheReference() {
        List<DynamicTest> tests = new ArrayList<>();
        GOLDEN.get("fits")
                .properties()
                .forEach(e -> tests.add(DynamicTest.dynamicTest(e.getKey(), () -> {
                    ContractTenures cohort = cohort(e.getValue().get("data"));
                    ModelFit<ShiftedBetaGeometric> sbg = ShiftedBetaGeometric.fit(cohort);
                    ModelFit<BetaDiscreteWeibull> bdw = BetaDiscreteWeibull.fit(cohort);
                    FitAssertions.assertEqualsReference(sbg, e.getValue().get("sbg"), "alpha", "beta");
                    FitAssertions.assertEqualsReference(bdw, e.getValue().get("bdw"), "alpha", "beta", "c");
                    predictions(sbg.model(), e.getValue().get("sbg"));
                    predictions(bdw.model(), e.getValue().get("bdw"));
                    laterYears(sbg.model(), e.getValue());
                    laterYears(bdw.model(), e.getValue());
                })));
        assertThat(tests).hasSize(4);
        return tests;
    }

    private static ContractTenures cohort(JsonNode data) {
        return ContractTenures.ofCohort(Golden.longs(data.get("lost_in_year")), stillActive(data), PeriodUnit.YEAR);
    }

    private static long stillActive(JsonNode data) {
        return data.get("still_active_after_year_k").longValue();
    }

    private static void predictions(ContractModel model, JsonNode expected) {
        for (int t = 0; t <= 12; t++) {
            assertThat(100 * model.survival(t))
                    .isCloseTo(
                            expected.get("survival_percent_year_0_to_12").get(t).doubleValue(), within(1e-4));
        }
        if (expected.has("retention_rate_year_1_to_12")) {
            for (int t = 1; t <= 12; t++) {
                assertThat(model.retentionRate(t))
                        .isCloseTo(
                                expected.get("retention_rate_year_1_to_12")
                                        .get(t - 1)
                                        .doubleValue(),
                                within(1e-7));
            }
        }
        if (expected.has("discounted_expected_lifetime_10pct")) {
            double del = expected.get("discounted_expected_lifetime_10pct").doubleValue();
            assertThat(model.discountedLifetime(TEN_PER_CENT)).isCloseTo(del, within(1e-5));
            expected.get("discounted_expected_residual_lifetime_10pct_at_renewal_n")
                    .properties()
                    .forEach(e -> assertThat(
                                    model.discountedResidualLifetime(Long.parseLong(e.getKey()) - 1, TEN_PER_CENT))
                            .isCloseTo(e.getValue().doubleValue(), within(1e-5)));
        }
    }

    /** What the fits miss of the years that they have not seen. */
    private static void laterYears(ContractModel model, JsonNode reference) {
        String segment = reference.get("data").has("segment")
                ? reference.get("data").get("segment").textValue()
                : reference.get("segment").textValue();
        JsonNode expected = reference
                .get(model instanceof ShiftedBetaGeometric ? "sbg" : "bdw")
                .get("mean_absolute_error_percent_points_on_later_years");
        if (expected == null) {
            return;
        }
        int column = segment.equals("regular") ? 1 : 2;
        int seen = reference.get("data").get("k").intValue();
        double sum = 0;
        int n = 0;
        for (String[] row : Golden.csv("clv/sbg_retention_two_segments.csv")) {
            int year = Integer.parseInt(row[0]);
            if (year > seen) {
                sum += Math.abs(100 * model.survival(year) - Double.parseDouble(row[column]));
                n++;
            }
        }
        assertThat(sum / n).isCloseTo(expected.doubleValue(), within(1e-3));
    }

    /** At the golden parameters, which have ten digits, to nine. */
    @Test
    void figuresAtGivenParametersEqualTheReference() {
        GOLDEN.get("fits").forEach(fit -> {
            JsonNode p = fit.get("sbg").get("params");
            ShiftedBetaGeometric model = ShiftedBetaGeometric.of(
                    p.get("alpha").doubleValue(), p.get("beta").doubleValue(), PeriodUnit.YEAR);
            JsonNode expected = fit.get("sbg");
            FitAssertions.assertRelative(
                    model.discountedLifetime(TEN_PER_CENT), expected.get("discounted_expected_lifetime_10pct"), 1e-9);
            expected.get("discounted_expected_residual_lifetime_10pct_at_renewal_n")
                    .properties()
                    .forEach(e -> FitAssertions.assertRelative(
                            model.discountedResidualLifetime(Long.parseLong(e.getKey()) - 1, TEN_PER_CENT),
                            e.getValue(),
                            1e-9));
            for (int t = 1; t <= 12; t++) {
                FitAssertions.assertRelative(
                        model.retentionRate(t),
                        expected.get("retention_rate_year_1_to_12").get(t - 1),
                        1e-9);
                FitAssertions.assertRelative(
                        100 * model.survival(t),
                        expected.get("survival_percent_year_0_to_12").get(t),
                        1e-9);
            }
            JsonNode q = fit.get("bdw").get("params");
            BetaDiscreteWeibull weibull = BetaDiscreteWeibull.of(
                    q.get("alpha").doubleValue(),
                    q.get("beta").doubleValue(),
                    q.get("c").doubleValue(),
                    PeriodUnit.YEAR);
            for (int t = 1; t <= 12; t++) {
                FitAssertions.assertRelative(
                        100 * weibull.survival(t),
                        fit.get("bdw").get("survival_percent_year_0_to_12").get(t),
                        1e-9);
            }
        });
    }

    @Test
    void theWeibullIsTestedAgainstTheGeometric() {
        ContractTenures highEnd =
                cohort(GOLDEN.get("fits").get("high_end_fit_on_7_renewals").get("data"));
        TestResult test = LikelihoodRatio.test(ShiftedBetaGeometric.fit(highEnd), BetaDiscreteWeibull.fit(highEnd));
        assertThat(test.statistic()).isCloseTo(2 * (1611.15814739 - 1605.31421321), within(1e-6));
        assertThat(test.degreesOfFreedom()).hasValue(1);
        assertThat(test.pValue()).isBetween(0.0005, 0.0008);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> LikelihoodRatio.test(BetaDiscreteWeibull.fit(highEnd), ShiftedBetaGeometric.fit(highEnd)))
                .withMessageContaining("further");
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        ContractTenureCounts counts = ContractTenureCounts.in(PeriodUnit.YEAR).create();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            counts.add(ContractTenure.leftAfter(random.nextInt(1, 9)));
            counts.add(ContractTenure.stillThereAfter(random.nextInt(9)));
        }
        counts.add(ContractTenure.stillThereAfter(5_000));
        BetaRetentionLikelihood geometric = new BetaRetentionLikelihood(counts.result(), false);
        BetaRetentionLikelihood weibull = new BetaRetentionLikelihood(counts.result(), true);
        for (int i = 0; i < 20; i++) {
            FitAssertions.assertDerivatives(geometric, random.doubles(2, -2, 3).toArray());
            FitAssertions.assertDerivatives(weibull, random.doubles(3, -2, 2).toArray());
        }
        FitAssertions.assertDerivatives(weibull, new double[] {-3, 1, 4.5});
    }

    @Test
    void probabilitiesOfLeavingSumToOne() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 50; i++) {
            double[] p = random.doubles(3, -3, 3).map(Math::exp).toArray();
            ContractModel model = BetaDiscreteWeibull.of(p[0], p[1], p[2], PeriodUnit.MONTH);
            double sum = model.survival(40);
            double likelihood = 0;
            for (int t = 1; t <= 40; t++) {
                sum += model.churnProbability(t);
                likelihood += Math.exp(model.logLikelihood(ContractTenure.leftAfter(t)));
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            assertThat(likelihood + Math.exp(model.logLikelihood(ContractTenure.stillThereAfter(40))))
                    .isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void lifetimesAreTheSumsTheyAreDefinedAs() {
        BetaDiscreteWeibull model = BetaDiscreteWeibull.of(0.9, 2, 1.6, PeriodUnit.YEAR);
        double lifetime = 0;
        double discounted = 0;
        double residual = 0;
        for (int t = 0; t < 400_000; t++) {
            lifetime += model.survival(t);
            discounted += model.survival(t) * Math.pow(1.001, -t);
            residual += model.survival(t + 4) / model.survival(3) * Math.pow(1.001, -t);
        }
        DiscountRate small = DiscountRate.of(0.001, PeriodUnit.YEAR);
        assertThat(model.discountedLifetime(small)).isCloseTo(discounted, within(1e-8));
        assertThat(model.discountedResidualLifetime(3, small)).isCloseTo(residual, within(1e-8));
        // S(t) ~ C t^-1.44: what is beyond the last term is an integral
        double rest = model.survival(400_000) * 400_000 / 0.44;
        assertThat(model.expectedLifetime().value()).isCloseTo(lifetime + rest, within(1e-4 * rest));
        ShiftedBetaGeometric geometric = ShiftedBetaGeometric.of(3, 5, PeriodUnit.YEAR);
        assertThat(geometric.expectedLifetime().value()).isCloseTo(3.5, within(1e-12));
        assertThat(BetaDiscreteWeibull.of(3, 5, 1 + 1e-12, PeriodUnit.YEAR)
                        .expectedLifetime()
                        .value())
                .isCloseTo(3.5, within(1e-9));
        assertThat(ShiftedBetaGeometric.of(0.9, 5, PeriodUnit.YEAR)
                        .expectedLifetime()
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.DOES_NOT_EXIST);
    }

    @Test
    void extremeParametersStayWithinTheirBounds() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 400; i++) {
            double[] p = random.doubles(3, -18, 18).map(Math::exp).toArray();
            ContractModel model = i % 2 == 0
                    ? ShiftedBetaGeometric.of(p[0], p[1], PeriodUnit.MONTH)
                    : BetaDiscreteWeibull.of(p[0], p[1], p[2], PeriodUnit.MONTH);
            for (long t : new long[] {1, 2, 30, 1_000_000, Long.MAX_VALUE}) {
                assertThat(model.survival(t)).as("%s t=%s", model, t).isBetween(0.0, 1.0);
                assertThat(model.retentionRate(t)).as("%s t=%s", model, t).isBetween(0.0, 1.0);
                assertThat(model.churnProbability(t)).isBetween(0.0, 1.0);
            }
            for (double rate : new double[] {1e-12, 0.01, 5}) {
                DiscountRate discount = DiscountRate.of(rate, PeriodUnit.MONTH);
                double most = (1 + rate) / rate * (1 + 1e-9);
                assertThat(model.discountedLifetime(discount)).as("%s", model).isBetween(1 - 1e-12, most);
                assertThat(model.discountedResidualLifetime(5, discount)).isBetween(0.0, most);
            }
            if (model.expectedLifetime().isDefined()) {
                assertThat(model.expectedLifetime().value()).isGreaterThanOrEqualTo(1 - 1e-12);
            }
        }
    }

    @Test
    void tinyDataEndsAndSaysWhatRanToTheBorder() {
        long[][] lost = {{0, 0, 0}, {5}, {1, 1}, {0, 0, 7}, {3, 0, 0, 0}, {1, 2, 4, 8, 16}};
        long[] active = {9, 0, 0, 0, 5, 0};
        for (int i = 0; i < lost.length; i++) {
            ContractTenures cohort = ContractTenures.ofCohort(lost[i], active[i], PeriodUnit.YEAR);
            ModelFit<ShiftedBetaGeometric> sbg = ShiftedBetaGeometric.fit(cohort);
            ModelFit<BetaDiscreteWeibull> bdw = BetaDiscreteWeibull.fit(cohort);
            assertThat(sbg.converged()).as("case %d", i).isTrue();
            assertThat(sbg.logLikelihood()).isFinite();
            assertThat(bdw.logLikelihood()).isFinite();
            assertThat(bdw.logLikelihood()).isGreaterThan(sbg.logLikelihood() - 1e-3);
            assertThat(bdw.model().survival(20)).isBetween(0.0, 1.0);
        }
        assertThat(ShiftedBetaGeometric.fit(ContractTenures.ofCohort(new long[] {0, 0}, 4, PeriodUnit.YEAR))
                        .atBorder())
                .isNotEmpty();
        assertThat(ShiftedBetaGeometric.fit(ContractTenures.ofCohort(new long[0], 7, PeriodUnit.YEAR))
                        .undefined())
                .isPresent();
    }

    @Test
    void badInputIsRefusedWithFieldAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContractTenure.leftAfter(0))
                .withMessageContaining("periods");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContractTenures.ofCohort(new long[] {1, -2}, 3, PeriodUnit.YEAR))
                .withMessageContaining("period 2");
        ContractModel model = ShiftedBetaGeometric.of(1, 2, PeriodUnit.YEAR);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.retentionRate(0))
                .withMessageContaining("period");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.discountedLifetime(DiscountRate.of(0, PeriodUnit.YEAR)))
                .withMessageContaining("rate");
    }
}
