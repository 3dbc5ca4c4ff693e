package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TestResult;
import dev.crmcore.metrics.TimeSpan;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How far predictions can be trusted: delta method, likelihood ratio. */
class PredictionUncertaintyTest {

    private static final TimeSpan WEEKS_39 = TimeSpan.of(39, PeriodUnit.WEEK);

    @Test
    void standardErrorsOfPredictionsEqualTheReference() {
        PurchaseHistories histories = new Cdnow().histories();
        ModelFit<BgNbd> bg = BgNbd.fit(histories);
        ModelFit<MbgNbd> mbg = MbgNbd.fit(histories);
        ModelFit<ParetoNbd> pareto = ParetoNbd.fit(histories);
        int checked = 0;
        for (JsonNode c : Golden.json("clv/cdnow_prediction_uncertainty.json").get("customers")) {
            PurchaseHistory h = PurchaseHistory.of(
                    c.get("x").longValue(),
                    c.get("t_x").doubleValue(),
                    c.get("T").doubleValue(),
                    PeriodUnit.WEEK);
            assertErrors(bg, h, c.get("BGNBD"));
            assertErrors(mbg, h, c.get("MBGNBD"));
            assertErrors(pareto, h, c.get("ParetoNBD"));
            checked++;
        }
        assertThat(checked).isEqualTo(8);
    }

    private static void assertErrors(
            ModelFit<? extends RepeatPurchaseModel> fit, PurchaseHistory h, JsonNode expected) {
        assertError(fit, m -> m.probabilityAlive(h), expected.get("p_alive_se"));
        assertError(fit, m -> m.expectedPurchases(h, WEEKS_39), expected.get("expected_purchases_39w_se"));
    }

    private static void assertError(
            ModelFit<? extends RepeatPurchaseModel> fit,
            ToDoubleFunction<RepeatPurchaseModel> figure,
            JsonNode expected) {
        double se = expected.doubleValue();
        assertThat(fit.standardError(figure)).hasValueCloseTo(se, within(1e-5 * se));
    }

