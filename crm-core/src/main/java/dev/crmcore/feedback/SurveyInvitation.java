package dev.crmcore.feedback;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Microseconds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer is asked to answer a survey, once. It keeps what was answered so far, until the response is handed in.
 *
 * <p>It can be answered from the moment it is made until just before it expires. Reminders wait for the message before
 * them: the second is due its own wait after the first was really sent, so that a host that was down does not send all
 * of them at once.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id and the status alone.
 */
public final class SurveyInvitation {

    /** How long an invitation can be answered unless said otherwise: 30 days of 24 hours. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(30);

    /** To which survey. */
    public static final Field<SurveyInvitation, SurveyId> SURVEY = Field.<SurveyInvitation, SurveyId>id(
                    "survey_id", SurveyId::new, SurveyInvitation::survey)
            .required();

    /** The key of the survey. */
    public static final Field<SurveyInvitation, String> SURVEY_KEY = Field.<SurveyInvitation>text(
                    "survey_key", SurveyInvitation::surveyKey)
            .required();

    /** Who is invited. */
    public static final Field<SurveyInvitation, CustomerId> CUSTOMER = Field.<SurveyInvitation, CustomerId>id(
                    "customer_id", CustomerId::new, SurveyInvitation::customer)
            .required();

    /** How far it is. */
    public static final Field<SurveyInvitation, InvitationStatus> STATUS =
            Field.<SurveyInvitation, InvitationStatus>enumerated(
                            "status", InvitationStatus.class, SurveyInvitation::status)
                    .required();

    /** The token; absent once it was erased. */
    public static final Field<SurveyInvitation, String> TOKEN = Field.<SurveyInvitation>text(
                    "token", invitation -> invitation.token)
            .personal();

    /** Which edition of the questions was begun on. */
    public static final Field<SurveyInvitation, Integer> EDITION =
            Field.of("edition", ScalarType.INTEGER, invitation -> invitation.edition);

    /** When the customer is asked: when it was made, or for when it was planned. */
    public static final Field<SurveyInvitation, Instant> ASKED_AT = Field.<SurveyInvitation>instant(
                    "asked_at", SurveyInvitation::askedAt)
            .required();

    /** When the next message is due; absent where none is. */
    public static final Field<SurveyInvitation, Instant> SEND_AT = Field.<SurveyInvitation>instant(
                    "send_at", invitation -> invitation.sendAt)
            .indexed();

    /** How many messages were sent, the invitation itself and reminders. */
    public static final Field<SurveyInvitation, Integer> DELIVERIES = Field.<SurveyInvitation, Integer>of(
                    "deliveries", ScalarType.INTEGER, SurveyInvitation::deliveries)
            .required();

    /** When it was first sent. */
    public static final Field<SurveyInvitation, Instant> SENT_AT =
            Field.instant("sent_at", invitation -> invitation.sentAt);

    /** When the customer first opened the survey. */
    public static final Field<SurveyInvitation, Instant> OPENED_AT =
            Field.instant("opened_at", invitation -> invitation.openedAt);

    /** From when on it cannot be answered. */
    public static final Field<SurveyInvitation, Instant> EXPIRES_AT = Field.<SurveyInvitation>instant(
                    "expires_at", SurveyInvitation::expiresAt)
            .required();

    /** When the response was handed in. */
    public static final Field<SurveyInvitation, Instant> RESPONDED_AT =
            Field.instant("responded_at", invitation -> invitation.respondedAt);

    /** The channel. */
    public static final Field<SurveyInvitation, String> CHANNEL =
            Field.text("channel", invitation -> invitation.channel);

    /** One invitation for one token. */
    public static final UniqueKey<SurveyInvitation> BY_TOKEN = UniqueKey.of("invitation_token", TOKEN);

    /** How invitations are kept. */
    public static final EntityType<SurveyInvitation> TYPE = EntityType.define(
                    "survey_invitation", SurveyInvitation.class)
            .id(SurveyInvitation::id)
            .version(SurveyInvitation::version, SurveyInvitation::withVersion)
            .fields(
                    SURVEY,
                    SURVEY_KEY,
                    CUSTOMER,
                    STATUS,
                    TOKEN,
                    EDITION,
                    ASKED_AT,
                    SEND_AT,
                    DELIVERIES,
                    SENT_AT,
                    OPENED_AT,
                    EXPIRES_AT,
                    RESPONDED_AT,
                    CHANNEL)
            .unique(BY_TOKEN)
            .index(CUSTOMER, ASKED_AT)
            .index(STATUS, EXPIRES_AT)
            .references(Reference.of(SURVEY, "survey", Reference.OnMerge.STAY))
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(ASKED_AT)
            .onErasure(EntityType.OnErasure.BLANK)
            .claimable()
            .personalBody(SurveyInvitation::body)
            .readBy(SurveyInvitation::read);

