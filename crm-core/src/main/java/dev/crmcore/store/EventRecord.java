package dev.crmcore.store;

import dev.crmcore.value.JsonObject;
import dev.crmcore.value.StorableText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log keeps it: the attributes of CloudEvents 1.0 that a log within one tenant needs, who caused it and
 * why. It carries ids and business facts, no personal data that an erasure would have to chase.
 *
 * <p>Immutable and thread-safe.
 */
public final class EventRecord {

    private final UUID id;
    private final String type;
    private final Instant time;
    private final String subjectType;
    private final UUID subjectId;
    private final String actor;
    private final String reason;
    private final @Nullable String correlationId;
    private final @Nullable UUID causationId;
    private final JsonObject data;

    private EventRecord(Builder builder) {
        this.id = Objects.requireNonNull(builder.id, "id");
        this.type = text("type", builder.type);
        this.time = Objects.requireNonNull(builder.time, "time").truncatedTo(ChronoUnit.MICROS);
        this.subjectType = text("subjectType", builder.subjectType);
        this.subjectId = Objects.requireNonNull(builder.subjectId, "subjectId");
        this.actor = EntityType.requireIndexable("actor", text("actor", builder.actor));
        this.reason = text("reason", builder.reason);
        this.correlationId = builder.correlationId == null ? null : text("correlationId", builder.correlationId);
        this.causationId = builder.causationId;
        this.data = builder.data;
    }

    private static String text(String field, @Nullable String value) {
        return StorableText.require(field, Objects.requireNonNull(value, field));
    }

    /**
     * Begins an event.
     *
     * @param id its id, of version 7; a store takes each id once
     * @param type the stable name of what happened, such as {@code purchase.recorded}
     * @param time when it happened; cut to microseconds
     * @return the builder; subject, actor and reason are still to be said
     */
    public static Builder builder(UUID id, String type, Instant time) {
        return new Builder(id, type, time);
    }

    /**
     * The id, unique within the tenant.
     *
     * @return the id
     */
    public UUID id() {
        return id;
    }

    /**
     * What happened.
     *
     * @return the stable name of the kind of event
     */
    public String type() {
        return type;
    }

    /**
     * When it happened.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant time() {
        return time;
    }

    /**
     * What kind of record it is about.
     *
     * @return the stored name of the record's type
     */
    public String subjectType() {
        return subjectType;
    }

    /**
     * Which record it is about.
     *
     * @return the record's id
     */
    public UUID subjectId() {
        return subjectId;
    }

    /**
     * Who caused it.
     *
     * @return the host's key of the actor
     */
    public String actor() {
        return actor;
    }

    /**
     * Why.
     *
     * @return the reason given with the call
     */
    public String reason() {
        return reason;
    }

    /**
     * In which request or job of the host.
     *
     * @return its id, if one was given
     */
    public Optional<String> correlationId() {
        return Optional.ofNullable(correlationId);
    }

    /**
     * Which other event led to it.
     *
     * @return that event's id, if there is one
     */
    public Optional<UUID> causationId() {
        return Optional.ofNullable(causationId);
    }

    /**
     * The facts.
     *
     * @return the facts; empty where the type says it all
     */
    public JsonObject data() {
        return data;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventRecord that
                && id.equals(that.id)
                && type.equals(that.type)
                && time.equals(that.time)
                && subjectType.equals(that.subjectType)
                && subjectId.equals(that.subjectId)
                && actor.equals(that.actor)
                && reason.equals(that.reason)
                && Objects.equals(correlationId, that.correlationId)
                && Objects.equals(causationId, that.causationId)
                && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "EventRecord[" + type + " " + id + " about " + subjectType + " " + subjectId + "]";
    }

    /** Makes an {@link EventRecord}. Not thread-safe. */
    public static final class Builder {

        private final UUID id;
        private final String type;
        private final Instant time;
        private @Nullable String subjectType;
        private @Nullable UUID subjectId;
        private @Nullable String actor;
        private @Nullable String reason;
        private @Nullable String correlationId;
        private @Nullable UUID causationId;
        private JsonObject data = JsonObject.empty();

        private Builder(UUID id, String type, Instant time) {
            this.id = id;
            this.type = type;
            this.time = time;
        }

        /**
         * Says which record it is about.
         *
         * @param typeName the stored name of the record's type
         * @param recordId the record's id
         * @return this builder
         */
        public Builder about(String typeName, UUID recordId) {
            this.subjectType = typeName;
            this.subjectId = recordId;
            return this;
        }

        /**
         * Says who caused it and why.
         *
         * @param actorKey the host's key of the actor
         * @param why the reason
         * @return this builder
         */
        public Builder causedBy(String actorKey, String why) {
            this.actor = actorKey;
            this.reason = why;
            return this;
        }

        /**
         * Ties it to a request or job of the host.
         *
         * @param correlation the host's id, null for none
         * @return this builder
         */
        public Builder correlationId(@Nullable String correlation) {
            this.correlationId = correlation;
            return this;
        }

        /**
         * Says which other event led to it.
         *
         * @param causation that event's id, null for none
         * @return this builder
         */
        public Builder causationId(@Nullable UUID causation) {
            this.causationId = causation;
            return this;
        }

        /**
         * Gives the facts.
         *
         * @param facts the facts, without personal data
         * @return this builder
         */
        public Builder data(JsonObject facts) {
            this.data = Objects.requireNonNull(facts, "data");
            return this;
        }

        /**
         * Makes the event.
         *
         * @return the event
         * @throws NullPointerException if subject, actor or reason were not said
         * @throws IllegalArgumentException if a text is not {@linkplain StorableText storable}, or the actor longer than
         *     {@value EntityType#MAX_INDEXED_BYTES} bytes in UTF-8: the log is read by actor
         */
        public EventRecord build() {
            return new EventRecord(this);
        }
    }
}
