package dev.crmcore.interaction;

import dev.crmcore.context.EntityId;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.Reference.OnMerge;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.StorableText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One time that a customer and the company met: a call, a mail, a visit.
 *
 * <pre>{@code
 * interactions.record(Interaction.with(ann.id(), "order question", Channel.CALL).inbound()
 *         .at(Instant.parse("2026-03-01T09:30:00Z")).lasting(Duration.ofMinutes(4))
 *         .subject("Where is order 10017?").sentiment(new BigDecimal("-0.4")).externalId("pbx", "c-8812"));
 * }</pre>
 *
 * <p>What was recorded stays: a correction is a new entry that names the one it corrects. Texts of messages stay with the
 * host; an interaction keeps a subject line and where the body is.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id alone.
 */
public final class Interaction {

    /** Characters that the key of a type may have: {@value}. */
    public static final int MAX_TYPE = 200;

    /** Characters that a subject line, or the reference to a body, may have: {@value}. */
    public static final int MAX_LINE = 1_000;

    /** Whose it is. */
    public static final Field<Interaction, CustomerId> CUSTOMER = Field.<Interaction, CustomerId>id(
                    "customer_id", CustomerId::new, Interaction::customer)
            .required();

    /** What it was, by the host's key. */
    public static final Field<Interaction, String> INTERACTION_TYPE =
            Field.text("type", Interaction::type).required();

    /** By what way. */
    public static final Field<Interaction, Channel> CHANNEL =
            Field.enumerated("channel", Channel.class, Interaction::channel).required();

    /** Who turned to whom. */
    public static final Field<Interaction, Direction> DIRECTION =
            Field.enumerated("direction", Direction.class, i -> i.direction);

    /** When it began. */
    public static final Field<Interaction, Instant> OCCURRED_AT =
            Field.instant("occurred_at", Interaction::occurredAt).required().indexed();

    /** When it was recorded. */
    public static final Field<Interaction, Instant> RECORDED_AT =
            Field.instant("recorded_at", Interaction::recordedAt).required();

    /** How long it lasted, in milliseconds. */
    public static final Field<Interaction, Long> DURATION_MILLIS = Field.number(
            "duration_millis", i -> i.duration().map(Duration::toMillis).orElse(null));

    /** How the customer felt, from -1 to 1. */
    public static final Field<Interaction, BigDecimal> SENTIMENT = Field.decimal("sentiment", i -> i.sentiment);

    /** Where it was. */
    public static final Field<Interaction, TouchpointId> TOUCHPOINT = Field.<Interaction, TouchpointId>id(
                    "touchpoint_id", TouchpointId::new, i -> i.touchpoint)
            .indexed();

    /** Which other entry it corrects. */
    public static final Field<Interaction, InteractionId> CORRECTS = Field.<Interaction, InteractionId>id(
                    "corrects_id", InteractionId::new, i -> i.corrects)
            .indexed();

    /** The subject line. */
    public static final Field<Interaction, String> SUBJECT =
            Field.<Interaction>text("subject", i -> i.subject).personal();

    /** Where the host keeps the body. */
    public static final Field<Interaction, String> BODY_REF =
            Field.<Interaction>text("body_ref", i -> i.bodyRef).personal();

    /** The system that delivered it. */
    public static final Field<Interaction, String> EXTERNAL_SYSTEM = Field.text(
            "external_system", i -> i.externalId().map(ExternalId::system).orElse(null));

    /** Its id there. */
    public static final Field<Interaction, String> EXTERNAL_VALUE = Field.text(
            "external_value", i -> i.externalId().map(ExternalId::value).orElse(null));

    /** Who took part. */
    public static final SetField<Interaction, Participant> PARTICIPANTS =
            SetField.of("participants", Participant.ELEMENT, Interaction::participants);

    /** What it was about. */
    public static final SetField<Interaction, RelatedRecord> RELATED_TO =
            SetField.of("related_to", RelatedRecord.ELEMENT, Interaction::relatedTo);

    /** What is delivered twice is one interaction. */
    public static final UniqueKey<Interaction> EXTERNAL_ID_KEY =
            UniqueKey.of("interaction_external_id", EXTERNAL_SYSTEM, EXTERNAL_VALUE);

