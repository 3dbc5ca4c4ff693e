package dev.crmcore.feedback;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.customer.Customers;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Cursor;
import dev.crmcore.query.Order;
import dev.crmcore.query.Page;
import dev.crmcore.query.Query;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import dev.crmcore.work.UnitOfWork;
import dev.crmcore.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The surveys of a tenant and what was answered to them.
 *
 * <p>As thread-safe as the unit of work that it runs in.
 */
public final class Feedback {

    private final UnitOfWork unitOfWork;

    /**
     * Opens the feedback.
     *
     * @param unitOfWork where its calls run
     */
    public Feedback(UnitOfWork unitOfWork) {
        this.unitOfWork = Objects.requireNonNull(unitOfWork, "unitOfWork");
    }

    /**
     * Defines a survey. It takes no answers before it is {@linkplain #publish published}.
     *
     * @param draft the survey
     * @return the survey as it is kept, a draft
     * @throws dev.crmcore.context.DuplicateException if there is a survey of that key
     */
    public Survey define(Survey.Draft draft) {
        return unitOfWork.call(work -> {
            Survey survey = draft.build(new SurveyId(work.newId()), work.now());
            work.record(SurveyEvent.of("defined", survey));
            return work.store().insert(Survey.TYPE, List.of(survey)).get(0);
        });
    }

    /**
     * Publishes a draft: from now on it takes answers, and its questions are never changed.
     *
     * @param id which survey
     * @return the survey as it is kept
     * @throws NotFoundException if there is no such survey
     * @throws RuleViolationException {@code feedback.survey.status} if it is no draft
     */
    public Survey publish(SurveyId id) {
        return unitOfWork.call(work -> change(work, id, "published", survey -> survey.published(work.now())));
    }

    /**
     * Asks other questions: those of a draft are replaced, a published survey gets its next edition. Who has begun to
     * answer goes on with the edition begun on.
     *
     * @param id which survey
     * @param questionnaire the questions
     * @return the survey as it is kept; unchanged where it asks just these questions
     * @throws NotFoundException if there is no such survey
     * @throws RuleViolationException {@code feedback.survey.status} if it is closed
     */
    public Survey revise(SurveyId id, Questionnaire questionnaire) {
        return unitOfWork.call(work -> change(work, id, "revised", survey -> survey.revisedTo(questionnaire)));
    }

    /**
     * Closes a survey: it takes no answers that are given from now on. Earlier ones can still be delivered, such as by
     * an import.
     *
     * @param id which survey
     * @return the survey as it is kept
     * @throws NotFoundException if there is no such survey
     * @throws RuleViolationException {@code feedback.survey.status} if it is not published
     */
    public Survey close(SurveyId id) {
        return unitOfWork.call(work -> change(work, id, "closed", survey -> survey.closed(work.now())));
    }

    private static Survey change(Work work, SurveyId id, String what, UnaryOperator<Survey> change) {
        Survey survey = work.store().lock(Survey.TYPE, id).orElseThrow(() -> new NotFoundException("survey", id));
        Survey next = change.apply(survey);
        if (next.equals(survey)) {
            return survey;
        }
        work.record(SurveyEvent.of(what, next));
        return work.store().update(Survey.TYPE, List.of(next)).get(0);
    }

    /**
     * Finds a survey.
     *
     * @param id its id
     * @return the survey, if there is one
     */
    public Optional<Survey> find(SurveyId id) {
        return unitOfWork.call(work -> work.store().find(Survey.TYPE, id));
    }

    /**
     * Finds a survey by its key.
     *
     * @param key its key
     * @return the survey, if there is one
     */
    public Optional<Survey> find(String key) {
        Query<Survey> query = Query.of(Survey.TYPE).where(Survey.KEY.is(key)).limit(1);
        return unitOfWork.call(work -> work.store().list(query).stream().findFirst());
    }

    /**
     * Lists the surveys by their keys.
     *
     * @return the surveys in the order of their keys
     */
    public List<Survey> surveys() {
        Query<Survey> query = Query.of(Survey.TYPE).orderBy(Order.ascending(Survey.KEY));
        return unitOfWork.call(work -> work.store().list(query));
    }

