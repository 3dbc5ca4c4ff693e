package dev.crmcore.feedback;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.ExternalId;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.Microseconds;
import dev.crmcore.value.StorableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What somebody answered to an edition of a survey. Never changed once handed in.
 *
 * <p>The score stands in columns, with its scale; answers and comment are personal and go when the customer is erased,
 * the score stays. A second response of the same person is kept as well: which of them counts is for the figures to say.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id alone.
 */
public final class SurveyResponse {

    /** To which survey. */
    public static final Field<SurveyResponse, SurveyId> SURVEY = Field.<SurveyResponse, SurveyId>id(
                    "survey_id", SurveyId::new, SurveyResponse::survey)
            .required();

    /** The key of the survey. */
    public static final Field<SurveyResponse, String> SURVEY_KEY =
            Field.<SurveyResponse>text("survey_key", SurveyResponse::surveyKey).required();

    /** To which edition of its questions. */
    public static final Field<SurveyResponse, Integer> EDITION = Field.<SurveyResponse, Integer>of(
                    "edition", ScalarType.INTEGER, SurveyResponse::edition)
            .required();

    /** Who answered; absent for an anonymous response. */
    public static final Field<SurveyResponse, CustomerId> CUSTOMER =
            Field.id("customer_id", CustomerId::new, response -> response.customer);

    /** To which invitation; absent for one that was not asked for. */
    public static final Field<SurveyResponse, InvitationId> INVITATION =
            Field.id("invitation_id", InvitationId::new, response -> response.invitation);

    /** The scale of the score. */
    public static final Field<SurveyResponse, ScoreScale> SCALE =
            Field.of("scale", ScoreScale.STORED, response -> response.scale);

    /** The score: the answer to the first question with a scale; absent where it was not answered. */
    public static final Field<SurveyResponse, Integer> SCORE =
            Field.of("score", ScalarType.INTEGER, response -> response.score);

    /** When it was answered. */
    public static final Field<SurveyResponse, Instant> ANSWERED_AT = Field.<SurveyResponse>instant(
                    "answered_at", SurveyResponse::answeredAt)
            .required();

    /** When it was noted. */
    public static final Field<SurveyResponse, Instant> RECORDED_AT = Field.<SurveyResponse>instant(
                    "recorded_at", SurveyResponse::recordedAt)
            .required();

    /** The channel. */
    public static final Field<SurveyResponse, String> CHANNEL = Field.text("channel", response -> response.channel);

    /** The system that the external id is of. */
    public static final Field<SurveyResponse, String> SOURCE =
            Field.text("source", response -> response.externalId == null ? null : response.externalId.system());

    /** The external id. */
    public static final Field<SurveyResponse, String> EXTERNAL_ID =
            Field.text("external_id", response -> response.externalId == null ? null : response.externalId.value());

    /** One response for one external id. */
    public static final UniqueKey<SurveyResponse> BY_EXTERNAL_ID =
            UniqueKey.of("response_external_id", SOURCE, EXTERNAL_ID);

    /** One response for one invitation. */
    public static final UniqueKey<SurveyResponse> BY_INVITATION = UniqueKey.of("response_invitation", INVITATION);

    /** How responses are kept. */
    public static final EntityType<SurveyResponse> TYPE = EntityType.define("survey_response", SurveyResponse.class)
            .id(SurveyResponse::id)
            .version(SurveyResponse::version, SurveyResponse::withVersion)
            .fields(
                    SURVEY,
                    SURVEY_KEY,
                    EDITION,
                    CUSTOMER,
                    INVITATION,
                    SCALE,
                    SCORE,
                    ANSWERED_AT,
                    RECORDED_AT,
                    CHANNEL,
                    SOURCE,
                    EXTERNAL_ID)
            .unique(BY_EXTERNAL_ID)
            .unique(BY_INVITATION)
            .index(SURVEY_KEY, ANSWERED_AT)
            .index(CUSTOMER, ANSWERED_AT)
            .references(Reference.of(SURVEY, "survey", Reference.OnMerge.STAY))
            .references(Reference.of(INVITATION, "survey_invitation", Reference.OnMerge.STAY))
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(ANSWERED_AT)
            .onErasure(EntityType.OnErasure.BLANK)
            .appendOnly()
            .personalBody(SurveyResponse::body)
            .readBy(SurveyResponse::read);

