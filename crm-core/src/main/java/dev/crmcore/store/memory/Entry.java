package dev.crmcore.store.memory;

import dev.crmcore.store.EntityType;
import dev.crmcore.store.StoredRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One version of a record as it is kept: never changed, only replaced. Equality is identity. */
final class Entry<T> extends Keyed {

    /** For whom and until when the record is taken. */
    record Hold(String owner, Instant until) {}

    final long version;
    final T entity;
    final @Nullable Hold hold;

    private Entry(UUID id, long version, @Nullable Object[] values, T entity, @Nullable Hold hold) {
        super(id, values);
        this.version = version;
        this.entity = entity;
        this.hold = hold;
    }

    /** Makes the record anew from its stored form, so that nothing of the caller's is shared. */
    static <T> Entry<T> of(EntityType<T> type, StoredRecord stored, @Nullable Hold hold) {
        return new Entry<>(stored.id(), stored.version(), stored.values(), type.fromStored(stored), hold);
    }

    static <T> Entry<T> of(EntityType<T> type, T entity, long version) {
        return of(type, atVersion(type.toStored(entity), version), null);
    }

    /** The same record, taken by a worker. */
    Entry<T> heldBy(EntityType<T> type, Hold newHold) {
        return new Entry<>(id, version + 1, values, type.withVersion(entity, version + 1), newHold);
    }

    boolean isFreeAt(Instant now) {
        return hold == null || !hold.until().isAfter(now);
    }

    private static StoredRecord atVersion(StoredRecord stored, long version) {
        return new StoredRecord(stored.id(), version, stored.values(), stored.sets(), stored.body(), stored.schema());
    }
}
