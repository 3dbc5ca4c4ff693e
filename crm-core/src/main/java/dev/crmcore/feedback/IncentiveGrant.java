package dev.crmcore.feedback;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Field;
import dev.crmcore.store.EntityRecord;
import dev.crmcore.store.EntityType;
import dev.crmcore.store.Reference;
import dev.crmcore.store.UniqueKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An incentive that a customer has earned by answering a survey, noted with the answer that earned it. Whoever hands it
 * out reacts to {@link IncentiveGranted}.
 *
 * <p>There is one for each customer and survey. A merge of two customers who had both earned it before leaves both: each
 * was promised to somebody, and the survivor earns no third.
 *
 * <p>Never changed once noted. Immutable and thread-safe.
 */
public final class IncentiveGrant {

    /** For which survey. */
    public static final Field<IncentiveGrant, SurveyId> SURVEY = Field.<IncentiveGrant, SurveyId>id(
                    "survey_id", SurveyId::new, IncentiveGrant::survey)
            .required();

    /** Whose it is. */
    public static final Field<IncentiveGrant, CustomerId> CUSTOMER = Field.<IncentiveGrant, CustomerId>id(
                    "customer_id", CustomerId::new, IncentiveGrant::customer)
            .required();

    /** Who answered: stays when the customer is merged into another, so that two who had both earned it do not collide. */
    public static final Field<IncentiveGrant, CustomerId> RESPONDENT = Field.<IncentiveGrant, CustomerId>id(
                    "respondent_id", CustomerId::new, grant -> grant.respondent)
            .required();

    /** The response that earned it. */
    public static final Field<IncentiveGrant, ResponseId> RESPONSE = Field.<IncentiveGrant, ResponseId>id(
                    "response_id", ResponseId::new, IncentiveGrant::response)
            .required();

    /** What it is. */
    public static final Field<IncentiveGrant, String> KIND =
            Field.<IncentiveGrant>text("kind", grant -> grant.incentive.kind()).required();

    /** How much of it. */
    public static final Field<IncentiveGrant, Long> AMOUNT = Field.<IncentiveGrant>number(
                    "amount", grant -> grant.incentive.amount())
            .required();

    /** When it was granted. */
    public static final Field<IncentiveGrant, Instant> GRANTED_AT = Field.<IncentiveGrant>instant(
                    "granted_at", IncentiveGrant::grantedAt)
            .required();

    /** One for each survey and respondent. */
    public static final UniqueKey<IncentiveGrant> BY_RESPONDENT =
            UniqueKey.of("incentive_by_respondent", SURVEY, RESPONDENT);

    /** How granted incentives are kept: also beyond an erasure, since what was given out has to be accounted for. */
    public static final EntityType<IncentiveGrant> TYPE = EntityType.define("incentive_grant", IncentiveGrant.class)
            .id(IncentiveGrant::id)
            .version(IncentiveGrant::version, IncentiveGrant::withVersion)
            .fields(SURVEY, CUSTOMER, RESPONDENT, RESPONSE, KIND, AMOUNT, GRANTED_AT)
            .unique(BY_RESPONDENT)
            .index(CUSTOMER, GRANTED_AT)
            .references(Reference.of(SURVEY, "survey", Reference.OnMerge.STAY))
            .references(Reference.of(RESPONDENT, "customer", Reference.OnMerge.STAY))
            .references(Reference.of(RESPONSE, "survey_response", Reference.OnMerge.STAY))
            .subject(Reference.of(CUSTOMER, "customer", Reference.OnMerge.FOLLOW))
            .timelineAt(GRANTED_AT)
            .onErasure(EntityType.OnErasure.KEEP)
            .appendOnly()
            .readBy(IncentiveGrant::read);

    private final IncentiveGrantId id;
    private final long version;
    private final SurveyId survey;
    private final CustomerId customer;
    private final CustomerId respondent;
    private final ResponseId response;
    private final Incentive incentive;
    private final Instant grantedAt;

    private IncentiveGrant(
            IncentiveGrantId id,
            long version,
            SurveyId survey,
            CustomerId customer,
            CustomerId respondent,
            ResponseId response,
            Incentive incentive,
            Instant grantedAt) {
        this.id = id;
        this.version = version;
        this.survey = survey;
        this.customer = customer;
        this.respondent = respondent;
        this.response = response;
        this.incentive = incentive;
        this.grantedAt = grantedAt;
    }

    private static IncentiveGrant read(EntityRecord<IncentiveGrant> stored) {
        return new IncentiveGrant(
                new IncentiveGrantId(stored.id()),
                stored.version(),
                stored.require(SURVEY),
                stored.require(CUSTOMER),
                stored.require(RESPONDENT),
                stored.require(RESPONSE),
                new Incentive(stored.require(KIND), stored.require(AMOUNT)),
                stored.require(GRANTED_AT));
    }

    /** What a response of a known customer earns. */
    static IncentiveGrant of(IncentiveGrantId id, SurveyResponse response, Incentive incentive, Instant at) {
        CustomerId customer = response.customer().orElseThrow();
        return new IncentiveGrant(id, 1, response.survey(), customer, customer, response.id(), incentive, at);
    }

    private IncentiveGrant withVersion(long newVersion) {
        return new IncentiveGrant(id, newVersion, survey, customer, respondent, response, incentive, grantedAt);
    }

    /**
     * The id, by which whoever hands it out knows it again.
     *
     * @return the id
     */
    public IncentiveGrantId id() {
        return id;
    }

    /**
     * The version of the record: raised only where a merge moved it.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * For which survey.
     *
     * @return the survey
     */
    public SurveyId survey() {
        return survey;
    }

    /**
     * Whose it is.
     *
     * @return the customer who answered, or the one into whom that customer was merged
     */
    public CustomerId customer() {
        return customer;
    }

    /**
     * Which response earned it.
     *
     * @return the response
     */
    public ResponseId response() {
        return response;
    }

    /**
     * What was granted.
     *
     * @return what the survey promised at the time
     */
    public Incentive incentive() {
        return incentive;
    }

    /**
     * When it was granted.
     *
     * @return the instant at which the response was noted here
     */
    public Instant grantedAt() {
        return grantedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IncentiveGrant that
                && id.equals(that.id)
                && version == that.version
                && survey.equals(that.survey)
                && customer.equals(that.customer)
                && respondent.equals(that.respondent)
                && response.equals(that.response)
                && incentive.equals(that.incentive)
                && grantedAt.equals(that.grantedAt);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "IncentiveGrant[" + id.value() + ", " + incentive.amount() + " " + incentive.kind() + "]";
    }
}
