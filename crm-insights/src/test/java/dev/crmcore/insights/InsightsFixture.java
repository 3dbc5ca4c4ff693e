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
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.jdbc.JdbcStore;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.store.CrmStore;
import dev.crmcore.value.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A store, the figures of a tenant in it, and a count of the questions that the store was asked. The tenant is new in each
 * test, so that the tests of one database can share its tables.
 */
abstract class InsightsFixture {

    Instant now = Instant.parse("2025-07-01T00:00:00Z");
    private static final AtomicInteger TENANTS = new AtomicInteger();

    CountingStore store;
    Crm crm;
    CrmSession desk;
    Insights insights;

    abstract CrmStore openStore();

    static CrmStore openH2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:insights;DB_CLOSE_DELAY=-1");
        return JdbcStore.open(dataSource, Crm.catalog());
    }

    @BeforeEach
    void open() {
        store = new CountingStore(openStore());
        crm = Crm.builder().store(store).clock(() -> now).build();
        desk = newTenant();
        insights = Insights.of(desk);
    }

    @AfterEach
    void close() {
        crm.close();
    }

    CrmSession newTenant() {
        return crm.session(TenantId.of("tenant-" + TENANTS.incrementAndGet()), CallContext.of("test", "insights"));
    }

    /** Which questions the store is asked while a figure is read, in order. */
    List<String> questions(Supplier<?> figure) {
        store.questions().clear();
        assertThat(figure.get()).isNotNull();
        return List.copyOf(store.questions());
    }

    CustomerId customer(String name) {
        return desk.customers().register(Customer.named(name, "Test")).id();
    }

    Purchase buy(CustomerId who, String at, String amount, String currency) {
        return desk.purchases()
                .record(Purchase.by(who).at(Instant.parse(at)).line("SKU", 1, Money.of(amount, currency)));
    }

    SurveyId survey(Survey.Draft draft) {
        return desk.feedback().publish(desk.feedback().define(draft).id()).id();
    }

    void answer(SurveyId survey, CustomerId who, String at, int score) {
        desk.feedback()
                .submit(SurveyResponse.to(survey).by(who).at(Instant.parse(at)).score(score));
    }

    /** Purchases of 60 customers from January to June 2025, in euros. */
    void manyPurchases() {
        Random random = new Random(7);
        List<Purchase.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            CustomerId who = customer("C" + i);
            int purchases = 1 + random.nextInt(6);
            double typical = 10 + random.nextInt(40);
            for (int k = 0; k < purchases; k++) {
                Instant at = Instant.parse("2025-01-01T12:00:00Z").plusSeconds(86_400L * random.nextInt(170));
                String amount = Money.ofMinorUnits((long) (100 * typical * (0.5 + random.nextDouble())), "EUR")
                        .amount()
                        .toPlainString();
                drafts.add(Purchase.by(who).at(at).line("SKU", 1, Money.of(amount, "EUR")));
            }
        }
        desk.purchases().recordAll(drafts);
    }
}
