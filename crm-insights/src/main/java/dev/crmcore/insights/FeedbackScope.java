package dev.crmcore.insights;

import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.metrics.feedback.DuplicatePolicy;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Query;
import dev.crmcore.work.Work;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * Which survey answers a figure is about, in which zone the business counts its days, and which of several answers of one
 * customer count.
 *
 * <p>An anonymous answer has no customer to be compared by: a policy counts each of them as one of somebody else. Answers
 * on different scales never meet: each figure takes those on its own.
 *
 * <p>Immutable and thread-safe.
 */
public final class FeedbackScope {

    private final ZoneId zone;
    private final Condition<SurveyResponse> where;
    private final DuplicatePolicy policy;

    private FeedbackScope(ZoneId zone, Condition<SurveyResponse> where, DuplicatePolicy policy) {
        this.zone = Objects.requireNonNull(zone, "zone");
        this.where = where;
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /**
     * The answers to all surveys, each of them counted.
     *
     * @param zone the zone in which the business counts its days
     * @return the scope
     */
    public static FeedbackScope in(ZoneId zone) {
        return new FeedbackScope(zone, Condition.always(), DuplicatePolicy.ALL);
    }

    /**
     * Of these, the answers to one survey, whatever its edition.
     *
     * @param key the key of the survey
     * @return a copy
     */
    public FeedbackScope survey(String key) {
        return where(SurveyResponse.SURVEY_KEY.is(key));
    }

    /**
     * Of these, the answers up to a day.
     *
     * @param last the last day, with all its hours in the zone
     * @return a copy
     */
    public FeedbackScope until(LocalDate last) {
        return where(SurveyResponse.ANSWERED_AT.lessThan(
                last.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    /**
     * Of these, the answers from a day on.
     *
     * @param first the first day
     * @return a copy
     */
    public FeedbackScope from(LocalDate first) {
        return where(SurveyResponse.ANSWERED_AT.atLeast(first.atStartOfDay(zone).toInstant()));
    }

    /**
     * Of these, the answers that also fulfil a condition, such as a channel.
     *
     * @param condition the condition
     * @return a copy
     */
    public FeedbackScope where(Condition<SurveyResponse> condition) {
        return new FeedbackScope(zone, where.and(condition), policy);
    }

    /**
     * The same answers, of which those count that a policy chooses. It chooses among the answers of this scope, after
     * period and conditions.
     *
     * @param duplicates the policy
     * @return a copy
     */
    public FeedbackScope counting(DuplicatePolicy duplicates) {
        return new FeedbackScope(zone, where, duplicates);
    }

    /**
     * The zone in which the business counts its days.
     *
     * @return the zone
     */
    public ZoneId zone() {
        return zone;
    }

    /**
     * Which of several answers of one customer count.
     *
     * @return the policy, to be shown beside the figure
     */
    public DuplicatePolicy policy() {
        return policy;
    }

    /** The question for these responses, asked now. */
    Query<SurveyResponse> query(Work work) {
        return Query.of(SurveyResponse.TYPE).where(where).asOf(work.now());
    }

    @Override
    public String toString() {
        return "FeedbackScope[" + where + " in " + zone + ", " + policy + "]";
    }
}
