package dev.crmcore.metrics.feedback;

import static dev.crmcore.metrics.Golden.assertInterval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmcore.metrics.CalendarPeriod;
import dev.crmcore.metrics.Golden;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.feedback.ResponseRate.Contact;
import dev.crmcore.metrics.feedback.ResponseRate.ContactKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a dirty file to the scores: check, de-duplicate, score. */
class NpsRawTest {

    private static final JsonNode GOLDEN = Golden.json("kpi/nps_raw.json");
    private static final List<String[]> ROWS = Golden.csv("kpi/surveys/nps_raw.csv");

    private static List<SurveyAnswer> validAnswers() {
        List<SurveyAnswer> answers = new ArrayList<>();
        for (String[] row : ROWS) {
            CheckedAnswer checked = Nps.SCALE.check(row[3]);
            if (checked.isValid()) {
                answers.add(new SurveyAnswer(row[0], row[1], Instant.parse(row[2]), checked.score()));
            }
        }
        Collections.shuffle(answers, new Random(1));
        return answers;
    }

    @Test
    @DisplayName("every rejected answer is counted by its reason")
    void rejected() {
        Nps nps = Nps.create();
        ROWS.forEach(row -> nps.offer(row[3]));
        AnswerDistribution answers = nps.result().answers().orElseThrow();
        JsonNode rejected = GOLDEN.get("rejected");
        assertThat(answers.count(AnswerState.OUT_OF_RANGE))
                .isEqualTo(rejected.get("out_of_range").longValue());
        assertThat(answers.count(AnswerState.BLANK))
                .isEqualTo(rejected.get("blank").longValue());
        assertThat(answers.count(AnswerState.NOT_A_NUMBER))
                .isEqualTo(rejected.get("not_a_number").longValue());
        assertThat(answers.count(AnswerState.NOT_WHOLE))
                .isEqualTo(rejected.get("non_integer").longValue());
        assertThat(answers.count(AnswerState.VALID))
                .isEqualTo(GOLDEN.get("valid_responses").longValue());
    }

    @Test
    @DisplayName("each policy gives the reference's counts, score and interval")
    void policies() {
        Map<String, DuplicatePolicy> policies = Map.of(
                "ALL", DuplicatePolicy.ALL,
                "LATEST_PER_CUSTOMER", DuplicatePolicy.LATEST_PER_CUSTOMER,
                "FIRST_PER_CUSTOMER", DuplicatePolicy.FIRST_PER_CUSTOMER,
                "QUARANTINE_90_DAYS_FIRST_ACCEPTED", DuplicatePolicy.quarantine(90));
        policies.forEach((name, policy) -> {
            List<SurveyAnswer> counted = policy.apply(validAnswers());
            assertThat(counted).isSortedAccordingTo(SurveyAnswer.BY_TIME);
            NpsScore score = counted.stream().map(SurveyAnswer::score).collect(Nps.collector());
            JsonNode expected = GOLDEN.get("expected").get(name);
            assertThat(new long[] {score.promoters(), score.passives(), score.detractors()})
                    .as(name)
                    .isEqualTo(Golden.longs(expected.get("counts")));
            assertThat(score.n()).isEqualTo(expected.get("n").longValue());
            assertThat(score.estimate().value()).isCloseTo(expected.get("nps").doubleValue(), within(1e-9));
            assertInterval(
                    score.interval(NpsInterval.ADJUSTED_WALD, 0.95).orElseThrow(),
                    expected.get("adjusted_wald_95"),
                    1e-9);
            assertThat(score.answers().orElseThrow().counts())
                    .isEqualTo(Golden.longs(expected.get("histogram_0_to_10")));
        });
    }

    @Test
    @DisplayName("the latest answer of each customer in each month")
    void months() {
        Map<String, NpsScore> byMonth =
                DuplicatePolicy.latestPerCustomerIn(PeriodUnit.MONTH, ZoneOffset.UTC).apply(validAnswers()).stream()
                        .collect(Collectors.groupingBy(
                                answer -> CalendarPeriod.of(PeriodUnit.MONTH, answer.at(), ZoneOffset.UTC)
                                        .toString(),
                                TreeMap::new,
                                Collectors.mapping(SurveyAnswer::score, Nps.collector())));
        JsonNode expected = GOLDEN.get("expected").get("BY_CALENDAR_MONTH_UTC_LATEST_PER_CUSTOMER_IN_MONTH");
        assertThat(byMonth).hasSize(expected.size());
        byMonth.forEach((month, score) -> {
            assertThat(new long[] {score.promoters(), score.passives(), score.detractors()})
                    .isEqualTo(Golden.longs(expected.get(month).get("counts")));
            assertThat(score.estimate().value())
                    .isCloseTo(expected.get(month).get("nps").doubleValue(), within(1e-9));
        });
    }