    private static final int MAX_REMINDERS = 10;

    private final InvitationId id;
    private final long version;
    private final SurveyId survey;
    private final String surveyKey;
    private final CustomerId customer;
    private final InvitationStatus status;
    private final @Nullable String token;
    private final @Nullable Integer edition;
    private final Instant askedAt;
    private final @Nullable Instant sendAt;
    private final int deliveries;
    private final @Nullable Instant sentAt;
    private final @Nullable Instant openedAt;
    private final Instant expiresAt;
    private final @Nullable Instant respondedAt;
    private final @Nullable String channel;
    private final List<Duration> reminders;
    private final Answers answers;

    private SurveyInvitation(Parts parts) {
        this.id = Objects.requireNonNull(parts.id, "id");
        this.version = parts.version;
        this.survey = parts.survey;
        this.surveyKey = parts.surveyKey;
        this.customer = parts.customer;
        this.status = parts.status;
        this.token = parts.token;
        this.edition = parts.edition;
        this.askedAt = parts.askedAt;
        this.sendAt = parts.sendAt;
        this.deliveries = parts.deliveries;
        this.sentAt = parts.sentAt;
        this.openedAt = parts.openedAt;
        this.expiresAt = parts.expiresAt;
        this.respondedAt = parts.respondedAt;
        this.channel = parts.channel;
        this.reminders = List.copyOf(parts.reminders);
        this.answers = parts.answers;
    }

    private static SurveyInvitation read(EntityRecord<SurveyInvitation> stored) {
        Parts parts = new Parts(
                new InvitationId(stored.id()),
                stored.require(SURVEY),
                stored.require(SURVEY_KEY),
                stored.require(CUSTOMER),
                stored.require(ASKED_AT),
                stored.require(EXPIRES_AT));
        parts.version = stored.version();
        parts.status = stored.require(STATUS);
        parts.token = stored.get(TOKEN);
        parts.edition = stored.get(EDITION);
        parts.sendAt = stored.get(SEND_AT);
        parts.deliveries = stored.require(DELIVERIES);
        parts.sentAt = stored.get(SENT_AT);
        parts.openedAt = stored.get(OPENED_AT);
        parts.respondedAt = stored.get(RESPONDED_AT);
        parts.channel = stored.get(CHANNEL);
        JsonObject body = stored.body();
        parts.reminders = body.texts("reminders").stream().map(Duration::parse).toList();
        parts.answers = Answers.of(body.object("answers").orElse(JsonObject.empty()));
        return new SurveyInvitation(parts);
    }

    private JsonObject body() {
        return JsonObject.builder()
                .putTexts(
                        "reminders", reminders.stream().map(Duration::toString).toList())
                .put("answers", answers.json())
                .build();
    }

    /**
     * Begins an invitation.
     *
     * @param survey to which survey
     * @param customer who is invited
     * @return the draft
     */
    public static Draft to(SurveyId survey, CustomerId customer) {
        return new Draft(survey, customer);
    }

    /** Refuses an answer where the one response was given, or the time is up. */
    void requireOpen(Instant at) {
        switch (status) {
            case ANSWERED -> throw refused("answered", "was answered already");
            case WITHDRAWN -> throw refused("withdrawn", "was taken back");
            case EXPIRED -> throw refused("expired", "could be answered until " + expiresAt);
            case WAITING, SENT, OPENED -> {
                if (!at.isBefore(expiresAt)) {
                    throw refused("expired", "could be answered until " + expiresAt);
                }
            }
        }
    }

    private RuleViolationException refused(String rule, String message) {
        return RuleViolationException.of("feedback.invitation." + rule, "invitation", id.value(), message);
    }

    /** The next state, opened; the edition of the questions is fixed by the first opening. */
    SurveyInvitation opened(Instant at, int latestEdition) {
        Parts parts = parts();
        parts.status = InvitationStatus.OPENED;
        parts.openedAt = openedAt == null ? at : openedAt;
        parts.edition = edition == null ? Integer.valueOf(latestEdition) : edition;
        return new SurveyInvitation(parts);
    }

    /** The next state, with more answers kept. */
    SurveyInvitation saved(Answers more) {
        Parts parts = parts();
        parts.answers = answers.with(more);
        return new SurveyInvitation(parts);
    }

    /** The next state, answered; the answers are the response's from now on. */
    SurveyInvitation answered(Instant at) {
        Parts parts = ended(InvitationStatus.ANSWERED);
        parts.respondedAt = at;
        parts.answers = Answers.none();
        return new SurveyInvitation(parts);
    }

    /** The next state, expired. */
    SurveyInvitation expired() {
        return new SurveyInvitation(ended(InvitationStatus.EXPIRED));
    }

