package dev.crmcore.scenario;

import dev.crmcore.Crm;
import dev.crmcore.CrmSession;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.TenantId;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.LogPosition;
import dev.crmcore.store.LogQuery;
import dev.crmcore.store.LoggedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The library over an empty store of the module's, with a clock that stands until it is moved. */
public abstract class Scenario {

    protected static final Instant START = Instant.parse("2026-03-01T09:30:00Z");
    protected static final TenantId ACME = TenantId.of("acme");

    private Instant now = START;
    private CountedStore store;
    private Crm crm;

    /**
     * Opens an empty store that keeps the catalog's types.
     *
     * @param catalog the types
     * @return the store, closed after the scenario
     */
    protected abstract CrmStore open(EntityCatalog catalog);

    /** Types that the scenario adds to those of the library. */
    protected List<EntityType<?>> moreTypes() {
        return List.of();
    }

    /** Opens the library with what the scenario needs of a host. */
    protected void configure(Crm.Builder builder) {}

    @BeforeEach
    void open() {
        InstantSource clock = () -> now;
        store = new CountedStore(open(Crm.catalog().plus(moreTypes())));
        Crm.Builder builder = Crm.builder().store(store).clock(clock);
        moreTypes().forEach(builder::type);
        configure(builder);
        crm = builder.build();
    }

    @AfterEach
    void close() {
        crm.close();
    }

    /** The library. */
    protected Crm crm() {
        return crm;
    }

    /** A session of the tenant acme. */
    protected CrmSession desk() {
        return crm.session(ACME, CallContext.of("agent:7", "scenario"));
    }

    /** A session of another tenant. */
    protected CrmSession otherDesk() {
        return crm.session(TenantId.of("other"), CallContext.of("agent:8", "scenario"));
    }

    /** What time it is. */
    protected Instant now() {
        return now;
    }

    /** Lets time pass. */
    protected void pass(Duration time) {
        now = now.plus(time);
    }

    /** How often an operation of the store's transactions was called so far. */
    protected long calls(String operation) {
        return store.calls(operation);
    }

    /** The ids of the records that were locked so far, in the order in which they were. */
    protected List<UUID> locked() {
        return List.copyOf(store.locked());
    }

    /** The store itself, for what only one kind of store has. */
    protected CrmStore store() {
        return store.inner();
    }

    /** All events of acme. */
    protected List<LoggedEvent> events() {
        return store.readLog(ACME, LogQuery.after(LogPosition.START, 100_000));
    }

    /** The types of the events of acme that are named so. */
    protected List<String> events(String prefix) {
        return events().stream()
                .map(event -> event.event().type())
                .filter(type -> type.startsWith(prefix))
                .toList();
    }
}
