package dev.crmcore.feedback;

import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The closed loop of a tenant: the rules that open follow-ups, and what becomes of these.
 *
 * <p>As thread-safe as the unit of work that it runs in.
 */
public final class FollowUps {

    private final UnitOfWork unitOfWork;

    /**
     * Opens the follow-ups.
     *
     * @param unitOfWork where its calls run
     */
    public FollowUps(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Makes a rule: from now on, scores that it finds bad open a follow-up in the transaction that notes them.
     *
     * @param draft the rule
     * @return the rule as it is kept
     * @throws RuleViolationException {@code calendar.no-opening} if the calendar has not so much open time
     */
    public FeedbackRule define(FeedbackRule.Draft draft) {
        return unitOfWork.call(work -> {
            FeedbackRule rule = draft.build(new FeedbackRuleId(work.newId()), work.now());
            Object unused =
                    rule.dueAfter(work.now()); // a calendar that cannot tell is refused here, not with an answer
            work.record(FeedbackRuleEvent.of("defined", rule));
            return work.store().insert(FeedbackRule.TYPE, List.of(rule)).get(0);
        });
    }

    /**
     * Puts a rule out of force. What it has opened goes on, but is no longer decided by scores.
     *
     * @param id which rule
     * @return the rule as it is kept
     * @throws NotFoundException if there is no such rule
     */
    public FeedbackRule retire(FeedbackRuleId id) {
        return unitOfWork.call(work -> {
            FeedbackRule rule = work.store()
                    .lock(FeedbackRule.TYPE, id)
                    .orElseThrow(() -> new NotFoundException("feedback_rule", id));
            if (!rule.isActive()) {
                return rule;
            }
            work.record(FeedbackRuleEvent.of("retired", rule));
            return work.store()
                    .update(FeedbackRule.TYPE, List.of(rule.retired()))
                    .get(0);
        });
    }

    /**
     * Lists the rules that are in force, the oldest first.
     *
     * @return the rules
     */
    public List<FeedbackRule> rules() {
        Query<FeedbackRule> query = Query.of(FeedbackRule.TYPE)
                .where(FeedbackRule.ACTIVE.is(true))
                .orderBy(Order.ascending(FeedbackRule.CREATED_AT));
        return unitOfWork.call(work -> work.store().list(query));
    }

    /**
     * Finds a follow-up.
     *
     * @param id its id
     * @return the follow-up, if there is one
     */
    public Optional<FollowUp> find(FollowUpId id) {
        return unitOfWork.call(work -> work.store().find(FollowUp.TYPE, id));
    }

    /**
     * Lists follow-ups of a status, those that are due first in front.
     *
     * @param status the status
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<FollowUp> list(FollowUpStatus status, int limit, @Nullable Cursor after) {
        return page(FollowUp.STATUS.is(status), Order.ascending(FollowUp.DUE_AT), limit, after);
    }

    /**
     * Lists the follow-ups of a customer, the latest first.
     *
     * @param customer whose
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<FollowUp> list(CustomerId customer, int limit, @Nullable Cursor after) {
        return page(FollowUp.CUSTOMER.is(customer), Order.descending(FollowUp.OPENED_AT), limit, after);
    }

    /**
     * Lists what is overdue now: nobody has contacted the customer, and the time is over. The longest overdue in front.
     *
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<FollowUp> overdue(int limit, @Nullable Cursor after) {
        return unitOfWork.call(work -> new FollowUps(work)
                .page(
                        FollowUp.STATUS.is(FollowUpStatus.OPEN).and(FollowUp.DUE_AT.lessThan(work.now())),
                        Order.ascending(FollowUp.DUE_AT),
                        limit,
                        after));
    }

    private Page<FollowUp> page(Condition<FollowUp> which, Order<FollowUp> order, int limit, @Nullable Cursor after) {
        Query<FollowUp> query =
                Query.of(FollowUp.TYPE).where(which).orderBy(order).limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }

    /**
     * Gives a follow-up to somebody.
     *
     * @param id which
     * @param owner the host's key of a person or a team, 1 to 200 characters
     * @return the follow-up as it is kept
     * @throws NotFoundException if there is no such follow-up
     */
    public FollowUp assign(FollowUpId id, String owner) {
        String key = FeedbackRule.Draft.requireOwner(owner);
        return unitOfWork.call(work -> keep(work, "assigned", locked(work, id).assignedTo(key)));
    }

    /**
     * Notes that somebody has talked with the customer.
     *
     * @param id which
     * @return the follow-up as it is kept
     * @throws NotFoundException if there is no such follow-up
     * @throws RuleViolationException {@code feedback.follow-up.status} if it is not open
     */
    public FollowUp contacted(FollowUpId id) {
        return become(id, FollowUpStatus.CONTACTED, null);
    }

    /**
     * Notes that the matter is settled.
     *
     * @param id which
     * @param outcome what came of it, 1 to 10000 characters
     * @return the follow-up as it is kept
     * @throws NotFoundException if there is no such follow-up
     * @throws RuleViolationException {@code feedback.follow-up.status} if the customer was not contacted or it is settled
     */
    public FollowUp resolved(FollowUpId id, String outcome) {
        return become(id, FollowUpStatus.RESOLVED, Objects.requireNonNull(outcome, "outcome"));
    }

    /**
     * Notes that the customer is won back, where no score says so.
     *
     * @param id which
     * @param outcome how it is known, 1 to 10000 characters
     * @return the follow-up as it is kept
     * @throws NotFoundException if there is no such follow-up
     * @throws RuleViolationException {@code feedback.follow-up.status} if the matter is not settled or the end is known
     */
    public FollowUp recovered(FollowUpId id, String outcome) {
        return become(id, FollowUpStatus.RECOVERED, Objects.requireNonNull(outcome, "outcome"));
    }

    /**
     * Gives a customer up.
     *
     * @param id which
     * @param outcome why, 1 to 10000 characters
     * @return the follow-up as it is kept
     * @throws NotFoundException if there is no such follow-up
     * @throws RuleViolationException {@code feedback.follow-up.status} if the end is known already
     */
    public FollowUp lost(FollowUpId id, String outcome) {
        return become(id, FollowUpStatus.LOST, Objects.requireNonNull(outcome, "outcome"));
    }

    private FollowUp become(FollowUpId id, FollowUpStatus next, @Nullable String outcome) {
        return unitOfWork.call(work -> ClosedLoop.change(work, locked(work, id), next, work.now(), outcome));
    }

    private static FollowUp keep(Work work, String what, FollowUp next) {
        work.record(FollowUpEvent.of(what, next));
        return work.store().update(FollowUp.TYPE, List.of(next)).get(0);
    }

    private static FollowUp locked(Work work, FollowUpId id) {
        return work.store().lock(FollowUp.TYPE, id).orElseThrow(() -> new NotFoundException("follow_up", id));
    }

    /**
     * Asks the customer again, by the survey whose score led to the follow-up. The survey's days of rest are not looked
     * at: somebody has just talked with this customer.
     *
     * @param id which
     * @param settings channel, reminders and so on of the invitation; {@code UnaryOperator.identity()} for none
     * @return the invitation
     * @throws NotFoundException if there is no such follow-up or survey
     * @throws RuleViolationException {@code feedback.follow-up.reask} if the matter is not settled, the customer was asked
     *     already, or a review led to it; {@code feedback.survey.status} if the survey takes no answers
     */
    public SurveyInvitation reask(FollowUpId id, UnaryOperator<SurveyInvitation.Draft> settings) {
        return unitOfWork.call(work -> {
            FollowUp followUp = locked(work, id);
            followUp.requireMayReask();
            SurveyResponse response = followUp.response()
                    .flatMap(given -> work.store().find(SurveyResponse.TYPE, given))
                    .orElseThrow(() -> RuleViolationException.of(
                            "feedback.follow-up.reask", "a review is not asked for: there is no survey to send"));
            SurveyInvitation invitation = new Feedback(work)
                    .inviteRested(settings.apply(SurveyInvitation.to(response.survey(), followUp.customer())));
            keep(work, "reasked", followUp.reaskedBy(invitation.id()));
            return invitation;
        });
    }
}
