package dev.crmcore.interaction;

import dev.crmcore.store.EntityType;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened with a customer: a record of any type that stands on timelines.
 *
 * <p>Immutable and thread-safe; {@code toString} shows nothing of the record.
 */
public final class TimelineEntry {

    private final EntityType<?> type;
    private final Object record;
    private final TimelinePosition position;

    private TimelineEntry(EntityType<?> type, Object record, TimelinePosition position) {
        this.type = type;
        this.record = record;
        this.position = position;
    }

    static <T> TimelineEntry of(EntityType<T> type, T record, Instant at) {
        return new TimelineEntry(type, record, new TimelinePosition(at, type.idOf(record)));
    }

    /**
     * When it happened.
     *
     * @return the instant that the record's type puts on the timeline
     */
    public Instant at() {
        return position.at();
    }

    /**
     * What kind of record it is.
     *
     * @return the stored name of its type
     */
    public String typeName() {
        return type.name();
    }

    /**
     * Which record it is.
     *
     * @return its id
     */
    public UUID id() {
        return position.id();
    }

    /**
     * Where it stands.
     *
     * @return its place on the timeline
     */
    public TimelinePosition position() {
        return position;
    }

    /**
     * The record, if it is of a type.
     *
     * @param <T> the record
     * @param expected the type
     * @return the record; empty if it is of another type
     */
    public <T> Optional<T> as(EntityType<T> expected) {
        return expected == type ? Optional.of(expected.javaType().cast(record)) : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimelineEntry that && type == that.type && record.equals(that.record);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type.name(), position);
    }

    @Override
    public String toString() {
        return "TimelineEntry[" + type.name() + " " + id() + " at " + at() + "]";
    }
}
