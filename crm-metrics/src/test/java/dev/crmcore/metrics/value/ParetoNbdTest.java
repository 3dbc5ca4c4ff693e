package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParetoNbdTest {

    private static final TimeSpan WEEKS_39 = TimeSpan.of(39, PeriodUnit.WEEK);

    @Test
    void fitsThePublishedSummary() {
        ModelFit<ParetoNbd> fit = ParetoNbd.fit(new Cdnow().histories());
        FitAssertions.assertEqualsReference(
                fit, Golden.json("clv/cdnow_pareto_nbd_fit.json").get("mle"), "r", "alpha", "s", "beta");
        assertThat(fit.evaluations()).isLessThan(25);
        assertThat(fit.largestGradient()).isLessThan(1e-6);
    }

    @Test
    void fitsTheExactDates() {
        ModelFit<ParetoNbd> fit = ParetoNbd.fit(Cdnow.exactDates());
        FitAssertions.assertEqualsReference(
                fit, Golden.json("clv/cdnow_pareto_nbd_fit.json").get("mle_exact_dates"), "r", "alpha", "s", "beta");
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        counts.merge(SimulatedCustomers.paretoNbd(new SplittableRandom(8), 300, 0.6, 5, 0.8, 12));
        counts.add(700, 12, 30);
        counts.add(3, 30, 30);
        ParetoNbdLikelihood likelihood = new ParetoNbdLikelihood(counts.result());
        FitAssertions.assertDerivativesInTwentyPlaces(likelihood);
        FitAssertions.assertDerivatives(likelihood, new double[] {-5, 6, -4, 7});
        FitAssertions.assertDerivatives(likelihood, new double[] {-0.5, 2, 5, 9});
    }

    @Test
    void likelihoodOfTheWholeIsTheSumOverCustomers() {
        PurchaseHistories histories = new Cdnow().histories();
        FitAssertions.assertEqualsBySums(ParetoNbd.fit(histories), histories);
    }

    @Test
    void recoversTheParametersOfSimulatedCustomers() {
        double[] truth = {0.6, 5, 0.8, 12};
        ModelFit<ParetoNbd> fit =
                ParetoNbd.fit(SimulatedCustomers.paretoNbd(new SplittableRandom(17), 20_000, 0.6, 5, 0.8, 12)
                        .result());
        FitAssertions.assertRecovers(fit, truth, 0.15);
    }

    @Test
    void distributionHasTheExpectedMean() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 40; i++) {
            ParetoNbd model = ParetoNbd.of(
                    Math.exp(random.nextDouble(-2, 2)),
                    4,
                    Math.exp(random.nextDouble(-2, 4)),
                    Math.exp(random.nextDouble(-2, 6)),
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
    void nobodyDies() {
        ModelFit<ParetoNbd> fit = ParetoNbd.fit(
                SimulatedCustomers.immortal(new SplittableRandom(21), 2_000).result());
        assertThat(fit.convergence()).isEqualTo(Convergence.AT_BORDER);
        assertThat(fit.atBorder()).extracting(FittedParameter::name).contains("s");
        assertThat(fit.covariance("r", "alpha")).isPresent();
        assertThat(fit.model().r()).isCloseTo(1, within(0.1));
        PurchaseHistory regular = PurchaseHistory.of(12, 38, 40, PeriodUnit.WEEK);
        assertThat(fit.model().probabilityAlive(regular)).isGreaterThan(0.99);
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
            ModelFit<ParetoNbd> fit = ParetoNbd.fit(histories);
            assertThat(fit.converged()).as("case %d", i).isTrue();
            assertThat(fit.logLikelihood()).isFinite();
            for (double expected : fit.model().expectedPurchases(histories, WEEKS_39)) {
                assertThat(expected).isFinite().isNotNegative();
            }
        }
    }

    @Test
    void dataFromWhichNothingCanBeLearnedIsRefusedWithTheReason() {
        ModelFit<ParetoNbd> oneTime =
                ParetoNbd.fit(PurchaseHistories.of(new long[2], new double[2], new double[] {3, 9}, PeriodUnit.WEEK));
        assertThat(oneTime.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.TOO_FEW);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParetoNbd.of(1, 1, 0, 1, PeriodUnit.DAY))
                .withMessageContaining("s must be positive");
    }
}
