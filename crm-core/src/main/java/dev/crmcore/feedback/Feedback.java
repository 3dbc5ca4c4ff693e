package dev.crmcore.feedback;

import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
     * Hands in a response that was not asked for by an invitation. One whose external id is known already is not noted
     * again.
     *
     * @param draft the response
     * @return the response as it is kept: the given one, or the one that has the external id
     * @throws NotFoundException if there is no such survey or customer
     * @throws RuleViolationException if the survey takes no answers, or an answer is missing or not what its question
     *     takes; the field is the question's key
     */
    public SurveyResponse submit(SurveyResponse.Draft draft) {
        return submitAll(List.of(draft)).get(0).entity();
    }

    /**
     * Hands in many responses, in a number of batches that does not depend on how many they are.
     *
     * @param drafts the responses
     * @return one outcome for each, in the same order: new, or known already by its external id
     * @throws NotFoundException if one names no survey or customer; then none is noted
     * @throws RuleViolationException if one has answers that its survey does not take; then none is noted
     */
    public List<Inserted<SurveyResponse>> submitAll(List<SurveyResponse.Draft> drafts) {
        return unitOfWork.call(work -> {
            Map<SurveyId, Survey> surveys = surveysOf(work, drafts);
            List<SurveyResponse> responses = drafts.stream()
                    .map(draft -> draft.build(
                            new ResponseId(work.newId()),
                            Objects.requireNonNull(surveys.get(draft.survey())),
                            work.now()))
                    .toList();
            new Customers(work)
                    .requireAll(responses.stream()
                            .flatMap(response -> response.customer().stream())
                            .collect(Collectors.toSet()));
            List<Inserted<SurveyResponse>> outcomes =
                    work.store().insertIfAbsent(SurveyResponse.TYPE, responses, SurveyResponse.BY_EXTERNAL_ID);
            noteNew(work, outcomes);
            return outcomes;
        });
    }

    private static void noteNew(Work work, List<Inserted<SurveyResponse>> outcomes) {
        for (Inserted<SurveyResponse> outcome : outcomes) {
            if (outcome.isNew()) {
                work.record(ResponseEvent.of(outcome.entity()));
            }
        }
    }

    private static Map<SurveyId, Survey> surveysOf(Work work, List<SurveyResponse.Draft> drafts) {
        Set<SurveyId> ids = drafts.stream().map(SurveyResponse.Draft::survey).collect(Collectors.toSet());
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
        Query<SurveyResponse> page = after == null ? query : query.after(after);
        return unitOfWork.call(work -> Page.of(page, work.store().list(page.limit(limit + 1))));
    }
}
