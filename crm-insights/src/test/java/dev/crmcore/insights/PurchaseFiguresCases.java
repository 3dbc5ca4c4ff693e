package dev.crmcore.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.DiscountRate;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.churn.ChurnEvaluation;
import dev.crmcore.metrics.churn.FeatureTable;
import dev.crmcore.metrics.churn.LogisticModel;
import dev.crmcore.metrics.churn.LogisticRegression;
import dev.crmcore.metrics.retention.CohortRevenueTable;
import dev.crmcore.metrics.retention.CustomerDay;
import dev.crmcore.metrics.retention.CustomerMovement;
import dev.crmcore.metrics.retention.InactivityChurn;
import dev.crmcore.metrics.retention.RollingTable;
import dev.crmcore.metrics.retention.SurvivalCurve;
import dev.crmcore.metrics.retention.TimeToSecondPurchase;
import dev.crmcore.metrics.series.RegularSeries;
import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.FrequencyCheck;
import dev.crmcore.metrics.value.LifetimeValue;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import dev.crmcore.metrics.value.RevenueConcentration;
import dev.crmcore.metrics.value.RfmHoldout;
import dev.crmcore.metrics.value.RfmSummary;
import dev.crmcore.metrics.value.TrackingCurve;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Query;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a purchase log says beyond its sums, whatever the store. */
abstract class PurchaseFiguresCases extends InsightsFixture {

    private static final LocalDate END = LocalDate.parse("2025-06-30");
    private static final PurchaseScope EUR = PurchaseScope.in("EUR", ZoneOffset.UTC);
    private static final LifetimeValue QUARTER = LifetimeValue.over(12, TimeSpan.of(1, PeriodUnit.WEEK), 0.01);

