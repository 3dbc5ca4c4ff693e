package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever parameters and histories are admitted, every answer is a number within its bounds, and comes. */
class ExtremeInputsTest {

    private static RepeatPurchaseModel model(int kind, double[] p) {
        return switch (kind) {
            case 0 -> BgNbd.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
            case 1 -> MbgNbd.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
            case 2 -> ParetoNbd.of(p[0], p[1], p[2], p[3], PeriodUnit.WEEK);
            default -> Nbd.of(p[0], p[1], PeriodUnit.WEEK);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void answersStayWithinTheirBounds(int kind) {
        SplittableRandom random = new SplittableRandom(100 + kind);
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            for (int i = 0; i < 400; i++) {
                double width = i % 2 == 0 ? 6 : 20;
                double[] p = random.doubles(4, -width, width).map(Math::exp).toArray();
                check(model(kind, p), history(random, width), random, width);
            }
        });
    }

    private static PurchaseHistory history(SplittableRandom random, double width) {
        double age = random.nextInt(10) == 0 ? 0 : Math.exp(random.nextDouble(-width, width));
        if (age == 0 || random.nextInt(5) == 0) {
            return PurchaseHistory.of(0, 0, age, PeriodUnit.WEEK);
        }
        double recency = switch (random.nextInt(4)) {
            case 0 -> age;
            case 1 -> Math.nextDown(age);
            case 2 -> age * Math.exp(-random.nextDouble(0, 30));
            default -> age * random.nextDouble(1e-9, 1);
        };
        long x = (long) Math.ceil(Math.exp(random.nextDouble(0, random.nextBoolean() ? 3 : 16)));
        return PurchaseHistory.of(x, recency, age, PeriodUnit.WEEK);
    }

    private static void check(RepeatPurchaseModel model, PurchaseHistory h, SplittableRandom random, double width) {
        TimeSpan t =
                TimeSpan.of(random.nextInt(10) == 0 ? 0 : Math.exp(random.nextDouble(-width, width)), PeriodUnit.WEEK);
        String what = model + " " + h + " " + t;
        assertThat(model.logLikelihood(h)).as(what).isFinite();
        double alive = model.probabilityAlive(h);
        assertThat(alive).as(what).isBetween(0.0, 1.0);
        assertThat(model.probabilityAlive(h, t)).as(what).isBetween(0.0, alive * (1 + 1e-12));
        double expected = model.expectedPurchases(h, t);
        assertThat(expected).as(what).isFinite().isNotNegative();
        assertThat(model.expectedPurchases(t)).as(what).isFinite().isNotNegative();
        for (double rate : new double[] {1e-9, 0.1, 1e9}) {
            double dert = model.discountedResidualPurchases(h, DiscountRate.of(rate, PeriodUnit.WEEK));
            assertThat(dert).as("%s at %s", what, rate).isFinite().isNotNegative();
        }
        double sum = 0;
        double mean = 0;
        double[] distribution = model.purchaseDistribution(h, t, 40);
        for (int n = 0; n <= 40; n++) {
            assertThat(distribution[n]).as(what).isBetween(0.0, 1.0);
            sum += distribution[n];
            mean += n * distribution[n];
        }
        assertThat(sum).as(what).isLessThan(1 + 1e-8);
        assertThat(mean).as(what).isLessThanOrEqualTo(expected * (1 + 1e-7) + 1e-12);
        if (expected < 5) {
            Interval interval = model.purchaseInterval(h, t, 0.9);
            assertThat(interval.lower()).as(what).isNotNegative();
        }
        PurchaseHistories one = PurchaseHistories.of(
                new long[] {h.frequency()}, new double[] {h.recency()}, new double[] {h.age()}, PeriodUnit.WEEK);
        assertThat(model.probabilityAlive(one)[0]).as(what).isEqualTo(alive);
        assertThat(model.expectedPurchases(one, t)[0]).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void fitsEndWhateverTheHistories(int kind) {
        SplittableRandom random = new SplittableRandom(200 + kind);
        for (int i = 0; i < 60; i++) {
            int n = random.nextInt(1, 12);
            long[] x = new long[n];
            double[] recency = new double[n];
            double[] age = new double[n];
            double width = i % 2 == 0 ? 2 : 12;
            for (int k = 0; k < n; k++) {
                PurchaseHistory h = history(random, width);
                x[k] = h.frequency();
                recency[k] = h.recency();
                age[k] = h.age();
            }
            PurchaseHistories histories = PurchaseHistories.of(x, recency, age, PeriodUnit.WEEK);
            ModelFit<? extends RepeatPurchaseModel> fit = switch (kind) {
                case 0 -> BgNbd.fit(histories);
                case 1 -> MbgNbd.fit(histories);
                case 2 -> ParetoNbd.fit(histories);
                default -> Nbd.fit(histories);
            };
            if (fit.isDefined()) {
                assertThat(fit.logLikelihood()).as("case %d", i).isFinite();
                assertThat(fit.model().probabilityAlive(histories)).doesNotContain(Double.NaN);
                for (FittedParameter parameter : fit.parameters()) {
                    assertThat(parameter.value()).isFinite().isPositive();
                }
            }
        }
    }
}
