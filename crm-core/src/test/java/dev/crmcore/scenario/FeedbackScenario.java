package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.DuplicateException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Answers;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.Question;
import dev.crmcore.feedback.Questionnaire;
import dev.crmcore.feedback.ResponseId;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyId;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.query.Page;
import dev.crmcore.store.Inserted;
import dev.crmcore.value.ExternalId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Surveys are written, published and revised, and responses to them kept as they were given. */
public abstract class FeedbackScenario extends Scenario {

    private Feedback feedback() {
        return desk().feedback();
    }

    private Survey publishedNps() {
        return feedback()
                .publish(feedback()
                        .define(Survey.nps("nps", "How likely are you to recommend us?"))
                        .id());
    }

    @Test
    void aSurveyIsDefinedPublishedRevisedAndClosed() {
        Survey survey = publishedNps();
        Survey revised = feedback()
                .revise(
                        survey.id(),
                        Questionnaire.of(Question.nps("score", "Recommend?"), Question.longText("why", "?")));
        assertThat(feedback().revise(survey.id(), revised.questionnaire())).isEqualTo(revised);
        Survey closed = feedback().close(survey.id());

        assertThat(feedback().find("nps")).contains(closed);
        assertThat(feedback().find(survey.id())).contains(closed);
        assertThat(feedback().surveys()).containsExactly(closed);
        assertThat(closed.edition()).isEqualTo(2);
        assertThat(events("survey."))
                .containsExactly("survey.defined", "survey.published", "survey.revised", "survey.closed");
        assertThatThrownBy(() -> feedback().define(Survey.nps("nps", "Again?"))).isInstanceOf(DuplicateException.class);
        assertThatThrownBy(() -> feedback().publish(new SurveyId(new UUID(7, 7))))
                .isInstanceOf(NotFoundException.class);
        assertThat(otherDesk().feedback().surveys()).isEmpty();
    }

    @Test
    void aResponseAnswersTheEditionOfItsTime() {
        Survey survey = publishedNps();
        SurveyResponse first = feedback().submit(SurveyResponse.to(survey.id()).score(9));
        feedback().revise(survey.id(), Questionnaire.of(Question.csat("happy", "Happy?")));
        SurveyResponse second = feedback().submit(SurveyResponse.to(survey.id()).score(5));

        assertThat(first.edition()).isEqualTo(1);
        assertThat(first.scale()).contains(ScoreScale.NPS);
        assertThat(second.edition()).isEqualTo(2);
        assertThat(second.scale()).contains(ScoreScale.CSAT_5);
        assertThat(feedback().find(first.id())).contains(first);
    }

    @Test
    void refusesAnswersToADraftAndToAClosedSurvey() {
        Survey draft = feedback().define(Survey.nps("nps", "?"));
        SurveyResponse.Draft response = SurveyResponse.to(draft.id()).score(9);
        assertThatThrownBy(() -> feedback().submit(response)).isInstanceOf(RuleViolationException.class);
        feedback().publish(draft.id());
        feedback().close(draft.id());
        assertThatThrownBy(() -> feedback().submit(response)).isInstanceOf(RuleViolationException.class);
        assertThat(feedback().submit(response.at(now().minusSeconds(1))).score())
                .hasValue(9);
    }

    @Test
    void notesManyResponsesOnceHoweverOftenTheyAreDelivered() {
        Survey survey = publishedNps();
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            drafts.add(SurveyResponse.to(survey.id())
                    .score(i)
                    .comment("no " + i)
                    .at(START.minus(Duration.ofDays(i)))
                    .externalId("forms", "r" + i));
        }
        List<Inserted<SurveyResponse>> outcomes = feedback().submitAll(drafts);
        drafts.add(SurveyResponse.to(survey.id()).score(3).externalId("forms", "r3"));
        List<Inserted<SurveyResponse>> again = feedback().submitAll(drafts);

