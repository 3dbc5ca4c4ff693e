package dev.crmcore.event;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import java.util.List;
import java.util.Objects;

/**
 * The log of one tenant, read by position: the outbox for readers that must miss nothing, and the audit trail by record
 * and by actor.
 *
 * <p>It shows what is committed, never what an open transaction has written. Thread-safe.
 */
public final class EventLog {

    private final CrmStore store;
    private final TenantId tenant;

    /**
     * Opens the log of a tenant.
     *
     * @param store where it is kept
     * @param tenant whose log
     */
    public EventLog(CrmStore store, TenantId tenant) {
        this.store = Objects.requireNonNull(store, "store");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
    }

    /**
     * The next events.
     *
     * @param position after which position; {@link LogPosition#START} from the beginning
     * @param limit at most so many, at least 1
     * @return the events, oldest first; fewer than the limit when there are no more yet
     */
    public List<LoggedEvent> after(LogPosition position, int limit) {
        return store.readLog(tenant, LogQuery.after(position, limit));
    }

    /**
     * The next events about one record.
     *
     * @param id the record
     * @param position after which position
     * @param limit at most so many, at least 1
     * @return the events, oldest first
     */
    public List<LoggedEvent> about(EntityId id, LogPosition position, int limit) {
        return store.readLog(tenant, LogQuery.after(position, limit).about(id.value()));
    }

    /**
     * The next events caused by one actor.
     *
     * @param actor the host's key of the actor
     * @param position after which position
     * @param limit at most so many, at least 1
     * @return the events, oldest first
     */
    public List<LoggedEvent> by(String actor, LogPosition position, int limit) {
        return store.readLog(tenant, LogQuery.after(position, limit).by(actor));
    }
}
