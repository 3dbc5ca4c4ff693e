package dev.crmcore;

import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.AttributeDefinitions;
import dev.crmcore.customer.Customers;
import dev.crmcore.customer.Organizations;
import dev.crmcore.event.EventLog;
import dev.crmcore.exchange.Imports;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.FollowUps;
import dev.crmcore.feedback.Reviews;
import dev.crmcore.interaction.Interactions;
import dev.crmcore.interaction.Timeline;
import dev.crmcore.purchase.Products;
import dev.crmcore.purchase.Purchases;
import dev.crmcore.work.UnitOfWork;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The services of the library for one tenant and one caller.
 *
 * <p>A session holds no connection and no state: it is cheap to open and thread-safe, except for the one that {@link
 * #transact} hands in, which belongs to its transaction and thread. Each call of a service is a transaction of its own
 * unless it runs inside {@code transact}.
 */
public final class CrmSession {

    private final Crm crm;
    private final TenantId tenant;
    private final CallContext context;
    private final UnitOfWork unitOfWork;

    CrmSession(Crm crm, TenantId tenant, CallContext context, UnitOfWork unitOfWork) {
        this.crm = crm;
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.context = Objects.requireNonNull(context, "context");
        this.unitOfWork = unitOfWork;
    }

    /**
     * Runs several calls in one transaction. A call that is refused is undone alone: where the work catches the
     * exception, the others stand; so it is in a {@code transact} on the session that another one handed in, too, which as
     * a whole is one call of that other one. When the work itself throws, nothing remains. (What works on the store itself, through
     * a unit of work, goes on after a refusal only where it ran in {@link dev.crmcore.store.StoreTransaction#nested};
     * otherwise this call throws the swallowed exception at its end.)
     *
     * @param work the calls, to be made on the session that it is given
     * @throws dev.crmcore.context.CrmException if the work or the commit is refused
     * @throws IllegalStateException if a transaction is already open on this thread
     */
    public void transact(Consumer<CrmSession> work) {
        Objects.requireNonNull(work, "work");
        Boolean done = compute(tx -> {
            work.accept(tx);
            return Boolean.TRUE;
        });
        assert done;
    }

    /**
     * Runs several calls in one transaction, as {@link #transact} does, and gives what they made.
     *
     * @param <R> what the work gives
     * @param work the calls, to be made on the session that it is given
     * @return what the work gave
     * @throws dev.crmcore.context.CrmException if the work or the commit is refused
     * @throws IllegalStateException if a transaction is already open on this thread
     */
    public <R> R compute(Function<CrmSession, R> work) {
        Objects.requireNonNull(work, "work");
        return unitOfWork.transact(bound -> work.apply(new CrmSession(crm, tenant, context, bound)));
    }

    /**
     * The customers.
     *
     * @return the service
     */
    public Customers customers() {
        return new Customers(unitOfWork);
    }

    /**
     * The organizations in which customers have roles.
     *
     * @return the service
     */
    public Organizations organizations() {
        return new Organizations(unitOfWork);
    }

    /**
     * What is declared of the attributes of customers and organizations.
     *
     * @return the service
     */
    public AttributeDefinitions attributeDefinitions() {
        return new AttributeDefinitions(unitOfWork);
    }

    /**
     * What happened between customers and the company, and where.
     *
     * @return the service
     */
    public Interactions interactions() {
        return new Interactions(unitOfWork);
    }

    /**
     * Everything that happened with a customer, of every type that the library or the host keeps.
     *
     * @return the service
     */
    public Timeline timeline() {
        return new Timeline(unitOfWork, crm.entityTypes());
    }

    /**
     * The product catalogue.
     *
     * @return the service
     */
    public Products products() {
        return new Products(unitOfWork);
    }

    /**
     * What customers bought and brought back.
     *
     * @return the service
     */
    public Purchases purchases() {
        return new Purchases(unitOfWork);
    }

    /**
     * Files in.
     *
     * @return the service
     */
    public Imports imports() {
        return new Imports(unitOfWork);
    }

    /**
     * What customers say when they are asked.
     *
     * @return the service
     */
    public Feedback feedback() {
        return new Feedback(unitOfWork);
    }

    /**
     * What customers say in public.
     *
     * @return the service
     */
    public Reviews reviews() {
        return new Reviews(unitOfWork);
    }

    /**
     * What is done about it when customers are not content.
     *
     * @return the service
     */
    public FollowUps followUps() {
        return new FollowUps(unitOfWork);
    }

    /**
     * The events of the tenant: audit trail and outbox. It is read on a connection of its own, so that a host whose pool has
     * a single connection reads it outside of its transactions.
     *
     * @return the log; it shows what is committed, also inside a transaction
     */
    public EventLog log() {
        return new EventLog(crm.workplace().store(), tenant);
    }

    /**
     * Where the calls of this session run: for services of the host's own.
     *
     * @return the unit of work
     */
    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    /**
     * Whose records.
     *
     * @return the tenant
     */
    public TenantId tenant() {
        return tenant;
    }

    /**
     * Who calls and why.
     *
     * @return the context
     */
    public CallContext context() {
        return context;
    }

    @Override
    public String toString() {
        return "CrmSession[" + tenant + ", " + context + "]";
    }
}
