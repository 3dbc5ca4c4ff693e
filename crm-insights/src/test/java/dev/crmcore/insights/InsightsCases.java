package dev.crmcore.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyId;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.feedback.CesScore;
import dev.crmcore.metrics.feedback.CsatScore;
import dev.crmcore.metrics.feedback.DuplicatePolicy;
import dev.crmcore.metrics.feedback.Nps;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.feedback.SurveyAnswer;
import dev.crmcore.metrics.retention.CohortTable;
import dev.crmcore.metrics.value.BgNbd;
import dev.crmcore.metrics.value.LifetimeValue;
import dev.crmcore.metrics.value.PurchaseHistories;
import dev.crmcore.metrics.value.RepeatPurchaseModel;
import dev.crmcore.metrics.value.RfmSummary;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseStatus;
import dev.crmcore.purchase.Return;
import dev.crmcore.value.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the figures of a store are, whatever the store. */
abstract class InsightsCases extends InsightsFixture {

    private static final LocalDate END = LocalDate.parse("2025-06-30");
    private static final PurchaseScope EUR = PurchaseScope.in("EUR", ZoneOffset.UTC);
    private static final FeedbackScope ANSWERS = FeedbackScope.in(ZoneOffset.UTC);

    @Test
    void nothingIsUndefinedAndNeverZero() {
        PurchaseLog log = insights.purchases(EUR);
        RfmSummary rfm = log.rfm(END);
        CustomerValues values = CustomerValues.of(
                log, rfm, PeriodUnit.WEEK, LifetimeValue.over(52, TimeSpan.of(1, PeriodUnit.WEEK), 0));

        assertThat(log.size()).isZero();
        assertThat(log.customers()).isZero();
        assertThat(log.lastDay()).isEmpty();
        assertThat(log.revenue()).isEqualTo(Money.of("0.00", "EUR"));
        assertThat(log.averageOrderValue().isDefined()).isFalse();
        assertThat(log.repeatPurchaseRate().estimate().isDefined()).isFalse();
        assertThat(log.cohorts(PeriodUnit.MONTH, END).cohorts()).isEmpty();
        assertThat(rfm.size()).isZero();
        assertThat(values.purchaseModel().isDefined()).isFalse();
        assertThat(values.spendModel().isDefined()).isFalse();
        assertThat(values.totalLifetimeValue().isDefined()).isFalse();
        assertThat(values.totalExpectedPurchases().isDefined()).isFalse();
        assertThat(insights.nps(ANSWERS).estimate().isDefined()).isFalse();
        assertThat(insights.csat(ANSWERS).estimate().isDefined()).isFalse();
        assertThat(insights.ces(ANSWERS).estimate().isDefined()).isFalse();
    }

    @Test
    void amountsAreNetOfRefundsAndCancelledPurchasesAreLeftOut() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        buy(ann, "2025-01-05T10:00:00Z", "10.10", "EUR");
        Purchase returned = buy(ann, "2025-02-05T10:00:00Z", "20.20", "EUR");
        Purchase cancelled = buy(bob, "2025-02-08T10:00:00Z", "99.00", "EUR");
        buy(bob, "2025-02-07T10:00:00Z", "0.01", "EUR");
        desk.purchases()
                .takeBack(
                        returned.id(),
                        Return.at(Instant.parse("2025-02-09T10:00:00Z")).line(1, 1, "too small"));
        desk.purchases().advance(cancelled.id(), PurchaseStatus.CANCELLED);

        PurchaseLog log = insights.purchases(EUR);

