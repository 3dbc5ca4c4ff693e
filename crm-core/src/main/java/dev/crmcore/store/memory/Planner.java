package dev.crmcore.store.memory;

import dev.crmcore.query.Comparison;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way to the records of a query that visits fewest of them.
 *
 * <p>An id or a whole unique key is taken at once. Otherwise the first steps of every way that an index offers are
 * walked, and the one that ends first is taken. When none ends soon and only a page is wanted, an index that has the
 * order of the query wins, as the page then ends the walk.
 */
final class Planner<T> {

    /** How far a way is walked to see whether it is short. */
    private static final int FEW = 100;

    private final Table<T> table;
    private final Indexes<T> indexes;
    private final EntityType<T> type;
    private final Query<T> query;
    private final boolean inOrder;

    private final Map<Field<?, ?>, Object> equal = new HashMap<>();
    private final Map<Field<?, ?>, Bounds> bounds = new HashMap<>();
    private final Map<Field<?, ?>, List<Object>> points = new HashMap<>();
    private final List<Way<T>> ways = new ArrayList<>();

    /** A path, whether it has the order of the query, and by how many columns it is narrowed. */
    private record Way<T>(AccessPath<T> path, boolean ordered, int narrowed) {}

    private Planner(Table<T> table, Query<T> query, boolean inOrder) {
        this.table = table;
        this.indexes = table.indexes();
        this.type = table.type();
        this.query = query;
        this.inOrder = inOrder;
    }

    /** Plans a query on a committed table; {@code inOrder} says whether its order, cursor and limit matter. */
    static <T> Plan<T> plan(Table<T> table, Query<T> query, boolean inOrder) {
        return new Planner<>(table, query, inOrder).plan();
    }

    private Plan<T> plan() {
        collect(query.where());
        AccessPath<T> exact = exactPath();
        if (exact != null) {
            return new Plan<>(exact, false);
        }
        addWays();
        Way<T> best = choose();
        return new Plan<>(best.path(), best.ordered());
    }

    private void addWays() {
        for (int i = 0; i < indexes.uniqueKeys().size(); i++) {
            addKeys(i, indexes.uniqueKeys().get(i).fields(), equal, points);
        }
        for (int i = 0; i < indexes.sorted().size(); i++) {
            addStretch(i);
            addPoints(i);
        }
    }

    // What the condition demands of every record

    private void collect(Condition<T> condition) {
        if (condition instanceof Condition.And<T> and) {
            and.parts().forEach(this::collect);
        } else if (condition instanceof Condition.Or<T> or) {
            addUnion(or);
        } else if (condition instanceof Condition.Any<T, ?> any) {
            addElements(any);
        } else if (condition instanceof Condition.In<T> in) {
            points.putIfAbsent(in.field(), in.values().stream().distinct().toList());
        } else if (condition instanceof Condition.Compare<T> compare && compare.comparison() == Comparison.EQUAL) {
            equal.putIfAbsent(compare.field(), compare.value());
        } else {
            Bounds range = Bounds.of(condition);
            if (range != null) {
                bounds.merge(range.field(), range, Bounds::and);
            }
        }
    }

    private @Nullable AccessPath<T> exactPath() {
        Object id = equal.get(type.idField());
        if (id != null) {
            return new AccessPath.ById<>(List.of((UUID) id));
        }
        for (int i = 0; i < indexes.uniqueKeys().size(); i++) {
            AccessPath<T> byKey = byKey(i, indexes.uniqueKeys().get(i).fields(), equal);
            if (byKey != null) {
                return byKey;
            }
        }
        List<Object> ids = points.get(type.idField());
        return ids == null
                ? null
                : new AccessPath.ById<>(ids.stream().map(UUID.class::cast).toList());
    }

