package dev.crmcore.insights;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.memory.MemoryStore;
import org.junit.jupiter.api.Nested;

class FeedbackFiguresTest {

    @Nested
    class InMemory extends FeedbackFiguresCases {
        @Override
        CrmStore openStore() {
            return MemoryStore.create();
        }
    }

    @Nested
    class OnH2 extends FeedbackFiguresCases {
        @Override
        CrmStore openStore() {
            return openH2();
        }
    }

    @Nested
    class OnPostgreSql extends FeedbackFiguresCases {
        @Override
        CrmStore openStore() {
            return PostgreSql.openStore();
        }
    }
}
