package dev.crmcore.store;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.SetField;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One transaction of one tenant on a store.
 *
 * <p>Not thread-safe: it belongs to the thread on which its work runs and ends with that work. While a {@link
 * RowCursor} is open, every other call is refused with an {@code IllegalStateException}. Queries with relative time must
 * be bound by {@link Query#asOf}; a store refuses others with an {@code IllegalArgumentException}. Every operation may
 * throw a {@link dev.crmcore.context.StoreException}.
 */
public interface StoreTransaction {

    /**
     * Finds a record by its id.
     *
     * @param <T> the record
     * @param type its type
     * @param id its id
     * @return the record, with all its elements, in one round trip
     */
    <T> Optional<T> find(EntityType<T> type, EntityId id);

    /**
     * Finds several records by their ids.
     *
     * @param <T> the record
     * @param type their type
     * @param ids their ids; one that comes twice counts once
     * @return those that exist, in the order of the ids
     */
    <T> List<T> findAll(EntityType<T> type, Collection<? extends EntityId> ids);

    /**
     * Finds a record and holds it until the transaction ends: other writers and lockers of it wait.
     *
     * @param <T> the record
     * @param type its type
     * @param id its id
     * @return the record as it is now committed or written by this transaction
     */
    <T> Optional<T> lock(EntityType<T> type, EntityId id);

    /**
     * Inserts new records at version 1.
     *
     * @param <T> the record
     * @param type their type
     * @param entities the records; whatever version they carry is not looked at
     * @return the records at version 1, in the same order
     * @throws dev.crmcore.context.DuplicateException if an id or a unique key is taken, also by another of them
     * @throws IllegalArgumentException if a value cannot be stored
     */
    <T> List<T> insert(EntityType<T> type, List<T> entities);

    /**
     * Inserts those records whose unique key is free and leaves the others alone. A concurrent inserter of the same key
     * is waited for. Of several given records with one key the first is inserted. A record whose key is absent is
     * inserted.
     *
     * @param <T> the record
     * @param type their type
     * @param entities the records
     * @param key the unique key, declared by the type
     * @return one outcome for each record, in the same order
     * @throws dev.crmcore.context.DuplicateException if an id or another unique key is taken
     * @throws IllegalArgumentException if a value cannot be stored, or the key is not the type's
     */
    <T> List<Inserted<T>> insertIfAbsent(EntityType<T> type, List<T> entities, UniqueKey<T> key);

    /**
     * Replaces records. Each must carry the version at which it was read; a lease on it ends.
     *
     * @param <T> the record
     * @param type their type
     * @param entities the records
     * @return the records at their next version, in the same order
     * @throws dev.crmcore.context.ConflictException if one was changed or deleted meanwhile
     * @throws dev.crmcore.context.DuplicateException if a unique key is taken
     * @throws IllegalStateException if the type is append-only
     */
    <T> List<T> update(EntityType<T> type, List<T> entities);

    /**
     * Deletes a record.
     *
     * @param <T> the record
     * @param type its type
     * @param id its id
     * @param expectedVersion the version at which it was read
     * @throws dev.crmcore.context.ConflictException if it was changed or deleted meanwhile
     * @throws IllegalStateException if the type is append-only
     */
    <T> void delete(EntityType<T> type, EntityId id, long expectedVersion);

    /**
     * Changes all records that a query finds, in as many statements as there are assignments at most, and raises their
     * versions by one. Order, cursor and limit of the query are not allowed. Append-only types can be changed this way:
     * a merge repoints them and an erasure blanks them.
     *
     * <p>A lease on a record stays: nobody else takes the work meanwhile. Its worker has to read the record again before
     * an {@link #update}, because the version has changed.
     *
     * @param <T> the record
     * @param query which records
     * @param changes what is assigned, at least one
     * @return how many records were changed
     * @throws dev.crmcore.context.DuplicateException if a unique key is taken
     * @throws IllegalArgumentException if a value cannot be stored
     */
    <T> long updateAll(Query<T> query, List<Assignment<T>> changes);

    /**
     * Deletes all records that a query finds. Order, cursor and limit of the query are not allowed. Append-only types
     * can be deleted this way: retention ends their time.
     *
     * @param <T> the record
     * @param query which records
     * @return how many were deleted
     */
    <T> long deleteAll(Query<T> query);

    /**
     * Lists records in order.
     *
     * @param <T> the record
     * @param query which, in which order, from where, how many
     * @return the records with all their elements; a constant number of round trips
     */
    <T> List<T> list(Query<T> query);

    /**
     * Counts records. Order, cursor and limit are not looked at.
     *
     * @param <T> the record
     * @param query which records
     * @return how many
     */
    <T> long count(Query<T> query);

    /**
     * Reads columns of records, forward only, without making the records. The cursor sees the state at its opening.
     *
     * @param <T> the record
     * @param query which, in which order, how many
     * @param columns which fields, at least one
     * @return a cursor with one column for each field, to be closed
     */
    <T> RowCursor scan(Query<T> query, List<Field<T, ?>> columns);

    /**
     * Reads columns of the elements of a set-valued field, each row with columns of its record, forward only: one row
     * for each element, in the order of the records and within a record in that of the elements.
     *
     * @param <T> the record
     * @param <E> the element
     * @param query which records, in which order; its limit counts records
     * @param set the set-valued field
     * @param columns which fields of the record
     * @param elementColumns which fields of the element, at least one
     * @return a cursor with the record's columns first, to be closed
     */
    <T, E> RowCursor scanElements(
            Query<T> query, SetField<T, E> set, List<Field<T, ?>> columns, List<Field<E, ?>> elementColumns);

    /**
     * Works figures out over groups of records. Order, cursor and limit of the query are not allowed.
     *
     * @param <T> the record
     * @param query which records
     * @param keys what makes a group; with none, all records are one group, also where there is none; absent values
     *     make a group of their own
     * @param aggregates the figures; with none, the different groups themselves
     * @return a cursor with the keys first, then the figures; rows in the order of the keys, absent last; to be closed
     */
    <T> RowCursor group(Query<T> query, List<Field<T, ?>> keys, List<Aggregate<T>> aggregates);

    /**
     * Takes work that nobody else has: of the records that the query finds, in its order, those that are under no
     * lease or under an expired one, skipping those that another transaction holds. Each gets the lease and its version
     * rises by one, so that a worker whose lease was taken over can no longer {@link #update} it.
     *
     * @param <T> the record
     * @param query which records, in which order; its limit says how many at most
     * @param lease for whom and until when
     * @return the records taken, at their new versions
     * @throws IllegalStateException if the type is not claimable
     */
    <T> List<T> claim(Query<T> query, Lease lease);

    /**
     * Appends events to the log of the tenant. They become readable some time after the commit, never before.
     *
     * <p>An id that is in the log already is refused, at the call or at the commit, and the transaction with it: what is
     * delivered again was done before, so it is not done a second time with its event left out.
     *
     * @param events the events in the order in which they happened
     * @throws dev.crmcore.context.DuplicateException naming the type "event" and the key "id", if the log has
     *     one of the ids, or two of the events have the same
     */
    void append(List<EventRecord> events);

    /**
     * Runs work that is undone when it throws, while the transaction around it can go on.
     *
     * @param <R> what the work gives
     * @param work the work
     * @return what the work gave
     */
    <R> R nested(Supplier<R> work);

    /**
     * Has an action run after the commit, on the committing thread; never after a rollback. What the action throws, an
     * {@link Error} too, is logged by its class and place and goes no further.
     *
     * @param action the action
     * @return false where the transaction is the host's and the host gave no hook: then the action never runs
     */
    boolean afterCommit(Runnable action);

    /**
     * Whether the transaction belongs to the host, so that its work must be undone by {@link #nested} when a call is
     * refused.
     *
     * @return whether the host's transaction was joined
     */
    boolean isJoined();
}
