package dev.crmcore.insights;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.memory.MemoryStore;

class MemoryInsightsTest extends InsightsCases {

    @Override
    CrmStore openStore() {
        return MemoryStore.create();
    }
}
