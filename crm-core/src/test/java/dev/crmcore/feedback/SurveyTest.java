package dev.crmcore.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SurveyTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final SurveyId ID = new SurveyId(new UUID(1, 1));
    private static final ResponseId RESPONSE = new ResponseId(new UUID(1, 2));
    private static final CustomerId ANN = new CustomerId(new UUID(1, 3));

    private static Survey nps() {
        return Survey.nps("nps", "Recommend?").restDays(90).build(ID, NOW);
    }

    @Test
    void aDraftIsChangedInPlaceAndAPublishedSurveyByItsNextEdition() {
        Questionnaire other = Questionnaire.of(Question.nps("score", "Would you recommend us?"));
        Survey draft = nps().revisedTo(other);
        assertThat(draft.edition()).isEqualTo(1);
        assertThat(draft.questionnaire()).isEqualTo(other);

        Survey published = draft.published(NOW);
        Survey revised = published.revisedTo(nps().questionnaire());
        assertThat(revised.edition()).isEqualTo(2);
        assertThat(revised.questionnaire(1)).isEqualTo(other);
        assertThat(revised.questionnaire(2)).isEqualTo(nps().questionnaire());
        assertThat(revised.revisedTo(nps().questionnaire())).isSameAs(revised);
        assertThatIllegalArgumentException().isThrownBy(() -> revised.questionnaire(3));
    }

    @Test
    void movesForwardOnly() {
        Survey published = nps().published(NOW);
        Survey closed = published.closed(NOW.plusSeconds(1));
        assertThat(closed.publishedAt()).contains(NOW);
        assertThat(closed.closedAt()).contains(NOW.plusSeconds(1));
        assertThatThrownBy(() -> nps().closed(NOW)).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> published.published(NOW)).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> closed.revisedTo(Questionnaire.of(Question.yesNo("a", "?"))))
                .isInstanceOf(RuleViolationException.class);
    }

    @Test
    void takesAnswersUntilJustBeforeItCloses() {
        Instant end = NOW.plus(Duration.ofDays(30));
        Survey closed = nps().published(NOW).closed(end);
        closed.requireTakesAnswers(end.minusNanos(1_000));
        closed.requireTakesAnswers(NOW.minus(Duration.ofDays(400))); // an import of what was answered elsewhere
        assertThatThrownBy(() -> closed.requireTakesAnswers(end)).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> nps().requireTakesAnswers(NOW))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("feedback.survey.status"));
    }

    @Test
    void goesThroughItsStoredForm() {
        Survey survey = nps().published(NOW)
                .revisedTo(Questionnaire.of(Question.csat("s", "?")))
                .closed(NOW.plusSeconds(5));
        Survey read = Survey.TYPE.fromStored(Survey.TYPE.toStored(survey));
        assertThat(read).isEqualTo(survey).hasSameHashCodeAs(survey).isNotEqualTo(nps());
        assertThat(read.rest()).isEqualTo(Duration.ofDays(90));
        assertThat(read).hasToString("Survey[nps, CLOSED, edition 2]");
    }

    @Test
    void aResponseKnowsItsScoreAndComment() {
        Survey survey = nps().published(NOW);
        SurveyResponse response = SurveyResponse.to(ID)
                .by(ANN)
                .score(9)
                .comment("quick and friendly")
                .channel("web")
                .externalId("forms", "17")
                .at(NOW.plusNanos(1_999))
                .build(RESPONSE, survey, NOW.plusSeconds(60));

        assertThat(response.score()).hasValue(9);
        assertThat(response.scale()).contains(ScoreScale.NPS);
        assertThat(response.comment()).contains("quick and friendly");
        assertThat(response.answers())
                .isEqualTo(Answers.builder()
                        .score("score", 9)
                        .text("comment", "quick and friendly")
                        .build());
        assertThat(response.answeredAt()).isEqualTo(NOW.plusNanos(1_000));
        assertThat(response.toString()).doesNotContain("quick");
        assertThat(SurveyResponse.TYPE.fromStored(SurveyResponse.TYPE.toStored(response)))
                .isEqualTo(response);
    }

    @Test
    void aResponseWithoutScoreOrCommentHasNone() {
        Survey survey = Survey.of(
                        "visit", "Visit", Questionnaire.of(Question.yesNo("again", "?"), Question.nps("n", "?")))
                .build(ID, NOW)
                .published(NOW);
        SurveyResponse response = SurveyResponse.to(ID)
                .answers(Answers.builder().yes("again", true).build())
                .build(RESPONSE, survey, NOW);
        assertThat(response.score()).isEmpty();
        assertThat(response.scale()).isEmpty();
        assertThat(response.comment()).isEmpty();
        assertThat(response.customer()).isEmpty();
        assertThat(SurveyResponse.TYPE.fromStored(SurveyResponse.TYPE.toStored(response)))
                .isEqualTo(response);

        assertThatThrownBy(() -> SurveyResponse.to(ID).comment("x").build(RESPONSE, survey, NOW))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.field()).contains("comment"));
        SurveyResponse blank = SurveyResponse.to(ID).score(0).comment(" ").build(RESPONSE, survey, NOW);
        assertThat(blank.score()).hasValue(0);
    }

    @Test
    void saysTheSameWhateverTheEditionAndTheMomentOfNoting() {
        Survey survey = nps().published(NOW);
        SurveyResponse.Draft draft = SurveyResponse.to(ID).by(ANN).score(9).at(NOW);
        SurveyResponse one = draft.build(RESPONSE, survey, NOW);
        SurveyResponse later = draft.build(new ResponseId(new UUID(9, 9)), survey, NOW.plusSeconds(9));
        assertThat(one.saysTheSameAs(later)).isTrue();
        assertThat(one).isNotEqualTo(later);
        assertThat(one.saysTheSameAs(draft.comment("x").build(RESPONSE, survey, NOW)))
                .isFalse();
    }
}
