/**
 * The unit of work: how a service runs in one transaction, with one caller, one clock reading and one list of events.
 *
 * <p>A service is a thin object over a {@link dev.crmcore.work.UnitOfWork}. Each of its methods is one call; a call
 * inside a call joins it:
 *
 * <pre>{@code
 * public Purchase record(Purchase.Builder draft) {
 *     return unitOfWork.call(work -> {
 *         new Customers(work).require(draft.customer());          // the lower service, in the same transaction
 *         Purchase purchase = draft.build(new PurchaseId(work.newId()), work.now());
 *         work.store().insert(Purchase.TYPE, List.of(purchase));
 *         work.record(new PurchaseRecorded(purchase.id(), purchase.customer()));
 *         return purchase;
 *     });
 * }
 * }</pre>
 *
 * <p>A call that throws leaves nothing behind: alone it is a transaction of its own; as one of several in a
 * transaction, or in a host's transaction, it is undone to where it began and the transaction can go on.
 */
@NullMarked
package dev.crmcore.work;

import org.jspecify.annotations.NullMarked;
