package dev.crmcore.query;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an ordered list.
 *
 * @param items the records in order
 * @param nextCursor where the next page begins, null on the last page
 * @param <T> the record
 */
public record Page<T>(List<T> items, @Nullable Cursor nextCursor) {

    /**
     * Copies the items.
     *
     * @param items the records in order
     * @param nextCursor where the next page begins, null on the last page
     */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page from what a store gave for one record more than the page holds.
     *
     * @param <T> the record
     * @param query the query of the page, with the page's own limit
     * @param found at most one record more than that limit
     * @return the page
     */
    public static <T> Page<T> of(Query<T> query, List<T> found) {
        if (found.size() <= query.limit()) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, query.limit());
        return new Page<>(items, query.cursorAt(items.get(items.size() - 1)));
    }

    /**
     * Where the next page begins.
     *
     * @return the place of the last item, empty on the last page
     */
    public Optional<Cursor> next() {
        return Optional.ofNullable(nextCursor);
    }
}
