package dev.crmcore.store.memory;

import dev.crmcore.query.Aggregate;
import dev.crmcore.query.Aggregation;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works figures out over groups of entries. */
final class Grouping<T> {

    private final List<Field<T, ?>> keys;
    private final int[] positions;
    private final List<Aggregate<T>> aggregates;
    private final Map<List<@Nullable Object>, List<Aggregation<T>>> groups = new LinkedHashMap<>();

    Grouping(EntityType<T> type, List<Field<T, ?>> keys, List<Aggregate<T>> aggregates) {
        this.keys = keys;
        this.positions =
                keys.stream().mapToInt(field -> Indexes.position(type, field)).toArray();
        this.aggregates = aggregates;
        if (keys.isEmpty()) {
            groups.put(List.of(), begun());
        }
    }

    private List<Aggregation<T>> begun() {
        List<Aggregation<T>> figures = new ArrayList<>(aggregates.size());
        for (Aggregate<T> aggregate : aggregates) {
            figures.add(new Aggregation<>(aggregate));
        }
        return figures;
    }

    void addAll(Iterator<Entry<T>> entries) {
        while (entries.hasNext()) {
            Entry<T> entry = entries.next();
            for (Aggregation<T> figure : groups.computeIfAbsent(keysOf(entry), key -> begun())) {
                figure.add(entry.entity);
            }
        }
    }

    private List<@Nullable Object> keysOf(Entry<T> entry) {
        @Nullable Object[] key = new @Nullable Object[positions.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = Indexes.value(entry, positions[i]);
        }
        return Arrays.asList(key);
    }

    MemoryCursor.Rows rows() {
        List<List<@Nullable Object>> sorted = new ArrayList<>(groups.keySet());
        sorted.sort(this::compareKeys);
        return new MemoryCursor.Rows() {

            private final Iterator<List<@Nullable Object>> rest = sorted.iterator();
            private List<@Nullable Object> key = List.of();
            private List<Aggregation<T>> figures = List.of();

            @Override
            public boolean next() {
                if (!rest.hasNext()) {
                    return false;
                }
                key = rest.next();
                figures = groups.getOrDefault(key, Collections.emptyList());
                return true;
            }

            @Override
            public @Nullable Object at(int column) {
                return column < key.size()
                        ? key.get(column)
                        : figures.get(column - key.size()).result();
            }
        };
    }

    private int compareKeys(List<@Nullable Object> a, List<@Nullable Object> b) {
        for (int i = 0; i < positions.length; i++) {
            int compared = compareValues(keys.get(i), a.get(i), b.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static int compareValues(Field<?, ?> field, @Nullable Object x, @Nullable Object y) {
        return x == null || y == null
                ? Boolean.compare(x == null, y == null)
                : field.type().compareStored(x, y);
    }
}
