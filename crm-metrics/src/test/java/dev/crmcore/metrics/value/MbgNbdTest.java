package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MbgNbdTest {

    @Test
    void fitsThePublishedSummary() {
        ModelFit<MbgNbd> fit = MbgNbd.fit(new Cdnow().histories());
        FitAssertions.assertEqualsReference(
                fit, Golden.json("clv/cdnow_mbgnbd_fit.json").get("mle"), "r", "alpha", "a", "b");
        assertThat(fit.evaluations()).isLessThan(25);
    }

    @Test
    void fitsTheExactDates() {
        ModelFit<MbgNbd> fit = MbgNbd.fit(Cdnow.exactDates());
        FitAssertions.assertEqualsReference(
                fit, Golden.json("clv/cdnow_mbgnbd_fit.json").get("mle_exact_dates"), "r", "alpha", "a", "b");
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        PurchaseHistoryCounts counts = PurchaseHistoryCounts.in(PeriodUnit.WEEK).create();
        counts.merge(SimulatedCustomers.mbgNbd(new SplittableRandom(8), 300, 0.6, 5, 0.8, 2.5));
        counts.add(700, 12, 30);
        BetaGeometricLikelihood likelihood = new BetaGeometricLikelihood(counts.result(), 1);
        FitAssertions.assertDerivativesInTwentyPlaces(likelihood);
    }

    @Test
    void likelihoodOfTheWholeIsTheSumOverCustomers() {
        PurchaseHistories histories = new Cdnow().histories();
        FitAssertions.assertEqualsBySums(MbgNbd.fit(histories), histories);
    }

    @Test
    void recoversTheParametersOfSimulatedCustomers() {
        double[] truth = {0.9, 5, 0.8, 2.5};
        ModelFit<MbgNbd> fit = MbgNbd.fit(SimulatedCustomers.mbgNbd(new SplittableRandom(17), 20_000, 0.9, 5, 0.8, 2.5)
                .result());
        FitAssertions.assertRecovers(fit, truth, 0.12);
    }

    @Test
    void aNewCustomerMayBeGoneAtOnce() {
        MbgNbd model = MbgNbd.of(1.2, 3, 1, 3, PeriodUnit.WEEK);
        TimeSpan quarter = TimeSpan.of(13, PeriodUnit.WEEK);
        assertThat(model.probabilityAlive(PurchaseHistory.of(0, 0, 0, PeriodUnit.WEEK)))
                .isEqualTo(0.75);
        double[] distribution = model.purchaseDistribution(quarter, 3_000);
        double mean = 0;
        for (int n = 1; n < distribution.length; n++) {
            mean += n * distribution[n];
        }
        assertThat(mean).isCloseTo(model.expectedPurchases(quarter), within(1e-9));
        assertThat(distribution[0]).isGreaterThan(0.25);
        assertThat(model).hasToString("MBG/NBD(r=1.2, alpha=3.0, a=1.0, b=3.0, unit=WEEK)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MbgNbd.of(1, 1, 1, Double.POSITIVE_INFINITY, PeriodUnit.DAY))
                .withMessageContaining("b must be positive");
    }
}