    /**
     * Hands in a response to a survey of one score, now.
     *
     * @param survey to which survey
     * @param customer who answers
     * @param score the score
     * @param comment the answer to the first question for text, null for none
     * @return the response as it is kept
     * @throws NotFoundException if there is no such survey or customer
     * @throws RuleViolationException if the survey takes no answers, the score is not on its scale, or it requires more
     *     answers than these
     */
    public SurveyResponse submit(SurveyId survey, CustomerId customer, int score, @Nullable String comment) {
        SurveyResponse.Draft draft = SurveyResponse.to(survey).by(customer).score(score);
        return submit(comment == null ? draft : draft.comment(comment));
    }

    /**
     * Hands in a response that was not asked for by an invitation. One that is delivered again under its external id is
     * not noted again.
     *
     * @param draft the response
     * @return the response as it is kept: the given one, or the one that has the external id and says the same
     * @throws NotFoundException if there is no such survey or customer
     * @throws RuleViolationException if the survey takes no answers, or an answer is missing or not what its question
     *     takes; the field is the question's key
     * @throws DuplicateException if the response that has the external id says something else
     */
    public SurveyResponse submit(SurveyResponse.Draft draft) {
        return unitOfWork.call(work -> {
            Inserted<SurveyResponse> outcome =
                    new Feedback(work).submitAll(List.of(draft)).get(0);
            if (!outcome.isNew()) {
                requireSame(work, outcome.entity(), draft);
            }
            return outcome.entity();
        });
    }

    private static void requireSame(Work work, SurveyResponse known, SurveyResponse.Draft draft) {
        Survey asked = work.store().find(Survey.TYPE, draft.survey()).orElseThrow();
        if (!draft.isRecordedAs(known, asked)) {
            throw DuplicateException.ofOtherContent(
                    SurveyResponse.TYPE.name(),
                    SurveyResponse.BY_EXTERNAL_ID.name(),
                    known.id().value(),
                    known.externalId().orElseThrow().system());
        }
    }

    /**
     * Hands in many responses, in a number of batches that does not depend on how many they are.
     *
     * @param drafts the responses
     * @return one outcome for each, in the same order: new, or known already by its external id, be what it says the same
     *     or not
     * @throws NotFoundException if one names no survey or customer; then none is noted
     * @throws RuleViolationException if one that is not known has answers that its survey does not take; then none is noted
     */
    public List<Inserted<SurveyResponse>> submitAll(List<SurveyResponse.Draft> drafts) {
        return unitOfWork.call(work -> {
            Map<SurveyId, Survey> surveys = surveysOf(work, drafts);
            List<SurveyResponse> responses = responses(work, surveys, drafts);
            new Customers(work)
                    .requireAll(responses.stream()
                            .flatMap(response -> response.customer().stream())
                            .collect(Collectors.toSet()));
            List<Inserted<SurveyResponse>> outcomes =
                    work.store().insertIfAbsent(SurveyResponse.TYPE, responses, SurveyResponse.BY_EXTERNAL_ID);
            noted(
                    work,
                    surveys,
                    outcomes.stream()
                            .filter(Inserted::isNew)
                            .map(Inserted::entity)
                            .toList());
            return outcomes;
        });
    }

    /** One that its survey does not take may be known: it took that one before it was closed or asked something else. */
    private static List<SurveyResponse> responses(
            Work work, Map<SurveyId, Survey> surveys, List<SurveyResponse.Draft> drafts) {
        List<SurveyResponse> responses = new ArrayList<>();
        @Nullable Map<ExternalId, SurveyResponse> known = null;
        for (SurveyResponse.Draft draft : drafts) {
            Survey survey = Objects.requireNonNull(surveys.get(draft.survey()));
            try {
                responses.add(draft.build(new ResponseId(work.newId()), survey, work.now()));
            } catch (RuleViolationException e) {
                known = known == null ? known(work, drafts) : known;
                responses.add(draft.externalId().map(known::get).orElseThrow(() -> e));
            }
        }
        return responses;
    }

    private static Map<ExternalId, SurveyResponse> known(Work work, List<SurveyResponse.Draft> drafts) {
        Map<String, List<String>> bySystem = drafts.stream()
                .flatMap(draft -> draft.externalId().stream())
                .distinct()
                .collect(Collectors.groupingBy(
                        ExternalId::system, Collectors.mapping(ExternalId::value, Collectors.toList())));
        Map<ExternalId, SurveyResponse> known = new HashMap<>();
        bySystem.forEach((system, values) -> work.store()
                .list(Query.of(SurveyResponse.TYPE)
                        .where(SurveyResponse.SOURCE.is(system).and(SurveyResponse.EXTERNAL_ID.in(values))))
                .forEach(response -> known.put(response.externalId().orElseThrow(), response)));
        return known;
    }

