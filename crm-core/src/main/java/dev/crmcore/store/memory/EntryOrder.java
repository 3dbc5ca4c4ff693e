package dev.crmcore.store.memory;

import dev.crmcore.query.Cursor;
import dev.crmcore.query.Field;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityType;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The order of a query, read from stored values without making cursors. */
final class EntryOrder<T> implements Comparator<Entry<T>> {

    private final List<Order<T>> orders;
    private final int[] positions;
    private final boolean idDescending;

    EntryOrder(EntityType<T> type, Query<T> query) {
        this.orders = query.orders();
        this.positions = orders.stream()
                .mapToInt(order -> Indexes.position(type, order.field()))
                .toArray();
        this.idDescending = query.idDescending();
    }

    @Override
    public int compare(Entry<T> a, Entry<T> b) {
        for (int i = 0; i < positions.length; i++) {
            int compared = compare(i, Indexes.value(a, positions[i]), Indexes.value(b, positions[i]));
            if (compared != 0) {
                return compared;
            }
        }
        return compareIds(a.id, b.id);
    }

    boolean isAfter(Entry<T> entry, Cursor place) {
        for (int i = 0; i < positions.length; i++) {
            int compared = compare(
                    i, Indexes.value(entry, positions[i]), place.values().get(i));
            if (compared != 0) {
                return compared > 0;
            }
        }
        return compareIds(entry.id, place.id()) > 0;
    }

    private int compare(int step, @Nullable Object x, @Nullable Object y) {
        Order<T> order = orders.get(step);
        if (x == null || y == null) {
            return Boolean.compare(x == null, y == null);
        }
        Field<T, ?> field = order.field();
        int compared = field.type().compareStored(x, y);
        return order.descending() ? -compared : compared;
    }

    private int compareIds(UUID x, UUID y) {
        int compared = ScalarType.UNSIGNED_ORDER.compare(x, y);
        return idDescending ? -compared : compared;
    }
}