    @Test
    @DisplayName("weights: score, effective n, both standard errors and the Wald interval")
    void weighted() {
        WeightedNps nps = WeightedNps.create();
        for (String[] row : ROWS) {
            CheckedAnswer checked = Nps.SCALE.check(row[3]);
            if (checked.isValid()) {
                nps.add(checked.score(), Double.parseDouble(row[4]));
            }
        }
        WeightedNpsScore score = nps.result();
        JsonNode expected = GOLDEN.get("expected").get("WEIGHTED_ALL");
        assertThat(score.estimate().value())
                .isCloseTo(expected.get("weighted_nps").doubleValue(), within(1e-9));
        assertThat(score.sumOfWeights()).isEqualTo(expected.get("sum_weights").doubleValue());
        assertThat(score.effectiveN().value())
                .isCloseTo(expected.get("kish_effective_n").doubleValue(), within(1e-9));
        assertThat(score.standardError().value())
                .isCloseTo(expected.get("se_kish").doubleValue(), within(1e-9));
        assertThat(score.linearisedStandardError().value())
                .isCloseTo(expected.get("se_linearised_taylor").doubleValue(), within(1e-9));
        assertInterval(score.interval(NpsInterval.WALD, 0.95).orElseThrow(), expected.get("wald_95_kish"), 1e-9);
    }

    @Test
    @DisplayName("response rate, by customers and by invitations")
    void responseRate() {
        JsonNode expected = GOLDEN.get("response_rate");
        ResponseRate rate = ResponseRate.create();
        // 440 invitations to 220 customers, of whom 211 answered
        List<String> responders =
                validAnswers().stream().map(SurveyAnswer::customer).distinct().toList();
        for (int i = 0; i < 220; i++) {
            String customer = i < responders.size() ? responders.get(i) : "silent" + i;
            rate.add(new Contact(customer, ContactKind.INVITED));
            rate.add(new Contact(customer, ContactKind.INVITED));
        }
        validAnswers().forEach(answer -> rate.add(new Contact(answer.customer(), ContactKind.COMPLETED)));
        ResponseRate.Result result = rate.result();
        assertThat(result.invitations())
                .isEqualTo(expected.get("invitations_sent").longValue());
        assertThat(result.completed().successes())
                .isEqualTo(expected.get("customers_with_a_valid_response").longValue());
        assertThat(result.responsesPerInvitation().value())
                .isCloseTo(expected.get("responses_per_invitation").doubleValue(), within(1e-9));
        assertThat(result.estimate().value())
                .isCloseTo(
                        expected.get("unique_responders_per_invited_customer (invited customers = 220)")
                                .doubleValue(),
                        within(1e-9));
        assertThat(result.isIndicative()).isFalse();
    }

    @Test
    @DisplayName("ties in time are broken by id, and the window is the business zone's")
    void tiesAndZones() {
        Instant evening = Instant.parse("2025-01-31T22:30:00Z");
        SurveyAnswer a = new SurveyAnswer("a", "ann", evening, 1);
        SurveyAnswer b = new SurveyAnswer("b", "ann", evening, 9);
        SurveyAnswer later = new SurveyAnswer("c", "ann", evening.plusSeconds(3_600), 10);
        List<SurveyAnswer> answers = List.of(later, b, a);
        assertThat(DuplicatePolicy.FIRST_PER_CUSTOMER.apply(answers)).containsExactly(a);
        assertThat(DuplicatePolicy.LATEST_PER_CUSTOMER.apply(List.of(b, a))).containsExactly(b);
        // 22:30 and 23:30 UTC are 23:30 on 31 January and 00:30 on 1 February in Berlin
        assertThat(DuplicatePolicy.latestPerCustomerIn(PeriodUnit.MONTH, ZoneId.of("Europe/Berlin"))
                        .apply(answers))
                .containsExactly(b, later);
        assertThat(DuplicatePolicy.firstPerCustomerIn(PeriodUnit.MONTH, ZoneOffset.UTC)
                        .apply(answers))
                .containsExactly(a);
        assertThat(DuplicatePolicy.ALL.apply(List.of())).isEmpty();
    }

    @Test
    @DisplayName("a quarantine counts in 24 hours from the last accepted answer, boundary included")
    void quarantine() {
        Instant start = Instant.parse("2025-03-01T12:00:00Z");
        long day = 86_400;
        SurveyAnswer first = new SurveyAnswer("1", "ann", start, 1);
        SurveyAnswer tooSoon = new SurveyAnswer("2", "ann", start.plusSeconds(30 * day - 1), 2);
        SurveyAnswer onTime = new SurveyAnswer("3", "ann", start.plusSeconds(30 * day), 3);
        SurveyAnswer other = new SurveyAnswer("4", "bob", start.plusSeconds(day), 4);
        assertThat(DuplicatePolicy.quarantine(30).apply(List.of(onTime, tooSoon, other, first)))
                .containsExactly(first, other, onTime);
        assertThat(DuplicatePolicy.quarantine(30).name()).isEqualTo("QUARANTINE_30_DAYS");
        assertThatThrownBy(() -> DuplicatePolicy.quarantine(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("an answer does not print who gave it")
    void noPersonalData() {
        assertThat(new SurveyAnswer("7", "ann@example.com", Instant.EPOCH, 3).toString())
                .doesNotContain("ann");
        assertThat(new Contact("ann@example.com", ContactKind.INVITED).toString())
                .doesNotContain("ann");
    }
}
