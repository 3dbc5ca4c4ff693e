package dev.crmcore.store.memory;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has written of one type: the new versions in a table of their own, and the ids of all records that
 * are no longer to be read from the committed table.
 */
final class OwnWrites<T> {

    private final Table<T> committed;
    private final Table<T> table;
    private final Set<UUID> touched = new HashSet<>();

    OwnWrites(Table<T> committed) {
        this.committed = committed;
        this.table = committed.forOwnWrites();
    }

    Table<T> table() {
        return table;
    }

    /** Whether the transaction has inserted, replaced or deleted a record. */
    boolean hides(UUID id) {
        return touched.contains(id);
    }

    /** How many committed records are hidden. */
    long hiddenCount() {
        return touched.stream().filter(id -> committed.get(id) != null).count();
    }

    /** Keeps a new version, or with none, deletes the record; gives back what undoes it. */
    Runnable write(UUID id, @Nullable Entry<T> entry) {
        Entry<T> before = table.get(id);
        boolean first = touched.add(id);
        replace(id, entry);
        return () -> {
            replace(id, before);
            if (first) {
                touched.remove(id);
            }
        };
    }

    private void replace(UUID id, @Nullable Entry<T> entry) {
        if (entry == null) {
            table.remove(id);
        } else {
            table.put(entry);
        }
    }

    void applyToCommitted() {
        for (UUID id : touched) {
            Entry<T> entry = table.get(id);
            if (entry == null) {
                committed.remove(id);
            } else {
                committed.put(entry);
            }
        }
    }
}
