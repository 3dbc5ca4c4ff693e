package dev.crmcore.insights;

import dev.crmcore.store.CrmStore;

class H2InsightsTest extends InsightsCases {

    @Override
    CrmStore openStore() {
        return openH2();
    }
}
