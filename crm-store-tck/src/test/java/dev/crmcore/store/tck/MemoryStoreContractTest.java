package dev.crmcore.store.tck;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.memory.MemoryStore;

/** The in-memory store passes the contract. */
class MemoryStoreContractTest extends StoreContract {

    @Override
    protected CrmStore newStore(EntityCatalog catalog) {
        return MemoryStore.create();
    }
}
