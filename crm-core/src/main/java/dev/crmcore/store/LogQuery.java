package dev.crmcore.store;

import dev.crmcore.value.StorableText;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the log: after a position, so many at most, optionally only those about one record or by one actor.
 *
 * <p>Immutable and thread-safe.
 */
public final class LogQuery {

    private final LogPosition after;
    private final int limit;
    private final @Nullable UUID subject;
    private final @Nullable String actor;

    private LogQuery(LogPosition after, int limit, @Nullable UUID subject, @Nullable String actor) {
        this.after = Objects.requireNonNull(after, "after");
        this.limit = limit;
        this.subject = subject;
        this.actor = actor;
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
    }

    /**
     * The next events after a position.
     *
     * @param position the position
     * @param limit at most so many, at least 1
     * @return the query
     */
    public static LogQuery after(LogPosition position, int limit) {
        return new LogQuery(position, limit, null, null);
    }

    /**
     * Only events about one record.
     *
     * @param id the record
     * @return a copy
     */
    public LogQuery about(UUID id) {
        return new LogQuery(after, limit, Objects.requireNonNull(id, "id"), actor);
    }

    /**
     * Only events by one actor.
     *
     * @param key the host's key of the actor
     * @return a copy
     * @throws dev.crmcore.value.InvalidValueException if no actor can be called so: it has U+0000 or an unpaired
     *     surrogate
     */
    public LogQuery by(String key) {
        return new LogQuery(after, limit, subject, StorableText.require("actor", key));
    }

    /**
     * After which position.
     *
     * @return the position
     */
    public LogPosition after() {
        return after;
    }

    /**
     * How many at most.
     *
     * @return the limit
     */
    public int limit() {
        return limit;
    }

    /**
     * About which record.
     *
     * @return its id, empty for all
     */
    public Optional<UUID> subject() {
        return Optional.ofNullable(subject);
    }

    /**
     * By which actor.
     *
     * @return the actor's key, empty for all
     */
    public Optional<String> actor() {
        return Optional.ofNullable(actor);
    }
}