    /** The next state, taken back. */
    SurveyInvitation withdrawn() {
        return new SurveyInvitation(ended(InvitationStatus.WITHDRAWN));
    }

    private Parts ended(InvitationStatus end) {
        Parts parts = parts();
        parts.status = end;
        parts.sendAt = null;
        return parts;
    }

    /** The next state after a message was sent: the next reminder waits from then on. */
    SurveyInvitation delivered(Instant at) {
        Parts parts = parts();
        parts.status = status == InvitationStatus.WAITING ? InvitationStatus.SENT : status;
        parts.sentAt = sentAt == null ? at : sentAt;
        parts.deliveries = deliveries + 1;
        parts.sendAt = nextReminder(at);
        return new SurveyInvitation(parts);
    }

    private @Nullable Instant nextReminder(Instant after) {
        // answered while the message was on its way: no reminder follows
        if (!InvitationStatus.OPEN_ONES.contains(status) || deliveries >= reminders.size()) {
            return null;
        }
        Instant due = after.plus(reminders.get(deliveries));
        return due.isBefore(expiresAt) ? due : null;
    }

    private SurveyInvitation withVersion(long newVersion) {
        Parts parts = parts();
        parts.version = newVersion;
        return new SurveyInvitation(parts);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public InvitationId id() {
        return id;
    }

    /**
     * The version, raised by every change.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * To which survey.
     *
     * @return the survey
     */
    public SurveyId survey() {
        return survey;
    }

    /**
     * The key of the survey.
     *
     * @return the key
     */
    public String surveyKey() {
        return surveyKey;
    }

    /**
     * Who is invited.
     *
     * @return the customer
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * How far it is, as far as it was noted: one whose time is up is {@code EXPIRED} once due work has found it, and
     * cannot be answered before that either.
     *
     * @return the status
     */
    public InvitationStatus status() {
        return status;
    }

    /**
     * What the link to the survey carries. Who has it may answer in the customer's name: do not log it.
     *
     * @return the token: letters, digits, - and _; empty once it was erased
     */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /**
     * Which edition of the questions was begun on.
     *
     * @return its number, empty before the survey was opened
     */
    public Optional<Integer> edition() {
        return Optional.ofNullable(edition);
    }

    /**
     * When the customer is asked.
     *
     * @return when it was made, or for when it was planned
     */
    public Instant askedAt() {
        return askedAt;
    }

    /**
     * When the next message is due.
     *
     * @return the instant, empty where none is
     */
    public Optional<Instant> sendAt() {
        return Optional.ofNullable(sendAt);
    }

    /**
     * How many messages were sent.
     *
     * @return the invitation itself and reminders
     */
    public int deliveries() {
        return deliveries;
    }

    /**
     * How many reminders were sent.
     *
     * @return 0 or more
     */
    public int remindersSent() {
        return Math.max(0, deliveries - 1);
    }

    /**
     * When it was first sent.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> sentAt() {
        return Optional.ofNullable(sentAt);
    }

    /**
     * When the customer first opened the survey.
     *
     * @return the instant, if it was opened
     */
    public Optional<Instant> openedAt() {
        return Optional.ofNullable(openedAt);
    }

    /**
     * From when on it cannot be answered.
     *
     * @return the first instant at which it is too late
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * When the response was handed in.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> respondedAt() {
        return Optional.ofNullable(respondedAt);
    }

    /**
     * The channel.
     *
     * @return the channel, if it was said
     */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    /**
     * How long each reminder waits for the message before it.
     *
     * @return one wait for each reminder
     */
    public List<Duration> reminders() {
        return reminders;
    }

    /**
     * What was answered so far.
     *
     * @return the answers that were saved; none before that, and none after the response was handed in
     */
    public Answers answers() {
        return answers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SurveyInvitation that
                && id.equals(that.id)
                && version == that.version
                && survey.equals(that.survey)
                && surveyKey.equals(that.surveyKey)
                && customer.equals(that.customer)
                && status == that.status
                && Objects.equals(token, that.token)
                && Objects.equals(edition, that.edition)
                && askedAt.equals(that.askedAt)
                && Objects.equals(sendAt, that.sendAt)
                && deliveries == that.deliveries
                && Objects.equals(sentAt, that.sentAt)
                && Objects.equals(openedAt, that.openedAt)
                && expiresAt.equals(that.expiresAt)
                && Objects.equals(respondedAt, that.respondedAt)
                && Objects.equals(channel, that.channel)
                && reminders.equals(that.reminders)
                && answers.equals(that.answers);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SurveyInvitation[" + id.value() + ", " + status + "]";
    }

    private Parts parts() {
        Parts parts = new Parts(id, survey, surveyKey, customer, askedAt, expiresAt);
        parts.version = version;
        parts.status = status;
        parts.token = token;
        parts.edition = edition;
        parts.sendAt = sendAt;
        parts.deliveries = deliveries;
        parts.sentAt = sentAt;
        parts.openedAt = openedAt;
        parts.respondedAt = respondedAt;
        parts.channel = channel;
        parts.reminders = reminders;
        parts.answers = answers;
        return parts;
    }

    /** What an invitation is made of, while it is made. */
    private static final class Parts {
        private final InvitationId id;
        private final SurveyId survey;
        private final String surveyKey;
        private final CustomerId customer;
        private final Instant askedAt;
        private final Instant expiresAt;
        private long version = 1;
        private InvitationStatus status = InvitationStatus.WAITING;
        private @Nullable String token;
        private @Nullable Integer edition;
        private @Nullable Instant sendAt;
        private int deliveries;
        private @Nullable Instant sentAt;
        private @Nullable Instant openedAt;
        private @Nullable Instant respondedAt;
        private @Nullable String channel;
        private List<Duration> reminders = List.of();
        private Answers answers = Answers.none();

        Parts(
                InvitationId id,
                SurveyId survey,
                String surveyKey,
                CustomerId customer,
                Instant askedAt,
                Instant expiresAt) {
            this.id = id;
            this.survey = survey;
            this.surveyKey = surveyKey;
            this.customer = customer;
            this.askedAt = askedAt;
            this.expiresAt = expiresAt;
        }
    }

    /** An invitation that is not made yet. Not thread-safe. */
    public static final class Draft {

        private final SurveyId survey;
        private final CustomerId customer;
        private @Nullable Instant sendAt;
        private Duration lifetime = DEFAULT_LIFETIME;
        private List<Duration> reminders = List.of();
        private boolean handedOver;
        private @Nullable String channel;

        private Draft(SurveyId survey, CustomerId customer) {
            this.survey = Objects.requireNonNull(survey, "survey");
            this.customer = Objects.requireNonNull(customer, "customer");
        }

        /**
         * Plans the sending; at once unless said.
         *
         * @param instant when; cut to microseconds; in the past it means now
         * @return this draft
         * @throws InvalidValueException if it is not in the years 1 to 9999
         */
        public Draft sendAt(Instant instant) {
            this.sendAt = Microseconds.of(instant);
            return this;
        }

        /**
         * Says that the host has shown or handed over the survey itself: only reminders are sent.
         *
         * @return this draft
         */
        public Draft handedOver() {
            this.handedOver = true;
            return this;
        }

        /**
         * Says how long it can be answered, from when the customer is asked; {@link #DEFAULT_LIFETIME} unless said.
         *
         * @param duration exact time, more than zero
         * @return this draft
         * @throws InvalidValueException if it is not more than zero
         */
        public Draft expiresAfter(Duration duration) {
            this.lifetime = requirePositive("lifetime of an invitation", duration);
            return this;
        }

        /**
         * Says how many reminders there are, and how long each waits for the message before it; none unless said. A
         * reminder that would come when it is too late to answer is not sent, nor are those after it.
         *
         * @param waits one exact time for each reminder, more than zero; at most 10
         * @return this draft
         * @throws InvalidValueException if one is not more than zero, or there are more than 10
         */
        public Draft remindAfter(Duration... waits) {
            if (waits.length > MAX_REMINDERS) {
                throw new InvalidValueException(
                        "reminders", Integer.toString(waits.length), "must be at most " + MAX_REMINDERS);
            }
            for (Duration wait : waits) {
                requirePositive("wait of a reminder", wait);
            }
            this.reminders = List.of(waits);
            return this;
        }

        /**
         * Says through which channel.
         *
         * @param name the channel, 1 to 100 characters
         * @return this draft
         * @throws InvalidValueException if the name is blank, too long or cannot be stored
         */
        public Draft channel(String name) {
            this.channel = SurveyResponse.Draft.requireChannel(name);
            return this;
        }

        private static Duration requirePositive(String what, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new InvalidValueException(what, duration.toString(), "must be more than zero: " + duration);
            }
            return duration;
        }

        SurveyId survey() {
            return survey;
        }

        CustomerId customer() {
            return customer;
        }

        Instant askedAt(Instant now) {
            return sendAt == null || handedOver || sendAt.isBefore(now) ? now : sendAt;
        }

        SurveyInvitation build(InvitationId id, Survey asked, String token, Instant now) {
            Instant at = askedAt(now);
            Parts parts = new Parts(id, survey, asked.key(), customer, at, Microseconds.of(at.plus(lifetime)));
            parts.token = token;
            parts.reminders = reminders;
            parts.channel = channel;
            parts.sendAt = at;
            SurveyInvitation invitation = new SurveyInvitation(parts);
            return handedOver ? invitation.delivered(now) : invitation;
        }
    }
}
