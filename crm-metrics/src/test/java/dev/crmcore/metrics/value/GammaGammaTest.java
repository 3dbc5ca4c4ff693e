package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Undefined;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GammaGammaTest {

    @Test
    void fitsThePublishedSummary() {
        ModelFit<GammaGamma> fit = GammaGamma.fit(new Cdnow().spend());
        JsonNode golden = Golden.json("clv/cdnow_gamma_gamma_fit.json");
        FitAssertions.assertEqualsReference(fit, golden.get("mle"), "p", "q", "gamma");
        assertThat(fit.fittedOn().customers()).isEqualTo(946);
        FitAssertions.assertRelative(
                fit.model().populationMean().value(), golden.get("model_check").get("population_mean"), 1e-8);
        assertThat(fit.model().populationMean().n()).isEqualTo(946);
    }

    @Test
    void derivativesEqualFiniteDifferences() {
        GammaGammaLikelihood likelihood = new GammaGammaLikelihood(new Cdnow().spend());
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 20; i++) {
            FitAssertions.assertDerivatives(likelihood, random.doubles(3, -2, 4).toArray());
        }
    }

    @Test
    void recoversTheParametersOfSimulatedCustomers() {
        SplittableRandom random = new SplittableRandom(31);
        int n = 20_000;
        long[] frequency = new long[n];
        double[] mean = new double[n];
        for (int i = 0; i < n; i++) {
            frequency[i] = random.nextInt(6);
            double rate = SimulatedCustomers.gamma(random, 3.5) / 15;
            for (int k = 0; k < frequency[i]; k++) {
                mean[i] += SimulatedCustomers.gamma(random, 6) / rate / frequency[i];
            }
        }
        ModelFit<GammaGamma> fit = GammaGamma.fit(SpendHistories.of(frequency, mean));
        double[] truth = {6, 3.5, 15};
        for (int i = 0; i < 3; i++) {
            FittedParameter parameter = fit.parameters().get(i);
            double se = parameter.standardError().orElseThrow();
            assertThat(se).isLessThan(0.08 * truth[i]);
            assertThat(parameter.value()).as(parameter.name()).isCloseTo(truth[i], within(3.5 * se));
        }
    }

    @Test
    void customersWithoutSpendAreLeftOutAndCounted() {
        long[] frequency = {0, 2, 1, 3, 4, 2};
        double[] mean = {99, 0, -15, 8, 10, 12};
        SpendHistories histories = SpendHistories.of(frequency, mean);
        assertThat(histories.withoutRepeat()).isEqualTo(1);
        assertThat(histories.withoutSpend()).isEqualTo(2);
        ModelFit<GammaGamma> fit = GammaGamma.fit(histories);
        assertThat(fit.fittedOn().customers()).isEqualTo(3);
        assertThat(fit.fittedOn().excluded()).isEqualTo(2);
    }

    @Test
    void equalRowsAreCounted() {
        SpendHistories histories = SpendHistories.of(new long[] {2, 1, 2, 2}, new double[] {5, 5, 5, 6});
        assertThat(histories.size()).isEqualTo(3);
        assertThat(histories.customers(1)).isEqualTo(2);
        assertThat(histories.customers()).isEqualTo(4);
    }

    @Test
    void aMeanThatDoesNotExistIsNeverReturned() {
        GammaGamma heavyTail = GammaGamma.of(0.2, 0.5, 10);
        assertThat(heavyTail.populationMean().isDefined()).isFalse();
        assertThat(heavyTail.populationMean().undefined().orElseThrow().reason())
                .isEqualTo(Undefined.Reason.DOES_NOT_EXIST);
        assertThat(heavyTail.expectedSpend(0, 0).isDefined()).isFalse();
        assertThat(heavyTail.expectedSpend(2, 20).isDefined()).isFalse();
        assertThat(heavyTail.expectedSpend(3, 20).value()).isCloseTo(0.2 * 70 / 0.1, within(1e-9));
        assertThat(Cdnow.GAMMA_GAMMA.expectedSpend(2, -20).isDefined()).isFalse();
    }

    @Test
    void spendWithoutVariationEndsAtTheBorder() {
        for (long[] frequency : new long[][] {{1}, {1, 1, 2, 3}}) {
            double[] mean = new double[frequency.length];
            java.util.Arrays.fill(mean, 5);
            ModelFit<GammaGamma> fit = GammaGamma.fit(SpendHistories.of(frequency, mean));
            assertThat(fit.convergence()).isEqualTo(Convergence.AT_BORDER);
            assertThat(fit.parameter("q").state()).isEqualTo(ParameterState.AT_INFINITY);
            assertThat(fit.model().expectedSpend(3, 5).value()).isCloseTo(5, within(1e-3));
        }
    }

    @Test
    void nobodyWhoPaidIsRefusedWithTheReason() {
        ModelFit<GammaGamma> fit = GammaGamma.fit(SpendHistories.of(new long[] {0, 3}, new double[] {7, 0}));
        assertThat(fit.undefined().orElseThrow().message()).contains("positive value");
        assertThat(fit.fittedOn().excluded()).isEqualTo(1);
    }

    @Test
    void badInputIsRefusedWithRowAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpendHistories.of(new long[] {1, 1}, new double[] {1, Double.NaN}))
                .withMessageContaining("row 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpendHistories.of(new long[] {1}, new double[2]))
                .withMessageContaining("length");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cdnow.GAMMA_GAMMA.expectedSpend(-1, 5))
                .withMessageContaining("frequency");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GammaGamma.of(1, 1, 0))
                .withMessageContaining("v must be positive");
    }
}
