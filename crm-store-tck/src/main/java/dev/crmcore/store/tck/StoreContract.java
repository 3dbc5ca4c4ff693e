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
}
