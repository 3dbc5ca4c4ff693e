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
import dev.crmcore.value.StorableText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bad score that somebody answers for: by when the customer must be contacted, how far that is, what came of it.
 *
 * <pre>
 * OPEN → CONTACTED → RESOLVED → RECOVERED
 *   └────────┴──────────┴─────→ LOST
 * </pre>
 *
 * <p>Of one rule a customer has at most one that is open: a further bad score opens no second one. Once it is resolved, the customer's next score on the same survey decides: a good one is the recovery, a bad one the
 * loss. The outcome is personal and goes when the customer is erased. Immutable and thread-safe; {@code toString} shows
 * the id and the status alone.
 */
public final class FollowUp {

    /** Which rule opened it. */
    public static final Field<FollowUp, FeedbackRuleId> RULE = Field.<FollowUp, FeedbackRuleId>id(
                    "rule_id", FeedbackRuleId::new, FollowUp::rule)
            .required();

    /** Whom it is about. */
    public static final Field<FollowUp, CustomerId> CUSTOMER = Field.<FollowUp, CustomerId>id(
                    "customer_id", CustomerId::new, FollowUp::customer)
            .required();

    /** The response that led to it; absent where it was a review. */
    public static final Field<FollowUp, ResponseId> RESPONSE =
            Field.id("response_id", ResponseId::new, followUp -> followUp.response);

    /** The review that led to it; absent where it was a response. */
    public static final Field<FollowUp, ReviewId> REVIEW =
            Field.id("review_id", ReviewId::new, followUp -> followUp.review);

    /** The scale of the score. */
    public static final Field<FollowUp, ScoreScale> SCALE = Field.<FollowUp, ScoreScale>of(
                    "scale", ScoreScale.STORED, FollowUp::scale)
            .required();

    /** The score that led to it. */
    public static final Field<FollowUp, Integer> SCORE = Field.<FollowUp, Integer>of(
                    "score", ScalarType.INTEGER, FollowUp::score)
            .required();

    /** Who follows up. */
    public static final Field<FollowUp, String> OWNER = Field.text("owner", followUp -> followUp.owner);

    /** How far it is. */
    public static final Field<FollowUp, FollowUpStatus> STATUS = Field.<FollowUp, FollowUpStatus>enumerated(
                    "status", FollowUpStatus.class, FollowUp::status)
            .required();

    /** When the score was given. */
    public static final Field<FollowUp, Instant> OPENED_AT =
            Field.<FollowUp>instant("opened_at", FollowUp::openedAt).required();

    /** By when the customer must be contacted. */
    public static final Field<FollowUp, Instant> DUE_AT =
            Field.<FollowUp>instant("due_at", FollowUp::dueAt).required();

    /** When the customer was contacted. */
    public static final Field<FollowUp, Instant> CONTACTED_AT =
            Field.instant("contacted_at", followUp -> followUp.contactedAt);

    /** When the matter was settled. */
    public static final Field<FollowUp, Instant> RESOLVED_AT =
            Field.instant("resolved_at", followUp -> followUp.resolvedAt);

    /** When it ended, either way. */
    public static final Field<FollowUp, Instant> CLOSED_AT = Field.instant("closed_at", followUp -> followUp.closedAt);

    /** The invitation by which the customer was asked again. */
    public static final Field<FollowUp, InvitationId> REASK =
            Field.id("reask_id", InvitationId::new, followUp -> followUp.reask);

    /** Rule and customer while somebody is at it: what keeps two at once from opening two. */
    static final Field<FollowUp, String> PENDING_KEY = Field.text("pending_key", FollowUp::pendingKey);

    static final UniqueKey<FollowUp> BY_PENDING_KEY = UniqueKey.of("follow_up_pending", PENDING_KEY);

    /** How follow-ups are kept. */
    public static final EntityType<FollowUp> TYPE = EntityType.define("follow_up", FollowUp.class)
            .id(FollowUp::id)
            .version(FollowUp::version, FollowUp::withVersion)
            .fields(
                    RULE,
                    CUSTOMER,
                    RESPONSE,
                    REVIEW,
                    SCALE,
                    SCORE,
                    OWNER,
                    STATUS,
                    OPENED_AT,
                    DUE_AT,
                    CONTACTED_AT,
                    RESOLVED_AT,
                    CLOSED_AT,
                    REASK,
                    PENDING_KEY)
            .unique(BY_PENDING_KEY)
            .index(CUSTOMER, OPENED_AT)
            .index(STATUS, DUE_AT)
            .references(Reference.of(RULE, "feedback_rule", Reference.OnMerge.STAY))
            .references(Reference.of(RESPONSE, "survey_response", Reference.OnMerge.STAY))
            .references(Reference.of(REVIEW, "review", Reference.OnMerge.STAY))
            .references(Reference.of(REASK, "survey_invitation", Reference.OnMerge.STAY))
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(OPENED_AT)
            .onErasure(EntityType.OnErasure.BLANK)
            .personalBody(FollowUp::body)
            .readBy(FollowUp::read);

    private static final int MAX_OUTCOME_LENGTH = 10_000;

