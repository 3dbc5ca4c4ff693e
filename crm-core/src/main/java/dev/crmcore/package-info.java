/**
 * The door: {@link dev.crmcore.Crm} opens the library over a store, {@link dev.crmcore.CrmSession} gives the services
 * for one tenant and one caller.
 *
 * <pre>{@code
 * try (Crm crm = Crm.inMemory()) {
 *     CrmSession desk = crm.session(TenantId.of("acme"), CallContext.of("agent:7", "phone order"));
 *     Customer ann = desk.customers().register(Customer.named("Ann", "Lee").email("ann@example.com"));
 *     desk.transact(tx -> {                                    // several calls, one transaction
 *         tx.purchases().record(Purchase.by(ann.id()).at(placedAt).line("SKU-1", 2, Money.of("14.50", "EUR")));
 *         tx.feedback().submit(nps.id(), ann.id(), 9, "quick");
 *     });
 * }
 * }</pre>
 *
 * <p>The library starts no thread and reads no global state: the store, the clock, the ids and the moment at which due
 * work is done are the host's.
 */
@NullMarked
package dev.crmcore;

import org.jspecify.annotations.NullMarked;
