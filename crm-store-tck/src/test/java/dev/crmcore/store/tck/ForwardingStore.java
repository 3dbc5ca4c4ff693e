package dev.crmcore.store.tck;

import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.StoreCapabilities;
import dev.crmcore.store.StoreTransaction;
import java.util.List;
import java.util.function.Function;

/** A store that does what another does, as a base for one that does one thing wrong. */
class ForwardingStore implements CrmStore {

    final CrmStore right;

    ForwardingStore(CrmStore right) {
        this.right = right;
    }

    /** Says what the work is given instead of the right transaction. */
    StoreTransaction wrap(TenantId tenant, StoreTransaction tx) {
        return tx;
    }

    @Override
    public <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work) {
        return right.inTransaction(tenant, tx -> work.apply(wrap(tenant, tx)));
    }

    @Override
    public List<LoggedEvent> readLog(TenantId tenant, LogQuery query) {
        return right.readLog(tenant, query);
    }

    @Override
    public List<TenantId> tenants() {
        return right.tenants();
    }

    @Override
    public StoreCapabilities capabilities() {
        return right.capabilities();
    }

    @Override
    public void close() {
        right.close();
    }
}
