package dev.crmcore.work;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.event.DomainEvent;
import dev.crmcore.event.EventListener;
import dev.crmcore.internal.failure.FailurePlace;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.StoreTransaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound unit of work over one transaction of the store. Events are gathered and appended once, at its end; a call
 * that is undone takes its events with it.
 */
final class Transaction implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private final Workplace workplace;
    private final TenantId tenant;
    private final CallContext context;
    private final StoreTransaction store;
    private final List<EventRecord> events = new ArrayList<>();
    private Instant now;
    private boolean ended;

    /** How many calls are open that were not joined by the call around them: the first of them reads the clock. */
    private int calls;

    /** Whether a call is open that the next one joins. */
    private boolean joining;

    /** Whether the commit is the library's own or will be told by a hook, so that listeners may be called. */
    private boolean heard;

    Transaction(Workplace workplace, TenantId tenant, CallContext context, StoreTransaction store) {
        this.workplace = workplace;
        this.tenant = tenant;
        this.context = context;
        this.store = store;
        this.now = readClock();
    }

    private Instant readClock() {
        return workplace.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** One call is the whole transaction: calls inside it need no protection of their own. */
    <R> R runCall(Function<? super Work, ? extends R> call) {
        calls++;
        joining = true;
        return runCalls(call);
    }

    <R> R runCalls(Function<? super Work, ? extends R> work) {
        try {
            R result = store.isJoined() ? store.nested(() -> finish(work)) : finish(work);
            heard = !store.isJoined();
            if (store.isJoined() && !events.isEmpty()) {
                List<EventRecord> committed = List.copyOf(events);
                store.afterCommit(() -> tellListeners(committed));
            }
            return result;
        } finally {
            ended = true;
        }
    }

    private <R> R finish(Function<? super Work, ? extends R> work) {
        R result = work.apply(this);
        if (!events.isEmpty()) {
            store.append(events);
        }
        return result;
    }

    /** Called when the store has committed a transaction of the library's own. */
    void notifyListeners() {
        if (heard) {
            tellListeners(events);
        }
    }

    private void tellListeners(List<EventRecord> committed) {
        for (EventRecord event : committed) {
            for (EventListener listener : workplace.listeners()) {
                tell(listener, event);
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // even an Error: the change is committed, and must not be taken as failed
    private void tell(EventListener listener, EventRecord event) {
        try {
            listener.on(tenant, event);
        } catch (Throwable e) {
            LOG.error(
                    "listener {} failed on {} {}: {}",
                    listener.getClass().getName(),
                    event.type(),
                    event.id(),
                    FailurePlace.of(e));
        }
    }

    @Override
    public <R> R call(Function<? super Work, ? extends R> call) {
        requireOpen();
        return joining ? call.apply(this) : undoneAlone(call, true);
    }

    /** Calls in it do not join a call around it: each of them is undone alone. */
    @Override
    public <R> R transact(Function<? super Work, ? extends R> work) {
        requireOpen();
        return undoneAlone(work, false);
    }

    /** One of several calls in the transaction, or several of them together: undone alone when refused. */
    private <R> R undoneAlone(Function<? super Work, ? extends R> work, boolean joinedByCalls) {
        int eventsBefore = events.size();
        boolean joiningBefore = joining;
        if (calls == 0) {
            now = readClock();
        }
        calls += joinedByCalls ? 1 : 0;
        joining = joinedByCalls;
        try {
            return store.nested(() -> work.apply(this));
        } catch (RuntimeException | Error e) {
            events.subList(eventsBefore, events.size()).clear();
            throw e;
        } finally {
            joining = joiningBefore;
            calls -= joinedByCalls ? 1 : 0;
        }
    }

    @Override
    public StoreTransaction store() {
        requireOpen();
        return store;
    }

    @Override
    public TenantId tenant() {
        return tenant;
    }

    @Override
    public CallContext context() {
        return context;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public UUID newId() {
        return workplace.ids().next();
    }

    @Override
    public UUID record(DomainEvent event, @Nullable UUID cause) {
        requireOpen();
        Objects.requireNonNull(event, "event");
        UUID id = newId();
        events.add(EventRecord.builder(id, event.type(), now)
                .about(event.subjectType(), event.subjectId().value())
                .causedBy(context.actor(), context.reason())
                .correlationId(context.correlationId().orElse(null))
                .causationId(cause)
                .data(event.data())
                .build());
        return id;
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
    }
}
