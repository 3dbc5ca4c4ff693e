package dev.crmcore.store.memory;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of the elements of entries, after columns of the entries themselves. */
final class ElementRows<T, E> implements MemoryCursor.Rows {

    private final ColumnRows<T> records;
    private final int recordColumns;
    private final SetField<T, E> set;
    private final List<Field<E, ?>> columns;
    private Iterator<E> elements = Collections.emptyIterator();
    private @Nullable E element;

    ElementRows(ColumnRows<T> records, int recordColumns, SetField<T, E> set, List<Field<E, ?>> columns) {
        this.records = records;
        this.recordColumns = recordColumns;
        this.set = set;
        this.columns = columns;
    }

    @Override
    public boolean next() {
        while (!elements.hasNext()) {
            if (!records.next()) {
                return false;
            }
            elements = set.get(records.entry().entity).iterator();
        }
        element = elements.next();
        return true;
    }

    @Override
    public @Nullable Object at(int column) {
        if (column < recordColumns) {
            return records.at(column);
        }
        E current = element;
        return current == null ? null : columns.get(column - recordColumns).getStored(current);
    }
}
