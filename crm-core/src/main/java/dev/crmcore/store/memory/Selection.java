package dev.crmcore.store.memory;

import dev.crmcore.context.EntityId;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.RelatedRecords;
import dev.crmcore.store.EntityType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one committed state, with a transaction's own writes in place of what they replace. Lives within one
 * operation, under the tenant's read lock.
 */
final class Selection implements RelatedRecords {

    private final MemoryTransaction transaction;
    private final Map<Field<?, ?>, Map<UUID, List<Object>>> grouped = new HashMap<>();
    private long visited;

    Selection(MemoryTransaction transaction) {
        this.transaction = transaction;
    }

    /** How many records were looked at. */
    long visited() {
        return visited;
    }

    /** What a query finds, in its order, up to its limit. */
    <T> List<Entry<T>> inOrder(Query<T> query) {
        EntryOrder<T> order = new EntryOrder<>(EntityType.of(query), query);
        Plan<T> plan = plan(query);
        Iterator<Entry<T>> found = matching(query, plan, order);
        if (plan.ordered()) {
            return first(found, query.limit());
        }
        return query.limit() == Integer.MAX_VALUE ? sorted(found, order) : least(found, order, query.limit());
    }

    /** What a query finds and a filter lets pass, in its order, up to its limit; nothing after that is asked about. */
    <T> List<Entry<T>> inOrder(Query<T> query, Predicate<Entry<T>> filter) {
        EntryOrder<T> order = new EntryOrder<>(EntityType.of(query), query);
        Plan<T> plan = plan(query);
        Iterator<Entry<T>> found = matching(query, plan, order);
        Iterator<Entry<T>> inOrder =
                plan.ordered() ? found : sorted(found, order).iterator();
        return first(Walks.filter(inOrder, filter), query.limit());
    }

    private <T> Plan<T> plan(Query<T> query) {
        return Planner.plan(transaction.committed(EntityType.of(query)), query, true);
    }

    private <T> Iterator<Entry<T>> matching(Query<T> query, Plan<T> plan, EntryOrder<T> order) {
        Table<T> table = transaction.committed(EntityType.of(query));
        Cursor after = query.after().orElse(null);
        return Walks.filter(
                entries(table, plan, order), entry -> isAfter(order, entry, after) && matches(query, entry));
    }

    /** What a query finds, in any order. */
    <T> Iterator<Entry<T>> inAnyOrder(Query<T> query) {
        Table<T> table = transaction.committed(EntityType.of(query));
        Plan<T> plan = Planner.plan(table, query, false);
        return Walks.filter(entries(table, plan, null), entry -> matches(query, entry));
    }

    private static <T> boolean isAfter(EntryOrder<T> order, Entry<T> entry, @Nullable Cursor after) {
        return after == null || order.isAfter(entry, after);
    }

    private <T> boolean matches(Query<T> query, Entry<T> entry) {
        return query.where().matches(entry.entity, this);
    }

    /** The committed entries of a path that no own write replaces, and the own ones; merged where both are in order. */
    private <T> Iterator<Entry<T>> entries(Table<T> table, Plan<T> plan, @Nullable EntryOrder<T> order) {
        OwnWrites<T> own = transaction.ownWrites(table);
        Iterator<Entry<T>> all = plan.path().in(table);
        if (own != null) {
            Iterator<Entry<T>> untouched = Walks.filter(all, entry -> !own.hides(entry.id));
            Iterator<Entry<T>> written = plan.path().in(own.table());
            all = plan.ordered() && order != null
                    ? Walks.merge(untouched, written, order)
                    : Walks.concat(untouched, written);
        }
        return Walks.filter(all, this::visit);
    }

    private boolean visit(Entry<?> entry) {
        visited++;
        return true;
    }

    private static <T> List<Entry<T>> first(Iterator<Entry<T>> found, int limit) {
        List<Entry<T>> entries = new ArrayList<>();
        while (entries.size() < limit && found.hasNext()) {
            entries.add(found.next());
        }
        return entries;
    }

    private static <T> List<Entry<T>> sorted(Iterator<Entry<T>> found, EntryOrder<T> order) {
        List<Entry<T>> entries = new ArrayList<>();
        found.forEachRemaining(entries::add);
        entries.sort(order);
        return entries;
    }

    /** The least so many, kept in a heap whose head is the greatest of them. */
    private static <T> List<Entry<T>> least(Iterator<Entry<T>> found, EntryOrder<T> order, int limit) {
        PriorityQueue<Entry<T>> heap = new PriorityQueue<>(Collections.reverseOrder(order));
        while (found.hasNext()) {
            Entry<T> entry = found.next();
            if (heap.size() < limit) {
                heap.add(entry);
            } else if (order.compare(entry, heap.element()) < 0) {
                heap.remove();
                heap.add(entry);
            }
        }
        return sorted(heap.iterator(), order);
    }

    @Override
    public <R> Iterable<R> naming(RecordType<R> recordType, Field<R, ? extends EntityId> by, UUID id) {
        if (!(recordType instanceof EntityType<R> type)) {
            throw new IllegalArgumentException(recordType.name() + " is not a stored type");
        }
        Table<R> table = transaction.committed(type);
        int index = table.indexes().beginningWith(by);
        return index < 0 ? groupedBy(table, by, id) : entities(indexed(table, index, by, id));
    }

    private <R> Iterator<Entry<R>> indexed(Table<R> table, int index, Field<R, ? extends EntityId> by, UUID id) {
        @Nullable Object[] values = new @Nullable Object[table.type().fields().size()];
        values[table.type().position(by)] = id;
        AccessPath<R> path = new AccessPath.Stretch<>(index, Probe.before(values, 1), Probe.after(values, 1), false);
        return entries(table, new Plan<>(path, false), null);
    }

    private static <R> List<R> entities(Iterator<Entry<R>> entries) {
        List<R> list = new ArrayList<>();
        entries.forEachRemaining(entry -> list.add(entry.entity));
        return list;
    }

    /** Without an index all records are read, but only once for the whole operation. */
    private <R> List<R> groupedBy(Table<R> table, Field<R, ? extends EntityId> by, UUID id) {
        Map<UUID, List<Object>> groups = grouped.get(by);
        if (groups == null) {
            groups = new HashMap<>();
            Iterator<Entry<R>> all = inAnyOrder(Query.of(table.type()).where(by.isPresent()));
            while (all.hasNext()) {
                R entity = all.next().entity;
                groups.computeIfAbsent((UUID) by.getStored(entity), same -> new ArrayList<>())
                        .add(entity);
            }
            grouped.put(by, groups);
        }
        return groups.getOrDefault(id, List.of()).stream()
                .map(table.type().javaType()::cast)
                .toList();
    }
}