    private static void noted(Work work, Map<SurveyId, Survey> surveys, List<SurveyResponse> responses) {
        Map<SurveyResponse, UUID> events = new LinkedHashMap<>();
        responses.forEach(response -> events.put(response, work.record(ResponseEvent.of(response))));
        Incentives.noted(work, surveys, events);
        ClosedLoop.noted(
                work,
                responses.stream()
                        .flatMap(response -> Verdict.of(response).stream())
                        .toList());
    }

    private static Map<SurveyId, Survey> surveysOf(Work work, List<SurveyResponse.Draft> drafts) {
        Set<SurveyId> ids = drafts.stream()
                .map(draft -> Objects.requireNonNull(draft, "draft").survey())
                .collect(Collectors.toSet());
        Map<SurveyId, Survey> surveys = new HashMap<>();
        work.store().findAll(Survey.TYPE, ids).forEach(survey -> surveys.put(survey.id(), survey));
        for (SurveyId id : ids) {
            if (!surveys.containsKey(id)) {
                throw new NotFoundException("survey", id);
            }
        }
        return surveys;
    }

    /**
     * Invites a customer to answer a survey. The message goes out when due work is next run, or not before the planned
     * time; until the invitation ends, its token opens the survey.
     *
     * <p>The customer's record is locked meanwhile, so that two who invite at once keep the days of rest between them.
     *
     * @param draft the invitation
     * @return the invitation as it is kept
     * @throws NotFoundException if there is no such survey or customer
     * @throws RuleViolationException {@code feedback.survey.status} if the survey is not published; {@code
     *     feedback.rest} if the customer is asked another time less than the survey's days of rest before or after
     */
    public SurveyInvitation invite(SurveyInvitation.Draft draft) {
        return unitOfWork.call(work -> {
            Survey survey = published(work, draft.survey());
            requireRested(work, draft.customer(), draft.askedAt(work.now()), survey.rest());
            return insert(work, draft, survey);
        });
    }

    /** Invites without looking at the days of rest. */
    SurveyInvitation inviteRested(SurveyInvitation.Draft draft) {
        return unitOfWork.call(work -> insert(work, draft, published(work, draft.survey())));
    }

    private static Survey published(Work work, SurveyId id) {
        Survey survey = work.store().find(Survey.TYPE, id).orElseThrow(() -> new NotFoundException("survey", id));
        survey.requirePublished();
        return survey;
    }

    private static SurveyInvitation insert(Work work, SurveyInvitation.Draft draft, Survey survey) {
        SurveyInvitation invitation =
                draft.build(new InvitationId(work.newId()), survey, InvitationTokens.next(), work.now());
        work.record(InvitationEvent.of("invited", invitation));
        return work.store().insert(SurveyInvitation.TYPE, List.of(invitation)).get(0);
    }

    private static void requireRested(Work work, CustomerId customer, Instant askedAt, Duration rest) {
        if (work.store().lock(Customer.TYPE, customer).isEmpty()) {
            throw new NotFoundException("customer", customer);
        }
        if (rest.isZero()) {
            return;
        }
        Query<SurveyInvitation> tooNear = Query.of(SurveyInvitation.TYPE)
                .where(SurveyInvitation.CUSTOMER
                        .is(customer)
                        .and(SurveyInvitation.ASKED_AT.greaterThan(askedAt.minus(rest)))
                        .and(SurveyInvitation.ASKED_AT.lessThan(askedAt.plus(rest)))
                        .and(SurveyInvitation.STATUS.isNot(InvitationStatus.WITHDRAWN)))
                .orderBy(Order.descending(SurveyInvitation.ASKED_AT))
                .limit(1);
        work.store().list(tooNear).stream().findFirst().ifPresent(other -> {
            throw RuleViolationException.of(
                    "feedback.rest",
                    "customer",
                    customer.value(),
                    "is asked at " + other.askedAt() + ", which is less than " + rest.toDays() + " days from "
                            + askedAt);
        });
    }

