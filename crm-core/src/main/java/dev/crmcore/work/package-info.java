/**
 * The unit of work: how a service runs in one transaction, with one caller, one clock reading and one list of events.
 *
 * <p>A service is a thin object over a {@link dev.crmcore.work.UnitOfWork}. Each of its methods is one call; a call
 * inside a call joins it:
 *
 * <pre>{@code
 * public Visit record(CustomerId customer, String shop) {           // Visit, VisitId and VisitNoted are the host's own
 *     return unitOfWork.call(work -> {
 *         new Customers(work).require(customer);                   // the lower service, in the same transaction
 *         Visit visit = new Visit(new VisitId(work.newId()), customer, shop, work.now());
 *         work.record(new VisitNoted(visit.id(), customer));
 *         return work.store().insert(Visit.TYPE, List.of(visit)).get(0);
 *     });
 * }
 * }</pre>
 *
 * <p>A call that throws leaves nothing behind: alone it is a transaction of its own; as one of several in a
 * transaction, or in a host's transaction, it is undone to where it began and the transaction can go on.
 *
 * @serial exclude
 */
@NullMarked
package dev.crmcore.work;

import org.jspecify.annotations.NullMarked;
