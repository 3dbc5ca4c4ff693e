package dev.crmcore.feedback;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.UniqueKey;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.StorableText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A survey: a stable key, and the editions of its questions.
 *
 * <p>Only the edition of a draft can be changed. What was published never is, so no answer ever stands below another
 * question than it was given to: a {@linkplain #revisedTo revision} is the next edition, from which on the survey asks.
 *
 * <p>Immutable and thread-safe.
 */
public final class Survey {

    /** The stable key, such as {@code nps}. */
    public static final Field<Survey, String> KEY =
            Field.<Survey>text("survey_key", Survey::key).required();

    /** The title. */
    public static final Field<Survey, String> TITLE =
            Field.<Survey>text("title", Survey::title).required();

    /** How far it is. */
    public static final Field<Survey, SurveyStatus> STATUS = Field.<Survey, SurveyStatus>enumerated(
                    "status", SurveyStatus.class, Survey::status)
            .required();

    /** The number of the latest edition. */
    public static final Field<Survey, Integer> EDITION = Field.<Survey, Integer>of(
                    "edition", ScalarType.INTEGER, Survey::edition)
            .required();

    /** For how many days before an invitation the customer must have been left in peace. */
    public static final Field<Survey, Integer> REST_DAYS = Field.<Survey, Integer>of(
                    "rest_days", ScalarType.INTEGER, survey -> survey.restDays)
            .required();

    /** What is promised to those who answer. */
    public static final Field<Survey, String> INCENTIVE_KIND =
            Field.text("incentive_kind", survey -> survey.incentive == null ? null : survey.incentive.kind());

    /** How much of it. */
    public static final Field<Survey, Long> INCENTIVE_AMOUNT =
            Field.number("incentive_amount", survey -> survey.incentive == null ? null : survey.incentive.amount());

    /** When it was first written. */
    public static final Field<Survey, Instant> CREATED_AT =
            Field.<Survey>instant("created_at", Survey::createdAt).required();

    /** When it was published. */
    public static final Field<Survey, Instant> PUBLISHED_AT =
            Field.instant("published_at", survey -> survey.publishedAt);

    /** When it was closed. */
    public static final Field<Survey, Instant> CLOSED_AT = Field.instant("closed_at", survey -> survey.closedAt);

    /** One survey for one key. */
    public static final UniqueKey<Survey> BY_KEY = UniqueKey.of("survey_by_key", KEY);

    /** How surveys are kept. */
    public static final EntityType<Survey> TYPE = EntityType.define("survey", Survey.class)
            .id(Survey::id)
            .version(Survey::version, Survey::withVersion)
            .fields(
                    KEY,
                    TITLE,
                    STATUS,
                    EDITION,
                    REST_DAYS,
                    INCENTIVE_KIND,
                    INCENTIVE_AMOUNT,
                    CREATED_AT,
                    PUBLISHED_AT,
                    CLOSED_AT)
            .unique(BY_KEY)
            .onErasure(EntityType.OnErasure.KEEP)
            .body(Survey::body)
            .readBy(Survey::read);

    private static final int MAX_REST_DAYS = 3_650;

    private final SurveyId id;
    private final long version;
    private final String key;
    private final String title;
    private final SurveyStatus status;
    private final int restDays;
    private final @Nullable Incentive incentive;
    private final List<Questionnaire> editions;
    private final Instant createdAt;
    private final @Nullable Instant publishedAt;
    private final @Nullable Instant closedAt;

    private Survey(Parts parts) {
        this.id = Objects.requireNonNull(parts.id, "id");
        this.version = parts.version;
        this.key = parts.key;
        this.title = parts.title;
        this.status = parts.status;
        this.restDays = parts.restDays;
        this.incentive = parts.incentive;
        this.editions = List.copyOf(parts.editions);
        this.createdAt = parts.createdAt;
        this.publishedAt = parts.publishedAt;
        this.closedAt = parts.closedAt;
    }

    private static Survey read(EntityRecord<Survey> stored) {
        Parts parts = new Parts(
                new SurveyId(stored.id()), stored.require(KEY), stored.require(TITLE), stored.require(CREATED_AT));
        parts.version = stored.version();
        parts.status = stored.require(STATUS);
        parts.restDays = stored.require(REST_DAYS);
        String incentiveKind = stored.get(INCENTIVE_KIND);
        parts.incentive = incentiveKind == null ? null : new Incentive(incentiveKind, stored.require(INCENTIVE_AMOUNT));
        parts.publishedAt = stored.get(PUBLISHED_AT);
        parts.closedAt = stored.get(CLOSED_AT);
        parts.editions = stored.body().objects("editions").stream()
                .map(Questionnaire::read)
                .toList();
        return new Survey(parts);
    }

    private JsonObject body() {
        return JsonObject.builder()
                .putObjects(
                        "editions", editions.stream().map(Questionnaire::toJson).toList())
                .build();
    }

    /**
     * Begins a survey.
     *
     * @param key the stable key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param title what it is called
     * @param questionnaire what it asks
     * @return the draft
     */
    public static Draft of(String key, String title, Questionnaire questionnaire) {
        return new Draft(key, title, questionnaire);
    }

    /**
     * Begins a survey of one Net Promoter question, {@code score}, and an optional {@code comment}.
     *
     * @param key the stable key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param question what is asked
     * @return the draft
     */
    public static Draft nps(String key, String question) {
        return ofScore(key, question, Question.nps("score", question));
    }

    /**
     * Begins a survey of one satisfaction question, {@code score}, and an optional {@code comment}.
     *
     * @param key the stable key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param question what is asked
     * @return the draft
     */
    public static Draft csat(String key, String question) {
        return ofScore(key, question, Question.csat("score", question));
    }

    /**
     * Begins a survey of one effort question of version 2.0, {@code score}, and an optional {@code comment}.
     *
     * @param key the stable key: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @param question what is asked
     * @return the draft
     */
    public static Draft ces(String key, String question) {
        return ofScore(key, question, Question.ces("score", question));
    }

    private static Draft ofScore(String key, String title, Question question) {
        return of(
                key,
                title,
                Questionnaire.of(question.required(), Question.longText("comment", "What is the main reason?")));
    }

    /**
     * The next state, published.
     *
     * @param at when; cut to microseconds
     * @return a copy that takes answers
     * @throws RuleViolationException {@code feedback.survey.status} if it is no draft
     */
    Survey published(Instant at) {
        requireStatus(SurveyStatus.DRAFT, "be published");
        Parts parts = parts();
        parts.status = SurveyStatus.PUBLISHED;
        parts.publishedAt = at;
        return new Survey(parts);
    }

    /**
     * The next state, asking other questions: those of a draft are replaced, a published survey gets its next edition.
     *
     * @param questionnaire the questions
     * @return a copy; the same survey where the questions are
     * @throws RuleViolationException {@code feedback.survey.status} if it is closed
     */
    Survey revisedTo(Questionnaire questionnaire) {
        if (status == SurveyStatus.CLOSED) {
            throw refusedStatus("be revised");
        }
        if (questionnaire.equals(questionnaire())) {
            return this;
        }
        Parts parts = parts();
        parts.editions = new ArrayList<>(editions);
        if (status == SurveyStatus.DRAFT) {
            parts.editions.clear();
        }
        parts.editions.add(questionnaire);
        return new Survey(parts);
    }

    /**
     * The next state, closed.
     *
     * @param at from when on it takes no answers; cut to microseconds
     * @return a copy
     * @throws RuleViolationException {@code feedback.survey.status} if it is not published
     */
    Survey closed(Instant at) {
        requireStatus(SurveyStatus.PUBLISHED, "be closed");
        Parts parts = parts();
        parts.status = SurveyStatus.CLOSED;
        parts.closedAt = at;
        return new Survey(parts);
    }

    private void requireStatus(SurveyStatus required, String what) {
        if (status != required) {
            throw refusedStatus(what);
        }
    }

    private RuleViolationException refusedStatus(String what) {
        return RuleViolationException.of("feedback.survey.status", "survey " + key, status, "cannot " + what);
    }

    /** Refuses invitations to what cannot be answered. */
    void requirePublished() {
        requireStatus(SurveyStatus.PUBLISHED, "be sent");
    }

    /** Refuses answers that come before the publishing or at or after the closing. */
    void requireTakesAnswers(Instant answeredAt) {
        if (status == SurveyStatus.DRAFT || (closedAt != null && !answeredAt.isBefore(closedAt))) {
            throw refusedStatus("take answers");
        }
    }

    /** What a response earns: nothing where nobody is known to have given it, or before it was promised to anybody. */
    Optional<Incentive> incentiveFor(SurveyResponse response) {
        boolean promised = publishedAt != null && !response.answeredAt().isBefore(publishedAt);
        return promised && response.customer().isPresent() ? incentive() : Optional.empty();
    }

    private Survey withVersion(long newVersion) {
        Parts parts = parts();
        parts.version = newVersion;
        return new Survey(parts);
    }

    /**
     * The id.
     *
     * @return the id
     */
    public SurveyId id() {
        return id;
    }

    /**
     * The version of the record, raised by every change; the editions of the questions are counted by {@link #edition}.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * The stable key.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * What it is called.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * How far it is.
     *
     * @return the status
     */
    public SurveyStatus status() {
        return status;
    }

    /**
     * The number of the latest edition.
     *
     * @return 1 or more
     */
    public int edition() {
        return editions.size();
    }

    /**
     * What it asks now.
     *
     * @return the questions of the latest edition
     */
    public Questionnaire questionnaire() {
        return editions.get(editions.size() - 1);
    }

    /**
     * What an edition asked.
     *
     * @param edition its number, from 1
     * @return the questions
     * @throws IllegalArgumentException if there is no such edition
     */
    public Questionnaire questionnaire(int edition) {
        if (edition < 1 || edition > editions.size()) {
            throw new IllegalArgumentException(
                    "survey " + key + " has editions 1 to " + editions.size() + ": " + edition);
        }
        return editions.get(edition - 1);
    }

    /**
     * For how long before an invitation to this survey the customer must not have been invited to any. Days are of exactly
     * 24 hours; an invitation that is so old to the microsecond does not stand in the way.
     *
     * @return zero where customers may be asked at any time
     */
    public Duration rest() {
        return Duration.ofDays(restDays);
    }

    /**
     * What is promised to those who answer: granted to each known customer once, with the first response given since the
     * publishing, whatever its answers.
     *
     * @return the incentive, if one is promised
     */
    public Optional<Incentive> incentive() {
        return Optional.ofNullable(incentive);
    }

    /**
     * When it was first written.
     *
     * @return the instant
     */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * When it was published.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> publishedAt() {
        return Optional.ofNullable(publishedAt);
    }

    /**
     * When it was closed.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Survey that
                && id.equals(that.id)
                && version == that.version
                && key.equals(that.key)
                && title.equals(that.title)
                && status == that.status
                && restDays == that.restDays
                && Objects.equals(incentive, that.incentive)
                && editions.equals(that.editions)
                && createdAt.equals(that.createdAt)
                && Objects.equals(publishedAt, that.publishedAt)
                && Objects.equals(closedAt, that.closedAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Survey[" + key + ", " + status + ", edition " + edition() + "]";
    }

    private Parts parts() {
        Parts parts = new Parts(id, key, title, createdAt);
        parts.version = version;
        parts.status = status;
        parts.restDays = restDays;
        parts.incentive = incentive;
        parts.editions = editions;
        parts.publishedAt = publishedAt;
        parts.closedAt = closedAt;
        return parts;
    }

    /** What a survey is made of, while it is made. */
    private static final class Parts {
        private final SurveyId id;
        private final String key;
        private final String title;
        private final Instant createdAt;
        private long version = 1;
        private SurveyStatus status = SurveyStatus.DRAFT;
        private int restDays;
        private @Nullable Incentive incentive;
        private List<Questionnaire> editions = List.of();
        private @Nullable Instant publishedAt;
        private @Nullable Instant closedAt;

        Parts(SurveyId id, String key, String title, Instant createdAt) {
            this.id = id;
            this.key = key;
            this.title = title;
            this.createdAt = createdAt;
        }
    }

    /** A survey that is not defined yet. Not thread-safe. */
    public static final class Draft {

        private final String key;
        private final String title;
        private final Questionnaire questionnaire;
        private int restDays;
        private @Nullable Incentive incentive;

        private Draft(String key, String title, Questionnaire questionnaire) {
            this.key = ElementType.requireStoredName("survey key", key);
            this.title = StorableText.require("title of a survey", title);
            this.questionnaire = Objects.requireNonNull(questionnaire, "questionnaire");
        }

        /**
         * Says for how many days of 24 hours before an invitation to this survey the customer must not have been invited
         * to any survey; 0 unless said.
         *
         * @param days 0 to 3650
         * @return this draft
         * @throws InvalidValueException if the days are out of range
         */
        public Draft restDays(int days) {
            if (days < 0 || days > MAX_REST_DAYS) {
                throw new InvalidValueException(
                        "days of rest", Integer.toString(days), "must be 0 to " + MAX_REST_DAYS + ": " + days);
            }
            this.restDays = days;
            return this;
        }

        /**
         * Promises something to everybody who answers; nothing unless said.
         *
         * @param promised what each customer gets once, whatever the answer
         * @return this draft
         */
        public Draft incentive(Incentive promised) {
            this.incentive = Objects.requireNonNull(promised, "promised");
            return this;
        }

        Survey build(SurveyId id, Instant now) {
            Parts parts = new Parts(id, key, title, now);
            parts.restDays = restDays;
            parts.incentive = incentive;
            parts.editions = List.of(questionnaire);
            return new Survey(parts);
        }
    }
}
