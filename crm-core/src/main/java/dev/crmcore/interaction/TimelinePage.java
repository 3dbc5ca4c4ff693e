package dev.crmcore.interaction;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a timeline.
 *
 * <p>Immutable and thread-safe.
 */
public final class TimelinePage {

    private final List<TimelineEntry> entries;
    private final @Nullable TimelinePosition next;
    private final @Nullable TimelinePosition previous;

    TimelinePage(List<TimelineEntry> entries, boolean hasNext, boolean hasPrevious) {
        this.entries = List.copyOf(entries);
        this.next =
                hasNext && !entries.isEmpty() ? entries.get(entries.size() - 1).position() : null;
        this.previous = hasPrevious && !entries.isEmpty() ? entries.get(0).position() : null;
    }

    /**
     * What happened.
     *
     * @return the entries in the order of the timeline
     */
    public List<TimelineEntry> entries() {
        return entries;
    }

    /**
     * Where the next page begins.
     *
     * @return the place to go on {@linkplain Timeline.View#after after}; empty on the last page
     */
    public Optional<TimelinePosition> next() {
        return Optional.ofNullable(next);
    }

    /**
     * Where the previous page ends.
     *
     * @return the place to go back {@linkplain Timeline.View#before before}; empty on the first page
     */
    public Optional<TimelinePosition> previous() {
        return Optional.ofNullable(previous);
    }
}
