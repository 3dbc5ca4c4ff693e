package dev.crmcore.metrics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import org.junit.jupiter.api.Test;

class LifetimeValueTest {

    private static final PurchaseHistory ANN = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);

    @Test
    void withoutDiscountItIsTheExpectedPurchasesOfTheHorizon() {
        LifetimeValue half = LifetimeValue.over(26, PeriodUnit.WEEK, DiscountRate.of(0, PeriodUnit.YEAR));
        double expected = Cdnow.BGNBD.expectedPurchases(ANN, TimeSpan.of(26, PeriodUnit.WEEK));
        assertThat(half.of(Cdnow.BGNBD, ANN, 10)).isCloseTo(10 * expected, within(1e-10));
        assertThat(half.discountedPurchases(Cdnow.BGNBD, new Cdnow().histories()))
                .isEqualTo(Cdnow.BGNBD.expectedPurchases(new Cdnow().histories(), TimeSpan.of(26, PeriodUnit.WEEK)));
        assertThat(half.horizon()).isEqualTo(TimeSpan.of(26, PeriodUnit.WEEK));
    }

    @Test
    void aModelInDaysAndOneInWeeksGiveTheSameMoney() {
        BgNbd days =
                BgNbd.of(Cdnow.BGNBD.r(), 7 * Cdnow.BGNBD.alpha(), Cdnow.BGNBD.a(), Cdnow.BGNBD.b(), PeriodUnit.DAY);
        LifetimeValue year = LifetimeValue.over(12, PeriodUnit.MONTH, DiscountRate.of(0.15, PeriodUnit.YEAR));
        double inWeeks = year.of(Cdnow.BGNBD, ANN, 24.66);
        assertThat(year.of(days, ANN, 24.66)).isCloseTo(inWeeks, within(1e-10));
        assertThat(year.of(days, ANN.in(PeriodUnit.DAY), 24.66)).isCloseTo(inWeeks, within(1e-10));
        double[] inBulk = year.discountedPurchases(days, new Cdnow().histories());
        double[] bulk = year.discountedPurchases(Cdnow.BGNBD, new Cdnow().histories());
        for (int row = 0; row < bulk.length; row++) {
            assertThat(inBulk[row]).isCloseTo(bulk[row], within(1e-10));
        }
    }

    @Test
    void aYearlyRateIsCompoundedDownToTheMonth() {
        LifetimeValue byYear = LifetimeValue.over(12, PeriodUnit.MONTH, DiscountRate.of(0.15, PeriodUnit.YEAR));
        LifetimeValue byMonth = LifetimeValue.over(12, TimeSpan.of(1, PeriodUnit.MONTH), Math.pow(1.15, 1.0 / 12) - 1);
        assertThat(byYear.of(Cdnow.BGNBD, ANN, 1)).isCloseTo(byMonth.of(Cdnow.BGNBD, ANN, 1), within(1e-12));
    }

    @Test
    void badInputIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifetimeValue.over(0, TimeSpan.of(1, PeriodUnit.DAY), 0))
                .withMessageContaining("periods");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifetimeValue.over(1, TimeSpan.of(0, PeriodUnit.DAY), 0))
                .withMessageContaining("period");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LifetimeValue.over(1, TimeSpan.of(1, PeriodUnit.DAY), -0.1))
                .withMessageContaining("rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LifetimeValue.over(1, TimeSpan.of(1, PeriodUnit.DAY), 0).of(Cdnow.BGNBD, ANN, Double.NaN))
                .withMessageContaining("spend");
    }
}