    private static <T> @Nullable AccessPath<T> byKey(
            int key, List<? extends Field<?, ?>> fields, Map<Field<?, ?>, Object> equal) {
        List<Object> values = new ArrayList<>(fields.size());
        for (Field<?, ?> field : fields) {
            Object value = equal.get(field);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values.isEmpty() ? null : new AccessPath.ByKey<>(key, Indexes.keyOf(values));
    }

    // Alternatives: a way to each of them is a way to all

    private void addUnion(Condition.Or<T> or) {
        List<AccessPath<T>> parts = new ArrayList<>(or.parts().size());
        for (Condition<T> part : or.parts()) {
            Planner<T> planner = new Planner<>(table, query, false);
            AccessPath<T> path = planner.narrowPath(part);
            if (path == null) {
                return;
            }
            parts.add(path);
        }
        ways.add(new Way<>(new AccessPath.Union<>(parts), false, 1));
    }

    private @Nullable AccessPath<T> narrowPath(Condition<T> condition) {
        collect(condition);
        AccessPath<T> exact = exactPath();
        if (exact != null) {
            return exact;
        }
        addWays();
        ways.removeIf(way -> way.narrowed() == 0);
        return ways.isEmpty() ? null : choose().path();
    }

    // Elements

    private <E> void addElements(Condition.Any<T, E> any) {
        Map<Field<?, ?>, Object> elementEqual = new HashMap<>();
        Map<Field<?, ?>, List<Object>> elementPoints = new HashMap<>();
        addElements(any.condition(), elementEqual, elementPoints);
        for (int i = 0; i < indexes.uniqueKeys().size(); i++) {
            UniqueKey.ElementKey<T, ?> key = indexes.uniqueKeys().get(i).elements();
            if (key != null && key.set() == any.set()) {
                AccessPath<T> byKey = byKey(i, key.fields(), elementEqual);
                if (byKey != null) {
                    ways.add(new Way<>(byKey, false, Integer.MAX_VALUE));
                } else {
                    addKeys(i, key.fields(), elementEqual, elementPoints);
                }
            }
        }
    }

    /** A unique key of which one field may have several values: as many keys. */
    private void addKeys(
            int key,
            List<? extends Field<?, ?>> fields,
            Map<Field<?, ?>, Object> fixed,
            Map<Field<?, ?>, List<Object>> several) {
        for (Field<?, ?> field : fields) {
            List<AccessPath<T>> parts = new ArrayList<>();
            Map<Field<?, ?>, Object> values = new HashMap<>(fixed);
            for (Object value : several.getOrDefault(field, List.of())) {
                values.put(field, value);
                AccessPath<T> byKey = byKey(key, fields, values);
                if (byKey != null) {
                    parts.add(byKey);
                }
            }
            if (!parts.isEmpty()) {
                ways.add(new Way<>(new AccessPath.Union<>(parts), false, Integer.MAX_VALUE));
                return;
            }
        }
    }

    private <E> void addElements(
            Condition<E> condition,
            Map<Field<?, ?>, Object> elementEqual,
            Map<Field<?, ?>, List<Object>> elementPoints) {
        if (condition instanceof Condition.And<E> and) {
            and.parts().forEach(part -> addElements(part, elementEqual, elementPoints));
        } else if (condition instanceof Condition.Compare<E> compare && compare.comparison() == Comparison.EQUAL) {
            elementEqual.putIfAbsent(compare.field(), compare.value());
            addElementValues(compare.field(), List.of(compare.value()));
        } else if (condition instanceof Condition.In<E> in) {
            elementPoints.putIfAbsent(in.field(), in.values());
            addElementValues(in.field(), in.values());
        } else {
            Bounds range = Bounds.of(condition);
            int index = range == null ? -1 : indexes.elementsOf(range.field());
            if (range != null && index >= 0) {
                ways.add(new Way<>(new AccessPath.ByElementRange<>(index, range), false, 1));
            }
        }
    }

    private void addElementValues(Field<?, ?> field, List<Object> values) {
        int index = indexes.elementsOf(field);
        if (index >= 0) {
            ways.add(new Way<>(new AccessPath.ByElement<>(index, values), false, 1));
        }
    }

    // Sorted indexes: equal in the first columns, then perhaps a range in the next one

    private void addStretch(int index) {
        SortedIndex.Columns<T> columns = indexes.sorted().get(index);
        @Nullable Object[] values = new @Nullable Object[type.fields().size()];
        int fixed = fix(columns, values);
        Bounds range = fixed < columns.size() ? bounds.get(columns.fields().get(fixed)) : null;
        int narrowed = 2 * fixed + (range == null ? 0 : 1);
        boolean ordered = inOrder && hasOrder(columns, fixed);
        if (narrowed == 0 && index != Indexes.BY_ID && !ordered) {
            return;
        }
        AccessPath<T> path = ordered
                ? new OrderedStretch<>(index, columns, fixed, values, range, place(columns, fixed, values))
                        .path(idDescending())
                : stretch(index, columns, fixed, values, range);
        ways.add(new Way<>(path, ordered, narrowed));
    }

    private int fix(SortedIndex.Columns<T> columns, @Nullable Object[] values) {
        int fixed = 0;
        while (fixed < columns.size()) {
            Object value = equal.get(columns.fields().get(fixed));
            if (value == null) {
                break;
            }
            values[columns.position(fixed)] = value;
            fixed++;
        }
        return fixed;
    }

    private static <T> AccessPath<T> stretch(
            int index, SortedIndex.Columns<T> columns, int fixed, @Nullable Object[] values, @Nullable Bounds range) {
        return new OrderedStretch<>(index, columns, fixed, values, range, null).ascending();
    }

    private void addPoints(int index) {
        SortedIndex.Columns<T> columns = indexes.sorted().get(index);
        @Nullable Object[] values = new @Nullable Object[type.fields().size()];
        int fixed = fix(columns, values);
        List<Object> list = fixed < columns.size() ? points.get(columns.fields().get(fixed)) : null;
        if (list != null) {
            List<AccessPath<T>> parts = new ArrayList<>(list.size());
            for (Object value : list) {
                @Nullable Object[] point = values.clone();
                point[columns.position(fixed)] = value;
                parts.add(stretch(index, columns, fixed + 1, point, null));
            }
            ways.add(new Way<>(new AccessPath.Sequence<>(parts), false, 2 * fixed + 1));
        }
    }

    // The order of the query

    private boolean idDescending() {
        return query.orders().stream()
                .filter(order -> order.field() == type.idField())
                .findFirst()
                .map(Order::descending)
                .orElse(query.idDescending());
    }

    /** Whether the columns after the fixed ones are the steps of the order, all in the direction of the id. */
    private boolean hasOrder(SortedIndex.Columns<T> columns, int fixed) {
        boolean descending = idDescending();
        int column = fixed;
        for (Order<T> order : query.orders()) {
            if (order.field() == type.idField()) {
                break;
            } else if (isFixed(columns, fixed, order.field())) {
                continue;
            }
            boolean next = column < columns.size() && columns.fields().get(column) == order.field();
            if (!next || order.descending() != descending) {
                return false;
            }
            column++;
        }
        return column == columns.size() && (!descending || absentStandRight(columns, fixed));
    }

    private static <T> boolean isFixed(SortedIndex.Columns<T> columns, int fixed, Field<T, ?> field) {
        return columns.fields().subList(0, fixed).contains(field);
    }

    /** Read backwards, an index has absent values first: one last column can be mended, several cannot. */
    private static <T> boolean absentStandRight(SortedIndex.Columns<T> columns, int fixed) {
        return columns.size() - fixed <= 1
                || columns.fields().subList(fixed, columns.size()).stream().allMatch(Field::isRequired);
    }

    /** The cursor as a place in the index, null where there is none that helps. */
    private @Nullable Probe place(SortedIndex.Columns<T> columns, int fixed, @Nullable Object[] values) {
        Cursor cursor = query.after().orElse(null);
        if (cursor == null) {
            return null;
        }
        @Nullable Object[] at = values.clone();
        for (int i = 0; i < query.orders().size(); i++) {
            Field<T, ?> field = query.orders().get(i).field();
            Object value = cursor.values().get(i);
            if (field == type.idField()) {
                break;
            } else if (!isFixed(columns, fixed, field)) {
                at[type.position(field)] = value;
            } else if (!Objects.equals(equal.get(field), value)) {
                return null;
            }
        }
        return Probe.at(cursor.id(), at, columns.size() + 1, !idDescending());
    }

    // The choice

    private Way<T> choose() {
        List<Way<T>> narrow = ways.stream().filter(way -> way.narrowed() > 0).toList();
        if (narrow.size() == 1 && !isPage()) {
            return narrow.get(0);
        }
        Way<T> best = null;
        int fewest = FEW;
        for (Way<T> way : narrow) {
            int length = length(way.path());
            if (length < fewest) {
                best = way;
                fewest = length;
            }
        }
        return best != null ? best : longWay();
    }

    private boolean isPage() {
        return inOrder && query.limit() < Integer.MAX_VALUE;
    }

    private int length(AccessPath<T> path) {
        int length = 0;
        for (Iterator<Entry<T>> steps = path.in(table); length < FEW && steps.hasNext(); length++) {
            steps.next();
        }
        return length;
    }

    private Way<T> longWay() {
        boolean page = isPage();
        Way<T> best = null;
        for (Way<T> way : ways) {
            if (best == null || isBetter(way, best, page)) {
                best = way;
            }
        }
        return Objects.requireNonNull(best, "the index by id is always a way");
    }

    private static <T> boolean isBetter(Way<T> way, Way<T> best, boolean page) {
        if (page && way.ordered() != best.ordered()) {
            return way.ordered();
        }
        return way.narrowed() > best.narrowed()
                || (way.narrowed() == best.narrowed() && way.ordered() && !best.ordered());
    }
}