        assertThat(log.size()).isEqualTo(3);
        assertThat(log.revenue()).isEqualTo(Money.of("10.11", "EUR"));
        assertThat(log.averageOrderValue().value()).isCloseTo(10.11 / 3, within(1e-12));
        assertThat(log.repeatPurchaseRate().successes()).isEqualTo(1);
        assertThat(log.repeatPurchaseRate().trials()).isEqualTo(2);
        assertThat(log.lastDay()).contains(LocalDate.parse("2025-02-07"));
    }

    @Test
    void currenciesAreNeverAdded() {
        CustomerId ann = customer("Ann");
        buy(ann, "2025-01-05T10:00:00Z", "10.00", "EUR");
        buy(ann, "2025-01-06T10:00:00Z", "500", "JPY");
        buy(ann, "2025-01-07T10:00:00Z", "1.234", "KWD");

        assertThat(insights.purchases(EUR).revenue()).isEqualTo(Money.of("10.00", "EUR"));
        PurchaseLog yen = insights.purchases(PurchaseScope.in("JPY", ZoneOffset.UTC));
        assertThat(yen.revenue()).isEqualTo(Money.of("500", "JPY"));
        assertThat(yen.averageOrderValue().value()).isEqualTo(500);
        assertThat(insights.purchases(PurchaseScope.in("KWD", ZoneOffset.UTC)).revenue())
                .isEqualTo(Money.of("1.234", "KWD"));
    }

    @Test
    void daysAreThoseOfTheScopesZone() {
        CustomerId ann = customer("Ann");
        buy(ann, "2025-03-30T22:30:00Z", "1.00", "EUR"); // 31 March, 00:30 in Berlin, the day after the clocks changed
        buy(ann, "2025-03-31T21:59:59.999999Z", "2.00", "EUR"); // still 31 March there
        buy(ann, "2025-03-31T22:00:00Z", "4.00", "EUR"); // 1 April there

        PurchaseScope berlin = PurchaseScope.in("EUR", ZoneId.of("Europe/Berlin"));
        LocalDate march31 = LocalDate.parse("2025-03-31");

        assertThat(insights.purchases(EUR).repeatPurchaseRate().successes()).isEqualTo(1);
        assertThat(insights.purchases(berlin.until(march31)).size()).isEqualTo(2);
        assertThat(insights.purchases(berlin.until(march31))
                        .repeatPurchaseRate()
                        .successes())
                .isZero();
        assertThat(insights.purchases(berlin.from(march31.plusDays(1))).revenue())
                .isEqualTo(Money.of("4.00", "EUR"));
        assertThat(insights.purchases(berlin).lastDay()).contains(march31.plusDays(1));
        assertThat(insights.purchases(EUR).lastDay()).contains(march31);
        CohortTable cohorts = insights.purchases(berlin).cohorts(PeriodUnit.MONTH, march31.plusDays(1));
        assertThat(cohorts.cohorts()).hasSize(1);
        assertThat(cohorts.active(cohorts.cohorts().get(0), 1)).hasValue(1);
        assertThat(cohorts.active(cohorts.cohorts().get(0), 2)).isEmpty();
    }

    @Test
    void theFiguresOfEachCustomerComeFromThePurchasesOfThatCustomer() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        buy(ann, "2025-06-02T08:00:00Z", "10.00", "EUR");
        buy(ann, "2025-06-09T08:00:00Z", "12.00", "EUR");
        buy(ann, "2025-06-09T09:00:00Z", "8.00", "EUR");
        buy(bob, "2025-06-16T08:00:00Z", "5.00", "EUR");

        PurchaseLog log = insights.purchases(EUR);
        RfmSummary rfm = log.rfm(END);

        assertThat(rfm.size()).isEqualTo(2);
        for (int row = 0; row < 2; row++) {
            boolean isAnn = log.customer(rfm.customer(row)).equals(ann);
            assertThat(rfm.frequency(row)).isEqualTo(isAnn ? 1 : 0);
            assertThat(rfm.recency(row)).isEqualTo(isAnn ? 7 : 0);
            assertThat(rfm.age(row)).isEqualTo(isAnn ? 28 : 14);
            assertThat(rfm.monetaryValue(row)).isEqualTo(isAnn ? 2000 : 0);
            assertThat(log.money(rfm.totalMinorUnits(row))).isEqualTo(Money.of(isAnn ? "30.00" : "5.00", "EUR"));
        }
        assertThat(log.rfm(LocalDate.parse("2025-06-10")).size()).isEqualTo(1);
    }

    @Test
    void valuesOfCustomersAreThoseOfTheFittedModels() {
        manyPurchases();
        PurchaseLog log = insights.purchases(EUR);
        RfmSummary rfm = log.rfm(END);
        LifetimeValue lifetime = LifetimeValue.over(12, TimeSpan.of(1, PeriodUnit.WEEK), 0.01);
        CustomerValues values = CustomerValues.of(log, rfm, PeriodUnit.WEEK, lifetime);

        RepeatPurchaseModel model = values.purchaseModel().model();
        double expected = 0;
        double worth = 0;
        for (int row = 0; row < rfm.size(); row++) {
            assertThat(values.history(row).recency()).isCloseTo(rfm.recency(row) / 7.0, within(1e-12));
            assertThat(values.probabilityAlive(row).value())
                    .isCloseTo(model.probabilityAlive(values.history(row)), within(1e-12));
            double purchases = model.expectedPurchases(values.history(row), lifetime.horizon());
            assertThat(values.expectedPurchases(row).value()).isCloseTo(purchases, within(1e-10));
            expected += purchases;
            Estimate spend = values.spendModel()
                    .model()
                    .expectedSpend(rfm.frequency(row), rfm.frequency(row) == 0 ? 0 : rfm.monetaryValue(row) / 100);
            assertThat(values.expectedSpend(row).value()).isCloseTo(spend.value(), within(1e-9));
            double clv = lifetime.of(model, values.history(row), spend.value());
            assertThat(values.lifetimeValue(row).value()).isCloseTo(clv, within(1e-8));
            worth += clv;
        }
        assertThat(values.totalExpectedPurchases().value()).isCloseTo(expected, within(1e-8));
        assertThat(values.totalLifetimeValue().value()).isCloseTo(worth, within(1e-6));
        PurchaseHistories histories = rfm.histories(PeriodUnit.WEEK);
        assertThat(values.purchaseModel().logLikelihood())
                .isEqualTo(BgNbd.fit(histories).logLikelihood());
    }

    @Test
    void scoresOfDifferentScalesAndSurveysStayApart() {
        CustomerId ann = customer("Ann");
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        SurveyId app = survey(Survey.nps("app_nps", "Recommend the app?"));
        SurveyId csat = survey(Survey.csat("csat", "Satisfied?"));
        SurveyId ces = survey(Survey.ces("ces", "Easy?"));
        List.of(9, 10, 8, 3).forEach(score -> answer(nps, ann, "2025-05-01T10:00:00Z", score));
        answer(app, ann, "2025-05-01T10:00:00Z", 0);
        List.of(5, 4, 3, 4).forEach(score -> answer(csat, ann, "2025-05-01T10:00:00Z", score));
        List.of(7, 6, 2).forEach(score -> answer(ces, ann, "2025-05-01T10:00:00Z", score));

        NpsScore score = insights.nps(ANSWERS.survey("nps"));
        CsatScore satisfied = insights.csat(ANSWERS);
        CesScore effort = insights.ces(ANSWERS);

        assertThat(score).isEqualTo(List.of(9, 10, 8, 3).stream().collect(Nps.collector()));
        assertThat(insights.nps(ANSWERS).n()).isEqualTo(5);
        assertThat(satisfied.estimate().value()).isEqualTo(0.75);
        assertThat(satisfied.estimate().n()).isEqualTo(4);
        assertThat(effort.estimate().value()).isEqualTo(5);
        assertThat(effort.answers().counts()).containsExactly(0, 1, 0, 0, 0, 1, 1);
    }

    @Test
    void answersOfAPeriodAreThoseOfItsDays() {
        CustomerId ann = customer("Ann");
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        answer(nps, ann, "2025-04-30T21:59:59.999999Z", 0);
        answer(nps, ann, "2025-04-30T22:00:00Z", 9); // 1 May in Berlin
        answer(nps, ann, "2025-05-31T21:59:59.999999Z", 10);
        answer(nps, ann, "2025-05-31T22:00:00Z", 0); // 1 June there

        FeedbackScope may = FeedbackScope.in(ZoneId.of("Europe/Berlin"))
                .from(LocalDate.parse("2025-05-01"))
                .until(LocalDate.parse("2025-05-31"));

        assertThat(insights.nps(may).estimate().value()).isEqualTo(100);
        assertThat(insights.nps(may).n()).isEqualTo(2);
    }

    @Test
    void aPolicyChoosesAmongTheAnswersOfEachCustomer() {
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        answer(nps, ann, "2025-05-01T10:00:00Z", 2);
        answer(nps, ann, "2025-05-20T10:00:00Z", 10);
        answer(nps, bob, "2025-05-02T10:00:00Z", 9);
        answer(nps, bob, "2025-05-03T10:00:00Z", 7);
        for (int i = 0; i < 2; i++) {
            desk.feedback()
                    .submit(SurveyResponse.to(nps)
                            .at(Instant.parse("2025-05-04T10:00:00Z"))
                            .score(0));
        }

        assertThat(scores(DuplicatePolicy.ALL)).containsExactly(2, 1, 3);
        assertThat(scores(DuplicatePolicy.LATEST_PER_CUSTOMER)).containsExactly(1, 1, 2);
        assertThat(scores(DuplicatePolicy.FIRST_PER_CUSTOMER)).containsExactly(1, 0, 3);
        assertThat(scores(DuplicatePolicy.quarantine(7))).containsExactly(2, 0, 3);
    }

    @Test
    void theHeadlineCountsTheLatestAnswerOfEachCustomer() {
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int score = i < 55 ? 9 + i % 2 : i < 80 ? 7 + i % 2 : i % 7;
            drafts.add(SurveyResponse.to(nps)
                    .by(customer("C" + i))
                    .at(Instant.parse("2025-05-01T10:00:00Z").plusSeconds(i))
                    .score(score));
        }
        List<CustomerId> customers = desk.feedback().submitAll(drafts).stream()
                .map(outcome -> outcome.entity().customer().orElseThrow())
                .toList();
        FeedbackScope headline = ANSWERS.counting(DuplicatePolicy.LATEST_PER_CUSTOMER);

        assertThat(insights.nps(headline).estimate().value()).isEqualTo(35);
        assertThat(scores(DuplicatePolicy.LATEST_PER_CUSTOMER)).containsExactly(55, 25, 20);

        answer(nps, customers.get(0), "2025-05-20T10:00:00Z", 0);
        assertThat(scores(DuplicatePolicy.LATEST_PER_CUSTOMER)).containsExactly(54, 25, 21);
        assertThat(insights.nps(headline).estimate().value()).isEqualTo(33);
        assertThat(insights.nps(ANSWERS).n()).as("all are kept").isEqualTo(101);

        answer(nps, customers.get(0), "2025-05-20T10:00:00Z", 10);
        assertThat(scores(DuplicatePolicy.LATEST_PER_CUSTOMER))
                .as("of two at one instant the one recorded later")
                .containsExactly(55, 25, 20);
    }

    /** Promoters, passives, detractors. */
    private List<Integer> scores(DuplicatePolicy policy) {
        NpsScore score = insights.nps(ANSWERS.counting(policy));
        return List.of((int) score.promoters(), (int) score.passives(), (int) score.detractors());
    }

    @Test
    void aPolicyGivesWhatItGivesOverTheAnswersThemselves() {
        Random random = new Random(11);
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        List<CustomerId> customers = List.of(customer("A"), customer("B"), customer("C"));
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Instant at = Instant.parse("2025-01-01T00:00:00Z").plusSeconds(3600L * random.nextInt(24 * 60));
            drafts.add(SurveyResponse.to(nps)
                    .by(customers.get(random.nextInt(3)))
                    .at(at)
                    .score(random.nextInt(11)));
        }
        List<SurveyAnswer> answers = desk.feedback().submitAll(drafts).stream()
                .map(outcome -> outcome.entity())
                .map(response -> new SurveyAnswer(
                        response.id().value().toString(),
                        response.customer().orElseThrow().value().toString(),
                        response.answeredAt(),
                        response.score().orElseThrow()))
                .toList();

        for (DuplicatePolicy policy : List.of(
                DuplicatePolicy.ALL,
                DuplicatePolicy.latestPerCustomerIn(PeriodUnit.WEEK, ZoneOffset.UTC),
                DuplicatePolicy.firstPerCustomerIn(PeriodUnit.DAY, ZoneOffset.UTC),
                DuplicatePolicy.quarantine(3))) {
            NpsScore expected =
                    policy.apply(answers).stream().map(SurveyAnswer::score).collect(Nps.collector());
            assertThat(insights.nps(ANSWERS.counting(policy))).as(policy.name()).isEqualTo(expected);
        }
    }

    @Test
    void tenantsDoNotSeeEachOthersFigures() {
        buy(customer("Ann"), "2025-01-05T10:00:00Z", "10.00", "EUR");

        assertThat(Insights.of(newTenant()).purchases(EUR).size()).isZero();
    }
}
