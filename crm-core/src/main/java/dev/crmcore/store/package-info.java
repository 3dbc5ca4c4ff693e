/**
 * The storage port: what the library asks of a database, and what every store promises.
 *
 * <p>A record's {@link dev.crmcore.store.EntityType} says once how it is kept and what it is to the rest: its fields,
 * unique keys, references, subject and place on the timeline. A store knows no record by name; it works from these
 * declarations, so that a new type needs no line in any adapter.
 *
 * <pre>{@code
 * store.inTransaction(acme, tx -> {
 *     Account account = tx.lock(Account.TYPE, id).orElseThrow();
 *     tx.update(Account.TYPE, List.of(account.redeem(80)));
 *     tx.append(List.of(redeemed));
 *     return account;
 * });
 * }</pre>
 *
 * <p><b>What a transaction promises, on every store alike.</b> It is all or nothing. Each operation sees one committed
 * state plus its own transaction's writes; two operations may see different committed states. A stale version is a
 * {@code ConflictException}, a taken unique key a {@code DuplicateException}, at the write or at the commit; after
 * either the transaction can only roll back, or back to the beginning of the {@link
 * dev.crmcore.store.StoreTransaction#nested nested} work in which it happened. A concurrent writer of the same record
 * waits; deadlock, time-out and serialization failure are transient {@code StoreException}s. Write skew is not
 * prevented: an invariant over several records has one guard record that every writer locks.
 */
@NullMarked
package dev.crmcore.store;

import org.jspecify.annotations.NullMarked;
