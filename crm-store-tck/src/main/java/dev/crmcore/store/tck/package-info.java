/**
 * The contract kit: what every store must pass, run from a test of the adapter.
 *
 * <p>The author of a store writes one class; everything else is inherited:
 *
 * <pre>{@code
 * class MyStoreContractTest extends StoreContract {
 *     @Override
 *     protected CrmStore newStore(EntityCatalog catalog) {
 *         return MyStore.open(database, catalog);
 *     }
 * }
 * }</pre>
 *
 * <p>The kit brings types of its own, {@link dev.crmcore.store.tck.KitTypes#CATALOG}; where a store needs tables, they
 * are generated before the first case. The cases use one store and tenants of their own, so that they are quick on a real
 * database and do not disturb one another. Cases that ask for a capability which the store does not have are aborted
 * with the reason, never passed in silence. Generated cases print their seed in the message of a failure; they are the
 * same in every run.
 *
 * <p>The cases need up to ten transactions at once: a pool of connections is that large at least. How long a store waits
 * for a lock before it gives up should be seconds, not less.
 */
@NullMarked
package dev.crmcore.store.tck;

import org.jspecify.annotations.NullMarked;