    @Test
    void estimatesCarryTheInterval() {
        ModelFit<BgNbd> fit = BgNbd.fit(new Cdnow().histories());
        PurchaseHistory ann = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);
        Estimate expected = fit.estimate(0.9, m -> m.expectedPurchases(ann, WEEKS_39));
        Interval interval = expected.interval().orElseThrow();
        assertThat(expected.n()).isEqualTo(2357);
        assertThat(interval.width()).isCloseTo(2 * 1.6448536 * 0.0451898, within(1e-6));
        assertThat(interval.method()).isEqualTo("delta method");
    }

    @Test
    void theIntervalHoldsTheNumberOfPurchasesAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(12);
        for (RepeatPurchaseModel model : List.of(Cdnow.BGNBD, Cdnow.MBGNBD, Cdnow.PARETO_NBD)) {
            for (int i = 0; i < 20; i++) {
                double age = random.nextDouble(5, 60);
                PurchaseHistory h =
                        PurchaseHistory.of(random.nextInt(1, 30), random.nextDouble(1, age), age, PeriodUnit.WEEK);
                double[] distribution = model.purchaseDistribution(h, WEEKS_39, 4_000);
                Interval interval = model.purchaseInterval(h, WEEKS_39, 0.9);
                assertThat(sum(distribution, 0, (int) interval.upper())).isGreaterThanOrEqualTo(0.95);
                assertThat(sum(distribution, 0, (int) interval.upper() - 1)).isLessThan(0.95);
                assertThat(sum(distribution, 0, (int) interval.lower())).isGreaterThanOrEqualTo(0.05);
                assertThat(sum(distribution, 0, (int) interval.lower() - 1)).isLessThan(0.05);
            }
        }
        Interval newCustomer = Cdnow.BGNBD.purchaseInterval(WEEKS_39, 0.9);
        assertThat(newCustomer.lower()).isZero();
        assertThat(newCustomer.upper()).isEqualTo(5);
        Interval beyond = BgNbd.of(1, 1e-9, 1e-9, 1, PeriodUnit.WEEK).purchaseInterval(WEEKS_39, 0.9);
        assertThat(beyond.upper()).isInfinite();
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i <= to; i++) {
            sum += values[i];
        }
        return sum;
    }

    @Test
    void spendIntervalsHoldTheSpendAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(14);
        Interval one = Cdnow.GAMMA_GAMMA.spendInterval(2, 22.35, 1, 0.8);
        Interval mean = Cdnow.GAMMA_GAMMA.spendInterval(2, 22.35, 1_000_000, 0.8);
        int inOne = 0;
        int inMean = 0;
        for (int i = 0; i < 20_000; i++) {
            double rate = SimulatedCustomers.gamma(random, Cdnow.GAMMA_GAMMA.p() * 2 + Cdnow.GAMMA_GAMMA.q())
                    / (Cdnow.GAMMA_GAMMA.v() + 2 * 22.35);
            inOne += one.contains(SimulatedCustomers.gamma(random, Cdnow.GAMMA_GAMMA.p()) / rate) ? 1 : 0;
            inMean += mean.contains(Cdnow.GAMMA_GAMMA.p() / rate) ? 1 : 0;
        }
        assertThat(inOne).isBetween(15_780, 16_220);
        assertThat(inMean).isBetween(15_780, 16_220);
        assertThat(mean.width()).isLessThan(one.width());
        assertThat(Cdnow.GAMMA_GAMMA.spendInterval(0, 0, 1, 0.8).width()).isGreaterThan(one.width());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cdnow.GAMMA_GAMMA.spendInterval(1, 5, 0, 0.8))
                .withMessageContaining("purchases");
    }

    @Test
    void customersDoDropOut() {
        PurchaseHistories histories = new Cdnow().histories();
        ModelFit<Nbd> nbd = Nbd.fit(histories);
        JsonNode reference = Golden.json("clv/cdnow_bgnbd_fit.json").get("nested_check");
        assertThat(nbd.logLikelihood())
                .isCloseTo(reference.get("log_likelihood").doubleValue(), within(1e-4));
        assertThat(nbd.model().r()).isCloseTo(0.3847674135, within(1e-4));
        assertThat(nbd.model().alpha()).isCloseTo(12.07207588, within(5e-3));
        TestResult test = LikelihoodRatio.test(nbd, BgNbd.fit(histories));
        assertThat(test.statistic()).isCloseTo(2 * (9763.66022223 - 9582.42556057), within(1e-3));
        assertThat(test.degreesOfFreedom()).hasValue(2);
        assertThat(test.pValue()).isLessThan(1e-70);
        assertThat(LikelihoodRatio.test(nbd, ParetoNbd.fit(histories)).pValue()).isLessThan(1e-70);
    }

    @Test
    void thePurchasesOfTheNbdAreNegativeBinomial() {
        Nbd model = Nbd.of(0.5, 10, PeriodUnit.WEEK);
        PurchaseHistory h = PurchaseHistory.of(3, 5, 10, PeriodUnit.WEEK);
        double[] distribution = model.purchaseDistribution(h, TimeSpan.of(20, PeriodUnit.WEEK), 400);
        double mean = 0;
        for (int n = 0; n < distribution.length; n++) {
            mean += n * distribution[n];
        }
        assertThat(mean).isCloseTo(3.5, within(1e-12));
        assertThat(model.expectedPurchases(h, TimeSpan.of(20, PeriodUnit.WEEK))).isEqualTo(3.5);
        assertThat(distribution[0]).isCloseTo(Math.pow(2, -3.5), within(1e-15));
        assertThat(model.probabilityAlive(h, WEEKS_39)).isEqualTo(1);
        FitAssertions.assertEqualsBySums(Nbd.fit(new Cdnow().histories()), new Cdnow().histories());
    }
}
