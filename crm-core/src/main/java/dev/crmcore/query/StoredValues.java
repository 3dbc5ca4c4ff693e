package dev.crmcore.query;

import java.util.AbstractList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable list that knows at once whether a value is in it: a condition asks that of every record. */
final class StoredValues extends AbstractList<Object> implements RandomAccess {

    private final List<Object> values;
    private final Set<Object> different;

    StoredValues(Collection<?> values) {
        this.values = List.copyOf(values);
        this.different = new HashSet<>(this.values);
    }

    @Override
    public Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public boolean contains(@Nullable Object value) {
        return different.contains(value);
    }
}
