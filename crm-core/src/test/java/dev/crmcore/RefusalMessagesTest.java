package dev.crmcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.crmcore.calendar.OpeningHours;
import dev.crmcore.context.CallContext;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.context.TenantId;
import dev.crmcore.customer.Attribute;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.customer.Birthday;
import dev.crmcore.customer.Customer;
import dev.crmcore.feedback.Answers;
import dev.crmcore.feedback.Question;
import dev.crmcore.feedback.Questionnaire;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.Survey;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.interaction.TimelinePosition;
import dev.crmcore.internal.text.Quoted;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Query;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.JsonObject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Messages of refusals")
class RefusalMessagesTest {

    private static final String LONG = "y".repeat(10_000);
    private static final CrmSession DESK =
            Crm.inMemory().session(TenantId.of("acme"), CallContext.of("agent:7", "a test"));

    @Test
    @DisplayName("quote short texts whole and cut long ones between characters")
    void cut() {
        assertThat(Quoted.of("")).isEqualTo("''");
        assertThat(Quoted.of("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
        assertThat(Quoted.of("x".repeat(81))).isEqualTo("'" + "x".repeat(80) + "...' (81 characters)");
        assertThat(Quoted.of("x".repeat(79) + "\uD83D\uDE00")).isEqualTo("'" + "x".repeat(79) + "...' (81 characters)");
    }

    static Stream<ThrowingCallable> refusalsOfLongTexts() {
        return Stream.of(
                () -> TenantId.of(LONG),
                () -> CallContext.of(LONG, "why"),
                () -> CallContext.of("who", LONG),
                () -> new Attribute(LONG, AttributeValue.of(1)),
                () -> Survey.nps(LONG, "How likely?"),
                () -> TimelinePosition.parse(LONG),
                () -> TimelinePosition.parse(LONG + "_" + LONG),
                () -> OpeningHours.parse(LONG),
                () -> OpeningHours.parse(LONG + "-" + LONG),
                () -> ScoreScale.parse(LONG),
                () -> ScoreScale.parse("STARS_" + LONG),
                () -> {
                    throw RuleViolationException.of("a.rule", "field", LONG, "is wrong");
                });
    }

    @ParameterizedTest
    @MethodSource("refusalsOfLongTexts")
    @DisplayName("are short, however long what was given")
    void shortMessages(ThrowingCallable refused) {
        assertThat(catchThrowable(refused).getMessage()).hasSizeLessThan(300);
    }

    @Test
    @DisplayName("do not quote what may be personal")
    void personal() {
        assertThatThrownBy(() -> AttributeValue.of(new BigDecimal("0.01234567891")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("1234567891");
        assertThatThrownBy(() -> DESK.customers()
                        .register(Customer.named("Ann", "Lee").birthday(Birthday.of(LocalDate.of(-44, 3, 15)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("44");
    }

    @Test
    @DisplayName("do not quote values of personal fields in conditions, not even in their causes")
    void conditions() {
        assertThatThrownBy(() -> Condition.parse(
                        Customer.TYPE,
                        name -> Customer.TYPE,
                        "{\"field\":\"birth_date\",\"op\":\"=\",\"value\":\"1984-02-31\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("birth_date: not a valid DATE")
                .hasNoCause();
    }

    @Test
    @DisplayName("name the field that is wrong")
    void fields() {
        assertThatThrownBy(() -> Survey.nps("My Survey!", "How likely?"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("survey key: is not 1 to 30 of a-z, 0-9 and _ that begin with a letter: 'My Survey!'");
        assertThatThrownBy(() -> TimelinePosition.parse(null)).hasMessage("text");
        assertThatThrownBy(() -> Query.of(Customer.TYPE).where(null)).hasMessage("condition");
        List<Customer.Builder> customers = Collections.singletonList(null);
        assertThatThrownBy(() -> DESK.customers().registerAll(customers)).hasMessage("draft");
        List<Interaction.Builder> interactions = Arrays.asList(null, null);
        assertThatThrownBy(() -> DESK.interactions().recordAll(interactions)).hasMessage("draft");
        assertThatThrownBy(() -> DESK.purchases().recordAll(Collections.singletonList(null)))
                .hasMessage("draft");
        assertThatThrownBy(() -> DESK.feedback().submitAll(Collections.singletonList(null)))
                .hasMessage("draft");
    }

    @Test
    @DisplayName("of answers say what would do")
    void answers() {
        Questionnaire asked =
                Questionnaire.of(Question.longText("comment", "Why?"), Question.number("age", "How old?"));
        assertThatThrownBy(
                        () -> asked.started(Answers.builder().text("zzz", "x").build()))
                .hasMessage("feedback.answer: zzz is no question");
        assertThatThrownBy(() -> asked.started(
                        Answers.builder().text("comment", "x".repeat(20_000)).build()))
                .hasMessageContaining("must be at most 10000 characters");
    }

    @Test
    @DisplayName("of JSON name a place only where there is one")
    void json() {
        assertThatThrownBy(() -> JsonObject.parse("{\"a\":}")).hasMessageContaining("at line 1, column");
        for (String text : List.of("", " ", "{", "[".repeat(100), "{\"a\":".repeat(70))) {
            assertThatThrownBy(() -> JsonObject.parse(text)).hasMessageNotContaining("-1");
        }
    }
}