    /**
     * Takes an invitation back: it is not sent any more and cannot be answered.
     *
     * @param id which
     * @return the invitation as it is kept
     * @throws NotFoundException if there is no such invitation
     * @throws RuleViolationException {@code feedback.invitation.answered}, {@code .expired} or {@code .withdrawn} if it
     *     has ended
     */
    public SurveyInvitation withdraw(InvitationId id) {
        return unitOfWork.call(work -> {
            SurveyInvitation invitation = locked(work, id);
            invitation.requireOpen(work.now());
            SurveyInvitation withdrawn = invitation.withdrawn();
            work.record(InvitationEvent.of("withdrawn", withdrawn));
            return kept(work, withdrawn);
        });
    }

    /**
     * Finds an invitation.
     *
     * @param id its id
     * @return the invitation, if there is one
     */
    public Optional<SurveyInvitation> find(InvitationId id) {
        return unitOfWork.call(work -> work.store().find(SurveyInvitation.TYPE, id));
    }

    /**
     * Lists the invitations of a customer, the latest first.
     *
     * @param customer whose
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<SurveyInvitation> invitations(CustomerId customer, int limit, @Nullable Cursor after) {
        Query<SurveyInvitation> query = Query.of(SurveyInvitation.TYPE)
                .where(SurveyInvitation.CUSTOMER.is(customer))
                .orderBy(Order.descending(SurveyInvitation.ASKED_AT))
                .limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }

    /**
     * Opens the survey that a token leads to: notes that the customer has seen it, and fixes the edition of its questions
     * for this customer. Opening again changes nothing.
     *
     * @param token the token of the invitation
     * @return the invitation with the edition and the answers saved so far
     * @throws NotFoundException if no invitation has this token; the token is not in the message
     * @throws RuleViolationException {@code feedback.invitation.answered}, {@code .expired} or {@code .withdrawn} if it
     *     has ended; {@code feedback.survey.status} if the survey takes no answers
     */
    public SurveyInvitation open(String token) {
        return unitOfWork.call(work -> {
            SurveyInvitation invitation = locked(work, token);
            invitation.requireOpen(work.now());
            if (invitation.openedAt().isPresent()) {
                return invitation;
            }
            SurveyInvitation opened = begun(work, invitation, survey(work, invitation));
            return kept(work, opened);
        });
    }

    /**
     * Saves answers that are not complete yet, so that the customer can go on later. An answer to the same question
     * stands in place of the former one; the others stay.
     *
     * @param token the token of the invitation
     * @param answers the answers
     * @return the invitation with all answers saved so far
     * @throws NotFoundException if no invitation has this token; the token is not in the message
     * @throws RuleViolationException {@code feedback.answer} if an answer is not what its question takes; {@code
     *     feedback.invitation.answered}, {@code .expired} or {@code .withdrawn} if the invitation has ended; {@code
     *     feedback.survey.status} if the survey takes no answers
     */
    public SurveyInvitation save(String token, Answers answers) {
        return unitOfWork.call(work -> {
            SurveyInvitation invitation = locked(work, token);
            invitation.requireOpen(work.now());
            Survey survey = survey(work, invitation);
            SurveyInvitation begun = begun(work, invitation, survey);
            survey.questionnaire(begun.edition().orElseThrow()).started(answers);
            return kept(work, begun.saved(answers));
        });
    }

    /**
     * Hands in the response to an invitation: the answers saved so far, and these in place of or beside them. It is the
     * only one, however many try at once.
     *
     * @param token the token of the invitation
     * @param answers the answers
     * @return the response as it is kept
     * @throws NotFoundException if no invitation has this token; the token is not in the message
     * @throws RuleViolationException {@code feedback.answer} or {@code feedback.answer.required} if an answer is not what
     *     its question takes or is missing; {@code feedback.invitation.answered}, {@code .expired} or {@code .withdrawn}
     *     if the invitation has ended; {@code feedback.survey.status} if the survey takes no answers
     */
    public SurveyResponse submit(String token, Answers answers) {
        return unitOfWork.call(work -> {
            SurveyInvitation invitation = locked(work, token);
            invitation.requireOpen(work.now());
            Survey survey = survey(work, invitation);
            SurveyInvitation begun = begun(work, invitation, survey);
            survey.questionnaire(begun.edition().orElseThrow()).started(answers);
            SurveyResponse response =
                    SurveyResponse.to(begun, answers).build(new ResponseId(work.newId()), survey, work.now());
            kept(work, begun.answered(work.now()));
            SurveyResponse inserted =
                    work.store().insert(SurveyResponse.TYPE, List.of(response)).get(0);
            noted(work, Map.of(survey.id(), survey), List.of(inserted));
            return inserted;
        });
    }