    /** How interactions are kept. */
    public static final EntityType<Interaction> TYPE = EntityType.define("interaction", Interaction.class)
            .id(Interaction::id)
            .version(Interaction::version, Interaction::withVersion)
            .fields(CUSTOMER, INTERACTION_TYPE, CHANNEL, DIRECTION, OCCURRED_AT, RECORDED_AT, DURATION_MILLIS)
            .fields(SENTIMENT, TOUCHPOINT, CORRECTS, SUBJECT, BODY_REF, EXTERNAL_SYSTEM, EXTERNAL_VALUE)
            .sets(PARTICIPANTS, RELATED_TO)
            .unique(EXTERNAL_ID_KEY)
            .index(CUSTOMER, OCCURRED_AT)
            .subject(Reference.of(CUSTOMER, "customer", OnMerge.FOLLOW))
            .references(Reference.ofElements(PARTICIPANTS, Participant.CUSTOMER, "customer", OnMerge.FOLLOW))
            .references(Reference.of(TOUCHPOINT, "touchpoint", OnMerge.STAY))
            .references(Reference.of(CORRECTS, "interaction", OnMerge.STAY))
            .timelineAt(OCCURRED_AT)
            .onErasure(EntityType.OnErasure.BLANK)
            .appendOnly()
            .readBy(Interaction::read);

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    private final InteractionId id;
    private final long version;
    private final CustomerId customer;
    private final String type;
    private final Channel channel;
    private final @Nullable Direction direction;
    private final Instant occurredAt;
    private final Instant recordedAt;
    private final @Nullable Duration duration;
    private final @Nullable BigDecimal sentiment;
    private final @Nullable TouchpointId touchpoint;
    private final @Nullable InteractionId corrects;
    private final @Nullable String subject;
    private final @Nullable String bodyRef;
    private final @Nullable ExternalId externalId;
    private final List<Participant> participants;
    private final List<RelatedRecord> relatedTo;

