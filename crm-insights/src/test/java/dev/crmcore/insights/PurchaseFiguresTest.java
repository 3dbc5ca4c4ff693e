package dev.crmcore.insights;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.memory.MemoryStore;
import org.junit.jupiter.api.Nested;

class PurchaseFiguresTest {

    @Nested
    class InMemory extends PurchaseFiguresCases {
        @Override
        CrmStore openStore() {
            return MemoryStore.create();
        }
    }

    @Nested
    class OnH2 extends PurchaseFiguresCases {
        @Override
        CrmStore openStore() {
            return openH2();
        }
    }

    @Nested
    class OnPostgreSql extends PurchaseFiguresCases {
        @Override
        CrmStore openStore() {
            return PostgreSql.openStore();
        }
    }
}
