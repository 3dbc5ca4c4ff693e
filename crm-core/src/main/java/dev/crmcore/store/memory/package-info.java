/**
 * The embedded default: a store that keeps its records in the memory of the process.
 *
 * <p>It keeps every promise of {@link dev.crmcore.store}, finds records by the indexes that their types declare, and
 * can be written to a file and read back:
 *
 * <pre>{@code
 * MemoryStore store = MemoryStore.create();
 * store.inTransaction(acme, tx -> tx.insert(Customer.TYPE, List.of(ann)));
 * store.snapshot(Path.of("crm.snapshot"));
 *
 * MemoryStore again = MemoryStore.restore(Path.of("crm.snapshot"), catalog);
 * }</pre>
 *
 * <p>How it works: a {@code TenantRecords} holds the committed tables and the log of one tenant. A transaction collects
 * what it writes in tables of its own, under locks on the records and unique keys that it touches, and hands all of it
 * over at the commit, in one step that no reader sees half of.
 */
@NullMarked
package dev.crmcore.store.memory;

import org.jspecify.annotations.NullMarked;
