package dev.crmcore.feedback;

import dev.crmcore.calendar.BusinessCalendar;
import dev.crmcore.calendar.DueDate;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarType;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import dev.crmcore.value.StorableText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When this score or a worse one is given, somebody follows it up within that time.
 *
 * <p>A rule looks at scores given from its making on, so that an import of old answers opens nothing; what is worse is
 * said by the scale. The time is business time of the rule's own calendar.
 *
 * <p>Immutable and thread-safe.
 */
public final class FeedbackRule {

    /** The key of the survey; absent for a rule on reviews. */
    public static final Field<FeedbackRule, String> SURVEY_KEY = Field.text("survey_key", rule -> rule.survey);

    /** The scale on which it judges. */
    public static final Field<FeedbackRule, ScoreScale> SCALE = Field.<FeedbackRule, ScoreScale>of(
                    "scale", ScoreScale.STORED, FeedbackRule::scale)
            .required();

    /** The best score that is followed up. */
    public static final Field<FeedbackRule, Integer> ALARM_AT = Field.<FeedbackRule, Integer>of(
                    "alarm_at", ScalarType.INTEGER, FeedbackRule::alarmAt)
            .required();

    /** The worst score by which a customer is won back. */
    public static final Field<FeedbackRule, Integer> RECOVERED_AT = Field.<FeedbackRule, Integer>of(
                    "recovered_at", ScalarType.INTEGER, FeedbackRule::recoveredAt)
            .required();

    /** Who follows up. */
    public static final Field<FeedbackRule, String> OWNER = Field.text("owner", rule -> rule.owner);

    /** Whether it is in force. */
    public static final Field<FeedbackRule, Boolean> ACTIVE =
            Field.<FeedbackRule>bool("active", FeedbackRule::isActive).required();

    /** Since when it is. */
    public static final Field<FeedbackRule, Instant> CREATED_AT =
            Field.<FeedbackRule>instant("created_at", FeedbackRule::createdAt).required();

    /** How rules are kept. */
    public static final EntityType<FeedbackRule> TYPE = EntityType.define("feedback_rule", FeedbackRule.class)
            .id(FeedbackRule::id)
            .version(FeedbackRule::version, FeedbackRule::withVersion)
            .fields(SURVEY_KEY, SCALE, ALARM_AT, RECOVERED_AT, OWNER, ACTIVE, CREATED_AT)
            .onErasure(EntityType.OnErasure.KEEP)
            .body(FeedbackRule::body)
            .readBy(FeedbackRule::read);

    private static final int MAX_OWNER_LENGTH = 200;

    private final FeedbackRuleId id;
    private final long version;
    private final @Nullable String survey;
    private final ScoreScale scale;
    private final int alarmAt;
    private final int recoveredAt;
    private final @Nullable String owner;
    private final Duration within;
    private final BusinessCalendar calendar;
    private final boolean active;
    private final Instant createdAt;

