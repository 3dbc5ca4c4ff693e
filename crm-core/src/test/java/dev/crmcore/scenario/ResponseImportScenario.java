package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.customer.Customer;
import dev.crmcore.exchange.ImportFormatException;
import dev.crmcore.exchange.ImportOptions;
import dev.crmcore.exchange.ImportReport;
import dev.crmcore.exchange.Reject;
import dev.crmcore.exchange.ResponseImport;
import dev.crmcore.exchange.RowSource;
import dev.crmcore.feedback.Question;
import dev.crmcore.feedback.Questionnaire;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.query.Query;
import dev.crmcore.value.ExternalId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers come in from files, once, and none is lost. */
public abstract class ResponseImportScenario extends Scenario {

    private static final String HEADER = "customer_id,answered_at,survey,score,comment";
    private static final String WITH_ID = HEADER + ",response_id";
    private static final ResponseImport PLAN = ResponseImport.from("shop").createMissingCustomers();

    @TempDir
    Path folder;

    @BeforeEach
    void defineSurveys() {
        publish(Survey.nps("nps", "Recommend?"));
        publish(Survey.csat("csat", "Satisfied?"));
        publish(Survey.ces("ces", "Easy?"));
    }

    private Survey publish(Survey.Draft draft) {
        return desk().feedback().publish(desk().feedback().define(draft).id());
    }

