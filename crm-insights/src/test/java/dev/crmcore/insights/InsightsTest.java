package dev.crmcore.insights;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.memory.MemoryStore;
import org.junit.jupiter.api.Nested;

class InsightsTest {

    @Nested
    class InMemory extends InsightsCases {
        @Override
        CrmStore openStore() {
            return MemoryStore.create();
        }
    }

    @Nested
    class OnH2 extends InsightsCases {
        @Override
        CrmStore openStore() {
            return openH2();
        }
    }

    @Nested
    class OnPostgreSql extends InsightsCases {
        @Override
        CrmStore openStore() {
            return PostgreSql.openStore();
        }
    }
}
