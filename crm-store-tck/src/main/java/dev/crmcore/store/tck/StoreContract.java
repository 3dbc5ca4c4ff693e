package dev.crmcore.store.tck;

import dev.crmcore.store.CrmStore;
import dev.crmcore.store.EntityCatalog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract that every store passes. A test of the adapter extends it and says how a store is opened; the cases, in
 * groups, are inherited.
 *
 * <p>One store is opened for all cases of the class, and some cases open others beside it. After the last case the kit
 * closes what it opened; what the fixture itself started, such as a database, the subclass stops in an {@code @AfterAll}
 * of its own. There is one instance of the class for all its cases.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("ClassCanBeStatic") // groups are inner classes, because JUnit runs only such from a subclass
public abstract class StoreContract {

    private @Nullable CrmStore store;

    /** For subclasses. */
    protected StoreContract() {}

    /**
     * Opens a store. The first one opened for an instance of this class is empty. Those of a store with the capability
     * {@link dev.crmcore.store.StoreCapabilities.Capability#DURABLE} share one database for the whole class: what one of
     * them keeps, the next one finds, and closing one does not close the others. Other stores may be independent.
     *
     * @param catalog the types to be kept; their tables are those of {@link KitTypes#CATALOG}, whose names and fields
     *     are the same in every catalog that the kit hands in
     * @return the store; the kit closes it
     * @throws Exception if it cannot be opened; all cases fail then
     */
    protected abstract CrmStore newStore(EntityCatalog catalog) throws Exception;

    final synchronized CrmStore store() {
        if (store == null) {
            store = open(KitTypes.CATALOG);
        }
        return store;
    }

    final CrmStore open(EntityCatalog catalog) {
        try {
            return newStore(catalog);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the fixture could not open a store", e);
        }
    }

    @AfterAll
    final synchronized void closeStore() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    @Nested
    @DisplayName("Round trip: what comes back is what was put in")
    class RoundTrip extends RoundTripCases {
        RoundTrip() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Identity: records are found by their ids")
    class Identity extends IdentityCases {
        Identity() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Versions: nobody overwrites what he has not read")
    class Versions extends VersionCases {
        Versions() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Unique keys: one record of a tenant has them")
    class UniqueKeys extends UniqueKeyCases {
        UniqueKeys() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Transactions: all or nothing, seen by others only when committed")
    class Transactions extends TransactionCases {
        Transactions() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Concurrency: writers of one record wait, and none of them is lost")
    class Concurrency extends ConcurrencyCases {
        Concurrency() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Tenants: their records never meet")
    class Tenants extends TenantCases {
        Tenants() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Queries: the same answer on every store, in the same order")
    class Queries extends QueryCases {
        Queries() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Set-based changes: many records at once")
    class SetBased extends SetBasedCases {
        SetBased() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Scans and groups: columns without records, figures without columns")
    class Scans extends ScanCases {
        Scans() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Claims: work has one worker at a time, and none is lost")
    class Claims extends ClaimCases {
        Claims() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Log: once a position was readable, nothing at or before it ever appears")
    class Log extends LogCases {
        Log() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Merge, redemption, erasure and timeline, from declarations alone")
    class HardOperations extends DeclaredWorkCases {
        HardOperations() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Model: the store has what a plain map has")
    class Model extends ModelCases {
        Model() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Lifecycle: opening, closing, and slips")
    class Lifecycle extends LifecycleCases {
        Lifecycle() {
            super(StoreContract.this);
        }
    }

    @Nested
    @DisplayName("Nodes: several stores on one database")
    class Nodes extends NodeCases {
        Nodes() {
            super(StoreContract.this);
        }
    }
}