    private static final int MAX_CHANNEL_LENGTH = 100;

    private final ResponseId id;
    private final long version;
    private final SurveyId survey;
    private final String surveyKey;
    private final int edition;
    private final @Nullable CustomerId customer;
    private final @Nullable InvitationId invitation;
    private final @Nullable ScoreScale scale;
    private final @Nullable Integer score;
    private final Instant answeredAt;
    private final Instant recordedAt;
    private final @Nullable String channel;
    private final @Nullable ExternalId externalId;
    private final Answers answers;
    private final @Nullable String commentKey;

    private SurveyResponse(Parts parts) {
        this.id = parts.id;
        this.version = parts.version;
        this.survey = parts.survey;
        this.surveyKey = parts.surveyKey;
        this.edition = parts.edition;
        this.customer = parts.customer;
        this.invitation = parts.invitation;
        this.scale = parts.scale;
        this.score = parts.score;
        this.answeredAt = parts.answeredAt;
        this.recordedAt = parts.recordedAt;
        this.channel = parts.channel;
        this.externalId = parts.externalId;
        this.answers = parts.answers;
        this.commentKey = parts.commentKey;
    }

    private static SurveyResponse read(EntityRecord<SurveyResponse> stored) {
        Parts parts = new Parts(
                new ResponseId(stored.id()),
                stored.require(SURVEY),
                stored.require(SURVEY_KEY),
                stored.require(EDITION),
                stored.require(ANSWERED_AT),
                stored.require(RECORDED_AT));
        parts.version = stored.version();
        parts.customer = stored.get(CUSTOMER);
        parts.invitation = stored.get(INVITATION);
        parts.scale = stored.get(SCALE);
        parts.score = stored.get(SCORE);
        parts.channel = stored.get(CHANNEL);
        String system = stored.get(SOURCE);
        parts.externalId = system == null ? null : ExternalId.of(system, stored.require(EXTERNAL_ID));
        JsonObject body = stored.body();
        parts.answers = Answers.of(body.object("answers").orElse(JsonObject.empty()));
        parts.commentKey = body.text("comment").orElse(null);
        return new SurveyResponse(parts);
    }

    private JsonObject body() {
        return JsonObject.builder()
                .put("answers", answers.json())
                .putIfPresent("comment", commentKey)
                .build();
    }

    /**
     * Begins a response.
     *
     * @param survey to which survey
     * @return the draft; a score or answers are still to be said
     */
    public static Draft to(SurveyId survey) {
        return new Draft(survey);
    }

    /** The response to an invitation: what was saved so far, and the last answers in place of or beside that. */
    static Draft to(SurveyInvitation invitation, Answers answers) {
        Draft draft = new Draft(invitation.survey());
        draft.customer = invitation.customer();
        draft.invitation = invitation.id();
        draft.edition = invitation.edition().orElseThrow();
        draft.channel = invitation.channel().orElse(null);
        draft.answers = invitation.answers().with(answers);
        return draft;
    }

