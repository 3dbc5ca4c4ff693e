package dev.crmcore.store.tck;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.SetField;
import dev.crmcore.store.Assignment;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.EventRecord;
import dev.crmcore.store.Inserted;
import dev.crmcore.store.Lease;
import dev.crmcore.store.RowCursor;
import dev.crmcore.store.StoreTransaction;
import dev.crmcore.store.UniqueKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A transaction that does what another does. */
class ForwardingTransaction implements StoreTransaction {

    final StoreTransaction right;

    ForwardingTransaction(StoreTransaction right) {
        this.right = right;
    }

    @Override
    public <T> Optional<T> find(EntityType<T> type, EntityId id) {
        return right.find(type, id);
    }

    @Override
    public <T> List<T> findAll(EntityType<T> type, Collection<? extends EntityId> ids) {
        return right.findAll(type, ids);
    }

    @Override
    public <T> Optional<T> lock(EntityType<T> type, EntityId id) {
        return right.lock(type, id);
    }

    @Override
    public <T> List<T> insert(EntityType<T> type, List<T> entities) {
        return right.insert(type, entities);
    }

    @Override
    public <T> List<Inserted<T>> insertIfAbsent(EntityType<T> type, List<T> entities, UniqueKey<T> key) {
        return right.insertIfAbsent(type, entities, key);
    }

    @Override
    public <T> List<T> update(EntityType<T> type, List<T> entities) {
        return right.update(type, entities);
    }

    @Override
    public <T> void delete(EntityType<T> type, EntityId id, long expectedVersion) {
        right.delete(type, id, expectedVersion);
    }

    @Override
    public <T> long updateAll(Query<T> query, List<Assignment<T>> changes) {
        return right.updateAll(query, changes);
    }

    @Override
    public <T> long deleteAll(Query<T> query) {
        return right.deleteAll(query);
    }

    @Override
    public <T> List<T> list(Query<T> query) {
        return right.list(query);
    }

    @Override
    public <T> long count(Query<T> query) {
        return right.count(query);
    }

    @Override
    public <T> RowCursor scan(Query<T> query, List<Field<T, ?>> columns) {
        return right.scan(query, columns);
    }

    @Override
    public <T, E> RowCursor scanElements(
            Query<T> query, SetField<T, E> set, List<Field<T, ?>> columns, List<Field<E, ?>> elementColumns) {
        return right.scanElements(query, set, columns, elementColumns);
    }

    @Override
    public <T> RowCursor group(Query<T> query, List<Field<T, ?>> keys, List<Aggregate<T>> aggregates) {
        return right.group(query, keys, aggregates);
    }

    @Override
    public <T> List<T> claim(Query<T> query, Lease lease) {
        return right.claim(query, lease);
    }

    @Override
    public void append(List<EventRecord> events) {
        right.append(events);
    }

    @Override
    public <R> R nested(Supplier<R> work) {
        return right.nested(work);
    }

    @Override
    public boolean afterCommit(Runnable action) {
        return right.afterCommit(action);
    }

    @Override
    public boolean isJoined() {
        return right.isJoined();
    }
}