    private final FollowUpId id;
    private final long version;
    private final FeedbackRuleId rule;
    private final CustomerId customer;
    private final @Nullable ResponseId response;
    private final @Nullable ReviewId review;
    private final ScoreScale scale;
    private final int score;
    private final @Nullable String owner;
    private final FollowUpStatus status;
    private final Instant openedAt;
    private final Instant dueAt;
    private final @Nullable Instant contactedAt;
    private final @Nullable Instant resolvedAt;
    private final @Nullable Instant closedAt;
    private final @Nullable InvitationId reask;
    private final @Nullable String pendingKey;
    private final @Nullable String outcome;

    private FollowUp(Parts parts) {
        this.id = Objects.requireNonNull(parts.id, "id");
        this.version = parts.version;
        this.rule = parts.rule;
        this.customer = parts.customer;
        this.response = parts.response;
        this.review = parts.review;
        this.scale = parts.scale;
        this.score = parts.score;
        this.owner = parts.owner;
        this.status = parts.status;
        this.openedAt = parts.openedAt;
        this.dueAt = parts.dueAt;
        this.contactedAt = parts.contactedAt;
        this.resolvedAt = parts.resolvedAt;
        this.closedAt = parts.closedAt;
        this.reask = parts.reask;
        this.pendingKey = parts.pendingKey;
        this.outcome = parts.outcome;
    }

    private static FollowUp read(EntityRecord<FollowUp> stored) {
        Parts parts = new Parts(
                new FollowUpId(stored.id()),
                stored.require(RULE),
                stored.require(CUSTOMER),
                stored.require(SCALE),
                stored.require(SCORE),
                stored.require(OPENED_AT),
                stored.require(DUE_AT));
        parts.version = stored.version();
        parts.response = stored.get(RESPONSE);
        parts.review = stored.get(REVIEW);
        parts.owner = stored.get(OWNER);
        parts.status = stored.require(STATUS);
        parts.contactedAt = stored.get(CONTACTED_AT);
        parts.resolvedAt = stored.get(RESOLVED_AT);
        parts.closedAt = stored.get(CLOSED_AT);
        parts.reask = stored.get(REASK);
        parts.pendingKey = stored.get(PENDING_KEY);
        parts.outcome = stored.body().text("outcome").orElse(null);
        return new FollowUp(parts);
    }

    private JsonObject body() {
        return JsonObject.builder().putIfPresent("outcome", outcome).build();
    }

    static FollowUp open(FollowUpId id, FeedbackRule rule, Verdict verdict) {
        Parts parts = new Parts(
                id,
                rule.id(),
                verdict.customer(),
                verdict.scale(),
                verdict.score(),
                verdict.at(),
                rule.dueAfter(verdict.at()).dueAt());
        parts.response = verdict.response();
        parts.review = verdict.review();
        parts.owner = rule.owner().orElse(null);
        parts.pendingKey = rule.id().value() + "/" + verdict.customer().value();
        return new FollowUp(parts);
    }

    /** The next state with another owner. */
    FollowUp assignedTo(String newOwner) {
        Parts parts = parts();
        parts.owner = newOwner;
        return new FollowUp(parts);
    }

    /** The next state with another status; the outcome, where one is said, stands in place of a former one. */
    FollowUp become(FollowUpStatus next, Instant at, @Nullable String newOutcome) {
        if (!status.mayBecome(next)) {
            throw RuleViolationException.of("feedback.follow-up.status", "status", next, "cannot follow " + status);
        }
        Parts parts = parts();
        parts.status = next;
        parts.outcome = newOutcome == null ? outcome : requireOutcome(newOutcome);
        parts.pendingKey = FollowUpStatus.PENDING.contains(next) ? pendingKey : null;
        switch (next) {
            case OPEN -> throw new IllegalStateException("nothing becomes open again");
            case CONTACTED -> parts.contactedAt = at;
            case RESOLVED -> parts.resolvedAt = at;
            case RECOVERED, LOST -> parts.closedAt = at;
        }
        return new FollowUp(parts);
    }

    private static String requireOutcome(String words) {
        StorableText.require("outcome of a follow-up", words);
        if (words.isBlank() || words.length() > MAX_OUTCOME_LENGTH) {
            throw new InvalidValueException(
                    "outcome of a follow-up", words, "must be 1 to " + MAX_OUTCOME_LENGTH + " characters");
        }
        return words;
    }

    /** The next state, with the customer asked again. */
    FollowUp reaskedBy(InvitationId invitation) {
        Parts parts = parts();
        parts.reask = invitation;
        return new FollowUp(parts);
    }

    /** Refuses to ask again before the matter is settled, or twice. */
    void requireMayReask() {
        if (status != FollowUpStatus.RESOLVED || reask != null) {
            throw RuleViolationException.of(
                    "feedback.follow-up.reask",
                    "status",
                    status,
                    reask == null ? "is not RESOLVED: nothing to ask about yet" : "was asked about already");
        }
    }

    /** Whether a score given at a moment says something about how the settling of the matter was taken. */
    boolean wasResolvedBy(Instant at) {
        return status == FollowUpStatus.RESOLVED && resolvedAt != null && !at.isBefore(resolvedAt);
    }

