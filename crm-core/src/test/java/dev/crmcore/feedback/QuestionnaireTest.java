package dev.crmcore.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.context.RuleViolationException;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionnaireTest {

    private static final Choice PRICE = Choice.of("price", "The price");
    private static final Choice SPEED = Choice.of("speed", "The speed");
    private static final Choice STAFF = Choice.of("staff", "The staff");
    private static final Choice NONE = Choice.of("none", "None of these").pinned();

    /** Every kind of question once. */
    private static final Questionnaire ALL_KINDS = Questionnaire.of(
            Question.nps("recommend", "Recommend?"),
            Question.csat("satisfied", "Satisfied?"),
            Question.ces("easy", "Easy?"),
            Question.ces("effort", "How much effort?", ScoreScale.CES_1_0_5),
            Question.rating("stars", "Stars?", 5),
            Question.scale("agree", "Agree?", "no", "partly", "yes"),
            Question.singleChoice("best", "Best?", PRICE, SPEED),
            Question.dropdown("country", "Where?", Choice.of("DE", "Germany"), Choice.of("TR", "Türkiye")),
            Question.multiChoice("liked", "Liked?", PRICE, SPEED, STAFF).between(1, 2),
            Question.ranking("order", "Order?", PRICE, SPEED, STAFF),
            Question.shortText("name_of_it", "Name?").between(2, 5),
            Question.longText("why", "Why?"),
            Question.number("age", "Age?").between(new BigDecimal("0.5"), new BigDecimal("120")),
            Question.date("visit", "Visit?").between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)),
            Question.matrix(
                    "parts", "Parts?", List.of(PRICE, SPEED), List.of(Choice.of("1", "bad"), Choice.of("2", "good"))),
            Question.yesNo("again", "Again?"),
            Question.file("photo", "Photo?"),
            Question.contact("me", "Call you?", ContactField.NAME, ContactField.EMAIL, ContactField.PHONE),
            Question.consent("publish", "You may print this."));

    private static final Answers FULL = Answers.builder()
            .score("recommend", 0)
            .score("satisfied", 5)
            .score("easy", 7)
            .score("effort", 1)
            .score("stars", 5)
            .score("agree", 3)
            .text("best", "price")
            .text("country", "TR")
            .choices("liked", "staff", "price")
            .choices("order", "speed", "staff", "price")
            .text("name_of_it", "İ\uD83D\uDE00abc")
            .text("why", "quick & <friendly>")
            .number("age", new BigDecimal("0.5"))
            .date("visit", LocalDate.of(2026, 12, 31))
            .matrix("parts", Map.of("price", "1", "speed", "2"))
            .yes("again", false)
            .text("photo", "files/17.jpg")
            .contact("me", Map.of(ContactField.EMAIL, "ann@example.com", ContactField.PHONE, "+49 30 1234567"))
            .yes("publish", false)
            .build();

    @Test
    void takesAnAnswerOfEveryKind() {
        assertThat(ALL_KINDS.complete(FULL)).isEqualTo(FULL);
        assertThat(ALL_KINDS.complete(Answers.parse(FULL.toJson()))).isEqualTo(FULL);
        assertThat(FULL.contact("me")).containsEntry(ContactField.EMAIL, "ann@example.com");
        assertThat(FULL.matrix("parts")).containsEntry("speed", "2");
        assertThat(FULL).hasToString("Answers" + FULL.questions());
    }

    @Test
    void everyKindGoesThroughItsStoredForm() {
        Questionnaire shuffled = Questionnaire.of(
                        Question.singleChoice("a", "A", PRICE, NONE).shuffled().required(),
                        Question.multiChoice("b", "B", PRICE, NONE).shuffled())
                .shuffled();
        Questionnaire skipping = Questionnaire.of(
                Question.nps("recommend", "?").endIf(Answered.score("recommend").between(9, 10)),
                Question.multiChoice("liked", "?", PRICE, STAFF)
                        .skipTo(Answered.choices("liked").contains("price").not(), "why"),
                Question.yesNo("cheap", "?"),
                Question.longText("why", "?"));
        for (Questionnaire questionnaire : List.of(ALL_KINDS, shuffled, skipping)) {
            String stored = questionnaire.toJson().toJson();
            Questionnaire read = Questionnaire.read(JsonObject.parse(stored));
            assertThat(read).isEqualTo(questionnaire).hasSameHashCodeAs(questionnaire);
            assertThat(read.toJson().toJson()).isEqualTo(stored);
        }
        assertThat(shuffled).isNotEqualTo(skipping);
    }

    /** What the first schema wrote; it can always be read. */
    @Test
    void readsTheFirstStoredForm() {
        Questionnaire read = Questionnaire.read(JsonObject.parse("""
                {"questions":[
                 {"key":"score","type":"NPS","text":"Recommend?","scale":"NPS","required":true,
                  "skips":[{"when":{"field":"score","op":">=","value":"9"}},
                           {"when":{"not":{"field":"score","present":true}},"to":"why"}]},
                 {"key":"missed","type":"MULTI_CHOICE","text":"Missed?","shuffled":true,"min":1,"max":2,
                  "choices":[{"key":"price","label":"The price"},{"key":"none","label":"None","pinned":true}]},
                 {"key":"parts","type":"MATRIX","text":"Parts?","rows":[{"key":"r","label":"R"}],
                  "choices":[{"key":"c","label":"C"}]},
                 {"key":"agree","type":"SCALE","text":"Agree?","scale":"LIKERT_2","labels":["no","yes"]},
                 {"key":"day","type":"DATE","text":"Day?","earliest":"2026-01-01","latest":"2026-12-31"},
                 {"key":"me","type":"CONTACT","text":"Who?","details":["NAME","EMAIL"]},
                 {"key":"why","type":"LONG_TEXT","text":"Why?"}]}"""));

        assertThat(read.questions())
                .extracting(Question::type)
                .containsExactly(
                        QuestionType.NPS,
                        QuestionType.MULTI_CHOICE,
                        QuestionType.MATRIX,
                        QuestionType.SCALE,
                        QuestionType.DATE,
                        QuestionType.CONTACT,
                        QuestionType.LONG_TEXT);
        assertThat(read.complete(Answers.builder()
                                .score("score", 9)
                                .text("why", "x")
                                .build())
                        .questions())
                .containsExactly("score");
        assertThat(read.question("missed").orElseThrow().choices()).last().matches(Choice::isPinned);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recommend | 11 | must be a whole number from 0 to 10 (NPS)",
                "recommend | -1 | must be a whole number from 0 to 10 (NPS)",
                "recommend | 8.5 | must be a whole number from 0 to 10 (NPS)",
                "recommend | 1e30 | must be a whole number from 0 to 10 (NPS)",
                "recommend | \"9\" | is a text, expected a number",
                "recommend | true | is a boolean, expected a number",
                "satisfied | 0 | must be a whole number from 1 to 5 (CSAT_5)",
                "easy | 8 | must be a whole number from 1 to 7 (CES_2_0_7)",
                "effort | 6 | must be a whole number from 1 to 5 (CES_1_0_5)",
                "stars | 6 | must be a whole number from 1 to 5 (STARS_5)",
                "agree | 4 | must be a whole number from 1 to 3 (LIKERT_3)",
                "best | \"staff\" | is none of [price, speed]",
                "best | [\"price\"] | is a list, expected a text",
                "liked | [\"price\",\"speed\",\"staff\"] | must be 1 to 2 choices",
                "liked | [\"price\",\"price\"] | is chosen twice",
                "liked | [\"PRICE\"] | is none of [price, speed, staff]",
                "liked | [1] | is a number, expected a text",
                "order | [\"price\",\"speed\"] | must be 3 to 3 choices",
                "name_of_it | \"a\" | must be 2 to 5 characters",
                "name_of_it | \"abcdef\" | must be 2 to 5 characters",
                "age | 0.4 | must be 0.5 to 120",
                "age | 120.5 | must be 0.5 to 120",
                "visit | \"2025-12-31\" | must be 2026-01-01 to 2026-12-31",
                "visit | \"2026-02-30\" | is not an ISO 8601 date",
                "parts | {\"staff\":\"1\"} | is none of [price, speed]",
                "parts | {\"price\":\"3\"} | is none of [1, 2]",
                "parts | {\"price\":3} | is a number, expected a text",
                "again | \"yes\" | is a text, expected a boolean",
                "publish | 1 | is a number, expected a boolean",
                "me | {\"EMAIL\":\"not an address\"} | has no @",
                "me | {\"PHONE\":\"12\"} | country code",
                "me | {\"COMPANY\":\"x\"} | is not asked",
                "me | {\"FAX\":\"x\"} | is no contact detail",
                "nothing | 1 | is no question"
            })
    void refusesWhatAQuestionDoesNotTake(String question, String answer, String reason) {
        assertThatThrownBy(() -> ALL_KINDS.complete(Answers.parse("{\"" + question + "\":" + answer + "}")))
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.rule()).isEqualTo("feedback.answer");
                    assertThat(e.field()).contains(question);
                    assertThat(e.value()).isPresent();
                    assertThat(e).hasMessageContaining(reason);
                });
    }

    @Test
    void scoresAreShownAndTextsStayOutOfMessages() {
        assertThatThrownBy(() -> ALL_KINDS.complete(
                        Answers.builder().score("recommend", 11).build()))
                .hasMessageContaining("recommend '11'");
        assertThatThrownBy(() -> ALL_KINDS.complete(
                        Answers.builder().text("best", "Ann Lee of Berlin").build()))
                .hasMessageNotContaining("Ann")
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.value()).contains("Ann Lee of Berlin"));
    }

    @Test
    void lengthIsCountedInCodePoints() {
        Questionnaire one = Questionnaire.of(Question.shortText("t", "?"));
        String faces = "\uD83D\uDE00".repeat(Question.SHORT_TEXT_LENGTH);
        assertThat(one.complete(Answers.builder().text("t", faces).build()).text("t"))
                .contains(faces);
        assertThatThrownBy(() ->
                        one.complete(Answers.builder().text("t", faces + "x").build()))
                .isInstanceOf(RuleViolationException.class);
    }

    @Test
    void aBlankAnswerIsNone() {
        Answers blank = Answers.builder()
                .text("why", " \u3000\n")
                .choices("liked")
                .matrix("parts", Map.of())
                .contact("me", Map.of(ContactField.NAME, " "))
                .build();
        assertThat(ALL_KINDS.complete(blank)).isEqualTo(Answers.none());
    }

    @Test
    void whatIsRequiredIsAnsweredWhole() {
        Questionnaire required = Questionnaire.of(
                Question.matrix("parts", "?", List.of(PRICE, SPEED), List.of(Choice.of("1", "1")))
                        .required(),
                Question.contact("me", "?", ContactField.NAME, ContactField.EMAIL)
                        .required(),
                Question.consent("ok", "?").required(),
                Question.longText("why", "?").required());
        Answers whole = Answers.builder()
                .matrix("parts", Map.of("price", "1", "speed", "1"))
                .contact("me", Map.of(ContactField.NAME, "Ann", ContactField.EMAIL, "a@example.com"))
                .yes("ok", false)
                .text("why", "x")
                .build();
        assertThat(required.complete(whole)).isEqualTo(whole);

        Map<String, Answers> lacking = Map.of(
                "parts",
                        whole.with(Answers.builder()
                                .matrix("parts", Map.of("price", "1"))
                                .build()),
                "me",
                        whole.with(Answers.builder()
                                .contact("me", Map.of(ContactField.NAME, "Ann"))
                                .build()),
                "ok", whole.only(Set.of("parts", "me", "why")),
                "why", whole.with(Answers.builder().text("why", "").build()));
        lacking.forEach((key, answers) -> assertThatThrownBy(() -> required.complete(answers))
                .isInstanceOfSatisfying(RuleViolationException.class, e -> {
                    assertThat(e.rule()).isEqualTo("feedback.answer.required");
                    assertThat(e.field()).contains(key);
                }));
    }

    @Test
    void followsTheSkipRulesAndDropsWhatWasNotAsked() {
        Questionnaire skipping = Questionnaire.of(
                Question.nps("recommend", "?")
                        .required()
                        .endIf(Answered.score("recommend").atLeast(9))
                        .skipTo(Answered.score("recommend").atLeast(7), "why"),
                Question.multiChoice("missed", "?", PRICE, STAFF)
                        .required()
                        .skipTo(Answered.choices("missed").contains("staff"), "why"),
                Question.yesNo("cheap", "?").required(),
                Question.longText("why", "?"));
        Answers all = Answers.builder()
                .choices("missed", "price")
                .yes("cheap", true)
                .text("why", "because")
                .build();

        assertThat(asked(skipping, all, 10)).containsExactlyInAnyOrder("recommend");
        assertThat(asked(skipping, all, 8)).containsExactlyInAnyOrder("recommend", "why");
        assertThat(asked(skipping, all, 6)).containsExactlyInAnyOrder("recommend", "missed", "cheap", "why");
        Answers staff = all.with(Answers.builder().choices("missed", "staff").build());
        assertThat(asked(skipping, staff, 6)).containsExactlyInAnyOrder("recommend", "missed", "why");
        assertThatThrownBy(() -> skipping.complete(
                        Answers.builder().score("recommend", 6).build()))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.field()).contains("missed"));
    }

    private static Set<String> asked(Questionnaire questionnaire, Answers answers, int score) {
        return questionnaire
                .complete(
                        answers.with(Answers.builder().score("recommend", score).build()))
                .questions();
    }

    @Test
    void anAnswerOffThePathDecidesNothing() {
        Questionnaire skipping = Questionnaire.of(
                Question.yesNo("customer", "?").skipTo(Answered.yes("customer").is(false), "end"),
                Question.yesNo("happy", "?"),
                Question.yesNo("end", "?").endIf(Answered.yes("happy").is(true)),
                Question.longText("why", "?"));
        Answers changedMind = Answers.builder()
                .yes("customer", false)
                .yes("happy", true)
                .yes("end", true)
                .text("why", "x")
                .build();
        assertThat(skipping.complete(changedMind).questions()).containsExactly("customer", "end", "why");
    }

    @Test
    void refusesRulesThatLeadNowhereOrLookAhead() {
        Question last = Question.longText("why", "?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Questionnaire.of(
                        Question.yesNo("a", "?").skipTo(Answered.yes("a").is(true), "a"), last));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Questionnaire.of(
                        Question.yesNo("a", "?").skipTo(Answered.yes("a").is(true), "b"), last));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Questionnaire.of(
                        Question.yesNo("a", "?").endIf(Answered.text("why").is("x")), last));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Questionnaire.of(
                        Question.nps("a", "?").endIf(Answered.text("a").startsWith("x")), last));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Questionnaire.of(
                        Question.date("a", "?").endIf(Answered.date("a").withinLast(Period.ofDays(1), ZoneOffset.UTC)),
                        last));
        assertThatIllegalArgumentException().isThrownBy(() -> Questionnaire.of(last, last));
        assertThatIllegalArgumentException().isThrownBy(() -> Questionnaire.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Questionnaire.of(
                                Question.yesNo("a", "?").endIf(Answered.yes("a").is(true)), last)
                        .shuffled());
    }

    @Test
    void refusesQuestionsThatCannotBeAsked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Question.nps("Not a key", "?"));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.singleChoice("a", "?"));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.singleChoice("a", "?", PRICE, PRICE));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.scale("a", "?", "only"));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.rating("a", "?", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.ces("a", "?", ScoreScale.NPS));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.contact("a", "?"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Question.nps("a", "?").between(1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Question.number("a", "?").between(2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Question.yesNo("a", "?").shuffled());
        assertThatIllegalArgumentException().isThrownBy(() -> Choice.of(" ", "?"));
        assertThatIllegalArgumentException().isThrownBy(() -> ScoreScale.parse("STARS_x"));
    }

    @Test
    void eachRespondentHasAnOrderThatStays() {
        Questionnaire questionnaire = Questionnaire.of(IntStream.range(0, 6)
                        .mapToObj(i -> Question.multiChoice("q" + i, "?", PRICE, SPEED, STAFF, NONE)
                                .shuffled())
                        .toList())
                .shuffled();
        Set<List<String>> orders = new HashSet<>();
        Set<List<String>> choices = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            InvitationId respondent = new InvitationId(new UUID(0x0190_0000_0000_7000L, i));
            List<Question> presented = questionnaire.presentedTo(respondent);
            assertThat(questionnaire.presentedTo(respondent)).isEqualTo(presented);
            assertThat(presented)
                    .extracting(Question::key)
                    .containsExactlyInAnyOrder("q0", "q1", "q2", "q3", "q4", "q5");
            orders.add(presented.stream().map(Question::key).toList());
            for (Question question : presented) {
                assertThat(question.choices()).hasSize(4).last().isEqualTo(NONE);
                choices.add(question.choices().stream().map(Choice::key).toList());
            }
        }
        assertThat(orders).hasSizeGreaterThan(100);
        assertThat(choices).hasSize(6);
    }

    @Test
    void theFirstScaleGivesTheScoreAndTheFirstTextTheComment() {
        assertThat(ALL_KINDS.scoreQuestion()).map(Question::key).contains("recommend");
        assertThat(ALL_KINDS.commentQuestion()).map(Question::key).contains("name_of_it");
        assertThat(Questionnaire.of(Question.yesNo("a", "?")).scoreQuestion()).isEmpty();
    }

    @Test
    void scalesKnowTheirGoodEnd() {
        assertThat(ScoreScale.NPS.isAtLeastAsGood(7, 6)).isTrue();
        assertThat(ScoreScale.CES_1_0_5.isAtLeastAsGood(4, 3)).isFalse();
        assertThat(ScoreScale.parse("STARS_7")).isEqualTo(ScoreScale.stars(7)).isNotEqualTo(ScoreScale.likert(7));
        for (ScoreScale scale : List.of(
                ScoreScale.NPS, ScoreScale.CSAT_5, ScoreScale.CES_2_0_7, ScoreScale.CES_1_0_5, ScoreScale.CES_1_0_7)) {
            assertThat(ScoreScale.parse(scale.name())).isEqualTo(scale);
            assertThat(scale.includes(scale.min()) && scale.includes(scale.max()))
                    .isTrue();
            assertThat(scale.includes(scale.min() - 1L) || scale.includes(scale.max() + 1L))
                    .isFalse();
        }
    }
}
