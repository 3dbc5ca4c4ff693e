package dev.crmcore.store;

import dev.crmcore.context.TenantId;
import java.util.List;
import java.util.function.Function;

/**
 * Where records are kept. Implementations are thread-safe; what a transaction promises stands at the package.
 */
public interface CrmStore extends AutoCloseable {

    /**
     * Runs work in one transaction: committed when the work returns, rolled back when it throws. Where the host's own
     * transaction is joined, the host commits or rolls back.
     *
     * <p>A refusal is not undone by catching it: work that swallows the {@code CrmException} of an operation and returns
     * has its transaction rolled back all the same, and this call throws that exception at its end. Work that goes on
     * after a refusal runs what may be refused in {@link StoreTransaction#nested}.
     *
     * @param <R> what the work gives
     * @param tenant whose records; no operation of the transaction reaches those of another tenant
     * @param work the work; it runs once, on the calling thread, and must not let the transaction escape
     * @return what the work gave
     * @throws dev.crmcore.context.CrmException if the work or the commit is refused
     * @throws IllegalStateException if the store is closed
     */
    <R> R inTransaction(TenantId tenant, Function<? super StoreTransaction, ? extends R> work);

    /**
     * Reads the log of committed events in the order of their positions.
     *
     * <p>Once a position was readable, nothing at or before it ever appears. The log is read outside of any
     * transaction, also while the host's own is open on the calling thread.
     *
     * @param tenant whose events
     * @param query which events, after which position, how many
     * @return the events, oldest first
     * @throws IllegalStateException if the store is closed
     */
    List<LoggedEvent> readLog(TenantId tenant, LogQuery query);

    /**
     * The tenants that have ever written, in the order of their names.
     *
     * @return the tenants
     * @throws IllegalStateException if the store is closed
     */
    List<TenantId> tenants();

    /**
     * What this store can do beyond the contract.
     *
     * @return its capabilities
     */
    StoreCapabilities capabilities();

    /**
     * Releases what the store has opened; not what the host handed in. Closing twice does nothing.
     */
    @Override
    void close();
}
