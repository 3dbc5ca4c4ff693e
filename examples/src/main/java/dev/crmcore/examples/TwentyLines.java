package dev.crmcore.examples;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.Customer;
import dev.crmcore.feedback.Survey;
import dev.crmcore.insights.FeedbackScope;
import dev.crmcore.insights.Insights;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.value.Money;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;

/** The example of the README: a customer, a purchase, an answer, a timeline and a score. */
final class TwentyLines {

    private TwentyLines() {}

    static void run(PrintStream out) {
        // begin
        try (Crm crm = Crm.inMemory()) {
            CrmSession desk = crm.session(TenantId.of("acme"), CallContext.of("agent:7", "phone order"));
            Customer ann = desk.customers()
                    .register(Customer.named("Ann", "Lee")
                            .email("ann@example.com")
                            .phone("+49 30 1234567")
                            .attribute("plan", "gold"));
            Survey nps = desk.feedback().define(Survey.nps("nps", "How likely are you to recommend us?"));
            desk.feedback().publish(nps.id());
            desk.transact(
                    tx -> { // both or neither
                        tx.purchases()
                                .record(Purchase.by(ann.id())
                                        .at(Instant.parse("2025-03-01T10:00:00Z"))
                                        .line("SKU-1", 2, Money.of("14.50", "EUR"))
                                        .externalId("shop", "10017"));
                        tx.feedback().submit(nps.id(), ann.id(), 9, "quick and friendly");
                    });
            desk.timeline().of(ann.id()).page(10).entries().forEach(entry -> out.println(entry.typeName()));
            out.println(Insights.of(desk)
                    .nps(FeedbackScope.in(ZoneOffset.UTC).survey("nps"))
                    .estimate());
        }
        // end
    }
}
