package dev.crmcore.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmcore.context.TenantId;
import dev.crmcore.query.Query;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoreCapabilities.Capability;
import dev.crmcore.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestInstance;

/** What the groups of cases share: the store, a tenant and ids of one case, and short words for transactions. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class StoreCases {

    /** The moment at which the cases take place; none of them looks at a clock. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final AtomicLong TENANTS = new AtomicLong();

    private final StoreContract contract;
    final TenantId tenant = newTenant();
    final Ids ids = new Ids();

    StoreCases(StoreContract contract) {
        this.contract = contract;
    }

    final CrmStore store() {
        return contract.store();
    }

    final CrmStore open(EntityCatalog catalog) {
        return contract.open(catalog);
    }

    static TenantId newTenant() {
        return TenantId.of("kit-" + TENANTS.incrementAndGet());
    }

    final void assume(Capability capability) {
        Assumptions.assumeTrue(store().capabilities().has(capability), () -> "the store is not " + capability);
    }

    final <R> R in(Function<StoreTransaction, R> work) {
        return in(tenant, work);
    }

    final <R> R in(TenantId whose, Function<StoreTransaction, R> work) {
        return store().inTransaction(whose, work);
    }

    final void run(Consumer<StoreTransaction> work) {
        run(tenant, work);
    }

    final void run(TenantId whose, Consumer<StoreTransaction> work) {
        Boolean done = store().<Boolean>inTransaction(whose, tx -> {
            work.accept(tx);
            return true;
        });
        assertThat(done).as("what the work gave").isTrue();
    }

    final Member member() {
        return Member.of(ids.next());
    }

    final Member member(Consumer<Member.Draft> changes) {
        return member().with(changes);
    }

    final <T> T insert(EntityType<T> type, T entity) {
        return insertAll(type, List.of(entity)).get(0);
    }

    final <T> List<T> insertAll(EntityType<T> type, List<T> entities) {
        return in(tx -> tx.insert(type, entities));
    }

    final <T> T update(EntityType<T> type, T entity) {
        return in(tx -> tx.update(type, List.of(entity))).get(0);
    }

    final <T> List<T> all(EntityType<T> type) {
        return list(Query.of(type));
    }

    final <T> List<T> list(Query<T> query) {
        return in(tx -> tx.list(query));
    }

    final Member find(Member member) {
        return in(tx -> tx.find(Member.TYPE, member.id())).orElseThrow();
    }

    final Optional<Member> lookUp(Member member) {
        return in(tx -> tx.find(Member.TYPE, member.id()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    final <T> long updateAll(Query<T> query, Assignment<T>... changes) {
        return in(tx -> tx.updateAll(query, List.of(changes)));
    }

    final <T> long deleteAll(Query<T> query) {
        return in(tx -> tx.deleteAll(query));
    }
}
