package dev.crmcore.event;

import dev.crmcore.context.TenantId;
import dev.crmcore.store.EventRecord;

/**
 * Hears of events in the process, after the commit, on the thread that committed.
 *
 * <p>What a listener throws, an {@link Error} too, is logged by its class and place and goes no further: the change
 * stands, so it is never reported as failed, and the other listeners hear of it. Listeners are called in the order of the
 * events, and for each event in the order in which they were added. An implementation is thread-safe.
 */
@FunctionalInterface
public interface EventListener {

    /**
     * Hears of an event.
     *
     * @param tenant whose record it is about
     * @param event what happened
     */
    void on(TenantId tenant, EventRecord event);
}
