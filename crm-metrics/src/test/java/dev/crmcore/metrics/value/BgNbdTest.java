package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.ExponentialIntegral;
import dev.crmcore.metrics.internal.GammaFunctions;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BgNbdTest {

    private static final TimeSpan WEEKS_39 = TimeSpan.of(39, PeriodUnit.WEEK);

    @Test
    void fitsThePublishedSummary() {
        ModelFit<BgNbd> fit = BgNbd.fit(new Cdnow().histories());
        FitAssertions.assertEqualsReference(
                fit, Golden.json("clv/cdnow_bgnbd_fit.json").get("mle"), "r", "alpha", "a", "b");
        assertThat(fit.fittedOn().customers()).isEqualTo(2357);
        assertThat(fit.fittedOn().purchases()).isEqualTo(2457);
        assertThat(fit.evaluations()).isLessThan(20);
        assertThat(fit.largestGradient()).isLessThan(1e-6);
    }

    @Test
    void fitsTheExactDates() {
        ModelFit<BgNbd> fit = BgNbd.fit(Cdnow.exactDates());
        FitAssertions.assertEqualsReference(
                fit, Golden.json("clv/cdnow_bgnbd_fit.json").get("mle_exact_dates"), "r", "alpha", "a", "b");
    }

    @Test
    void fitIsTheSameInEveryUnitOfTime() {
        Cdnow cdnow = new Cdnow();
        double[] recencyDays = Arrays.stream(cdnow.recency).map(t -> t * 7).toArray();
        double[] ageDays = Arrays.stream(cdnow.age).map(t -> t * 7).toArray();
        ModelFit<BgNbd> weeks = BgNbd.fit(cdnow.histories());
        ModelFit<BgNbd> days = BgNbd.fit(PurchaseHistories.of(cdnow.frequency, recencyDays, ageDays, PeriodUnit.DAY));
        assertThat(days.model().alpha()).isCloseTo(7 * weeks.model().alpha(), within(1e-6));
        assertThat(days.model().a()).isCloseTo(weeks.model().a(), within(1e-8));
        PurchaseHistory ann = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);
        assertThat(days.model().expectedPurchases(ann, WEEKS_39))
                .isCloseTo(weeks.model().expectedPurchases(ann, WEEKS_39), within(1e-8));
        assertThat(days.model().probabilityAlive(ann)).isCloseTo(weeks.model().probabilityAlive(ann), within(1e-9));
    }

    @Test
    void bulkPredictionsEqualSingleOnes() {
        PurchaseHistories histories = new Cdnow().histories();
        double[] alive = Cdnow.BGNBD.probabilityAlive(histories);
        double[] expected = Cdnow.BGNBD.expectedPurchases(histories, WEEKS_39);
        LifetimeValue year = LifetimeValue.over(12, TimeSpan.of(4.345, PeriodUnit.WEEK), 0.01);
        double[] discounted = year.discountedPurchases(Cdnow.BGNBD, histories);
        for (int row = 0; row < histories.size(); row++) {
            PurchaseHistory h = histories.history(row);
            assertThat(alive[row]).isEqualTo(Cdnow.BGNBD.probabilityAlive(h));
            assertThat(expected[row]).isEqualTo(Cdnow.BGNBD.expectedPurchases(h, WEEKS_39));
            double single = year.discountedPurchases(Cdnow.BGNBD, h);
            assertThat(discounted[row]).isCloseTo(single, within(1e-12 * single));
        }
    }

    @Test
    void expectationsEqualAnIndependentQuadrature() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 60; i++) {
            double r = Math.exp(random.nextDouble(-2, 3));
            double a = Math.exp(random.nextDouble(-1, 2));
            double b = Math.exp(random.nextDouble(-1, 3));
            // up to 1e6: both the series and the integral behind the model
            double tau = Math.exp(random.nextDouble(-7, 14));
            BgNbd model = BgNbd.of(r, 1.0, a, b, PeriodUnit.DAY);
            double purchases = beta(a, b, p -> -Math.expm1(-r * Math.log1p(p * tau)) / p);
            double alive = beta(a, b, p -> Math.exp(-r * Math.log1p(p * tau)));
            assertThat(model.expectedPurchases(TimeSpan.of(tau, PeriodUnit.DAY)))
                    .as("r=%s a=%s b=%s tau=%s", r, a, b, tau)
                    .isCloseTo(purchases, within(1e-9 * purchases));
            assertThat(model.probabilityAlive(
                            PurchaseHistory.of(0, 0, 0, PeriodUnit.DAY), TimeSpan.of(tau, PeriodUnit.DAY)))
                    .isCloseTo(alive, within(1e-9 * alive));
        }
    }

    /** E[h(p)] for p ~ Beta(a, b) by the double exponential rule. */
    private static double beta(double a, double b, java.util.function.DoubleUnaryOperator h) {
        double sum = 0;
        double step = 1.0 / 256;
        for (int k = -6 * 256; k <= 6 * 256; k++) {
            double t = k * step;
            double u = Math.PI * Math.sinh(t);
            double logP = u < 0 ? u - Math.log1p(Math.exp(u)) : -Math.log1p(Math.exp(-u));
            double weight = Math.exp(a * logP + b * (logP - u) - GammaFunctions.logBeta(a, b)) * Math.PI * Math.cosh(t);
            double p = Math.exp(logP);
            if (weight > 0 && p > 0) {
                sum += weight * h.applyAsDouble(p);
            }
        }
        return sum * step;
    }

    /** DERT as E over p of r F(rate (alpha + T) / p) / p, with F the exponential integral of order r + 1. */
    @Test
    void discountedPurchasesEqualAnIndependentQuadrature() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < 40; i++) {
            double r = Math.exp(random.nextDouble(-2, 5));
            double a = Math.exp(random.nextDouble(-1, 2));
            double b = Math.exp(random.nextDouble(-1, 3));
            double rate = Math.exp(random.nextDouble(-7, 2));
            BgNbd model = BgNbd.of(r, 1.0, a, b, PeriodUnit.DAY);
            double expected = beta(a, b, p -> r * ExponentialIntegral.scaled(r + 1, rate / p) / p);
            assertThat(model.discountedResidualPurchases(
                            PurchaseHistory.of(0, 0, 0, PeriodUnit.DAY),
                            DiscountRate.of(Math.expm1(rate), PeriodUnit.DAY)))
                    .as("r=%s a=%s b=%s rate=%s", r, a, b, rate)
                    .isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @Test
    void extremeParametersStayWithinTheirBounds() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            double r = Math.exp(random.nextDouble(-18, 18));
            double a = Math.exp(random.nextDouble(-18, 18));
            double b = Math.exp(random.nextDouble(-18, 18));
            double tau = Math.exp(random.nextDouble(-18, 28));
            DropoutSeries series = new DropoutSeries(a, b);
            // never more than without dropout, nor than the mean life
            double bound = a > 1 ? Math.min(r * tau, (a + b - 1) / (a - 1)) : r * tau;
            assertThat(series.purchases(r, tau))
                    .as("r=%s a=%s b=%s tau=%s", r, a, b, tau)
                    .isBetween(0.0, bound * (1 + 1e-9));
            assertThat(series.alive(r, tau)).isBetween(0.0, 1.0);
        }
    }

    /** mpmath 1.3 with 50 digits; times so long that the series gives way to the integral. */
    @Test
    void veryLongTimesEqualTheReference() {
        double[][] cases = {
            {0.25, 0.8, 2.4, 1.0e+6, 73.18528489104949, 0.055656649056187404},
            {2.73, 0.27, 344.0, 4.85e+8, 29189549.67573102, 0.017859950779011806},
            {263.0, 12.4, 5.7, 3.5e+8, 1.5, 1.001368565681232e-123},
            {0.001, 1.0, 3.0, 1.0e+9, 0.5575377081732735, 0.9812880322833908},
            {1000.0, 0.01, 0.02, 100000.0, 55710871.11104379, 0.5515431351358616},
            {0.5, 200000.0, 1.0e+6, 1.0e+7, 5.995377385194349, 0.0007745976471713663}
        };
        for (double[] c : cases) {
            DropoutSeries series = new DropoutSeries(c[1], c[2]);
            assertThat(series.purchases(c[0], c[3])).isCloseTo(c[4], within(1e-11 * c[4]));
            assertThat(series.alive(c[0], c[3])).isCloseTo(c[5], within(1e-11 * c[5]));
        }
    }

    @Test
    void distributionHasTheExpectedMean() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 40; i++) {
            BgNbd model = BgNbd.of(
                    Math.exp(random.nextDouble(-2, 2)),
                    4,
                    Math.exp(random.nextDouble(-2, 2)),
                    Math.exp(random.nextDouble(-2, 2)),
                    PeriodUnit.WEEK);
            PurchaseHistory h = PurchaseHistory.of(random.nextInt(1, 5), 20, 30, PeriodUnit.WEEK);
            double[] distribution = model.purchaseDistribution(h, WEEKS_39, 2_000);
            double mean = 0;
            for (int n = 1; n < distribution.length; n++) {
                mean += n * distribution[n];
            }
            assertThat(mean).isCloseTo(model.expectedPurchases(h, WEEKS_39), within(1e-9));
            assertThat(Arrays.stream(distribution).sum()).isCloseTo(1, within(1e-11));
        }
    }

    @Test
    void aTinyTailIsNotLostToRounding() {
        // P(N = 400) is about 1e-190: a tail by subtraction from 1 would be noise
        double[] distribution =
                BgNbd.of(2, 50, 0.5, 5, PeriodUnit.DAY).purchaseDistribution(TimeSpan.of(20, PeriodUnit.DAY), 400);
        double w = Math.exp(GammaFunctions.logRising(2, 400)
                - GammaFunctions.logGamma(401)
                + 400 * Math.log(20.0 / 70)
                + 2 * Math.log(50.0 / 70));
        assertThat(distribution[400]).isBetween(0.05 * w, 1.5 * w);
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        counts.merge(SimulatedCustomers.bgNbd(new SplittableRandom(8), 300, 0.6, 5, 0.8, 2.5));
        counts.add(700, 12, 30);
        BetaGeometricLikelihood likelihood = new BetaGeometricLikelihood(counts.result(), 0);
        FitAssertions.assertDerivativesInTwentyPlaces(likelihood);
        FitAssertions.assertDerivatives(likelihood, new double[] {-6, 8, -5, 6});
    }

    @Test
    void likelihoodOfTheWholeIsTheSumOverCustomers() {
        PurchaseHistories histories = new Cdnow().histories();
        FitAssertions.assertEqualsBySums(BgNbd.fit(histories), histories);
    }

    @Test
    void recoversTheParametersOfSimulatedCustomers() {
        double[] truth = {0.6, 5, 0.8, 2.5};
        ModelFit<BgNbd> fit = BgNbd.fit(SimulatedCustomers.bgNbd(new SplittableRandom(17), 20_000, 0.6, 5, 0.8, 2.5)
                .result());
        FitAssertions.assertRecovers(fit, truth, 0.12);
    }

    @Test
    void nobodyDropsOut() {
        ModelFit<BgNbd> fit = BgNbd.fit(
                SimulatedCustomers.immortal(new SplittableRandom(21), 2_000).result());
        assertThat(fit.converged()).isTrue();
        assertThat(fit.convergence()).isEqualTo(Convergence.AT_BORDER);
        assertThat(fit.atBorder()).extracting(FittedParameter::name).containsExactly("a", "b");
        assertThat(fit.parameter("a").state()).isEqualTo(ParameterState.AT_ZERO);
        assertThat(fit.parameter("a").standardError()).isEmpty();
        assertThat(fit.parameter("r").standardError()).isPresent();
        assertThat(fit.covariance("r", "alpha")).isPresent();
        assertThat(fit.covariance("r", "a")).isEmpty();
        assertThat(fit.model().r()).isCloseTo(1, within(0.1));
        PurchaseHistory regular = PurchaseHistory.of(12, 38, 40, PeriodUnit.WEEK);
        assertThat(fit.model().probabilityAlive(regular)).isGreaterThan(0.99);
    }

    @Test
    void allCustomersBuyAtOneRate() {
        SplittableRandom random = new SplittableRandom(22);
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        for (int i = 0; i < 2_000; i++) {
            double p1 = SimulatedCustomers.gamma(random, 1);
            double p = p1 / (p1 + SimulatedCustomers.gamma(random, 3));
            long x = 0;
            double last = 0;
            for (double t = SimulatedCustomers.wait(random, 0.5); t < 40; t += SimulatedCustomers.wait(random, 0.5)) {
                x++;
                last = t;
                if (random.nextDouble() < p) {
                    break;
                }
            }
            counts.add(x, last, 40);
        }
        ModelFit<BgNbd> fit = BgNbd.fit(counts.result());
        assertThat(fit.converged()).isTrue();
        if (fit.convergence() == Convergence.AT_BORDER) {
            assertThat(fit.parameter("r").state()).isEqualTo(ParameterState.AT_INFINITY);
            assertThat(fit.parameter("alpha").state()).isEqualTo(ParameterState.AT_INFINITY);
        }
        assertThat(fit.model().r() / fit.model().alpha()).isCloseTo(0.5, within(0.03));
        assertThat(fit.model().a() / (fit.model().a() + fit.model().b())).isCloseTo(0.25, within(0.03));
    }

    @Test
    void tinyDataEndsAndSaysWhatRanToTheBorder() {
        long[][] frequencies = {{1}, {3, 0, 2, 1}, {1, 2, 5, 3, 0}, {4, 4, 4, 4}, {1_000_000, 1}, {1, 1}};
        double[][] recencies = {{5}, {9, 0, 10, 3}, {10, 10, 10, 10, 0}, {1, 1, 1, 1}, {10, 1}, {1e-9, 1e9}};
        double[] ages = {10, 10, 10, 100, 10, 1e9};
        for (int i = 0; i < ages.length; i++) {
            double[] age = new double[frequencies[i].length];
            Arrays.fill(age, ages[i]);
            PurchaseHistories histories = PurchaseHistories.of(frequencies[i], recencies[i], age, PeriodUnit.WEEK);
            ModelFit<BgNbd> fit = BgNbd.fit(histories);
            assertThat(fit.convergence()).as("case %d", i).isEqualTo(Convergence.AT_BORDER);
            assertThat(fit.atBorder()).isNotEmpty();
            assertThat(fit.logLikelihood()).isFinite();
            for (double expected : fit.model().expectedPurchases(histories, WEEKS_39)) {
                assertThat(expected).isFinite().isNotNegative();
            }
        }
    }

    @Test
    void dataFromWhichNothingCanBeLearnedIsRefusedWithTheReason() {
        PurchaseHistories nobody =
                PurchaseHistoryCounts.in(PeriodUnit.WEEK).create().result();
        assertThat(BgNbd.fit(nobody).undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        ModelFit<BgNbd> oneTime =
                BgNbd.fit(PurchaseHistories.of(new long[2], new double[2], new double[] {3, 9}, PeriodUnit.WEEK));
        assertThat(oneTime.isDefined()).isFalse();
        assertThat(oneTime.converged()).isFalse();
        assertThat(oneTime.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.TOO_FEW);
        assertThat(oneTime.fittedOn().customers()).isEqualTo(2);
        assertThatThrownBy(oneTime::model)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no customer came back");
        ModelFit<BgNbd> noTime =
                BgNbd.fit(PurchaseHistories.of(new long[2], new double[2], new double[2], PeriodUnit.WEEK));
        assertThat(noTime.undefined().orElseThrow().message()).contains("observed");
    }

    @Test
    void badInputIsRefusedWithFieldAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BgNbd.of(0, 1, 1, 1, PeriodUnit.DAY))
                .withMessageContaining("r must be positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BgNbd.of(1, Double.NaN, 1, 1, PeriodUnit.DAY))
                .withMessageContaining("alpha");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PurchaseHistory.of(1, 0, 5, PeriodUnit.DAY))
                .withMessageContaining("recency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PurchaseHistory.of(0, 1, 5, PeriodUnit.DAY))
                .withMessageContaining("recency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PurchaseHistory.of(2, 6, 5, PeriodUnit.DAY))
                .withMessageContaining("6.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PurchaseHistories.of(new long[] {0, -1}, new double[2], new double[] {1, 1}, PeriodUnit.DAY))
                .withMessageContaining("row 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cdnow.BGNBD.purchaseDistribution(WEEKS_39, -1))
                .withMessageContaining("most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cdnow.BGNBD.expectedCumulativePurchases(new double[] {-1}, new long[] {1}, 3))
                .withMessageContaining("row 0");
    }
}
