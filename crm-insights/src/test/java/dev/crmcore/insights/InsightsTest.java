package dev.crmcore.insights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyId;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.feedback.DuplicatePolicy;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.value.LifetimeValue;
import dev.crmcore.metrics.value.RfmSummary;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.purchase.PurchaseId;
import dev.crmcore.purchase.PurchaseStatus;
import dev.crmcore.purchase.Return;
import dev.crmcore.value.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InsightsTest {

    private static final PurchaseScope EUROS = PurchaseScope.in("EUR", ZoneOffset.UTC);

    private Crm crm;
    private CrmSession desk;
    private CustomerId ann;
    private CustomerId bob;

    @BeforeEach
    void open() {
        crm = Crm.builder().clock(() -> Instant.parse("2025-12-31T00:00:00Z")).build();
        desk = crm.session(TenantId.of("acme"), CallContext.of("test", "test"));
        ann = desk.customers().register(Customer.named("Ann", "Lee")).id();
        bob = desk.customers().register(Customer.named("Bob", "Ray")).id();
    }

    @AfterEach
    void close() {
        crm.close();
    }

    private PurchaseId buy(CustomerId customer, String at, String amount, String currency) {
        return desk.purchases()
                .record(Purchase.by(customer).at(Instant.parse(at)).amount(Money.of(amount, currency)))
                .id();
    }

    @Test
    void leavesOutOtherCurrenciesCancelledPurchasesAndWhatWasPaidBack() {
        buy(ann, "2025-01-01T10:00:00Z", "10.00", "EUR");
        buy(ann, "2025-01-02T10:00:00Z", "99.00", "USD");
        desk.purchases().advance(buy(ann, "2025-01-03T10:00:00Z", "50.00", "EUR"), PurchaseStatus.CANCELLED);
        PurchaseId returned = buy(bob, "2025-01-04T10:00:00Z", "20.00", "EUR");
        desk.purchases()
                .takeBack(
                        returned,
                        Return.at(Instant.parse("2025-01-05T10:00:00Z")).line(1, 1, "torn"));

        PurchaseLog log = Insights.of(desk).purchases(EUROS);

        assertThat(log.size()).isEqualTo(2);
        assertThat(log.customers()).isEqualTo(2);
        assertThat(log.revenue()).isEqualTo(Money.of("10.00", "EUR"));
        assertThat(log.averageOrderValue().value()).isEqualTo(5.0);
        assertThat(log.lastDay()).contains(LocalDate.of(2025, 1, 4));
    }

    @Test
    void countsDaysInTheZoneOfTheBusiness() {
        buy(ann, "2025-01-01T23:30:00Z", "1.00", "EUR");
        buy(ann, "2025-01-02T00:30:00Z", "2.00", "EUR");

        PurchaseScope berlin = PurchaseScope.in("EUR", ZoneId.of("Europe/Berlin"));
        assertThat(Insights.of(desk).purchases(EUROS).repeatPurchaseRate().successes())
                .isEqualTo(1);
        assertThat(Insights.of(desk).purchases(berlin).repeatPurchaseRate().successes())
                .isZero();
        assertThat(Insights.of(desk)
                        .purchases(EUROS.until(LocalDate.of(2025, 1, 1)))
                        .size())
                .isEqualTo(1);
        assertThat(Insights.of(desk)
                        .purchases(berlin.until(LocalDate.of(2025, 1, 1)))
                        .size())
                .isZero();
    }

    @Test
    void summarisesEachCustomer() {
        buy(ann, "2025-01-01T10:00:00Z", "10.00", "EUR");
        buy(ann, "2025-01-15T10:00:00Z", "20.00", "EUR");
        buy(ann, "2025-01-15T11:00:00Z", "5.00", "EUR");
        buy(bob, "2025-01-08T10:00:00Z", "7.00", "EUR");

        PurchaseLog log = Insights.of(desk).purchases(EUROS);
        RfmSummary rfm = log.rfm(LocalDate.of(2025, 1, 29));

        for (int row = 0; row < rfm.size(); row++) {
            boolean isAnn = log.customer(rfm.customer(row)).equals(ann);
            assertThat(rfm.frequency(row)).isEqualTo(isAnn ? 1 : 0);
            assertThat(rfm.recency(row)).isEqualTo(isAnn ? 14 : 0);
            assertThat(rfm.age(row)).isEqualTo(isAnn ? 28 : 21);
            assertThat(rfm.monetaryValue(row)).isEqualTo(isAnn ? 2500.0 : 0.0);
        }
        assertThat(log.cohorts(PeriodUnit.MONTH, LocalDate.of(2025, 1, 31)).cohorts())
                .hasSize(1);
    }

    @Test
    void saysWhyThereIsNothing() {
        PurchaseLog log = Insights.of(desk).purchases(EUROS);
        RfmSummary rfm = log.rfm(LocalDate.of(2025, 1, 31));
        CustomerValues values = CustomerValues.of(
                log, rfm, PeriodUnit.WEEK, LifetimeValue.over(52, TimeSpan.of(1, PeriodUnit.WEEK), 0.001));

        assertThat(log.averageOrderValue().undefined()).isPresent();
        assertThat(log.lastDay()).isEmpty();
        assertThat(values.purchaseModel().undefined()).isPresent();
        assertThat(values.totalLifetimeValue().undefined()).isPresent();
    }

    @Test
    void scoresAnswersUnderThePolicyThatIsNamed() {
        SurveyId survey = desk.feedback()
                .define(Survey.nps("nps", "How likely are you to recommend us?"))
                .id();
        desk.feedback().publish(survey);
        desk.feedback().submit(survey, ann, 3, null);
        desk.feedback().submit(survey, ann, 10, null);
        desk.feedback().submit(survey, bob, 8, null);

        Insights insights = Insights.of(desk);
        FeedbackScope all = FeedbackScope.in(ZoneOffset.UTC).survey("nps").counting(DuplicatePolicy.ALL);
        NpsScore latest = insights.nps(all.counting(DuplicatePolicy.LATEST_PER_CUSTOMER));

        assertThat(insights.nps(all).detractors()).isEqualTo(1);
        assertThat(insights.nps(all).n()).isEqualTo(3);
        assertThat(latest.detractors()).isZero();
        assertThat(latest.promoters()).isEqualTo(1);
        assertThat(latest.n()).isEqualTo(2);
    }
}
