package dev.crmcore.store.memory;

import dev.crmcore.query.Field;
import dev.crmcore.store.EntityType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of entries. */
final class ColumnRows<T> implements MemoryCursor.Rows {

    private final List<Entry<T>> entries;
    private final int[] positions;
    private int row = -1;

    ColumnRows(EntityType<T> type, List<Entry<T>> entries, List<Field<T, ?>> columns) {
        this.entries = entries;
        this.positions = columns.stream()
                .mapToInt(field -> Indexes.position(type, field))
                .toArray();
    }

    @Override
    public boolean next() {
        if (row < entries.size()) {
            row++;
        }
        return row < entries.size();
    }

    @Override
    public @Nullable Object at(int column) {
        return Indexes.value(entry(), positions[column]);
    }

    Entry<T> entry() {
        return entries.get(row);
    }
}
