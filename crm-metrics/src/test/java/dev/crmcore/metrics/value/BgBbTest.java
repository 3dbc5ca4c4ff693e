package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BgBbTest {

    private static final JsonNode GOLDEN = Golden.json("clv/bgbb_simulated.json");
    private static final BgBb MODEL = BgBb.of(1.135538129, 0.9440615845, 0.8389281134, 2.569235139, PeriodUnit.YEAR);
    private static final DiscountRate TEN_PER_CENT = DiscountRate.of(0.1, PeriodUnit.YEAR);

    private static TimeSpan years(double n) {
        return TimeSpan.of(n, PeriodUnit.YEAR);
    }

    private static PurchaseHistories simulated() {
        DistinctRows rows = new DistinctRows(64);
        for (String[] row : Golden.csv("clv/bgbb_simulated_rf.csv")) {
            rows.add(
                    Long.parseLong(row[0]),
                    Double.parseDouble(row[1]),
                    Double.parseDouble(row[2]),
                    Long.parseLong(row[3]));
        }
        return rows.sorted(PeriodUnit.YEAR, null);
    }

    @Test
    void fitsTheSimulatedDonors() {
        ModelFit<BgBb> fit = BgBb.fit(simulated());
        FitAssertions.assertEqualsReference(fit, GOLDEN.get("mle"), "alpha", "beta", "gamma", "delta");
        assertThat(fit.fittedOn().customers()).isEqualTo(6000);
        assertThat(fit.evaluations()).isLessThan(25);
    }

    @Test
    void predictsForEveryHistory() {
        int checked = 0;
        for (JsonNode row : GOLDEN.get("rows")) {
            PurchaseHistory h = PurchaseHistory.of(
                    row.get("x").longValue(),
                    row.get("t_x").doubleValue(),
                    row.get("n").doubleValue(),
                    PeriodUnit.YEAR);
            FitAssertions.assertRelative(MODEL.logLikelihood(h), row.get("log_likelihood"), 1e-9);
            FitAssertions.assertRelative(MODEL.probabilityAlive(h), row.get("p_alive_at_n"), 1e-9);
            FitAssertions.assertRelative(MODEL.probabilityAlive(h, years(1)), row.get("p_alive_at_n_plus_1"), 1e-9);
            FitAssertions.assertRelative(
                    MODEL.expectedPurchases(h, years(4)), row.get("expected_transactions_next_h"), 1e-9);
            FitAssertions.assertRelative(
                    MODEL.discountedResidualPurchases(h, TEN_PER_CENT), row.get("dert_10pct"), 1e-9);
            FitAssertions.assertRelative(MODEL.expectedTakingProbability(h), row.get("posterior_mean_p"), 1e-9);
            FitAssertions.assertRelative(MODEL.expectedDeathProbability(h), row.get("posterior_mean_theta"), 1e-9);
            checked++;
        }
        assertThat(checked).isEqualTo(37);
    }

    @Test
    void predictsForARandomCustomer() {
        JsonNode expected = GOLDEN.get("expected_transactions_first_n");
        for (int n = 1; n <= 15; n++) {
            FitAssertions.assertRelative(MODEL.expectedPurchases(years(n)), expected.get(n - 1), 1e-9);
        }
        double[] distribution = MODEL.purchaseDistribution(years(8), 10);
        JsonNode customers = GOLDEN.get("expected_customers_by_x");
        for (int x = 0; x <= 8; x++) {
            FitAssertions.assertRelative(
                    distribution[x], GOLDEN.get("pmf_x_in_n").get("" + x), 1e-9);
            FitAssertions.assertRelative(6000 * distribution[x], customers.get("" + x), 1e-9);
        }
        assertThat(distribution[9]).isZero();
        assertThat(Arrays.stream(distribution).sum()).isCloseTo(1, within(1e-13));
    }

    @Test
    void distributionHasTheExpectedMean() {
        PurchaseHistory h = PurchaseHistory.of(3, 6, 8, PeriodUnit.YEAR);
        double[] distribution = MODEL.purchaseDistribution(h, years(200), 200);
        double mean = 0;
        for (int n = 1; n < distribution.length; n++) {
            mean += n * distribution[n];
        }
        assertThat(mean).isCloseTo(MODEL.expectedPurchases(h, years(200)), within(1e-11));
        assertThat(Arrays.stream(distribution).sum()).isCloseTo(1, within(1e-13));
    }

    @Test
    void aSmallDiscountIsSummedToItsEnd() {
        PurchaseHistory h = PurchaseHistory.of(3, 6, 8, PeriodUnit.YEAR);
        double sum = 0;
        double alive = MODEL.probabilityAlive(h);
        double taking = (MODEL.alpha() + 3) / (MODEL.alpha() + MODEL.beta() + 8);
        double survival = alive;
        for (int k = 1; k <= 2_000_000; k++) {
            survival *= (MODEL.delta() + 7 + k) / (MODEL.gamma() + MODEL.delta() + 7 + k);
            sum += survival * taking * Math.exp(-1e-4 * k);
        }
        DiscountRate small = DiscountRate.of(Math.expm1(1e-4), PeriodUnit.YEAR);
        assertThat(MODEL.discountedResidualPurchases(h, small)).isCloseTo(sum, within(1e-9 * sum));
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        BgBbLikelihood likelihood = new BgBbLikelihood(simulated());
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 20; i++) {
            FitAssertions.assertDerivatives(likelihood, random.doubles(4, -2, 3).toArray());
        }
        long[] x = {0, 300, 2, 7};
        BgBbLikelihood longOnes = new BgBbLikelihood(PurchaseHistories.of(
                x, new double[] {0, 400, 30, 900}, new double[] {1000, 1000, 1000, 1000}, PeriodUnit.DAY));
        FitAssertions.assertDerivatives(longOnes, new double[] {0.3, 1, -1, 2});
    }

    @Test
    void likelihoodOfTheWholeIsTheSumOverCustomers() {
        PurchaseHistories histories = simulated();
        FitAssertions.assertEqualsBySums(BgBb.fit(histories), histories);
    }

    @Test
    void extremeParametersStayWithinTheirBounds() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 300; i++) {
            double[] p = random.doubles(4, -18, 18).map(Math::exp).toArray();
            BgBb model = BgBb.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
            int n = random.nextInt(1, 2_000);
            int last = random.nextInt(1, n + 1);
            PurchaseHistory h = PurchaseHistory.of(random.nextInt(1, last + 1), last, n, PeriodUnit.WEEK);
            TimeSpan t = TimeSpan.of(random.nextInt(0, 300), PeriodUnit.WEEK);
            assertThat(model.logLikelihood(h)).isFinite();
            assertThat(model.probabilityAlive(h)).isBetween(0.0, 1.0);
            assertThat(model.probabilityAlive(h, t)).isBetween(0.0, 1.0);
            assertThat(model.expectedPurchases(h, t)).isBetween(0.0, t.length() * (1 + 1e-12));
            assertThat(model.discountedResidualPurchases(h, DiscountRate.of(0.01, PeriodUnit.WEEK)))
                    .isBetween(0.0, 101.0);
            for (double probability : model.purchaseDistribution(h, t, 20)) {
                assertThat(probability).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void tinyDataEndsAndSaysWhatRanToTheBorder() {
        ModelFit<BgBb> all = BgBb.fit(
                PurchaseHistories.of(new long[] {5, 5}, new double[] {5, 5}, new double[] {5, 5}, PeriodUnit.YEAR));
        assertThat(all.convergence()).isEqualTo(Convergence.AT_BORDER);
        assertThat(all.atBorder()).isNotEmpty();
        assertThat(all.model().probabilityAlive(PurchaseHistory.of(5, 5, 5, PeriodUnit.YEAR)))
                .isGreaterThan(0.99);
        ModelFit<BgBb> one =
                BgBb.fit(PurchaseHistories.of(new long[] {1}, new double[] {2}, new double[] {9}, PeriodUnit.YEAR));
        assertThat(one.converged()).isTrue();
    }

    @Test
    void onlyWholeOpportunitiesAreAdmitted() {
        PurchaseHistory months = PurchaseHistory.of(1, 12, 48, PeriodUnit.MONTH);
        assertThat(MODEL.probabilityAlive(months))
                .isEqualTo(MODEL.probabilityAlive(PurchaseHistory.of(1, 1, 4, PeriodUnit.YEAR)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.probabilityAlive(PurchaseHistory.of(1, 1.5, 4, PeriodUnit.YEAR)))
                .withMessageContaining("recency")
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BgBb.fit(
                        PurchaseHistories.of(new long[] {3}, new double[] {2}, new double[] {4}, PeriodUnit.YEAR)))
                .withMessageContaining("frequency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.expectedPurchases(years(1e9)))
                .withMessageContaining("ahead");
    }
}
