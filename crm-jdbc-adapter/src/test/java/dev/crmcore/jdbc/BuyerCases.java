package dev.crmcore.jdbc;

import dev.crmcore.context.TenantId;
import dev.crmcore.query.Query;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Words that the tests of the adapter share. */
abstract class BuyerCases {

    static final TenantId ACME = TenantId.of("acme");
    static final EntityCatalog CATALOG = EntityCatalog.of(List.of(Buyer.TYPE));
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static void run(CrmStore store, Consumer<StoreTransaction> work) {
        store.inTransaction(ACME, tx -> {
            work.accept(tx);
            return true;
        });
    }

    static List<Buyer> all(CrmStore store) {
        return store.inTransaction(ACME, tx -> tx.list(Query.of(Buyer.TYPE)));
    }

    static EventRecord event(int number) {
        return EventRecord.builder(new UUID(7, number), "buyer.changed", NOW)
                .about("buyer", Buyer.of(number).id().value())
                .causedBy("agent:7", "a test")
                .build();
    }
}