    private RowSource csv(String... lines) {
        try {
            return RowSource.csv(Files.writeString(folder.resolve("responses.csv"), String.join("\n", lines) + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportReport run(ResponseImport plan, RowSource source) {
        return desk().imports().run(plan, source, ImportOptions.defaults().withBatchSize(2));
    }

    private List<SurveyResponse> recorded() {
        return desk().unitOfWork().call(work -> work.store().list(Query.of(SurveyResponse.TYPE)));
    }

    private static List<Long> counts(ImportReport report) {
        return List.of(
                report.read(),
                report.created(),
                report.updated(),
                report.unchanged(),
                report.duplicate(),
                report.invalid());
    }

    @Test
    void bringsInWhatTheRowsSay() {
        ImportReport report = run(
                PLAN,
                csv(
                        HEADER,
                        "1,2025-02-01T09:30:00Z,nps,9,\"quick, and friendly\"",
                        "2,2025-02-01,csat,4,",
                        "1,2025-02-02T10:00:00+01:00,ces,7,\"she said \"\"yes\"\"\""));

        assertThat(counts(report)).containsExactly(3L, 3L, 0L, 0L, 0L, 0L);
        assertThat(report.customersCreated()).isEqualTo(2);
        Customer first =
                desk().customers().findByExternalId(ExternalId.of("shop", "1")).orElseThrow();
        List<SurveyResponse> responses =
                desk().feedback().responses(first.id(), 10, null).items();
        assertThat(responses).extracting(SurveyResponse::surveyKey).containsExactly("ces", "nps");
        assertThat(responses).extracting(each -> each.score().getAsInt()).containsExactly(7, 9);
        assertThat(responses)
                .extracting(each -> each.comment().orElseThrow())
                .containsExactly("she said \"yes\"", "quick, and friendly");
        assertThat(responses)
                .extracting(SurveyResponse::answeredAt)
                .containsExactly(Instant.parse("2025-02-02T09:00:00Z"), Instant.parse("2025-02-01T09:30:00Z"));
    }

    @Test
    void takesEqualRowsForWhatTheyAreAndKnowsThemAgain() {
        RowSource file = csv(HEADER, "1,2025-02-01,nps,9,", "1,2025-02-01,nps,9,", "1,2025-02-01,nps,9,again");

        ImportReport first = run(PLAN, file);
        ImportReport again = run(PLAN, file);

        assertThat(counts(first)).containsExactly(3L, 3L, 0L, 0L, 0L, 0L);
        assertThat(counts(again)).containsExactly(3L, 0L, 0L, 3L, 0L, 0L);
        assertThat(again.customersCreated()).isZero();
        assertThat(recorded()).hasSize(3);
    }

    @Test
    void tellsARepeatedIdFromAContradictingOne() {
        ImportReport report = run(
                PLAN,
                csv(
                        WITH_ID,
                        "1,2025-02-01,nps,9,,A",
                        "1,2025-02-01,nps,8,,B",
                        "1,2025-02-01,nps,9,,A",
                        "1,2025-02-01,nps,7,,B"));
        ImportReport same = run(PLAN, csv(WITH_ID, "1,2025-02-01,nps,9,,A"));
        ImportReport other = run(PLAN, csv(WITH_ID, "1,2025-02-01,nps,9,changed,A"));

        assertThat(counts(report)).containsExactly(4L, 2L, 0L, 0L, 1L, 1L);
        assertThat(report.rejects().get(0).describe())
                .isEqualTo("line 5, column response_id: 'B' stands further up with other content");
        assertThat(counts(same)).containsExactly(1L, 0L, 0L, 1L, 0L, 0L);
        assertThat(counts(other)).containsExactly(1L, 0L, 0L, 0L, 0L, 1L);
        assertThat(other.rejects().get(0).describe())
                .isEqualTo("line 2, column response_id: 'A' is recorded with other content");
    }

    @Test
    void registersNobodyForARowThatIsNotTaken() {
        run(PLAN, csv(WITH_ID, "1,2025-02-01,nps,9,,A"));
        publish(Survey.of(
                "long",
                "Long",
                Questionnaire.of(
                        Question.nps("score", "Recommend?"),
                        Question.shortText("name", "Who?").required())));
        long before = customers();

        ImportReport report = run(PLAN, csv(WITH_ID, "77,2025-02-01,nps,9,,A", "78,2025-02-01,long,9,,B"));

        assertThat(counts(report)).containsExactly(2L, 0L, 0L, 0L, 0L, 2L);
        assertThat(report.customersCreated()).isZero();
        assertThat(customers()).isEqualTo(before);
    }

    private long customers() {
        return desk().unitOfWork().call(work -> work.store().count(Query.of(Customer.TYPE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",2025-02-01,nps,9,|customer_id|is missing",
                "1,,nps,9,|answered_at|is missing",
                "1,2025-02-30,nps,9,|answered_at|is no date",
                "1,0000-02-01,nps,9,|answered_at|is not in the years",
                "1,2025-02-01,,9,|survey|is missing",
                "1,2025-02-01,NPS,9,|survey|is no survey's key",
                "1,2025-02-01,draft,9,|survey|is not published",
                "1,2025-02-01,words,9,|survey|asks for no score",
                "1,2025-02-01,nps,,|score|is missing",
                "1,2025-02-01,nps,8.5,|score|is no whole number",
                "1,2025-02-01,nps,+9,|score|is no whole number",
                "1,2025-02-01,nps,\u0669,|score|is no whole number",
                "1,2025-02-01,nps,11,|score|is not on the scale from 0 to 10",
                "1,2025-02-01,nps,-1,|score|is not on the scale from 0 to 10",
                "1,2025-02-01,csat,0,|score|is not on the scale from 1 to 5",
                "1,2025-02-01,ces,99999999999,|score|is no whole number",
                "1,2025-02-01,long,9,|survey|does not take it",
                "1,2025-02-01,nps,9|''|has 4 fields where the header has 5"
            })
    void rejectsABadRowWithItsPlaceAndReasonAndTakesTheOthers(String row, String column, String reason) {
        Survey draft = desk().feedback().define(Survey.nps("draft", "Recommend?"));
        publish(Survey.of("words", "Words", Questionnaire.of(Question.longText("why", "Why?"))));
        publish(Survey.of(
                "long",
                "Long",
                Questionnaire.of(
                        Question.nps("score", "Recommend?"),
                        Question.shortText("name", "Who?").required(),
                        Question.yesNo("again", "Again?").required())));

        ImportReport report =
                run(PLAN, csv(HEADER, "7,2025-02-01,nps,9,", row, "7,2025-02-02,csat,1,", "8,2025-02-02,csat,2,"));

        assertThat(draft.key()).isEqualTo("draft");
        assertThat(counts(report)).containsExactly(4L, 3L, 0L, 0L, 0L, 1L);
        assertThat(report.customersCreated()).isEqualTo(2);
        Reject reject = report.rejects().get(0);
        assertThat(reject.line()).isEqualTo(3);
        assertThat(reject.column()).isEqualTo(column);
        assertThat(reject.reason()).contains(reason);
    }

    @Test
    void bringsInWhatWasAnsweredBeforeASurveyWasClosed() {
        Survey survey = desk().feedback().find("nps").orElseThrow();
        desk().feedback().close(survey.id());

        ImportReport report =
                run(PLAN, csv(HEADER, "1,2026-03-01T09:29:59.999999Z,nps,9,", "1,2026-03-01T09:30:00Z,nps,9,"));

        assertThat(counts(report)).containsExactly(2L, 1L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).describe()).isEqualTo("line 3, column survey: 'nps' was closed by then");
    }

    @Test
    void whatWasTakenIsNoNewsThoughTheSurveyAsksSomethingElseNow() {
        RowSource file = csv(WITH_ID, "1,2025-02-01,nps,9,,A", "2,2025-02-02,nps,8,fine,");
        run(PLAN, file);
        Survey survey = desk().feedback().find("nps").orElseThrow();
        desk().feedback().revise(survey.id(), Questionnaire.of(Question.csat("happy", "Happy?")));

        assertThat(counts(run(PLAN, file))).containsExactly(2L, 0L, 0L, 2L, 0L, 0L);
        ImportReport changed = run(PLAN, csv(WITH_ID, "1,2025-02-01,nps,8,,A", "3,2025-02-03,nps,9,,B"));
        assertThat(counts(changed)).containsExactly(2L, 0L, 0L, 0L, 0L, 2L);
        assertThat(recorded()).hasSize(2);
    }

    @Test
    void rejectsCustomersThatNobodyKnowsUnlessToldToRegisterThem() {
        Customer known = desk().customers().register(Customer.builder().externalId(ExternalId.of("shop", "7")));

        ImportReport report =
                run(ResponseImport.from("shop"), csv(HEADER, "1,2025-02-01,nps,9,", "7,2025-02-01,nps,8,"));

        assertThat(counts(report)).containsExactly(2L, 1L, 0L, 0L, 0L, 1L);
        assertThat(report.rejects().get(0).describe())
                .isEqualTo("line 2, column customer_id: '1' is nobody's id in shop");
        assertThat(recorded()).extracting(each -> each.customer().orElseThrow()).containsExactly(known.id());
    }

    @Test
    void readsColumnsUnderOtherNamesAndZones() {
        ResponseImport plan = PLAN.column(ResponseImport.SCORE, "rating")
                .column(ResponseImport.ANSWERED_AT, "when")
                .zone(ZoneId.of("America/New_York"));

        ImportReport report = run(plan, csv("survey,rating,when,customer_id", "nps,10,2025-02-01 08:00:00,1"));

        assertThat(counts(report)).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
        assertThat(recorded().get(0).answeredAt()).isEqualTo(Instant.parse("2025-02-01T13:00:00Z"));
        assertThatThrownBy(() -> run(PLAN, csv("customer_id,answered_at,survey", "1,2025-02-01,nps")))
                .isInstanceOf(ImportFormatException.class)
                .hasMessageContaining("'score'");
    }

    @Test
    void accountsForEveryRowAndADryRunSaysWhatARealOneDoes() {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>(List.of(WITH_ID));
        for (int i = 0; i < 150; i++) {
            String survey = List.of("nps", "csat", "ces", "none").get(random.nextInt(4));
            String id = random.nextInt(3) == 0 ? "" : "r" + random.nextInt(60);
            String score = random.nextInt(10) == 0 ? "x" : String.valueOf(random.nextInt(12) - 1);
            lines.add(random.nextInt(5) + ",2025-02-0" + (1 + random.nextInt(2)) + "," + survey + "," + score + ",,"
                    + id);
        }
        RowSource file = csv(lines.toArray(String[]::new));

        ImportReport dry =
                desk().imports().run(PLAN, file, ImportOptions.dryRun().withBatchSize(2));
        assertThat(recorded()).isEmpty();
        ImportReport first = run(PLAN, file);
        ImportReport again = run(PLAN, file);

        assertThat(dry).isEqualTo(first);
        assertThat(first.read()).isEqualTo(150);
        assertThat(first.created()).isPositive();
        assertThat(recorded()).hasSize((int) first.created());
        assertThat(again.created()).isZero();
        assertThat(again.unchanged()).isEqualTo(first.created());
        assertThat(again.invalid()).isEqualTo(first.invalid());
    }
}
