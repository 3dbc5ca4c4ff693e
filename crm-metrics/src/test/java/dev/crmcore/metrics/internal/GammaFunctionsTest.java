package dev.crmcore.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values: mpmath 1.3 with 40 digits. */
class GammaFunctionsTest {

    @ParameterizedTest
    @CsvSource({
        "1e-300, 690.7755278982137, -1e+300, 0",
        "1e-8, 18.42068073818021, -100000000.57721564, 1.0000000000000002e+16",
        "0.1, 2.252712651734206, -10.423754940411078, 101.43329915079276",
        "0.5, 0.5723649429247001, -1.9635100260214235, 4.934802200544679",
        "1, 0.0, -0.5772156649015329, 1.6449340668482264",
        "1.4616321449683623, -0.12148629053584961, 0, 0.9676722454476212",
        "2, 0.0, 0.42278433509846713, 0.6449340668482264",
        "3.7, 1.4280723266653879, 1.1671535393615113, 0.31003785767003833",
        "9.999, 12.799575780077413, 2.2516474172057355, 0.10517738667672887",
        "10, 12.801827480081469, 2.251752589066721, 0.10516633568168575",
        "57.25, 173.36191283062723, 4.038668593357127, 0.017620689469856142",
        "1e6, 12815504.569147611, 13.815510057964191, 1.0000005000001667e-06",
        "1e15, 3.3538776394910668e+16, 34.538776394910684, 1.0000000000000005e-15",
    })
    void equalsTheReference(double x, double logGamma, double digamma, double trigamma) {
        assertThat(GammaFunctions.logGamma(x)).isCloseTo(logGamma, within(2e-15 * Math.max(8, Math.abs(logGamma))));
        assertThat(GammaFunctions.digamma(x)).isCloseTo(digamma, within(2e-15 * Math.max(8, Math.abs(digamma))));
        if (trigamma > 0) {
            assertThat(GammaFunctions.trigamma(x)).isCloseTo(trigamma, within(1e-14 * trigamma));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.2426, 2, -1.1991353238247309",
        "1e-6, 1, -13.815510557964274",
        "0.5, 1000, 5908.101810905753",
        "1e12, 3, 82.89306334778864",
        "1e8, 0.25, 4.605170185050591",
        "12.5, 150, 644.3749401278401",
        "1e-9, 1e6, 12815483.84588179",
        "3, 0, 0.0",
        "2.5, 1e15, 3.3538776394910756e+16",
    })
    void risingFactorialDoesNotCancel(double c, double n, double expected) {
        assertThat(GammaFunctions.logRising(c, n)).isCloseTo(expected, within(1e-14 * Math.max(1, Math.abs(expected))));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5, 1.1447298858494002",
        "1e-8, 1, 18.420680743952367",
        "5e5, 2e6, -1251011.5895166746",
        "1e10, 0.3, -5.811957284153562",
        "1e-5, 1e-7, 16.128045981809844",
        "3, 4, -4.0943445622221",
    })
    void logBetaEqualsTheReferenceBothWaysRound(double a, double b, double expected) {
        double tolerance = 1e-14 * Math.max(1, Math.abs(expected));
        assertThat(GammaFunctions.logBeta(a, b)).isCloseTo(expected, within(tolerance));
        assertThat(GammaFunctions.logBeta(b, a)).isCloseTo(expected, within(tolerance));
    }

    @Test
    void keepsTheRecurrencesForRandomArguments() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2_000; i++) {
            double x = Math.exp(random.nextDouble(-12, 12));
            assertThat(GammaFunctions.logGamma(x + 1) - GammaFunctions.logGamma(x))
                    .isCloseTo(Math.log(x), within(2e-15 * Math.max(10, x * Math.log(x + 2))));
            assertThat(GammaFunctions.digamma(x + 1) - GammaFunctions.digamma(x))
                    .isCloseTo(1 / x, within(1e-14 * Math.max(10, 1 / x)));
            assertThat(GammaFunctions.trigamma(x) - GammaFunctions.trigamma(x + 1))
                    .isCloseTo(1 / (x * x), within(1e-14 * Math.max(1, 1 / (x * x))));
        }
    }

    @Test
    void sumOfRisingFactorialsHasTheDerivativesOfItsTerms() {
        long[] counts = {1, 2, 7, 511, 512, 513, 2_000, 1_000_000};
        double[] weights = {900, 300, 20, 3, 2, 2, 5, 1};
        RisingFactorialSum sum = new RisingFactorialSum(counts, weights);
        for (double c : new double[] {1e-6, 0.24, 3.5, 1e5}) {
            double value = 0;
            double first = 0;
            double second = 0;
            for (int j = 0; j < counts.length; j++) {
                value += weights[j] * GammaFunctions.logRising(c, (double) counts[j]);
                first += weights[j] * (GammaFunctions.digamma(c + counts[j]) - GammaFunctions.digamma(c));
                second += weights[j] * (GammaFunctions.trigamma(c + counts[j]) - GammaFunctions.trigamma(c));
            }
            sum.evaluate(c);
            assertThat(sum.value()).isCloseTo(value, within(1e-13 * Math.abs(value)));
            assertThat(sum.first()).isCloseTo(first, within(1e-10 * Math.abs(first)));
            assertThat(sum.second()).isCloseTo(second, within(1e-10 * Math.abs(second)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.05, 0.05, -0.010537088771682988",
        "12, 0.05, 0.08, -0.00034565813714028811",
        "12, 0.015, 0.019, -2.4730530508323899e-5",
        "12, 0.05, 0.12, -0.0005175957655488493",
        "0.5, 0.5, 0.05, -0.065481014311313922",
        "3, 1e-8, 1e-8, -3.949340653070884e-17",
        "1e-7, 1e-3, 0.02, -9.1616828438638161",
        "0.3, 1e-9, 50, -7.4105559997371169e-9",
        "0.3, 0.02, 50, -0.14586172141837255",
    })
    void ratiosOfRisingFactorialsDoNotCancel(double c, double a, double n, double expected) {
        assertThat(GammaFunctions.logRisingRatio(c, a, n)).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
        assertThat(GammaFunctions.logRisingRatio(c, n, a)).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }

    @ParameterizedTest
    @CsvSource({"0.3, 1e-9", "0.3, 50", "1e-6, 2", "25, 1e-7", "1e6, 3", "4, 1e9"})
    void risesOfDigammaAndTrigammaAreTheirDifferences(double c, double n) {
        double digamma = GammaFunctions.digamma(c + n) - GammaFunctions.digamma(c);
        double trigamma = GammaFunctions.trigamma(c + n) - GammaFunctions.trigamma(c);
        double size = Math.abs(GammaFunctions.digamma(c)) + Math.abs(GammaFunctions.digamma(c + n));
        assertThat(GammaFunctions.digammaRise(c, n)).isCloseTo(digamma, within(1e-14 * size));
        assertThat(GammaFunctions.trigammaRise(c, n)).isCloseTo(trigamma, within(1e-14 * GammaFunctions.trigamma(c)));
        if (n < 1e-6) {
            double slope = GammaFunctions.trigamma(c + n / 2) * n;
            assertThat(GammaFunctions.digammaRise(c, n)).isCloseTo(slope, within(1e-9 * slope));
        }
    }
}