    private Interaction(Builder builder, InteractionId id, long version, Instant occurredAt, Instant recordedAt) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.customer = builder.customer;
        this.type = StorableText.requireLine("type", builder.type, MAX_TYPE);
        this.channel = builder.channel;
        this.direction = builder.direction;
        this.occurredAt = Microseconds.of(occurredAt);
        this.recordedAt = Microseconds.of(recordedAt);
        this.duration = builder.duration == null ? null : checkedDuration(builder.duration);
        this.sentiment = builder.sentiment == null ? null : checkedSentiment(builder.sentiment);
        this.touchpoint = builder.touchpoint;
        this.corrects = builder.corrects;
        this.subject = builder.subject == null ? null : StorableText.requireLine("subject", builder.subject, MAX_LINE);
        this.bodyRef = builder.bodyRef == null ? null : StorableText.requireLine("bodyRef", builder.bodyRef, MAX_LINE);
        this.externalId = builder.externalId;
        this.participants = List.copyOf(builder.participants);
        this.relatedTo = List.copyOf(builder.relatedTo);
    }

    private static Duration checkedDuration(Duration duration) {
        if (duration.isNegative()) {
            throw RuleViolationException.of("interaction.duration", "duration", duration, "is negative");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw RuleViolationException.of("interaction.duration", "duration", duration, "is more than " + LONGEST);
        }
        return Duration.ofMillis(duration.toMillis());
    }

    private static BigDecimal checkedSentiment(BigDecimal sentiment) {
        if (sentiment.abs().compareTo(BigDecimal.ONE) > 0) {
            throw RuleViolationException.of("interaction.sentiment", "sentiment", sentiment, "is not from -1 to 1");
        }
        return (BigDecimal) ScalarType.DECIMAL.encode("sentiment", sentiment);
    }

    /**
     * Begins the draft of an interaction.
     *
     * @param customer whose it is
     * @param type what it was, by the host's key, such as {@code order question}; 1 to 200 characters
     * @param channel by what way
     * @return the draft
     */
    public static Builder with(CustomerId customer, String type, Channel channel) {
        return new Builder(customer, type, channel);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public InteractionId id() {
        return id;
    }

    /**
     * How often the record was written: more than once only where a merge moved it or an erasure blanked it.
     *
     * @return the version at which this was read, from 1
     */
    public long version() {
        return version;
    }

    /**
     * Whose it is.
     *
     * @return the customer's id
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * What it was.
     *
     * @return the host's key
     */
    public String type() {
        return type;
    }

    /**
     * By what way.
     *
     * @return the channel
     */
    public Channel channel() {
        return channel;
    }

    /**
     * Who turned to whom.
     *
     * @return the direction; empty if neither
     */
    public Optional<Direction> direction() {
        return Optional.ofNullable(direction);
    }

    /**
     * When it began, and where it stands on the timeline.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant occurredAt() {
        return occurredAt;
    }

    /**
     * When it was recorded, be it long after.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant recordedAt() {
        return recordedAt;
    }

    /**
     * How long it lasted.
     *
     * @return the duration, in whole milliseconds; empty if not known
     */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    /**
     * How the customer felt.
     *
     * @return from -1, badly, to 1, well; empty if not known
     */
    public Optional<BigDecimal> sentiment() {
        return Optional.ofNullable(sentiment);
    }

    /**
     * Where it was.
     *
     * @return the touchpoint's id; empty if not known
     */
    public Optional<TouchpointId> touchpoint() {
        return Optional.ofNullable(touchpoint);
    }

    /**
     * Which other entry it corrects.
     *
     * @return that entry's id; empty if none
     */
    public Optional<InteractionId> corrects() {
        return Optional.ofNullable(corrects);
    }

    /**
     * The subject line.
     *
     * @return the line; empty if there is none
     */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /**
     * Where the host keeps the body.
     *
     * @return the host's reference; empty if there is none
     */
    public Optional<String> bodyRef() {
        return Optional.ofNullable(bodyRef);
    }

    /**
     * What the system that delivered it calls it.
     *
     * @return the external id; empty if there is none
     */
    public Optional<ExternalId> externalId() {
        return Optional.ofNullable(externalId);
    }

    /**
     * Who took part beside the customer, or the customer in a certain role.
     *
     * @return the participants, unmodifiable
     */
    public List<Participant> participants() {
        return participants;
    }

    /**
     * What it was about.
     *
     * @return the records, unmodifiable
     */
    public List<RelatedRecord> relatedTo() {
        return relatedTo;
    }

    private Interaction withVersion(long newVersion) {
        return new Interaction(toBuilder(), id, newVersion, occurredAt, recordedAt);
    }

    private Builder toBuilder() {
        Builder copy = new Builder(customer, type, channel);
        copy.direction = direction;
        copy.duration = duration;
        copy.sentiment = sentiment;
        copy.touchpoint = touchpoint;
        copy.corrects = corrects;
        copy.subject = subject;
        copy.bodyRef = bodyRef;
        copy.externalId = externalId;
        copy.participants.addAll(participants);
        copy.relatedTo.addAll(relatedTo);
        return copy;
    }

    private static Interaction read(EntityRecord<Interaction> stored) {
        Builder builder =
                new Builder(stored.require(CUSTOMER), stored.require(INTERACTION_TYPE), stored.require(CHANNEL));
        builder.direction = stored.get(DIRECTION);
        Long millis = stored.get(DURATION_MILLIS);
        builder.duration = millis == null ? null : Duration.ofMillis(millis);
        builder.sentiment = stored.get(SENTIMENT);
        builder.touchpoint = stored.get(TOUCHPOINT);
        builder.corrects = stored.get(CORRECTS);
        builder.subject = stored.get(SUBJECT);
        builder.bodyRef = stored.get(BODY_REF);
        String system = stored.get(EXTERNAL_SYSTEM);
        String value = stored.get(EXTERNAL_VALUE);
        builder.externalId = system == null || value == null ? null : ExternalId.of(system, value);
        builder.participants.addAll(stored.elements(PARTICIPANTS));
        builder.relatedTo.addAll(stored.elements(RELATED_TO));
        return new Interaction(
                builder,
                new InteractionId(stored.id()),
                stored.version(),
                stored.require(OCCURRED_AT),
                stored.require(RECORDED_AT));
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                id,
                version,
                customer,
                type,
                channel,
                direction,
                occurredAt,
                recordedAt,
                duration,
                sentiment,
                touchpoint,
                corrects,
                subject,
                bodyRef,
                externalId,
                participants,
                relatedTo);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Interaction that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "Interaction[" + id.value() + "]";
    }

    /** The draft of an interaction. Not thread-safe. */
    public static final class Builder {

        private final CustomerId customer;
        private final String type;
        private final Channel channel;
        private @Nullable Direction direction;
        private @Nullable Instant occurredAt;
        private @Nullable Duration duration;
        private @Nullable BigDecimal sentiment;
        private @Nullable TouchpointId touchpoint;
        private @Nullable InteractionId corrects;
        private @Nullable String subject;
        private @Nullable String bodyRef;
        private @Nullable ExternalId externalId;
        private final List<Participant> participants = new ArrayList<>();
        private final List<RelatedRecord> relatedTo = new ArrayList<>();

        private Builder(CustomerId customer, String type, Channel channel) {
            this.customer = Objects.requireNonNull(customer, "customer");
            this.type = Objects.requireNonNull(type, "type");
            this.channel = Objects.requireNonNull(channel, "channel");
        }

        /**
         * Says that the customer turned to the company.
         *
         * @return this builder
         */
        public Builder inbound() {
            this.direction = Direction.INBOUND;
            return this;
        }

        /**
         * Says that the company turned to the customer.
         *
         * @return this builder
         */
        public Builder outbound() {
            this.direction = Direction.OUTBOUND;
            return this;
        }

        /**
         * Says when it began; when it is recorded unless said.
         *
         * @param instant when; cut to microseconds
         * @return this builder
         */
        public Builder at(Instant instant) {
            this.occurredAt = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Says how long it lasted.
         *
         * @param length the duration, not negative and at most as many milliseconds as a {@code long} counts; cut to
         *     milliseconds
         * @return this builder
         */
        public Builder lasting(Duration length) {
            this.duration = Objects.requireNonNull(length, "length");
            return this;
        }

        /**
         * Says how the customer felt.
         *
         * @param score from -1, badly, to 1, well; at most 10 digits after the point
         * @return this builder
         */
        public Builder sentiment(BigDecimal score) {
            this.sentiment = Objects.requireNonNull(score, "score");
            return this;
        }

        /**
         * Says where it was.
         *
         * @param place the touchpoint
         * @return this builder
         */
        public Builder touchpoint(TouchpointId place) {
            this.touchpoint = Objects.requireNonNull(place, "place");
            return this;
        }

        /**
         * Says that it corrects an entry, which stays.
         *
         * @param earlier the entry, of the same customer
         * @return this builder
         */
        public Builder corrects(InteractionId earlier) {
            this.corrects = Objects.requireNonNull(earlier, "earlier");
            return this;
        }

        /**
         * Says the subject line.
         *
         * @param line 1 to 1,000 characters
         * @return this builder
         */
        public Builder subject(String line) {
            this.subject = Objects.requireNonNull(line, "line");
            return this;
        }

        /**
         * Says where the host keeps the body.
         *
         * @param reference the host's reference, 1 to 1,000 characters
         * @return this builder
         */
        public Builder bodyRef(String reference) {
            this.bodyRef = Objects.requireNonNull(reference, "reference");
            return this;
        }

        /**
         * Says what the system that delivers it calls it: what comes twice is recorded once.
         *
         * @param system the other system
         * @param messageId the id there
         * @return this builder
         * @throws dev.crmcore.value.InvalidValueException if either is blank, too long or not storable
         */
        public Builder externalId(String system, String messageId) {
            this.externalId = ExternalId.of(system, messageId);
            return this;
        }

        /**
         * Adds somebody who took part.
         *
         * @param participant who
         * @return this builder
         */
        public Builder participant(Participant participant) {
            this.participants.add(Objects.requireNonNull(participant, "participant"));
            return this;
        }

        /**
         * Adds a record that it was about. Whether there is such a record is not checked: it may be of a host's own, or
         * come later.
         *
         * @param recordType the record's type
         * @param recordId the record's id
         * @return this builder
         */
        public Builder relatedTo(EntityType<?> recordType, EntityId recordId) {
            this.relatedTo.add(RelatedRecord.of(recordType, recordId));
            return this;
        }

        /** Whether a recorded interaction says what this draft says; a draft without an instant is of any. */
        boolean isRecordedAs(Interaction recorded) {
            Instant at = occurredAt == null ? recorded.occurredAt : occurredAt;
            return new Interaction(this, recorded.id, recorded.version, at, recorded.recordedAt).equals(recorded);
        }

        Interaction build(InteractionId id, Instant now) {
            return new Interaction(this, id, 0, occurredAt == null ? now : occurredAt, now);
        }
    }
}
