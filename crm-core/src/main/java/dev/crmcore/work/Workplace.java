package dev.crmcore.work;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.IdSource;
import dev.crmcore.context.TenantId;
import dev.crmcore.event.EventListener;
import dev.crmcore.store.CrmStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all units of work of one library instance share: the store, the clock, the ids, the listeners.
 *
 * <p>Hosts get units of work from a session; this class is for those who assemble services by hand, such as tests.
 * Thread-safe.
 */
public final class Workplace {

    private final CrmStore store;
    private final InstantSource clock;
    private final IdSource ids;
    private final List<EventListener> listeners;

    /** The threads on which a transaction is open: an unbound call there would silently be a second one. */
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();

    /**
     * Puts the parts together.
     *
     * @param store where records are kept
     * @param clock what time it is
     * @param ids where ids come from
     * @param listeners who hears of events after the commit, in this order
     */
    public Workplace(CrmStore store, InstantSource clock, IdSource ids, List<EventListener> listeners) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.ids = Objects.requireNonNull(ids, "ids");
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Opens an unbound unit of work.
     *
     * @param tenant whose records
     * @param context who calls and why
     * @return the unit of work
     */
    public UnitOfWork unitOfWork(TenantId tenant, CallContext context) {
        return new OwnTransactions(this, tenant, context);
    }

    /**
     * Where records are kept.
     *
     * @return the store
     */
    public CrmStore store() {
        return store;
    }

    /**
     * What time it is.
     *
     * @return the clock
     */
    public InstantSource clock() {
        return clock;
    }

    IdSource ids() {
        return ids;
    }

    List<EventListener> listeners() {
        return listeners;
    }

    void enter() {
        if (!busy.add(Thread.currentThread())) {
            throw new IllegalStateException("a transaction is open on this thread: use the session that it handed in,"
                    + " or the call would be a second transaction");
        }
    }

    void leave() {
        busy.remove(Thread.currentThread());
    }
}
