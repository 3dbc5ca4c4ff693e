package dev.crmcore;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.IdSource;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.CustomerTypes;
import dev.crmcore.event.EventListener;
import dev.crmcore.feedback.DueExpiries;
import dev.crmcore.feedback.DueInvitations;
import dev.crmcore.feedback.FeedbackTypes;
import dev.crmcore.feedback.InvitationSender;
import dev.crmcore.interaction.InteractionTypes;
import dev.crmcore.internal.failure.FailurePlace;
import dev.crmcore.internal.id.TimeOrderedIds;
import dev.crmcore.purchase.PurchaseTypes;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.memory.MemoryStore;
import dev.crmcore.work.DueWork;
import dev.crmcore.work.UnfinishedWorkException;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Workplace;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library, opened over a store.
 *
 * <p>It hands out sessions and runs what is due; it has no services of its own, so that nothing can be written without a
 * tenant and a reason. Thread-safe; a host opens it once.
 */
public final class Crm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Crm.class);
    private static final CallContext DUE = CallContext.of("crm", "due work");

    private final Workplace workplace;
    private final EntityCatalog catalog;
    private final @Nullable TenantId tenant;
    private final List<DueWork> dueWork;

    private Crm(Builder builder) {
        CrmStore store = builder.store != null ? builder.store : MemoryStore.create();
        InstantSource clock = builder.clock != null ? builder.clock : InstantSource.system();
        IdSource ids = builder.ids != null ? builder.ids : new TimeOrderedIds(clock, new SecureRandom());
        this.workplace = new Workplace(store, clock, ids, builder.listeners);
        this.catalog = catalog().plus(builder.types);
        this.tenant = builder.tenant;
        this.dueWork = Stream.concat(Stream.of(new DueExpiries()), builder.dueWork.stream())
                .toList();
    }

    /**
     * Opens the library over an empty store in memory, to try it or to test with it.
     *
     * @return the library
     */
    public static Crm inMemory() {
        return builder().build();
    }

    /**
     * Opens the library over a store.
     *
     * @param store the store; {@link #close()} closes it
     * @return the library
     */
    public static Crm on(CrmStore store) {
        return builder().store(store).build();
    }

    /**
     * Begins to open the library with a store, a clock, listeners and so on of the host's.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The types of record that the library keeps: what a store must have tables for.
     *
     * @return the catalog, without types of a host's own
     */
    public static EntityCatalog catalog() {
        return EntityCatalog.of(
                Stream.of(CustomerTypes.all(), InteractionTypes.all(), PurchaseTypes.all(), FeedbackTypes.all())
                        .flatMap(List::stream)
                        .toList());
    }

    /**
     * The types of record that this library instance keeps.
     *
     * @return the catalog, with the types that the host added
     */
    public EntityCatalog entityTypes() {
        return catalog;
    }

    /**
     * Opens a session.
     *
     * @param tenantId whose records
     * @param context who calls and why
     * @return the session
     */
    public CrmSession session(TenantId tenantId, CallContext context) {
        return new CrmSession(this, tenantId, context, workplace.unitOfWork(tenantId, context));
    }

    /**
     * Opens a session for the tenant that the builder named.
     *
     * @param context who calls and why
     * @return the session
     * @throws IllegalStateException if the builder named no tenant
     */
    public CrmSession session(CallContext context) {
        if (tenant == null) {
            throw new IllegalStateException("which tenant? name one in the builder or in the call");
        }
        return session(tenant, context);
    }

    /**
     * Does what has come due for every tenant: reminders, expiries, escalations. The host calls it from its own
     * scheduler, as often as it wants to be punctual and on as many nodes as it has: work is claimed, so that nothing is
     * done twice. What fails is logged, reported and tried again by a later call, and the other work and tenants have
     * their turn; so it is with every {@link RuntimeException} of work of the host's own, of which the class and the place
     * are logged, not what it says. An {@link Error} ends the call.
     *
     * <p>A claim holds only once it is committed, and that has to be before a callback of the host runs: so this is not
     * called inside a transaction, neither of the library nor of the host.
     *
     * @return what was done
     * @throws dev.crmcore.context.StoreException if the store cannot say which tenants there are, or opens no transaction
     * @throws IllegalStateException if a transaction is open on this thread, of the library's own or the host's
     */
    public DueReport runDue() {
        List<TenantId> tenants = workplace.store().tenants();
        if (!tenants.isEmpty()) {
            requireNoTransaction(tenants.get(0));
        }
        List<DueReport.Line> lines = new ArrayList<>();
        for (TenantId each : tenants) {
            UnitOfWork unitOfWork = workplace.unitOfWork(each, DUE);
            for (DueWork work : dueWork) {
                lines.add(run(each, work, unitOfWork));
            }
        }
        return new DueReport(lines);
    }

    private void requireNoTransaction(TenantId tenant) {
        boolean joined =
                workplace.unitOfWork(tenant, DUE).call(work -> work.store().isJoined());
        if (joined) {
            throw new IllegalStateException(
                    "a transaction of the host is open on this thread: what is due is claimed and"
                            + " committed before the host is called, so it runs outside of transactions");
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever work throws, the other work and tenants have their turn
    private static DueReport.Line run(TenantId tenant, DueWork work, UnitOfWork unitOfWork) {
        try {
            return new DueReport.Line(tenant, work.name(), work.run(unitOfWork), Optional.empty());
        } catch (UnfinishedWorkException e) {
            return failed(tenant, work, e.done(), e);
        } catch (RuntimeException e) {
            return failed(tenant, work, 0, e);
        }
    }

    private static DueReport.Line failed(TenantId tenant, DueWork work, int done, RuntimeException failure) {
        LOG.warn("due work {} of tenant {} failed: {}", work.name(), tenant, FailurePlace.of(failure));
        return new DueReport.Line(tenant, work.name(), done, Optional.of(failure));
    }

    Workplace workplace() {
        return workplace;
    }

    /** Closes the store. Closing twice does nothing. */
    @Override
    public void close() {
        workplace.store().close();
    }

    /** Opens a {@link Crm} with parts of the host's. Not thread-safe. */
    public static final class Builder {

        private @Nullable CrmStore store;
        private @Nullable InstantSource clock;
        private @Nullable IdSource ids;
        private @Nullable TenantId tenant;
        private final List<EventListener> listeners = new ArrayList<>();
        private final List<EntityType<?>> types = new ArrayList<>();
        private final List<DueWork> dueWork = new ArrayList<>();

        private Builder() {}

        /**
         * Says where records are kept; in memory unless said.
         *
         * @param crmStore the store; {@link Crm#close()} closes it
         * @return this builder
         */
        public Builder store(CrmStore crmStore) {
            this.store = Objects.requireNonNull(crmStore, "store");
            return this;
        }

        /**
         * Says what time it is; the machine's clock unless said.
         *
         * @param source the clock
         * @return this builder
         */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        /**
         * Says where ids come from; UUIDs of version 7 by the clock and secure randomness unless said.
         *
         * @param source the ids
         * @return this builder
         */
        public Builder ids(IdSource source) {
            this.ids = Objects.requireNonNull(source, "ids");
            return this;
        }

        /**
         * Names the one tenant of a host that has only one.
         *
         * @param only the tenant
         * @return this builder
         */
        public Builder tenant(TenantId only) {
            this.tenant = Objects.requireNonNull(only, "tenant");
            return this;
        }

        /**
         * Adds a listener to events, called after the commit.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(EventListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Adds a type of record of the host's own: it takes part in the timeline, in merges and in erasures as it
         * declares.
         *
         * @param type the type
         * @return this builder
         */
        public Builder type(EntityType<?> type) {
            types.add(Objects.requireNonNull(type, "type"));
            return this;
        }

        /**
         * Says how invitations to surveys, and reminders of them, reach customers: {@link Crm#runDue()} hands over what is
         * due. Without it they wait.
         *
         * @param sender how a message is sent
         * @return this builder
         */
        public Builder invitationSender(InvitationSender sender) {
            return dueWork(new DueInvitations(sender));
        }

        /**
         * Adds work of the host's own that {@link Crm#runDue()} shall do.
         *
         * @param work the work
         * @return this builder
         */
        public Builder dueWork(DueWork work) {
            dueWork.add(Objects.requireNonNull(work, "work"));
            return this;
        }

        /**
         * Opens the library.
         *
         * @return the library
         */
        public Crm build() {
            return new Crm(this);
        }
    }
}
