package dev.crmcore.work;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.StoreTransaction;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction with its caller, its moment and its events.
 *
 * <p>Not thread-safe: it belongs to the thread of its transaction and ends with it.
 */
public interface Work extends UnitOfWork {

    /**
     * The transaction on the store.
     *
     * @return the transaction
     */
    StoreTransaction store();

    /**
     * Whose records.
     *
     * @return the tenant
     */
    TenantId tenant();

    /**
     * Who calls and why.
     *
     * @return the context
     */
    CallContext context();

    /**
     * The moment of the call: the same for all that one outermost call does, cut to microseconds.
     *
     * @return the instant
     */
    Instant now();

    /**
     * Lists a page of records, in the one place where a query meets its moment and learns whether there is more.
     *
     * @param <T> the record
     * @param query which, in which order, from where, how many; relative time counts from {@link #now()}
     * @return the page; without a next one where the query has no limit
     */
    default <T> Page<T> page(Query<T> query) {
        Query<T> bound = query.asOf(now());
        Query<T> oneMore = bound.limit() == Integer.MAX_VALUE ? bound : bound.limit(bound.limit() + 1);
        return Page.of(bound, store().list(oneMore));
    }

    /**
     * Lists the page of records that begins where another ended.
     *
     * @param <T> the record
     * @param query which, in which order, how many; relative time counts from {@link #now()}
     * @param after where the page begins, null for the first
     * @return the page; without a next one where the query has no limit
     */
    default <T> Page<T> page(Query<T> query, @Nullable Cursor after) {
        return page(after == null ? query : query.after(after));
    }

    /**
     * Makes an id.
     *
     * @return a UUID of version 7
     */
    UUID newId();

    /**
     * Notes an event: appended to the log with the transaction, or not at all.
     *
     * @param event what happened
     * @return the event's id, by which later events name it as their cause
     */
    default UUID record(DomainEvent event) {
        return record(event, null);
    }

    /**
     * Notes an event that another led to.
     *
     * @param event what happened
     * @param cause the id of the event that led to it, null for none
     * @return the event's id
     */
    UUID record(DomainEvent event, @Nullable UUID cause);
}
