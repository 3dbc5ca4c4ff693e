package dev.crmcore.store.memory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands in a sorted index, or marks a place between two that stand there. */
abstract sealed class Keyed permits Entry, Probe {

    final UUID id;
    final @Nullable Object[] values;

    Keyed(UUID id, @Nullable Object[] values) {
        this.id = id;
        this.values = values;
    }
}
