package dev.crmcore.insights;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.memory.MemoryStore;
import org.junit.jupiter.api.Nested;

class JourneyFiguresTest {

    @Nested
    class InMemory extends JourneyFiguresCases {
        @Override
        CrmStore openStore() {
            return MemoryStore.create();
        }
    }

    @Nested
    class OnH2 extends JourneyFiguresCases {
        @Override
        CrmStore openStore() {
            return openH2();
        }
    }

    @Nested
    class OnPostgreSql extends JourneyFiguresCases {
        @Override
        CrmStore openStore() {
            return PostgreSql.openStore();
        }
    }
}
