package dev.crmcore.insights;

import dev.crmcore.query.Cursor;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.work.Work;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads records whose personal body is needed, a page at a time. */
final class Pages {

    static final int SIZE = 1_000;

    private Pages() {}

    /** Reads all of them and says how many there were. */
    static <T> long forEach(Work work, Query<T> query, Consumer<? super T> reader) {
        Query<T> limited = query.limit(SIZE);
        long read = 0;
        @Nullable Cursor after = null;
        do {
            Page<T> page = work.page(limited, after);
            page.items().forEach(reader);
            read += page.items().size();
            after = page.nextCursor();
        } while (after != null);
        return read;
    }
}