    private SurveyResponse withVersion(long newVersion) {
        Parts parts = new Parts(id, survey, surveyKey, edition, answeredAt, recordedAt);
        parts.version = newVersion;
        parts.customer = customer;
        parts.invitation = invitation;
        parts.scale = scale;
        parts.score = score;
        parts.channel = channel;
        parts.externalId = externalId;
        parts.answers = answers;
        parts.commentKey = commentKey;
        return new SurveyResponse(parts);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public ResponseId id() {
        return id;
    }

    /**
     * The version of the record.
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
     * To which edition of its questions.
     *
     * @return the number, from 1
     */
    public int edition() {
        return edition;
    }

    /**
     * Who answered.
     *
     * @return the customer, empty for an anonymous response
     */
    public Optional<CustomerId> customer() {
        return Optional.ofNullable(customer);
    }

    /**
     * To which invitation.
     *
     * @return the invitation, empty for a response that was not asked for
     */
    public Optional<InvitationId> invitation() {
        return Optional.ofNullable(invitation);
    }

    /**
     * The scale of the score.
     *
     * @return the scale, empty where there is no score
     */
    public Optional<ScoreScale> scale() {
        return Optional.ofNullable(scale);
    }

    /**
     * The score.
     *
     * @return the answer to the first question with a scale, empty where there is none or it was not answered
     */
    public OptionalInt score() {
        return score == null ? OptionalInt.empty() : OptionalInt.of(score);
    }

    /**
     * The comment.
     *
     * @return the answer to the first question for text, if it was answered
     */
    public Optional<String> comment() {
        return commentKey == null ? Optional.empty() : answers.text(commentKey);
    }

    /**
     * All answers.
     *
     * @return the answers; none once they were erased
     */
    public Answers answers() {
        return answers;
    }

    /**
     * When it was answered.
     *
     * @return the instant, exact to the microsecond
     */
    public Instant answeredAt() {
        return answeredAt;
    }

    /**
     * When it was noted here.
     *
     * @return the instant
     */
    public Instant recordedAt() {
        return recordedAt;
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
     * What another system calls it.
     *
     * @return the external id, if there is one
     */
    public Optional<ExternalId> externalId() {
        return Optional.ofNullable(externalId);
    }

    /**
     * Whether another response says the same: all but ids, versions, editions and the moment of noting.
     *
     * @param other the other
     * @return whether survey, customer, answers, time, channel and external id are equal
     */
    public boolean saysTheSameAs(SurveyResponse other) {
        return survey.equals(other.survey)
                && Objects.equals(customer, other.customer)
                && answers.equals(other.answers)
                && answeredAt.equals(other.answeredAt)
                && Objects.equals(channel, other.channel)
                && Objects.equals(externalId, other.externalId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SurveyResponse that
                && id.equals(that.id)
                && version == that.version
                && saysTheSameAs(that)
                && edition == that.edition
                && surveyKey.equals(that.surveyKey)
                && Objects.equals(invitation, that.invitation)
                && Objects.equals(scale, that.scale)
                && Objects.equals(score, that.score)
                && Objects.equals(commentKey, that.commentKey)
                && recordedAt.equals(that.recordedAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SurveyResponse[" + id.value() + "]";
    }

    /** What a response is made of, while it is made. */
    private static final class Parts {
        private final ResponseId id;
        private final SurveyId survey;
        private final String surveyKey;
        private final int edition;
        private final Instant answeredAt;
        private final Instant recordedAt;
        private long version = 1;
        private @Nullable CustomerId customer;
        private @Nullable InvitationId invitation;
        private @Nullable ScoreScale scale;
        private @Nullable Integer score;
        private @Nullable String channel;
        private @Nullable ExternalId externalId;
        private Answers answers = Answers.none();
        private @Nullable String commentKey;

        Parts(ResponseId id, SurveyId survey, String surveyKey, int edition, Instant answeredAt, Instant recordedAt) {
            this.id = Objects.requireNonNull(id, "id");
            this.survey = survey;
            this.surveyKey = surveyKey;
            this.edition = edition;
            this.answeredAt = answeredAt;
            this.recordedAt = recordedAt;
        }
    }

    /** A response that is not handed in yet. Not thread-safe. */
    public static final class Draft {

        private final SurveyId survey;
        private @Nullable CustomerId customer;
        private @Nullable InvitationId invitation;
        private @Nullable Integer edition;
        private @Nullable Integer score;
        private @Nullable String comment;
        private Answers answers = Answers.none();
        private @Nullable Instant answeredAt;
        private @Nullable String channel;
        private @Nullable ExternalId externalId;

        private Draft(SurveyId survey) {
            this.survey = Objects.requireNonNull(survey, "survey");
        }

        /**
         * Says who answers; anonymous unless said.
         *
         * @param respondent the customer
         * @return this draft
         */
        public Draft by(CustomerId respondent) {
            this.customer = Objects.requireNonNull(respondent, "respondent");
            return this;
        }

        /**
         * Answers the first question with a scale.
         *
         * @param value the score
         * @return this draft
         */
        public Draft score(int value) {
            this.score = value;
            return this;
        }

        /**
         * Answers the first question for text.
         *
         * @param text the comment
         * @return this draft
         */
        public Draft comment(String text) {
            this.comment = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Answers questions by their keys; a score or comment said beside stands in place of the answer here.
         *
         * @param given the answers
         * @return this draft
         */
        public Draft answers(Answers given) {
            this.answers = Objects.requireNonNull(given, "given");
            return this;
        }

        /**
         * Says when; now unless said.
         *
         * @param instant when; cut to microseconds
         * @return this draft
         * @throws InvalidValueException if it is not in the years 1 to 9999
         */
        public Draft at(Instant instant) {
            this.answeredAt = Microseconds.of(instant);
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
            this.channel = requireChannel(name);
            return this;
        }

        /**
         * Says what another system calls it: the same response delivered twice is one response.
         *
         * @param system the other system
         * @param value the id there
         * @return this draft
         * @throws InvalidValueException if one of them is blank, too long or cannot be stored
         */
        public Draft externalId(String system, String value) {
            this.externalId = ExternalId.of(system, value);
            return this;
        }

        static String requireChannel(String name) {
            StorableText.require("channel", name);
            if (name.isBlank() || name.length() > MAX_CHANNEL_LENGTH) {
                throw new InvalidValueException("channel", name, "must be 1 to " + MAX_CHANNEL_LENGTH + " characters");
            }
            return name;
        }

        SurveyId survey() {
            return survey;
        }

        Optional<ExternalId> externalId() {
            return Optional.ofNullable(externalId);
        }

        /** Whether a noted response says what this draft says; a draft without an instant is of any. */
        boolean isRecordedAs(SurveyResponse noted, Survey asked) {
            if (!survey.equals(noted.survey)) {
                return false;
            }
            Questionnaire questionnaire = asked.questionnaire(noted.edition);
            return Objects.equals(customer, noted.customer)
                    && completed(questionnaire).equals(noted.answers)
                    && (answeredAt == null || answeredAt.equals(noted.answeredAt))
                    && Objects.equals(channel, noted.channel);
        }

        /**
         * Lets a response pass that a survey takes, whoever gives it: to know it before anything is done for it.
         *
         * @param asked the survey
         * @throws RuleViolationException if the survey takes no answers at the draft's time (without one, at the end of
         *     time), or an answer is missing or not what its question takes
         */
        public void requireTakenBy(Survey asked) {
            asked.requireTakesAnswers(answeredAt == null ? Instant.MAX : answeredAt);
            Answers unused = completed(asked.questionnaire(edition == null ? asked.edition() : edition));
        }

        private Answers completed(Questionnaire questionnaire) {
            return questionnaire.complete(given(questionnaire));
        }

        SurveyResponse build(ResponseId id, Survey asked, Instant now) {
            Instant at = answeredAt == null ? now : answeredAt;
            asked.requireTakesAnswers(at);
            int number = edition == null ? asked.edition() : edition;
            Questionnaire questionnaire = asked.questionnaire(number);
            Answers complete = completed(questionnaire);
            Parts parts = new Parts(id, survey, asked.key(), number, at, now);
            parts.customer = customer;
            parts.invitation = invitation;
            parts.channel = channel;
            parts.externalId = externalId;
            parts.answers = complete;
            parts.commentKey = questionnaire
                    .commentQuestion()
                    .map(Question::key)
                    .filter(complete.questions()::contains)
                    .orElse(null);
            questionnaire
                    .scoreQuestion()
                    .filter(question -> complete.questions().contains(question.key()))
                    .ifPresent(question -> {
                        parts.scale = question.scale().orElseThrow();
                        parts.score = complete.score(question.key()).orElseThrow();
                    });
            return new SurveyResponse(parts);
        }

        private Answers given(Questionnaire questionnaire) {
            if (score == null && comment == null) {
                return answers;
            }
            Answers.Builder said = Answers.builder();
            if (score != null) {
                said.score(require(questionnaire.scoreQuestion(), "score"), score);
            }
            if (comment != null && !comment.isBlank()) {
                said.text(require(questionnaire.commentQuestion(), "comment"), comment);
            }
            return answers.with(said.build());
        }

        private static String require(Optional<Question> question, String what) {
            return question.orElseThrow(() -> RuleViolationException.of(
                            "feedback.answer", what, "", "is asked for by no question of the survey"))
                    .key();
        }
    }
}
