package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.retention.Arpu;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything within 1e-10 of the reference. */
class RevenueConcentrationTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/inequality.json");
    private static final JsonNode CDNOW =
            Golden.json("kpi/cohorts.json").get("datasets").get("cdnow_sample");

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(GOLDEN.get("cases").spliterator(), false);
    }

    static Stream<JsonNode> undefined() {
        return StreamSupport.stream(GOLDEN.get("edge").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("every figure of every small vector equals the reference")
    void golden(JsonNode reference) {
        assertFigures(RevenueConcentration.of(cents(reference.get("values"))), reference);
    }

    @Test
    @DisplayName("every figure of the CDNOW customers equals the reference, and so does their average revenue")
    void cdnow() {
        Arpu arpu = Arpu.TYPE.create();
        Golden.csv("kpi/transactions/cdnow_sample.csv")
                .forEach(row -> arpu.add(
                        Long.parseLong(row[0]),
                        new BigDecimal(row[3]).movePointRight(2).longValueExact()));
        assertFigures(RevenueConcentration.of(arpu.result().totals()), CDNOW.get("concentration_of_customer_revenue"));
        assertThat(arpu.result().estimate().value() / 100)
                .isCloseTo(CDNOW.get("arpu_over_all_customers").doubleValue(), within(0.005));
        assertThat(arpu.result().revenue() / 100.0)
                .isCloseTo(CDNOW.get("revenue").doubleValue(), within(0.005));
    }

    @ParameterizedTest
    @MethodSource("undefined")
    @DisplayName("nobody, nothing and negative totals are undefined")
    void undefined(JsonNode reference) {
        RevenueConcentration concentration = RevenueConcentration.of(cents(reference.get("values")));
        for (Estimate figure : new Estimate[] {
            concentration.gini(),
            concentration.unbiasedGini(),
            concentration.topShare(0.5),
            concentration.customersBringing(0.5),
            concentration.lorenz(0.5),
            concentration.herfindahl(),
            concentration.theil()
        }) {
            assertThat(figure.isDefined()).isFalse();
        }
    }

    @Test
    @DisplayName("shares are taken by their decimals, huge totals exactly, and overflow is an error")
    void exact() {
        long[] thirty = new long[30];
        for (int i = 0; i < 30; i++) {
            thirty[i] = i < 27 ? 0 : 10;
        }
        assertThat(RevenueConcentration.of(thirty).topShare(0.1).value()).isEqualTo(1);
        long huge = Long.MAX_VALUE / 4;
        RevenueConcentration even = RevenueConcentration.of(huge, huge, huge, huge);
        assertThat(even.gini().value()).isZero();
        assertThat(even.herfindahl().value()).isCloseTo(0.25, within(1e-15));
        assertThat(even.lorenz(0.3).value()).isCloseTo(0.3, within(1e-15));
        assertThatThrownBy(() -> RevenueConcentration.of(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
        assertThat(RevenueConcentration.of(-1, Long.MAX_VALUE, 1)
                        .gini()
                        .undefined()
                        .orElseThrow()
                        .reason())
                .isEqualTo(Undefined.Reason.DOES_NOT_EXIST);
        assertThatThrownBy(() -> even.topShare(0)).hasMessageContaining("share");
        assertThatThrownBy(() -> even.customersBringing(1.1)).hasMessageContaining("share");
        assertThatThrownBy(() -> even.lorenz(Double.NaN)).hasMessageContaining("share");
    }

    private static long[] cents(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .mapToLong(value -> Math.round(value.doubleValue() * 100))
                .toArray();
    }

    private static void assertFigures(RevenueConcentration actual, JsonNode reference) {
        assertFigure(actual.gini(), reference.get("gini"));
        assertFigure(actual.unbiasedGini(), reference.get("gini_unbiased_n_over_n_minus_1"));
        for (Map.Entry<String, JsonNode> top :
                reference.get("top_share_of_revenue").properties()) {
            assertFigure(actual.topShare(Double.parseDouble(top.getKey())), top.getValue());
        }
        for (Map.Entry<String, JsonNode> part :
                reference.get("smallest_customer_share_reaching").properties()) {
            assertFigure(actual.customersBringing(Double.parseDouble(part.getKey())), part.getValue());
        }
        assertFigure(actual.herfindahl(), reference.get("hhi"));
        assertFigure(actual.theil(), reference.get("theil_t"));
        for (int decile = 0; decile <= 10; decile++) {
            assertFigure(
                    actual.lorenz(decile / 10.0),
                    reference.get("lorenz_deciles_bottom_up").get(decile));
        }
    }

    private static void assertFigure(Estimate actual, JsonNode expected) {
        assertThat(actual.isDefined()).isEqualTo(!expected.isNull());
        if (actual.isDefined()) {
            assertThat(actual.value()).isCloseTo(expected.doubleValue(), within(1e-10));
        }
    }

    @Test
    @DisplayName("the Gini of a sample has the jackknife's interval, worked out here by leaving out each customer")
    void jackknife() {
        Random random = new Random(4);
        long[] totals = random.longs(40, 0, 1_000).map(x -> x * x * x).toArray();
        Estimate gini = RevenueConcentration.of(totals).unbiasedGini();
        double[] without = new double[totals.length];
        for (int left = 0; left < totals.length; left++) {
            long[] others = new long[totals.length - 1];
            System.arraycopy(totals, 0, others, 0, left);
            System.arraycopy(totals, left + 1, others, left, others.length - left);
            without[left] = RevenueConcentration.of(others).unbiasedGini().value();
        }
        double error = Math.sqrt(SampleMean.of(without).variance() / 40) * 39;
        Interval interval = gini.interval().orElseThrow();
        assertThat(interval.upper()).isCloseTo(gini.value() + 1.959963984540054 * error, within(1e-12));
        assertThat(interval.lower()).isCloseTo(gini.value() - 1.959963984540054 * error, within(1e-12));
        assertThat(RevenueConcentration.of(totals).gini().interval()).isEmpty();
        assertThat(RevenueConcentration.of(0, 0, 0, 9).unbiasedGini().interval())
                .isEmpty();
        assertThat(RevenueConcentration.of(5, 5, 5).unbiasedGini().interval()).isEmpty();
        assertThat(RevenueConcentration.of(1, 5).unbiasedGini().interval()).isEmpty();
    }

    @Test
    @DisplayName("of many samples of a log-normal revenue, the interval of the Gini holds the true one in about 95 %")
    void coverage() {
        // Gini of a log-normal distribution: 2 Phi(0.5 / sqrt 2) - 1
        double truth = 0.2763263901;
        Random random = new Random(8);
        int held = 0;
        for (int sample = 0; sample < 1_000; sample++) {
            long[] totals = new long[200];
            for (int i = 0; i < totals.length; i++) {
                totals[i] = Math.round(100_000 * Math.exp(0.5 * random.nextGaussian()));
            }
            held += RevenueConcentration.of(totals)
                            .unbiasedGini()
                            .interval()
                            .orElseThrow()
                            .contains(truth)
                    ? 1
                    : 0;
        }
        assertThat(held).isBetween(920, 970);
    }
}