    private FeedbackRule(FeedbackRuleId id, long version, boolean active, Instant createdAt, Draft draft) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = version;
        this.active = active;
        this.createdAt = createdAt;
        this.survey = draft.survey;
        this.scale = draft.scale;
        this.alarmAt = draft.alarmAt;
        this.recoveredAt = draft.recoveredAt;
        this.owner = draft.owner;
        this.within = draft.within;
        this.calendar = draft.calendar;
    }

    private static FeedbackRule read(EntityRecord<FeedbackRule> stored) {
        Draft draft = new Draft(stored.get(SURVEY_KEY), stored.require(SCALE), stored.require(ALARM_AT));
        draft.recoveredAt = stored.require(RECOVERED_AT);
        draft.owner = stored.get(OWNER);
        draft.within = Duration.parse(stored.body().requireText("within"));
        draft.calendar =
                BusinessCalendar.parse(stored.body().requireObject("calendar").toJson());
        return new FeedbackRule(
                new FeedbackRuleId(stored.id()),
                stored.version(),
                stored.require(ACTIVE),
                stored.require(CREATED_AT),
                draft);
    }

    private JsonObject body() {
        return JsonObject.builder()
                .put("within", within.toString())
                .put("calendar", JsonObject.parse(calendar.toJson()))
                .build();
    }

    /**
     * Begins a rule on the responses to a survey. Whether there is a survey of that key is not checked: the rule may be
     * defined first.
     *
     * @param survey the survey's key
     * @param scale the scale on which it judges; scores on another scale are not looked at
     * @param alarmAt this score or a worse one is followed up
     * @return the draft: a day of 24 hours to follow up, no owner, won back by any better score
     * @throws InvalidValueException if the score is not on the scale or there is no better one
     */
    public static Draft onSurvey(String survey, ScoreScale scale, int alarmAt) {
        return new Draft(Objects.requireNonNull(survey, "survey"), scale, alarmAt);
    }

    /**
     * Begins a rule on reviews.
     *
     * @param alarmAt so many stars or fewer are followed up
     * @return the draft: a day of 24 hours to follow up, no owner, won back by any better review
     * @throws InvalidValueException if it is not 1 to 4 stars
     */
    public static Draft onReviews(int alarmAt) {
        return new Draft(null, Review.SCALE, alarmAt);
    }

    /** Whether it looks at a verdict at all. */
    boolean concerns(Verdict verdict) {
        return active
                && Objects.equals(survey, verdict.survey())
                && scale.equals(verdict.scale())
                && !verdict.at().isBefore(createdAt);
    }

    boolean isAlarmedBy(int score) {
        return scale.isAtLeastAsGood(alarmAt, score);
    }

    boolean isSatisfiedBy(int score) {
        return scale.isAtLeastAsGood(score, recoveredAt);
    }

    /**
     * By when a score must be followed up, and why then.
     *
     * @param givenAt when the score was given
     * @return the end of the business time that begins then
     * @throws RuleViolationException {@code calendar.no-opening} if the calendar runs out of openings
     */
    public DueDate dueAfter(Instant givenAt) {
        return calendar.explain(givenAt, within);
    }

    /** The next state, out of force. */
    FeedbackRule retired() {
        return new FeedbackRule(id, version, false, createdAt, draft());
    }

    private FeedbackRule withVersion(long newVersion) {
        return new FeedbackRule(id, newVersion, active, createdAt, draft());
    }

    private Draft draft() {
        Draft draft = new Draft(survey, scale, alarmAt);
        draft.recoveredAt = recoveredAt;
        draft.owner = owner;
        draft.within = within;
        draft.calendar = calendar;
        return draft;
    }

    /**
     * The id.
     *
     * @return the id
     */
    public FeedbackRuleId id() {
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
     * The key of the survey.
     *
     * @return the key, empty for a rule on reviews
     */
    public Optional<String> survey() {
        return Optional.ofNullable(survey);
    }

    /**
     * The scale on which it judges.
     *
     * @return the scale
     */
    public ScoreScale scale() {
        return scale;
    }

    /**
     * The best score that is followed up.
     *
     * @return the score; worse ones are followed up too
     */
    public int alarmAt() {
        return alarmAt;
    }

    /**
     * The worst score by which a customer is won back.
     *
     * @return the score; better ones win back too
     */
    public int recoveredAt() {
        return recoveredAt;
    }

    /**
     * Who follows up.
     *
     * @return the host's key of a person or a team, if one was said
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * How soon the customer must be contacted.
     *
     * @return business time by {@link #calendar()}
     */
    public Duration within() {
        return within;
    }

    /**
     * By which calendar the time is counted.
     *
     * @return the calendar
     */
    public BusinessCalendar calendar() {
        return calendar;
    }

    /**
     * Whether it is in force.
     *
     * @return whether it looks at new scores
     */
    public boolean isActive() {
        return active;
    }

    /**
     * Since when it is.
     *
     * @return the instant; scores given before are not looked at
     */
    public Instant createdAt() {
        return createdAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FeedbackRule that
                && id.equals(that.id)
                && version == that.version
                && Objects.equals(survey, that.survey)
                && scale.equals(that.scale)
                && alarmAt == that.alarmAt
                && recoveredAt == that.recoveredAt
                && Objects.equals(owner, that.owner)
                && within.equals(that.within)
                && calendar.equals(that.calendar)
                && active == that.active
                && createdAt.equals(that.createdAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "FeedbackRule[" + (survey == null ? "reviews" : survey) + ", " + scale + ", " + alarmAt + " or worse]";
    }

    /** A rule that is not made yet. Not thread-safe. */
    public static final class Draft {

        private final @Nullable String survey;
        private final ScoreScale scale;
        private final int alarmAt;
        private int recoveredAt;
        private @Nullable String owner;
        private Duration within = Duration.ofDays(1);
        private BusinessCalendar calendar = BusinessCalendar.alwaysOpen(ZoneOffset.UTC);

        private Draft(@Nullable String survey, ScoreScale scale, int alarmAt) {
            this.survey = survey;
            this.scale = Objects.requireNonNull(scale, "scale");
            this.alarmAt = alarmAt;
            this.recoveredAt = alarmAt + (scale.moreIsBetter() ? 1 : -1);
            if (!scale.includes(alarmAt) || !scale.includes(recoveredAt)) {
                throw new InvalidValueException(
                        "score of a rule",
                        Integer.toString(alarmAt),
                        alarmAt + " is not on " + scale + ", or nothing on it is better");
            }
        }

        /**
         * Says who follows up.
         *
         * @param key the host's key of a person or a team, 1 to 200 characters
         * @return this draft
         * @throws InvalidValueException if the key is blank, too long or cannot be stored
         */
        public Draft owner(String key) {
            this.owner = requireOwner(key);
            return this;
        }

        /**
         * Says how soon the customer must be contacted.
         *
         * @param time business time, zero or more
         * @param hours the calendar by which it is counted
         * @return this draft
         * @throws InvalidValueException if the time is negative
         */
        public Draft within(Duration time, BusinessCalendar hours) {
            if (time.isNegative()) {
                throw new InvalidValueException("time to follow up", time.toString(), "is negative: " + time);
            }
            this.within = time;
            this.calendar = Objects.requireNonNull(hours, "hours");
            return this;
        }

        /**
         * Says which score wins a customer back once the matter is resolved; any that is better than the alarm unless
         * said.
         *
         * @param score this score or a better one
         * @return this draft
         * @throws InvalidValueException if the score is not on the scale, or not better than the alarm
         */
        public Draft recoveredAt(int score) {
            if (!scale.includes(score) || scale.isAtLeastAsGood(alarmAt, score)) {
                throw new InvalidValueException(
                        "score of a rule", Integer.toString(score), score + " is not better than " + alarmAt);
            }
            this.recoveredAt = score;
            return this;
        }

        static String requireOwner(String key) {
            StorableText.require("owner", key);
            if (key.isBlank() || key.length() > MAX_OWNER_LENGTH) {
                throw new InvalidValueException("owner", key, "must be 1 to " + MAX_OWNER_LENGTH + " characters");
            }
            return key;
        }

        FeedbackRule build(FeedbackRuleId id, Instant now) {
            return new FeedbackRule(id, 1, true, now, this);
        }
    }
}
