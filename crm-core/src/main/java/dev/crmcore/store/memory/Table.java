package dev.crmcore.store.memory;

import dev.crmcore.store.EntityType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one type and their indexes.
 *
 * <p>The committed table of a tenant has all its indexes from the beginning. It is changed under the tenant's write lock
 * and read under the read lock, apart from {@link #get} and {@link #holderOf}, which need none. The table of a
 * transaction's own writes belongs to one thread and makes an index when it is first asked for.
 */
final class Table<T> {

    private final Indexes<T> indexes;
    private final Map<UUID, Entry<T>> entries;
    private final List<@Nullable SortedIndex<T>> sorted;
    private final List<@Nullable ElementIndex<T>> elements;
    private final List<@Nullable Map<Object, Entry<T>>> unique;
    private final boolean shared;

    private Table(Indexes<T> indexes, boolean shared) {
        this.indexes = indexes;
        this.shared = shared;
        this.entries = newMap();
        this.sorted = new ArrayList<>(Collections.nCopies(indexes.sorted().size(), null));
        this.elements = new ArrayList<>(Collections.nCopies(indexes.elements().size(), null));
        this.unique = new ArrayList<>(Collections.nCopies(indexes.uniqueKeys().size(), null));
    }

    private <K> Map<K, Entry<T>> newMap() {
        return shared ? new ConcurrentHashMap<>() : new HashMap<>();
    }

    static <T> Table<T> committed(EntityType<T> type) {
        Table<T> table = new Table<>(new Indexes<>(type), true);
        for (int i = 0; i < table.sorted.size(); i++) {
            table.sorted(i);
        }
        for (int i = 0; i < table.elements.size(); i++) {
            table.elements(i);
        }
        for (int i = 0; i < table.unique.size(); i++) {
            table.unique(i);
        }
        return table;
    }

    /** An empty table of the same type for the writes of one transaction. */
    Table<T> forOwnWrites() {
        return new Table<>(indexes, false);
    }

    Indexes<T> indexes() {
        return indexes;
    }

    EntityType<T> type() {
        return indexes.type();
    }

    int size() {
        return entries.size();
    }

    /** All entries in the order of their ids. */
    List<Entry<T>> inOrder() {
        List<Entry<T>> all = new ArrayList<>(entries.size());
        sorted(Indexes.BY_ID).forEach(all::add);
        return all;
    }

    @Nullable
    Entry<T> get(UUID id) {
        return entries.get(id);
    }

    /** Which entry has a unique key. */
    @Nullable
    Entry<T> holderOf(int key, Object keyValue) {
        return unique(key).get(keyValue);
    }

    void put(Entry<T> entry) {
        Entry<T> before = entries.put(entry.id, entry);
        if (before != null) {
            unlink(before);
        }
        link(entry);
    }

    void remove(UUID id) {
        Entry<T> before = entries.remove(id);
        if (before != null) {
            unlink(before);
        }
    }

    private void link(Entry<T> entry) {
        for (SortedIndex<T> index : sorted) {
            if (index != null) {
                index.add(entry);
            }
        }
        for (ElementIndex<T> index : elements) {
            if (index != null) {
                index.add(entry);
            }
        }
        for (int i = 0; i < unique.size(); i++) {
            Map<Object, Entry<T>> index = unique.get(i);
            if (index != null) {
                linkKeys(index, i, entry);
            }
        }
    }

    private void linkKeys(Map<Object, Entry<T>> index, int key, Entry<T> entry) {
        for (List<Object> values : indexes.uniqueKeys().get(key).valuesOf(entry.entity)) {
            index.put(Indexes.keyOf(values), entry);
        }
    }

    private void unlink(Entry<T> entry) {
        for (SortedIndex<T> index : sorted) {
            if (index != null) {
                index.remove(entry);
            }
        }
        for (ElementIndex<T> index : elements) {
            if (index != null) {
                index.remove(entry);
            }
        }
        for (int i = 0; i < unique.size(); i++) {
            Map<Object, Entry<T>> index = unique.get(i);
            if (index != null) {
                unlinkKeys(index, i, entry);
            }
        }
    }

    /** Takes away only what is still this entry's: two records may exchange their keys in one transaction. */
    private void unlinkKeys(Map<Object, Entry<T>> index, int key, Entry<T> entry) {
        for (List<Object> values : indexes.uniqueKeys().get(key).valuesOf(entry.entity)) {
            index.remove(Indexes.keyOf(values), entry);
        }
    }

    SortedIndex<T> sorted(int i) {
        SortedIndex<T> index = sorted.get(i);
        if (index == null) {
            index = new SortedIndex<>(indexes.sorted().get(i));
            entries.values().forEach(index::add);
            sorted.set(i, index);
        }
        return index;
    }

    ElementIndex<T> elements(int i) {
        ElementIndex<T> index = elements.get(i);
        if (index == null) {
            index = new ElementIndex<>(indexes.elements().get(i));
            entries.values().forEach(index::add);
            elements.set(i, index);
        }
        return index;
    }

    private Map<Object, Entry<T>> unique(int i) {
        Map<Object, Entry<T>> index = unique.get(i);
        if (index == null) {
            index = newMap();
            for (Entry<T> entry : entries.values()) {
                linkKeys(index, i, entry);
            }
            unique.set(i, index);
        }
        return index;
    }
}
