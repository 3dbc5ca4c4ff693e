package dev.crmcore.store.memory;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Entries by the values of one field in the elements of a set-valued field. */
final class ElementIndex<T> {

    /** Which field of which elements. */
    record Source<T, E>(SetField<T, E> set, Field<E, ?> field) {

        Set<Object> valuesOf(T entity) {
            Set<Object> values = new HashSet<>();
            for (E element : set.get(entity)) {
                Object value = field.getStored(element);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    private final Source<T, ?> source;
    private final NavigableMap<Object, Set<Entry<T>>> byValue;

    ElementIndex(Source<T, ?> source) {
        this.source = source;
        this.byValue = new TreeMap<>(source.field().type()::compareStored);
    }

    void add(Entry<T> entry) {
        for (Object value : source.valuesOf(entry.entity)) {
            byValue.merge(value, Set.of(entry), ElementIndex::union);
        }
    }

    /** One entry for a value is the rule and kept small; a second one makes the set a growing one. */
    private static <T> Set<Entry<T>> union(Set<Entry<T>> some, Set<Entry<T>> one) {
        Set<Entry<T>> grown = some instanceof HashSet ? some : new HashSet<>(some);
        grown.addAll(one);
        return grown;
    }

    void remove(Entry<T> entry) {
        for (Object value : source.valuesOf(entry.entity)) {
            byValue.computeIfPresent(value, (same, entries) -> without(entries, entry));
        }
    }

    @SuppressWarnings("NullAway") // null is how a mapping is told to go
    private static <T> Set<Entry<T>> without(Set<Entry<T>> entries, Entry<T> entry) {
        if (!(entries instanceof HashSet)) {
            return entries.contains(entry) ? null : entries;
        }
        entries.remove(entry);
        return entries.isEmpty() ? null : entries;
    }

    Set<Entry<T>> equalTo(List<Object> values) {
        if (values.size() == 1) {
            return byValue.getOrDefault(values.get(0), Collections.emptySet());
        }
        Set<Entry<T>> found = new LinkedHashSet<>();
        values.forEach(value -> found.addAll(byValue.getOrDefault(value, Collections.emptySet())));
        return found;
    }

    Set<Entry<T>> within(Bounds bounds) {
        Set<Entry<T>> found = new LinkedHashSet<>();
        bounds.in(byValue).values().forEach(found::addAll);
        return found;
    }
}
