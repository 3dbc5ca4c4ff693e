package dev.crmcore.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference values: mpmath with 30 digits. */
class DistributionsTest {

    @ParameterizedTest
    @CsvSource({
        "-37.0, 5.7255712225245768e-300",
        "-8.0, 6.2209605742717841e-16",
        "-3.0, 0.0013498980316300945",
        "-1.96, 0.024997895148220434",
        "-0.5, 0.3085375387259869",
        "-1.0e-8, 0.4999999960105772",
        "0.25, 0.59870632568292372",
        "1.5, 0.93319279873114193",
        "2.0, 0.97724986805182079",
        "3.5, 0.99976737092096447"
    })
    @DisplayName("the normal tail keeps its relative accuracy, and the quantile inverts it")
    void normal(double x, double cdf) {
        assertThat(Normal.cdf(x)).isCloseTo(cdf, Percentage.withPercentage(1e-11));
        assertThat(Normal.quantile(cdf)).isCloseTo(x, within(x > 5 ? 1e-6 : 1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 1.0, 0.93654896513889286",
        "12.7, 1.0, 0.050024327689344157",
        "2.5, 2.75, 0.09537528675993578",
        "1.5, 9.0, 0.16785065605707482",
        "6.0, 30.0, 1.3942768767204743e-6",
        "2.0, 299.0, 0.046404539887223042",
        "0.001, 50.0, 0.99920609477550166",
        "1.98, 100000.0, 0.047706265485698828",
        "4.0, 3000000.5, 6.3344000421449221e-5"
    })
    @DisplayName("Student's t, from one to millions of degrees of freedom")
    void student(double t, double df, double twoSided) {
        assertThat(StudentT.twoSided(t, df)).isCloseTo(twoSided, Percentage.withPercentage(1e-9));
        assertThat(StudentT.twoSidedQuantile(1 - twoSided, df)).isCloseTo(t, Percentage.withPercentage(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 0.95, 0.999})
    @DisplayName("quantiles of t with one and two degrees of freedom equal their closed forms")
    void studentClosedForms(double level) {
        double cauchy = Math.tan(Math.PI * level / 2);
        double two = level / Math.sqrt((1 + level) * (1 - level) / 2);
        assertThat(StudentT.twoSidedQuantile(level, 1)).isCloseTo(cauchy, Percentage.withPercentage(1e-11));
        assertThat(StudentT.twoSidedQuantile(level, 2)).isCloseTo(two, Percentage.withPercentage(1e-11));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0004, 0.5, 1.5, 0.025463093140103222",
        "0.3, 2.0, 5.0, 0.579825",
        "0.97, 30.5, 0.5, 0.17461334438184567",
        "0.25, 250000.0, 750001.0, 0.5003838823292973",
        "0.2492, 250000.0, 750001.0, 0.032310155349052729",
        "1.0e-5, 1.0, 100000.0, 0.63212239823342773",
        "0.5, 0.01, 0.02, 0.6667194610412722",
        "0.0239, 23.0, 978.0, 0.60230005883020629"
    })
    @DisplayName("the incomplete beta function, also with parameters from a half to millions")
    void beta(double x, double a, double b, double cdf) {
        assertThat(Beta.cdf(x, a, b)).isCloseTo(cdf, Percentage.withPercentage(1e-7));
        assertThat(Beta.quantile(cdf, a, b)).isCloseTo(x, Percentage.withPercentage(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-3, 0.025, 0.3, 0.5, 0.9, 0.999})
    @DisplayName("a beta quantile is found for any admissible parameters, however extreme")
    void betaQuantileAlwaysEnds(double p) {
        double[] parameters = {1e-3, 0.5, 1, 2, 30, 1e4, 1e8};
        for (double a : parameters) {
            for (double b : parameters) {
                double x = Beta.quantile(p, a, b);
                assertThat(x).isBetween(0.0, 1.0);
                if (x > 1e-300 && x < 1 - 1e-9) {
                    assertThat(Beta.cdf(x, a, b)).isCloseTo(p, Percentage.withPercentage(1e-4));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3.84, 1, 0.050043521248705103",
        "122.249125573006, 1, 2.0359832222857045e-28",
        "18.01, 2, 0.00012279429512097014",
        "0.5, 7, 0.99944648139042497",
        "1000, 900, 0.010994608942135848",
        "33.27, 7, 2.3579360060158298e-5",
        "1.0e-8, 1, 0.99992021154405269",
        "700, 2, 9.9295903962649793e-153",
        "5, 0.5, 0.0092137484795400327",
        "0, 3, 1",
        "Infinity, 3, 0"
    })
    @DisplayName("the upper tail of chi squared keeps its relative accuracy")
    void chiSquared(double x, double df, double tail) {
        assertThat(ChiSquared.upperTail(x, df)).isCloseTo(tail, Percentage.withPercentage(1e-10));
    }
}
