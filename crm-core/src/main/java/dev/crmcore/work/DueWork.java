package dev.crmcore.work;

/**
 * Work that comes due by time alone: reminders, expiries, escalations. Done when the host calls {@code Crm.runDue()}.
 *
 * <p>An implementation takes work with {@link dev.crmcore.store.StoreTransaction#claim claim} in a call of its own, so
 * that the claim is committed before any callback of the host runs, and notes the outcome in another call. It is
 * thread-safe: several nodes and threads may run it at once. What it throws stands in the report as a failure of that
 * tenant, and the other tenants have their turn.
 */
public interface DueWork {

    /**
     * The stable name, for reports.
     *
     * @return the name, such as {@code feedback.reminders}
     */
    String name();

    /**
     * Does what is due for one tenant now.
     *
     * @param unitOfWork an unbound unit of work of the tenant, under a context of the library's own
     * @return how many items were done
     * @throws UnfinishedWorkException if some items were done and others failed
     */
    int run(UnitOfWork unitOfWork);
}