    private void fewPurchases() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        CustomerId cem = customer("Cem");
        customer("Dan");
        buy(ann, "2025-01-10T10:00:00Z", "10.00", "EUR");
        buy(ann, "2025-01-10T18:00:00Z", "10.00", "EUR");
        buy(ann, "2025-02-09T09:00:00Z", "20.00", "EUR");
        buy(ann, "2025-05-30T09:00:00Z", "20.00", "EUR");
        buy(bob, "2025-02-01T10:00:00Z", "30.00", "EUR");
        buy(cem, "2025-03-01T10:00:00Z", "5.00", "EUR");
        buy(cem, "2025-03-11T10:00:00Z", "5.00", "EUR");
    }

    /** The purchases of the store, read one by one, by the number that the log gives their customer. */
    private List<CustomerDay> purchaseDays(PurchaseLog log) {
        RfmSummary rfm = log.rfm(END);
        Map<CustomerId, Long> numbers = IntStream.range(0, rfm.size())
                .boxed()
                .collect(Collectors.toMap(row -> log.customer(rfm.customer(row)), rfm::customer));
        return desk.unitOfWork()
                .call(work -> work.store().list(Query.of(Purchase.TYPE)).stream()
                        .map(each -> new CustomerDay(
                                Objects.requireNonNull(numbers.get(each.customer())),
                                LocalDate.ofInstant(each.placedAt(), ZoneOffset.UTC)))
                        .toList());
    }

    @Test
    void nothingIsUndefinedAndNeverZero() {
        PurchaseLog log = insights.purchases(EUR);
        PurchaseTiming timing = log.timing(END);
        CustomerSpend spend = log.spend();

        assertThat(timing.timeToSecondPurchase().n()).isZero();
        assertThat(timing.timeToSecondPurchase().median().isDefined()).isFalse();
        assertThat(timing.interpurchaseTimes().mean().isDefined()).isFalse();
        assertThat(timing.inactivityChurn(90).estimate().isDefined()).isFalse();
        assertThat(timing.movement(END.minusDays(30), 90).churnRate().isDefined())
                .isFalse();
        assertThat(timing.rollingRetention(Duration.ofDays(30), 3, PeriodUnit.MONTH)
                        .cohorts())
                .isEmpty();
        assertThat(timing.rollingRetention(Duration.ofDays(30), 3, PeriodUnit.MONTH)
                        .retention(1)
                        .isDefined())
                .isFalse();
        assertThat(spend.average().isDefined()).isFalse();
        assertThat(spend.concentration().gini().isDefined()).isFalse();
        assertThat(spend.cohorts(PeriodUnit.MONTH, END).cohorts()).isEmpty();
        for (PurchaseModel model : PurchaseModel.values()) {
            CustomerValues values = CustomerValues.of(log, log.rfm(END), PeriodUnit.WEEK, QUARTER, model);
            ResidualValues residual = values.residual(DiscountRate.of(0.15, PeriodUnit.YEAR));
            assertThat(values.purchaseModel().undefined()).as("%s", model).isPresent();
            assertThat(residual.total().undefined()).as("%s", model).isPresent();
            assertThat(values.frequencies(5).undefined()).as("%s", model).isPresent();
        }
    }

    @Test
    void purchasesAreSeriesOfThePeriodsThatAreOver() {
        PurchaseSeries nothing = insights.purchases(EUR).series(PeriodUnit.MONTH, END);
        assertThat(nothing.revenue().length()).isZero();
        assertThat(nothing.customers().length()).isZero();
        fewPurchases();

        PurchaseSeries months = insights.purchases(EUR).series(PeriodUnit.MONTH, END);
        assertThat(months.revenue().values()).containsExactly(20, 50, 10, 0, 20, 0);
        assertThat(months.purchases().values()).containsExactly(2, 2, 2, 0, 1, 0);
        assertThat(months.customers().values()).containsExactly(1, 2, 1, 0, 1, 0);
        assertThat(months.revenue().period(0)).hasValue(CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.of(2025, 1, 10)));
        assertThat(insights.purchases(EUR)
                        .series(PeriodUnit.MONTH, LocalDate.parse("2025-03-30"))
                        .purchases()
                        .values())
                .as("March is running, and April not known")
                .containsExactly(2, 2);
        assertThat(insights.purchases(EUR)
                        .series(PeriodUnit.YEAR, END)
                        .revenue()
                        .length())
                .isZero();
    }

    @Test
    void manyPurchasesMakeTheSeriesOfLookingAtEachPeriod() {
        manyPurchases();
        PurchaseLog log = insights.purchases(EUR);
        List<CustomerDay> days = purchaseDays(log);
        PurchaseSeries weeks = log.series(PeriodUnit.WEEK, END);
        RegularSeries purchases = weeks.purchases();
        RegularSeries customers = weeks.customers();
        for (int step = 0; step < purchases.length(); step++) {
            CalendarPeriod week = purchases.period(step).orElseThrow();
            List<CustomerDay> within = days.stream()
                    .filter(day -> CalendarPeriod.of(PeriodUnit.WEEK, day.day()).equals(week))
                    .toList();
            assertThat(purchases.value(step)).hasValue(within.size());
            assertThat(customers.value(step)).hasValue((double)
                    within.stream().map(CustomerDay::customer).distinct().count());
        }
        assertThat(Arrays.stream(purchases.values()).sum()).isEqualTo(log.size());
        assertThat(Arrays.stream(weeks.revenue().values()).sum())
                .isCloseTo(log.revenue().amount().doubleValue(), within(1e-6));
    }

    @Test
    void churnIsLearntFromWhatWasKnownBefore() {
        fewPurchases();
        LocalDate day = LocalDate.parse("2025-02-28");
        PurchaseLog log = insights.purchases(EUR);
        CustomerFeatures then = log.features(day, 30);

        assertThat(then.size())
                .as("Ann and Bob bought in February, Cem not yet")
                .isEqualTo(2);
        int ann = then.table().number("purchase days", 0) == 2 ? 0 : 1;
        FeatureTable table = then.table();
        assertThat(table.number("days since last purchase", ann)).isEqualTo(19);
        assertThat(table.number("days since first purchase", ann)).isEqualTo(49);
        assertThat(table.number("purchases", ann)).isEqualTo(3);
        assertThat(table.number("recent purchases", ann)).isEqualTo(1);
        assertThat(table.number("recent spend", ann)).isEqualTo(20);
        assertThat(table.number("spend", ann)).isEqualTo(40);
        assertThat(table.number("mean purchase", ann)).isCloseTo(40 / 3.0, within(1e-12));
        assertThat(table.number("mean gap", ann)).isEqualTo(30);
        assertThat(table.number("mean gap", 1 - ann)).isNaN();
        assertThat(then.churned()).containsExactly(true, true);
        assertThat(log.features(day, 91).churned()[ann])
                .as("Ann came on the last day")
                .isFalse();
        assertThat(log.features(day, 91).size()).isEqualTo(2);
        CustomerFeatures open = log.features(LocalDate.parse("2025-05-30"), 30);
        assertThat(open.size()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(open::churned).withMessageContaining("2025-05-30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.features(day, 0))
                .withMessageContaining("days");
        // What comes later changes nothing that is learnt from
        PurchaseLog early = insights.purchases(EUR.until(day));
        assertThat(early.features(day, 30).table().number("spend", ann)).isEqualTo(table.number("spend", ann));
        assertThat(early.features(day, 30).customer(ann)).isEqualTo(then.customer(ann));
    }

    @Test
    void aModelOfOneDayForetellsAnother() {
        manyPurchases();
        PurchaseLog log = insights.purchases(EUR);
        CustomerFeatures then = log.features(LocalDate.parse("2025-03-31"), 30);
        CustomerFeatures later = log.features(LocalDate.parse("2025-05-10"), 30);

        LogisticModel model =
                LogisticRegression.ridge(1).fit(then.table(), then.churned()).value();
        ChurnEvaluation quality = ChurnEvaluation.of(model.probabilities(later.table()), later.churned());
        assertThat(quality.churnRate().trials()).isEqualTo(later.size());
        assertThat(quality.brier().value()).isLessThan(0.5);
        assertThat(questions(() -> insights.purchases(EUR).features(LocalDate.parse("2025-03-31"), 30)))
                .containsExactly("scan");
    }

    @Test
    void comingBackIsTimedFromTheFirstPurchaseDay() {
        fewPurchases();
        PurchaseTiming timing = insights.purchases(EUR).timing(END);
        SurvivalCurve curve = timing.timeToSecondPurchase();

        assertThat(curve.n()).isEqualTo(3);
        assertThat(curve.events()).isEqualTo(2);
        assertThat(curve.eventBy(10).value()).isCloseTo(1 / 3.0, within(1e-12)); // Cem
        assertThat(curve.eventBy(30).value()).isCloseTo(2 / 3.0, within(1e-12)); // Ann; two on one day count once
        assertThat(timing.interpurchaseTimes().n()).isEqualTo(3);
        assertThat(timing.interpurchaseTimes().mean().value()).isCloseTo((30 + 110 + 10) / 3.0, within(1e-12));
        assertThat(insights.purchases(EUR)
                        .timing(LocalDate.parse("2025-03-10"))
                        .timeToSecondPurchase()
                        .events())
                .as("what came later was not known")
                .isEqualTo(1);
    }

    @Test
    void whatCameAfterTheCalibrationIsToldByCustomer() {
        fewPurchases();
        PurchaseLog log = insights.purchases(EUR);
        RfmHoldout holdout = log.holdout(LocalDate.parse("2025-02-09"), END);
        RfmSummary calibration = holdout.calibration();

        // Ann came back on the last day of the calibration and once afterwards; Bob did not; Cem was not there yet
        assertThat(calibration.size()).isEqualTo(2);
        assertThat(holdout.duration()).isEqualTo(TimeSpan.of(141, PeriodUnit.DAY));
        assertThat(holdout.purchases()).containsExactlyInAnyOrder(1, 0);
        int ann = holdout.purchases()[0] == 1 ? 0 : 1;
        assertThat(calibration.frequency(ann)).isEqualTo(1);
        assertThat(holdout.monetaryValue(ann)).isEqualTo(2_000);
        BgNbd model = BgNbd.of(0.2, 4, 0.8, 2.4, PeriodUnit.WEEK);
        assertThat(holdout.check(model, 3).actualTotal()).isEqualTo(1);
        assertThatThrownBy(() -> log.holdout(END, END)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theAverageOrderHasAnIntervalOverCustomers() {
        fewPurchases();
        Estimate average = insights.purchases(EUR).averageOrderValue();

        assertThat(average.value()).isCloseTo(100.0 / 7, within(1e-12));
        assertThat(average.n()).isEqualTo(7);
        // Residuals 60 - 4 * 100/7, 30 - 100/7 and 10 - 2 * 100/7 over 7 orders; t of 2 degrees of freedom
        double squares = Math.pow(20 / 7.0, 2) + Math.pow(110 / 7.0, 2) + Math.pow(130 / 7.0, 2);
        assertThat(average.interval().orElseThrow().upper())
                .isCloseTo(100.0 / 7 + 4.302652729911275 * Math.sqrt(squares * 3 / 2) / 7, within(1e-9));
    }

    @Test
    void whoIsSilentHasLeftByTheNamedRule() {
        fewPurchases();
        PurchaseTiming timing = insights.purchases(EUR).timing(END);

        assertThat(timing.inactivityChurn(90).successes()).isEqualTo(2);
        assertThat(timing.inactivityChurn(90).trials()).isEqualTo(3);
        assertThat(timing.inactivityChurn(111).successes())
                .as("Cem, 111 days silent")
                .isEqualTo(1);
        // 31 March: all three bought within 90 days; 30 June: only Ann
        assertThat(timing.movement(LocalDate.parse("2025-03-31"), 90)).isEqualTo(CustomerMovement.of(3, 2, 0));
        // 15 January: Ann; 30 June: Ann again, who bought 31 days before
        assertThat(timing.movement(LocalDate.parse("2025-01-15"), 31)).isEqualTo(CustomerMovement.of(1, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timing.movement(END, 90))
                .withMessageContaining("since")
                .withMessageContaining("2025-06-30");
        assertThatIllegalArgumentException().isThrownBy(() -> timing.movement(END.minusDays(1), 0));
    }

    @Test
    void theFiguresOfManyAreThoseOfTheMetricsOverTheRecords() {
        manyPurchases();
        PurchaseLog log = insights.purchases(EUR);
        List<CustomerDay> days = purchaseDays(log);
        for (LocalDate asOf : List.of(END, LocalDate.parse("2025-04-15"))) {
            PurchaseTiming timing = log.timing(asOf);

            assertThat(timing.timeToSecondPurchase())
                    .isEqualTo(TimeToSecondPurchase.asOf(asOf).of(days));
            assertThat(timing.inactivityChurn(60))
                    .isEqualTo(InactivityChurn.after(60, asOf).of(days));
            CustomerMovement movement = timing.movement(asOf.minusDays(45), 60);
            assertThat(movement.end())
                    .isEqualTo(timing.inactivityChurn(60).trials()
                            - timing.inactivityChurn(60).successes());
            assertThat(movement.start())
                    .isEqualTo(log.timing(asOf.minusDays(45))
                                    .inactivityChurn(60)
                                    .trials()
                            - log.timing(asOf.minusDays(45)).inactivityChurn(60).successes());
        }
    }

    @Test
    void windowsRollFromTheFirstPurchaseToTheSecond() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        buy(ann, "2025-06-01T22:30:00Z", "1.00", "EUR");
        buy(ann, "2025-06-02T22:29:59Z", "1.00", "EUR"); // window 0
        buy(bob, "2025-06-01T22:30:00Z", "1.00", "EUR");
        buy(bob, "2025-06-02T22:30:00Z", "1.00", "EUR"); // window 1

        PurchaseScope berlin = PurchaseScope.in("EUR", ZoneId.of("Europe/Berlin"));
        RollingTable table =
                insights.purchases(berlin).timing(END).rollingRetention(Duration.ofDays(1), 3, PeriodUnit.DAY);

        assertThat(table.cohorts())
                .containsExactly(CalendarPeriod.of(PeriodUnit.DAY, LocalDate.parse("2025-06-02"))); // there
        assertThat(table.retention(1).value()).isEqualTo(0.5);
        assertThat(table.retention(2).value()).isZero();
    }

    @Test
    void spendIsPerCustomerOfTheSpan() {
        fewPurchases();
        PurchaseLog log = insights.purchases(EUR);

        assertThat(log.spend().average().value()).isCloseTo(100 / 3.0, within(1e-12));
        assertThat(log.spend().average().n()).isEqualTo(3);
        assertThat(log.spend().average().interval()).isPresent();
        CustomerSpend march = log.spend(LocalDate.parse("2025-03-01"), LocalDate.parse("2025-03-31"));
        assertThat(march.average().value()).isEqualTo(10.0);
        assertThat(march.perCustomer().customers()).isEqualTo(1);
        RevenueConcentration concentration = log.spend().concentration();
        assertThat(concentration.gini())
                .isEqualTo(RevenueConcentration.of(6000, 3000, 1000).gini());
        assertThat(concentration.topShare(0.3).value()).isEqualTo(0.6);
        CohortRevenueTable cohorts = log.spend().cohorts(PeriodUnit.MONTH, END);
        CalendarPeriod january = CalendarPeriod.of(PeriodUnit.MONTH, LocalDate.parse("2025-01-01"));
        assertThat(cohorts.currency()).isEqualTo("EUR");
        assertThat(cohorts.revenue(january, 0)).hasValue(2000);
        assertThat(cohorts.revenue(january, 1)).hasValue(2000);
        assertThat(cohorts.revenue(january, 5)).hasValue(0);
        assertThat(cohorts.revenue(january, 6)).as("July is not known").isEmpty();
    }

    @Test
    void amountsOfACurrencyWithoutDigitsAreWholeUnits() {
        buy(customer("Ann"), "2025-01-10T10:00:00Z", "500", "JPY");
        buy(customer("Bob"), "2025-01-10T10:00:00Z", "700", "JPY");

        assertThat(insights.purchases(PurchaseScope.in("JPY", ZoneOffset.UTC))
                        .spend()
                        .average()
                        .value())
                .isEqualTo(600);
    }

    @Test
    void eachPurchaseModelValuesTheCustomers() {
        manyPurchases();
        PurchaseLog log = insights.purchases(EUR);
        RfmSummary rfm = log.rfm(END);
        PurchaseHistories histories = rfm.histories(PeriodUnit.WEEK);
        DiscountRate rate = DiscountRate.of(0.15, PeriodUnit.YEAR);

        for (PurchaseModel each : PurchaseModel.values()) {
            CustomerValues values = CustomerValues.of(log, rfm, PeriodUnit.WEEK, QUARTER, each);
            ResidualValues residual = values.residual(rate);
            RepeatPurchaseModel model = values.purchaseModel().model();
            assertThat(values.purchaseModel().logLikelihood())
                    .as("%s", each)
                    .isEqualTo(each.fit(histories).logLikelihood());
            double worth = 0;
            for (int row = 0; row < rfm.size(); row++) {
                assertThat(values.probabilityAlive(row).value())
                        .as("%s", each)
                        .isCloseTo(model.probabilityAlive(values.history(row)), within(1e-9));
                double purchases = model.discountedResidualPurchases(values.history(row), rate);
                assertThat(residual.purchases(row).value()).as("%s", each).isCloseTo(purchases, within(1e-6));
                Estimate spend = values.expectedSpend(row);
                assertThat(residual.value(row).value())
                        .as("%s", each)
                        .isCloseTo(purchases * spend.value(), within(1e-4));
                worth += residual.value(row).value();
            }
            assertThat(residual.total().value()).as("%s", each).isCloseTo(worth, within(1e-9));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CustomerValues.of(log, rfm, PeriodUnit.WEEK, QUARTER)
                        .residual(DiscountRate.of(0, PeriodUnit.YEAR)));
    }

    @Test
    void aModelIsLaidBesideThePurchases() {
        manyPurchases();
        PurchaseLog log = insights.purchases(EUR);
        RfmSummary rfm = log.rfm(END);
        PurchaseHistories histories = rfm.histories(PeriodUnit.WEEK);
        CustomerValues values = CustomerValues.of(log, rfm, PeriodUnit.WEEK, QUARTER);
        RepeatPurchaseModel model = values.purchaseModel().model();

        FrequencyCheck check = values.frequencies(3).value();
        TrackingCurve curve = log.timing(END).tracking(model).value();

        assertThat(check.actual(0))
                .isEqualTo(FrequencyCheck.of(model, histories, 3).actual(0));
        assertThat(check.expected(0))
                .isEqualTo(FrequencyCheck.of(model, histories, 3).expected(0));
        long repeats = 0;
        LocalDate zero = END;
        double[] born = new double[rfm.size()];
        for (int row = 0; row < rfm.size(); row++) {
            repeats += rfm.frequency(row);
            LocalDate first = END.minusDays(rfm.age(row));
            zero = first.isBefore(zero) ? first : zero;
        }
        for (int row = 0; row < rfm.size(); row++) {
            born[row] = (END.toEpochDay() - rfm.age(row) - zero.toEpochDay()) / 7.0;
        }
        assertThat(curve.units()).isEqualTo((int) (END.toEpochDay() + 1 - zero.toEpochDay()) / 7);
        assertThat(curve.actualCumulative(curve.units()))
                .as("the last purchase is ten days before the end")
                .isEqualTo(repeats);
        assertThat(curve.expectedCumulative(curve.units()))
                .isEqualTo(TrackingCurve.of(model, born, new double[0], curve.units())
                        .expectedCumulative(curve.units()));
        assertThat(log.timing(zero.plusDays(5)).tracking(model).undefined())
                .as("no week is over")
                .isPresent();
        assertThat(insights.purchases(PurchaseScope.in("JPY", ZoneOffset.UTC))
                        .timing(END)
                        .tracking(model)
                        .undefined())
                .isPresent();
    }

    @Test
    void allFiguresOverPurchasesTakeOneScan() {
        manyPurchases();

        assertThat(questions(() -> {
                    PurchaseLog log = insights.purchases(EUR);
                    PurchaseTiming timing = log.timing(END);
                    timing.timeToSecondPurchase();
                    timing.inactivityChurn(90);
                    timing.rollingRetention(Duration.ofDays(30), 3, PeriodUnit.MONTH);
                    log.spend().cohorts(PeriodUnit.MONTH, END);
                    return CustomerValues.of(log, log.rfm(END), PeriodUnit.WEEK, QUARTER, PurchaseModel.PARETO_NBD);
                }))
                .containsExactly("scan");
    }
}
