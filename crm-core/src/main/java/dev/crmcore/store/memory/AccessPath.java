package dev.crmcore.store.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A way into a table: gives at least the entries that a condition asks for, each once. */
interface AccessPath<T> {

    Iterator<Entry<T>> in(Table<T> table);

    /** Some records by their ids. */
    record ById<T>(List<UUID> ids) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            List<Entry<T>> found = new ArrayList<>(ids.size());
            for (UUID id : ids) {
                Entry<T> entry = table.get(id);
                if (entry != null) {
                    found.add(entry);
                }
            }
            return found.iterator();
        }
    }

    /** The one record that has a unique key. */
    record ByKey<T>(int key, Object keyValue) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            Entry<T> holder = table.holderOf(key, keyValue);
            return (holder == null ? List.<Entry<T>>of() : List.of(holder)).iterator();
        }
    }

    /** A stretch of a sorted index. */
    record Stretch<T>(int index, Probe from, Probe to, boolean descending) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            return table.sorted(index).between(from, to, descending);
        }
    }

    /** Records with an element that has one of some values. */
    record ByElement<T>(int index, List<Object> values) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            return table.elements(index).equalTo(values).iterator();
        }
    }

    /** Records with an element whose value lies in a range. */
    record ByElementRange<T>(int index, Bounds bounds) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            return table.elements(index).within(bounds).iterator();
        }
    }

    /** One path after the other; they have nothing in common. */
    record Sequence<T>(List<? extends AccessPath<T>> parts) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            return Walks.along(parts, table);
        }
    }

    /** All paths; what lies on several of them is given once. */
    record Union<T>(List<? extends AccessPath<T>> parts) implements AccessPath<T> {

        @Override
        public Iterator<Entry<T>> in(Table<T> table) {
            Set<UUID> seen = new HashSet<>();
            return Walks.filter(Walks.along(parts, table), entry -> seen.add(entry.id));
        }
    }
}
