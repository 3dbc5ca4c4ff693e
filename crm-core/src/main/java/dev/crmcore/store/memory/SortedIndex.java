package dev.crmcore.store.memory;

import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Entries in the order of some fields, absent values last, and then of their ids; without fields, of their ids. */
final class SortedIndex<T> {

    /** Which fields, and how they compare. */
    static final class Columns<T> implements Comparator<Keyed> {

        private final List<Field<T, ?>> fields;
        private final int[] positions;

        Columns(List<Field<T, ?>> fields, int[] positions) {
            this.fields = fields;
            this.positions = positions.clone();
        }

        List<Field<T, ?>> fields() {
            return fields;
        }

        int size() {
            return positions.length;
        }

        int position(int column) {
            return positions[column];
        }

        @Override
        public int compare(Keyed a, Keyed b) {
            for (int step = 0; step <= positions.length; step++) {
                if (a instanceof Probe probe && probe.depth == step) {
                    return probe.side();
                } else if (b instanceof Probe probe && probe.depth == step) {
                    return -probe.side();
                }
                int compared = step < positions.length
                        ? compareValues(step, a.values[positions[step]], b.values[positions[step]])
                        : ScalarType.UNSIGNED_ORDER.compare(a.id, b.id);
                if (compared != 0) {
                    return compared;
                }
            }
            return a instanceof Probe probe ? probe.side() : b instanceof Probe probe ? -probe.side() : 0;
        }

        private int compareValues(int column, @Nullable Object x, @Nullable Object y) {
            if (x == null || y == null) {
                return Boolean.compare(x == null, y == null);
            }
            return fields.get(column).type().compareStored(x, y);
        }
    }

    private final Columns<T> columns;
    private final NavigableMap<Keyed, Entry<T>> tree;

    SortedIndex(Columns<T> columns) {
        this.columns = columns;
        this.tree = new TreeMap<>(columns);
    }

    void add(Entry<T> entry) {
        tree.put(entry, entry);
    }

    void remove(Entry<T> entry) {
        tree.remove(entry);
    }

    void forEach(Consumer<Entry<T>> action) {
        tree.values().forEach(action);
    }

    /** The entries between two places. One descent finds the first; the last is known by being too far. */
    Iterator<Entry<T>> between(Probe from, Probe to, boolean descending) {
        if (columns.compare(from, to) >= 0) {
            return Collections.emptyIterator();
        }
        return descending
                ? Walks.takeWhile(
                        tree.headMap(to, true).descendingMap().values().iterator(),
                        entry -> columns.compare(from, entry) < 0)
                : Walks.takeWhile(
                        tree.tailMap(from, true).values().iterator(), entry -> columns.compare(entry, to) < 0);
    }
}