        assertThat(outcomes).hasSize(11).allMatch(Inserted::isNew);
        assertThat(again).hasSize(12).noneMatch(Inserted::isNew);
        assertThat(again.get(11).entity()).isEqualTo(outcomes.get(3).entity());
        assertThat(feedback().submit(drafts.get(4))).isEqualTo(outcomes.get(4).entity());
        assertThatThrownBy(() -> feedback().submit(drafts.get(11)))
                .as("delivered again with other content")
                .isInstanceOfSatisfying(
                        DuplicateException.class,
                        e -> assertThat(e.holder())
                                .contains(outcomes.get(3).entity().id().value()));
        assertThat(feedback().find(ExternalId.of("forms", "r7")))
                .hasValueSatisfying(found -> assertThat(found.comment()).contains("no 7"));
        assertThat(events("survey_response.submitted")).hasSize(11);
        assertThat(events()).noneMatch(logged -> logged.event().data().toJson().contains("no 7"));
        assertThat(feedback().submitAll(List.of())).isEmpty();
    }

    @Test
    void whatWasTakenIsKnownAgainThoughTheSurveyAsksSomethingElseOrIsClosed() {
        Survey survey = publishedNps();
        SurveyResponse.Draft draft = SurveyResponse.to(survey.id()).score(9).externalId("forms", "r1");
        SurveyResponse taken = feedback().submit(draft);
        SurveyResponse.Draft unknown = SurveyResponse.to(survey.id()).score(9).externalId("forms", "r2");

        feedback().revise(survey.id(), Questionnaire.of(Question.csat("happy", "Happy?")));
        assertThat(feedback().submit(draft)).isEqualTo(taken);
        assertThatThrownBy(() -> feedback().submitAll(List.of(draft, unknown)))
                .isInstanceOf(RuleViolationException.class);

        feedback().close(survey.id());
        assertThat(feedback().submit(draft)).isEqualTo(taken);
        SurveyResponse.Draft other = SurveyResponse.to(survey.id()).score(8).externalId("forms", "r1");
        assertThatThrownBy(() -> feedback().submit(other)).isInstanceOf(DuplicateException.class);
        assertThatThrownBy(() -> feedback().submit(unknown)).isInstanceOf(RuleViolationException.class);
        assertThat(events("survey_response.submitted")).hasSize(1);
    }

    @Test
    void oneBadResponseOfABatchLeavesNothingBehind() {
        Survey survey = publishedNps();
        assertThatThrownBy(() -> feedback()
                        .submitAll(List.of(
                                SurveyResponse.to(survey.id()).score(9),
                                SurveyResponse.to(survey.id()).score(11))))
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.field()).contains("score");
                    assertThat(e.value()).contains("11");
                });
        CustomerId nobody = new CustomerId(new UUID(7, 7));
        assertThatThrownBy(() -> feedback().submit(survey.id(), nobody, 9, null))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> feedback()
                        .submit(SurveyResponse.to(new SurveyId(new UUID(7, 7))).score(1)))
                .isInstanceOf(NotFoundException.class);
        assertThat(feedback().responses("nps", 10, null).items()).isEmpty();
    }

    @Test
    void pagesFromTheLatestResponseOn() {
        Survey survey = publishedNps();
        List<ResponseId> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            SurveyResponse.Draft draft =
                    SurveyResponse.to(survey.id()).score(i).at(START.plus(Duration.ofHours(i / 2)));
            expected.add(0, feedback().submit(draft).id());
        }
        List<ResponseId> seen = new ArrayList<>();
        Page<SurveyResponse> page = feedback().responses("nps", 2, null);
        page.items().forEach(response -> seen.add(response.id()));
        while (page.next().isPresent()) {
            page = feedback().responses("nps", 2, page.next().get());
            page.items().forEach(response -> seen.add(response.id()));
        }
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void theDoorsExample() {
        Survey survey = publishedNps();
        CustomerId ann =
                desk().customers().register(Customer.named("Ann", "Lee")).id();
        SurveyResponse response = feedback().submit(survey.id(), ann, 9, "quick and friendly");
        pass(Duration.ofDays(1));
        SurveyResponse again = feedback().submit(survey.id(), ann, 10, null);

        assertThat(feedback().responses(ann, 10, null).items())
                .as("both are kept; which counts is for the figures to say")
                .containsExactly(again, response);
        assertThat(response.comment()).contains("quick and friendly");
        assertThat(response.answers())
                .isEqualTo(Answers.builder()
                        .score("score", 9)
                        .text("comment", "quick and friendly")
                        .build());
        assertThat(desk().timeline()
                        .of(ann)
                        .ofTypes(SurveyResponse.TYPE)
                        .newestFirst()
                        .page(10)
                        .entries())
                .as("on the timeline")
                .hasSize(2);
    }
}