    private static SurveyInvitation locked(Work work, String token) {
        Query<SurveyInvitation> query = Query.of(SurveyInvitation.TYPE)
                .where(SurveyInvitation.TOKEN.is(token))
                .limit(1);
        InvitationId id = work.store().list(query).stream()
                .findFirst()
                .map(SurveyInvitation::id)
                .orElseThrow(() -> new NotFoundException("survey_invitation", "of this token"));
        return locked(work, id);
    }

    private static SurveyInvitation locked(Work work, InvitationId id) {
        return work.store()
                .lock(SurveyInvitation.TYPE, id)
                .orElseThrow(() -> new NotFoundException("survey_invitation", id));
    }

    private static Survey survey(Work work, SurveyInvitation invitation) {
        Survey survey = work.store()
                .find(Survey.TYPE, invitation.survey())
                .orElseThrow(() -> new NotFoundException("survey", invitation.survey()));
        survey.requireTakesAnswers(work.now());
        return survey;
    }

    private static SurveyInvitation begun(Work work, SurveyInvitation invitation, Survey survey) {
        if (invitation.openedAt().isPresent()) {
            return invitation;
        }
        SurveyInvitation opened = invitation.opened(work.now(), survey.edition());
        work.record(InvitationEvent.of("opened", opened));
        return opened;
    }

    private static SurveyInvitation kept(Work work, SurveyInvitation invitation) {
        return work.store().update(SurveyInvitation.TYPE, List.of(invitation)).get(0);
    }

    /**
     * Finds a response.
     *
     * @param id its id
     * @return the response, if there is one
     */
    public Optional<SurveyResponse> find(ResponseId id) {
        return unitOfWork.call(work -> work.store().find(SurveyResponse.TYPE, id));
    }

    /**
     * Finds a response by what another system calls it.
     *
     * @param externalId the external id
     * @return the response, if there is one
     */
    public Optional<SurveyResponse> find(ExternalId externalId) {
        Query<SurveyResponse> query = Query.of(SurveyResponse.TYPE)
                .where(SurveyResponse.SOURCE
                        .is(externalId.system())
                        .and(SurveyResponse.EXTERNAL_ID.is(externalId.value())))
                .limit(1);
        return unitOfWork.call(work -> work.store().list(query).stream().findFirst());
    }

    /**
     * Lists the responses to a survey, the latest first.
     *
     * @param survey the key of the survey
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<SurveyResponse> responses(String survey, int limit, @Nullable Cursor after) {
        return page(SurveyResponse.SURVEY_KEY.is(survey), limit, after);
    }

    /**
     * Lists the responses of a customer, the latest first.
     *
     * @param customer whose
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<SurveyResponse> responses(CustomerId customer, int limit, @Nullable Cursor after) {
        return page(SurveyResponse.CUSTOMER.is(customer), limit, after);
    }

    private Page<SurveyResponse> page(Condition<SurveyResponse> which, int limit, @Nullable Cursor after) {
        Query<SurveyResponse> query = Query.of(SurveyResponse.TYPE)
                .where(which)
                .orderBy(Order.descending(SurveyResponse.ANSWERED_AT))
                .limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }

    /**
     * Lists what a customer has earned by answering surveys, the latest first.
     *
     * @param customer whose
     * @param limit at most so many on a page, at least 1
     * @param after where the page begins, null for the first
     * @return the page
     */
    public Page<IncentiveGrant> incentives(CustomerId customer, int limit, @Nullable Cursor after) {
        Query<IncentiveGrant> query = Query.of(IncentiveGrant.TYPE)
                .where(IncentiveGrant.CUSTOMER.is(customer))
                .orderBy(Order.descending(IncentiveGrant.GRANTED_AT))
                .limit(limit);
        return unitOfWork.call(work -> work.page(query, after));
    }
}