    private FollowUp withVersion(long newVersion) {
        Parts parts = parts();
        parts.version = newVersion;
        return new FollowUp(parts);
    }

    private @Nullable String pendingKey() {
        return pendingKey;
    }

    /**
     * The id.
     *
     * @return the id
     */
    public FollowUpId id() {
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
     * Which rule opened it.
     *
     * @return the rule
     */
    public FeedbackRuleId rule() {
        return rule;
    }

    /**
     * Whom it is about.
     *
     * @return the customer
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * The response that led to it.
     *
     * @return the response, empty where it was a review
     */
    public Optional<ResponseId> response() {
        return Optional.ofNullable(response);
    }

    /**
     * The review that led to it.
     *
     * @return the review, empty where it was a response
     */
    public Optional<ReviewId> review() {
        return Optional.ofNullable(review);
    }

    /**
     * The scale of the score.
     *
     * @return the scale
     */
    public ScoreScale scale() {
        return scale;
    }

    /**
     * The score that led to it.
     *
     * @return the score
     */
    public int score() {
        return score;
    }

    /**
     * Who follows up.
     *
     * @return the host's key of a person or a team, if there is one
     */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /**
     * How far it is.
     *
     * @return the status
     */
    public FollowUpStatus status() {
        return status;
    }

    /**
     * When the score was given.
     *
     * @return the instant
     */
    public Instant openedAt() {
        return openedAt;
    }

    /**
     * By when the customer must be contacted.
     *
     * @return the instant; contacted just then is in time
     */
    public Instant dueAt() {
        return dueAt;
    }

    /**
     * When the customer was contacted.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> contactedAt() {
        return Optional.ofNullable(contactedAt);
    }

    /**
     * When the matter was settled.
     *
     * @return the instant, if it was
     */
    public Optional<Instant> resolvedAt() {
        return Optional.ofNullable(resolvedAt);
    }

    /**
     * When it ended, either way.
     *
     * @return the instant, if it did
     */
    public Optional<Instant> closedAt() {
        return Optional.ofNullable(closedAt);
    }

    /**
     * The invitation by which the customer was asked again.
     *
     * @return the invitation, if there is one
     */
    public Optional<InvitationId> reask() {
        return Optional.ofNullable(reask);
    }

    /**
     * What came of it.
     *
     * @return the words, if there are any
     */
    public Optional<String> outcome() {
        return Optional.ofNullable(outcome);
    }

    /**
     * Whether the customer should have been contacted by now.
     *
     * @param at the moment of asking
     * @return whether nobody has, and the time is over
     */
    public boolean isOverdue(Instant at) {
        return status == FollowUpStatus.OPEN && at.isAfter(dueAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FollowUp that
                && id.equals(that.id)
                && version == that.version
                && rule.equals(that.rule)
                && customer.equals(that.customer)
                && Objects.equals(response, that.response)
                && Objects.equals(review, that.review)
                && scale.equals(that.scale)
                && score == that.score
                && Objects.equals(owner, that.owner)
                && status == that.status
                && openedAt.equals(that.openedAt)
                && dueAt.equals(that.dueAt)
                && Objects.equals(contactedAt, that.contactedAt)
                && Objects.equals(resolvedAt, that.resolvedAt)
                && Objects.equals(closedAt, that.closedAt)
                && Objects.equals(reask, that.reask)
                && Objects.equals(outcome, that.outcome);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "FollowUp[" + id.value() + ", " + status + "]";
    }

    private Parts parts() {
        Parts parts = new Parts(id, rule, customer, scale, score, openedAt, dueAt);
        parts.version = version;
        parts.response = response;
        parts.review = review;
        parts.owner = owner;
        parts.status = status;
        parts.contactedAt = contactedAt;
        parts.resolvedAt = resolvedAt;
        parts.closedAt = closedAt;
        parts.reask = reask;
        parts.pendingKey = pendingKey;
        parts.outcome = outcome;
        return parts;
    }

    /** What a follow-up is made of, while it is made. */
    private static final class Parts {
        private final FollowUpId id;
        private final FeedbackRuleId rule;
        private final CustomerId customer;
        private final ScoreScale scale;
        private final int score;
        private final Instant openedAt;
        private final Instant dueAt;
        private long version = 1;
        private FollowUpStatus status = FollowUpStatus.OPEN;
        private @Nullable ResponseId response;
        private @Nullable ReviewId review;
        private @Nullable String owner;
        private @Nullable Instant contactedAt;
        private @Nullable Instant resolvedAt;
        private @Nullable Instant closedAt;
        private @Nullable InvitationId reask;
        private @Nullable String pendingKey;
        private @Nullable String outcome;

        Parts(
                FollowUpId id,
                FeedbackRuleId rule,
                CustomerId customer,
                ScoreScale scale,
                int score,
                Instant openedAt,
                Instant dueAt) {
            this.id = id;
            this.rule = rule;
            this.customer = customer;
            this.scale = scale;
            this.score = score;
            this.openedAt = openedAt;
            this.dueAt = dueAt;
        }
    }
}
