package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.Undefined;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CovariateModelTest {

    private static final List<String> NAMES = List.of("partner", "firstSpend");
    private static final TimeSpan WEEKS_39 = TimeSpan.of(39, PeriodUnit.WEEK);

    /** Customers whose rates depend on a yes or no and on a number of five values. */
    private static final class Simulated {
        private final double[][] z;
        private final long[] x;
        private final double[] recency;
        private final double[] age;

        Simulated(int customers, long seed, double[] purchase, double[] death) {
            SplittableRandom random = new SplittableRandom(seed);
            z = new double[2][customers];
            x = new long[customers];
            recency = new double[customers];
            age = new double[customers];
            for (int i = 0; i < customers; i++) {
                z[0][i] = random.nextInt(2);
                z[1][i] = 20.0 * random.nextInt(-2, 3);
                age[i] = 26 + random.nextInt(90) / 7.0;
                double rate = SimulatedCustomers.gamma(random, 0.8)
                        / 6
                        * Math.exp(purchase[0] * z[0][i] + purchase[1] * z[1][i]);
                double deathRate =
                        SimulatedCustomers.gamma(random, 1.1) / 25 * Math.exp(death[0] * z[0][i] + death[1] * z[1][i]);
                double end = Math.min(age[i], SimulatedCustomers.wait(random, deathRate));
                for (double t = SimulatedCustomers.wait(random, rate);
                        t < end;
                        t += SimulatedCustomers.wait(random, rate)) {
                    x[i]++;
                    recency[i] = t;
                }
            }
        }

        CovariateHistories histories() {
            return CovariateHistories.of(NAMES, z, x, recency, age, PeriodUnit.WEEK);
        }

        PurchaseHistories plain() {
            return PurchaseHistories.of(x, recency, age, PeriodUnit.WEEK);
        }
    }

    @Test
    void recoversTheEffectsOfSimulatedCustomers() {
        double[] purchase = {0.5, -0.01};
        double[] death = {-0.6, 0.015};
        Simulated simulated = new Simulated(10_000, 5, purchase, death);
        ModelFit<CovariateModel<ParetoNbd>> fit = ParetoNbd.fit(simulated.histories());
        assertThat(fit.convergence()).isEqualTo(Convergence.CONVERGED);
        assertThat(simulated.histories().groups()).isEqualTo(10);
        double[] truth = {0.8, 6, 1.1, 25, 0.5, -0.01, -0.6, 0.015};
        for (int i = 0; i < truth.length; i++) {
            FittedParameter parameter = fit.parameters().get(i);
            double se = parameter.standardError().orElseThrow();
            assertThat(se).as(parameter.name()).isLessThan(0.4 * Math.abs(truth[i]));
            assertThat(parameter.value()).as(parameter.name()).isCloseTo(truth[i], within(3.5 * se));
        }
        assertThat(fit.parameter("death.partner")
                        .estimate(0.95)
                        .interval()
                        .orElseThrow()
                        .upper())
                .isNegative();
        assertThat(LikelihoodRatio.test(ParetoNbd.fit(simulated.plain()), fit).pValue())
                .isLessThan(1e-20);
        ParetoNbd partner = fit.model().forCustomer(1, 20);
        assertThat(partner.alpha())
                .isCloseTo(
                        fit.parameter("alpha").value()
                                * Math.exp(-fit.parameter("purchase.partner").value()
                                        - 20
                                                * fit.parameter("purchase.firstSpend")
                                                        .value()),
                        within(1e-9));
        assertThat(fit.standardError(m -> m.forCustomer(1, 20).expectedPurchases(WEEKS_39))
                        .orElseThrow())
                .isBetween(0.001, 1.0);
    }

    @Test
    void covariatesThatSayNothingAreFoundToSayNothing() {
        Simulated simulated = new Simulated(4_000, 6, new double[2], new double[2]);
        ModelFit<CovariateModel<ParetoNbd>> pareto = ParetoNbd.fit(simulated.histories());
        assertThat(LikelihoodRatio.test(ParetoNbd.fit(simulated.plain()), pareto)
                        .pValue())
                .isGreaterThan(0.001);
        ModelFit<CovariateModel<BgNbd>> bg = BgNbd.fit(simulated.histories());
        assertThat(bg.converged()).isTrue();
        assertThat(bg.parameters())
                .extracting(FittedParameter::name)
                .containsExactly(
                        "r",
                        "alpha",
                        "a",
                        "b",
                        "purchase.partner",
                        "purchase.firstSpend",
                        "a.partner",
                        "a.firstSpend",
                        "b.partner",
                        "b.firstSpend");
        assertThat(LikelihoodRatio.test(BgNbd.fit(simulated.plain()), bg).pValue())
                .isGreaterThan(0.001);
        assertThat(LikelihoodRatio.test(MbgNbd.fit(simulated.plain()), MbgNbd.fit(simulated.histories()))
                        .pValue())
                .isGreaterThan(0.001);
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        CovariateHistories histories = new Simulated(300, 7, new double[2], new double[2]).histories();
        List<CovariateModel.Effect> dropout =
                List.of(CovariateModel.Effect.PURCHASE, CovariateModel.Effect.A, CovariateModel.Effect.B);
        List<CovariateModel.Effect> death = List.of(CovariateModel.Effect.PURCHASE, CovariateModel.Effect.DEATH);
        double[] units = {1, 0.025};
        var beta = new CovariateModel.Likelihood(
                histories, dropout, units, group -> new BetaGeometricLikelihood(group, 0));
        var pareto = new CovariateModel.Likelihood(histories, death, units, ParetoNbdLikelihood::new);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 5; i++) {
            FitAssertions.assertDerivatives(beta, random.doubles(10, -1, 1).toArray());
            FitAssertions.assertDerivatives(pareto, random.doubles(8, -1, 1).toArray());
        }
    }

    @Test
    void countedGroupsGiveTheSameFit() {
        Simulated simulated = new Simulated(1_500, 8, new double[] {0.5, 0}, new double[2]);
        Map<List<Double>, PurchaseHistoryCounts> counts = new HashMap<>();
        for (int i = 0; i < simulated.x.length; i++) {
            counts.computeIfAbsent(
                            List.of(simulated.z[0][i], simulated.z[1][i]),
                            key -> PurchaseHistoryCounts.in(PeriodUnit.WEEK).create())
                    .add(simulated.x[i], simulated.recency[i], simulated.age[i]);
        }
        Map<List<Double>, PurchaseHistories> groups = new HashMap<>();
        counts.forEach((key, count) -> groups.put(key, count.result()));
        CovariateHistories counted = CovariateHistories.ofGroups(NAMES, groups);
        ModelFit<CovariateModel<BgNbd>> fit = BgNbd.fit(counted);
        ModelFit<CovariateModel<BgNbd>> direct = BgNbd.fit(simulated.histories());
        assertThat(fit.logLikelihood()).isCloseTo(direct.logLikelihood(), within(1e-8));
        assertThatIllegalStateException()
                .isThrownBy(() -> fit.model().forEach(counted, (m, group) -> m.probabilityAlive(group)));
        double[] alive = fit.model().forEach(simulated.histories(), (m, group) -> m.probabilityAlive(group));
        for (int i = 0; i < alive.length; i += 97) {
            PurchaseHistory h =
                    PurchaseHistory.of(simulated.x[i], simulated.recency[i], simulated.age[i], PeriodUnit.WEEK);
            assertThat(alive[i])
                    .isEqualTo(fit.model()
                            .forCustomer(simulated.z[0][i], simulated.z[1][i])
                            .probabilityAlive(h));
        }
    }

    @Test
    void whatCannotBeFittedIsRefusedWithTheReason() {
        long[] x = {1, 2, 0};
        double[] recency = {3, 4, 0};
        double[] age = {9, 9, 9};
        ModelFit<CovariateModel<BgNbd>> same = BgNbd.fit(
                CovariateHistories.of(List.of("z"), new double[][] {{1, 1, 1}}, x, recency, age, PeriodUnit.WEEK));
        assertThat(same.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_VARIATION);
        ModelFit<CovariateModel<ParetoNbd>> nobody = ParetoNbd.fit(CovariateHistories.of(
                List.of("z"), new double[1][0], new long[0], new double[0], new double[0], PeriodUnit.WEEK));
        assertThat(nobody.undefined().orElseThrow().reason()).isEqualTo(Undefined.Reason.NO_DATA);
        ModelFit<CovariateModel<ParetoNbd>> tiny = ParetoNbd.fit(
                CovariateHistories.of(List.of("z"), new double[][] {{1, 1e6, -3}}, x, recency, age, PeriodUnit.WEEK));
        assertThat(tiny.logLikelihood()).isFinite();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovariateHistories.of(
                        List.of("z"), new double[][] {{1, Double.NaN, 1}}, x, recency, age, PeriodUnit.WEEK))
                .withMessageContaining("row 1")
                .withMessageContaining("z");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CovariateHistories.of(List.of("z", "z"), new double[2][3], x, recency, age, PeriodUnit.WEEK))
                .withMessageContaining("names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tiny.model().forCustomer(1, 2))
                .withMessageContaining("covariates");
    }

    @Test
    void groupsThatDifferInTheSignOfAZeroAreRefused() {
        PurchaseHistories group =
                PurchaseHistories.of(new long[] {2}, new double[] {3}, new double[] {9}, PeriodUnit.WEEK);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CovariateHistories.ofGroups(List.of("web"), Map.of(List.of(0.0), group, List.of(-0.0), group)))
                .withMessageContaining("0 and -0 are one covariate");
    }
}
