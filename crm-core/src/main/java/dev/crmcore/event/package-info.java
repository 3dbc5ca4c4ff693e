/**
 * What happened: domain events, and the log that is audit trail and outbox in one.
 *
 * <p>Every change appends its {@link dev.crmcore.event.DomainEvent} in the same transaction: what, when, about which
 * record, by whom, why, led to by which other event. Events carry ids and business facts and no personal data, so that
 * an erasure has nothing to chase in them.
 *
 * <pre>{@code
 * LogPosition position = LogPosition.START;
 * List<LoggedEvent> news = session.log().after(position, 500);      // an outbox reader
 * List<LoggedEvent> audit = session.log().about(customer.id(), LogPosition.START, 100);
 * String envelope = CloudEvents.toJson(session.tenant(), news.get(0).event());
 * }</pre>
 *
 * <p>Once a position was readable, nothing at or before it ever appears, so a reader that remembers its last position
 * misses nothing. Listeners run in the process after the commit; where the host's transaction is joined without an
 * after-commit hook there is the log alone.
 */
@NullMarked
package dev.crmcore.event;

import org.jspecify.annotations.NullMarked;
