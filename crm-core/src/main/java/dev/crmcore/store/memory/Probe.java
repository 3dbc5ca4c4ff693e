package dev.crmcore.store.memory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a sorted index: before or after all entries that agree with it in the first {@code depth} steps, which are
 * the columns of the index and then the id.
 */
final class Probe extends Keyed {

    private static final UUID NONE = new UUID(0, 0);

    final int depth;
    private final boolean after;

    private Probe(UUID id, @Nullable Object[] values, int depth, boolean after) {
        super(id, values);
        this.depth = depth;
        this.after = after;
    }

    static Probe before(@Nullable Object[] values, int depth) {
        return new Probe(NONE, values, depth, false);
    }

    static Probe after(@Nullable Object[] values, int depth) {
        return new Probe(NONE, values, depth, true);
    }

    static Probe at(UUID id, @Nullable Object[] values, int depth, boolean after) {
        return new Probe(id, values, depth, after);
    }

    /** How it compares with what agrees with it. */
    int side() {
        return after ? 1 : -1;
    }
}
