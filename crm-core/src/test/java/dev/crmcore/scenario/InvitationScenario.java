package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.Crm;
import dev.crmcore.DueReport;
import dev.crmcore.context.CrmException;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Answers;
import dev.crmcore.feedback.DueInvitations;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.InvitationDelivery;
import dev.crmcore.feedback.InvitationId;
import dev.crmcore.feedback.InvitationStatus;
import dev.crmcore.feedback.Question;
import dev.crmcore.feedback.Questionnaire;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.value.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers are invited, reminded, not too often, and answer once. */
public abstract class InvitationScenario extends Scenario {

    private static final Duration MICRO = Duration.ofNanos(1_000);

    private final Queue<InvitationDelivery> sent = new ConcurrentLinkedQueue<>();
    private Consumer<InvitationDelivery> host = delivery -> {};
    private Survey survey;
    private CustomerId ann;

    @Override
    protected void configure(Crm.Builder builder) {
        builder.invitationSender(delivery -> {
            host.accept(delivery);
            sent.add(delivery);
        });
    }

    @BeforeEach
    void publish() {
        survey = feedback()
                .publish(feedback().define(Survey.nps("nps", "Recommend?")).id());
        ann = customer("Ann");
    }

    private Feedback feedback() {
        return desk().feedback();
    }

    private CustomerId customer(String name) {
        return desk().customers().register(Customer.named(name, "Lee")).id();
    }

    private SurveyInvitation.Draft toAnn() {
        return SurveyInvitation.to(survey.id(), ann);
    }

    private SurveyInvitation now(SurveyInvitation invitation) {
        return feedback().find(invitation.id()).orElseThrow();
    }

    private static String token(SurveyInvitation invitation) {
        return invitation.token().orElseThrow();
    }

    private static Answers score(int score) {
        return Answers.builder().score("score", score).build();
    }

    private List<String> sentIds() {
        return sent.stream().map(InvitationDelivery::id).toList();
    }

    @Test
    void anInvitationIsSentOpenedAndAnswered() {
        SurveyInvitation invitation = feedback().invite(toAnn().channel("email"));
        assertThat(invitation.status()).isEqualTo(InvitationStatus.WAITING);
        assertThat(sent).as("nothing goes out inside a transaction").isEmpty();

        pass(Duration.ofMinutes(5));
        assertThat(crm().runDue().failures()).isEmpty();
        assertThat(sent).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo(invitation.id().value() + "/0");
            assertThat(delivery.isReminder()).isFalse();
            assertThat(delivery.token()).isEqualTo(token(invitation));
            assertThat(delivery.customer()).isEqualTo(ann);
            assertThat(delivery.surveyKey()).isEqualTo("nps");
            assertThat(delivery.channel()).contains("email");
            assertThat(delivery.tenant()).isEqualTo(ACME);
            assertThat(delivery.toString()).doesNotContain(delivery.token());
        });
        assertThat(now(invitation).sentAt()).contains(now());
        assertThat(now(invitation).status()).isEqualTo(InvitationStatus.SENT);

        pass(Duration.ofMinutes(5));
        SurveyInvitation opened = feedback().open(token(invitation));
        assertThat(opened.openedAt()).contains(now());
        assertThat(opened.edition()).contains(1);
        Instant openedAt = now();
        pass(Duration.ofMinutes(5));
        assertThat(feedback().open(token(invitation)).openedAt()).contains(openedAt);

        SurveyResponse response = feedback().submit(token(invitation), score(9));
        assertThat(response.customer()).contains(ann);
        assertThat(response.invitation()).contains(invitation.id());
        assertThat(response.channel()).contains("email");
        assertThat(response.score()).hasValue(9);
        assertThat(now(invitation).respondedAt()).contains(now());
        assertThat(events("survey_"))
                .containsExactly(
                        "survey_invitation.invited",
                        "survey_invitation.sent",
                        "survey_invitation.opened",
                        "survey_response.submitted");
        assertThat(events())
                .extracting(logged -> logged.event().data())
                .extracting(JsonObject::toJson)
                .noneMatch(json -> json.contains(token(invitation)));
    }

    @Test
    void thereIsOneResponseToAnInvitation() {
        SurveyInvitation invitation = feedback().invite(toAnn());
        feedback().submit(token(invitation), score(9));
        assertThatThrownBy(() -> feedback().submit(token(invitation), score(10)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class,
                        e -> assertThat(e.rule()).isEqualTo("feedback.invitation.answered"));
        assertThatThrownBy(() -> feedback().save(token(invitation), score(10)))
                .isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> feedback().open(token(invitation))).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> feedback().withdraw(invitation.id())).isInstanceOf(RuleViolationException.class);
        assertThat(feedback().responses("nps", 10, null).items()).hasSize(1);
    }

    @Test
    void eightAtOnceHandInOneResponse() throws InterruptedException {
        SurveyInvitation invitation = feedback().invite(toAnn());
        List<CrmException> refused = Race.run(IntStream.range(0, 8)
                .<Runnable>mapToObj(i -> () -> feedback().submit(token(invitation), score(i)))
                .toList());
        assertThat(refused)
                .hasSize(7)
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOfSatisfying(
                                RuleViolationException.class,
                                e -> assertThat(e.rule()).isEqualTo("feedback.invitation.answered")));
        assertThat(feedback().responses("nps", 10, null).items()).hasSize(1);
        assertThat(events("survey_response.submitted")).hasSize(1);
        assertThat(now(invitation).status()).isEqualTo(InvitationStatus.ANSWERED);
    }

    @Test
    void answersAreSavedAndGoneOnWithOnTheSameEdition() {
        Survey visit = feedback()
                .define(Survey.of(
                        "visit",
                        "Your visit",
                        Questionnaire.of(
                                Question.csat("happy", "Happy?").required(),
                                Question.yesNo("again", "Again?").required(),
                                Question.longText("why", "Why?"))));
        feedback().publish(visit.id());
        SurveyInvitation invitation = feedback().invite(SurveyInvitation.to(visit.id(), ann));

        feedback()
                .save(
                        token(invitation),
                        Answers.builder().score("happy", 2).text("why", "slow").build());
        feedback().revise(visit.id(), Questionnaire.of(Question.nps("recommend", "Recommend?")));
        SurveyInvitation saved = feedback()
                .save(token(invitation), Answers.builder().score("happy", 3).build());
        assertThat(saved.answers())
                .isEqualTo(
                        Answers.builder().score("happy", 3).text("why", "slow").build());
        assertThatThrownBy(() -> feedback().save(token(invitation), Answers.parse("{\"happy\":6}")))
                .isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> feedback().submit(token(invitation), Answers.parse("{\"why\":[1]}")))
                .isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> feedback().submit(token(invitation), Answers.none()))
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.field()).contains("again"));

        SurveyResponse response = feedback()
                .submit(token(invitation), Answers.builder().yes("again", true).build());
        assertThat(response.edition()).isEqualTo(1);
        assertThat(response.score()).hasValue(3);
        assertThat(response.comment()).contains("slow");
        assertThat(now(invitation).answers().isEmpty()).isTrue();
    }

    @Test
    void anInvitationExpiresToTheMicrosecond() {
        SurveyInvitation answered = feedback().invite(toAnn().expiresAfter(Duration.ofDays(7)));
        SurveyInvitation late = feedback()
                .invite(SurveyInvitation.to(survey.id(), customer("Bob")).expiresAfter(Duration.ofDays(7)));
        crm().runDue();

        pass(Duration.ofDays(7).minus(MICRO));
        assertThat(crm().runDue().done()).isZero();
        feedback().submit(token(answered), score(9));
        pass(MICRO);
        assertThatThrownBy(() -> feedback().submit(token(late), score(9)))
                .as("too late at the very instant, noted or not")
                .isInstanceOfSatisfying(
                        RuleViolationException.class,
                        e -> assertThat(e.rule()).isEqualTo("feedback.invitation.expired"));
        assertThat(now(late).status()).isEqualTo(InvitationStatus.SENT);
        assertThat(crm().runDue().done()).isEqualTo(1);
        assertThat(now(late).status()).isEqualTo(InvitationStatus.EXPIRED);
        assertThat(now(answered).status()).isEqualTo(InvitationStatus.ANSWERED);
        assertThat(crm().runDue().done()).isZero();
        assertThat(events("survey_invitation.expired")).hasSize(1);
    }

    @Test
    void remindersWaitForTheMessageBeforeThem() {
        SurveyInvitation invitation = feedback()
                .invite(toAnn().expiresAfter(Duration.ofDays(30))
                        .remindAfter(Duration.ofDays(3), Duration.ofDays(4), Duration.ofDays(30)));
        crm().runDue();
        pass(Duration.ofDays(3).minus(MICRO));
        assertThat(crm().runDue().done()).isZero();
        pass(Duration.ofDays(10)); // the host was down
        crm().runDue();
        assertThat(sentIds())
                .as("one reminder, not all that are late")
                .containsExactly(invitation.id().value() + "/0", invitation.id().value() + "/1");
        assertThat(now(invitation).sendAt()).contains(now().plus(Duration.ofDays(4)));
        pass(Duration.ofDays(4));
        crm().runDue();
        assertThat(now(invitation).remindersSent()).isEqualTo(2);
        assertThat(now(invitation).sendAt())
                .as("the third would come too late to be answered")
                .isEmpty();
        assertThat(events("survey_invitation.reminded")).hasSize(2);
    }

    @Test
    void whoHasAnsweredIsNotReminded() {
        SurveyInvitation invitation = feedback().invite(toAnn().remindAfter(Duration.ofDays(3)));
        SurveyInvitation racing = feedback()
                .invite(SurveyInvitation.to(survey.id(), customer("Bob")).remindAfter(Duration.ofDays(3)));
        host = delivery -> {
            if (delivery.invitation().equals(racing.id())) {
                feedback().submit(delivery.token(), score(10)); // while the message is on its way
            }
        };
        crm().runDue();
        feedback().submit(token(invitation), score(9));
        pass(Duration.ofDays(5));
        crm().runDue();
        assertThat(sentIds()).allMatch(id -> id.endsWith("/0"));
        assertThat(now(racing).status()).isEqualTo(InvitationStatus.ANSWERED);
        assertThat(now(racing).deliveries()).isEqualTo(1);
    }

    @Test
    void aSenderThatFailsIsAskedAgainUnderTheSameId() {
        SurveyInvitation bad = feedback().invite(toAnn());
        SurveyInvitation good = feedback().invite(SurveyInvitation.to(survey.id(), customer("Bob")));
        List<String> tried = new ArrayList<>();
        host = delivery -> {
            tried.add(delivery.id());
            if (delivery.invitation().equals(bad.id())) {
                throw new IllegalStateException("mailbox of ann@example.com is full");
            }
        };
        DueReport report = crm().runDue();
        assertThat(report.done()).isEqualTo(1);
        assertThat(report.failures()).singleElement().satisfies(line -> {
            assertThat(line.work()).isEqualTo("feedback.invitations");
            assertThat(line.done()).isEqualTo(1);
            assertThat(line.failure().orElseThrow())
                    .hasMessage("1 done and 1 failed, the first with java.lang.IllegalStateException")
                    .hasCauseInstanceOf(IllegalStateException.class);
        });
        assertThat(now(good).status()).isEqualTo(InvitationStatus.SENT);
        assertThat(now(bad).status()).isEqualTo(InvitationStatus.WAITING);

        pass(Duration.ofMinutes(DueInvitations.LEASE_MINUTES).minus(MICRO));
        assertThat(crm().runDue().done()).isZero();
        host = delivery -> tried.add(delivery.id());
        pass(MICRO);
        assertThat(crm().runDue().done()).isEqualTo(1);
        assertThat(tried)
                .filteredOn(id -> id.startsWith(bad.id().value().toString()))
                .containsExactly(bad.id().value() + "/0", bad.id().value() + "/0");
        assertThat(now(bad).deliveries()).isEqualTo(1);
    }

    @Test
    void severalWorkersSendEachMessageOnce() throws InterruptedException {
        List<CustomerId> customers = desk()
                .customers()
                .registerAll(IntStream.range(0, 90)
                        .mapToObj(i -> Customer.named("N" + i, "Lee"))
                        .toList())
                .stream()
                .map(outcome -> outcome.entity().id())
                .toList();
        customers.forEach(customer ->
                feedback().invite(SurveyInvitation.to(survey.id(), customer).expiresAfter(Duration.ofDays(1))));
        AtomicInteger done = new AtomicInteger();
        Runnable worker = () -> done.addAndGet(crm().runDue().done());
        assertThat(Race.run(List.of(worker, worker))).isEmpty();
        assertThat(done).hasValue(90);
        assertThat(sentIds()).hasSize(90).doesNotHaveDuplicates();

        pass(Duration.ofDays(1));
        done.set(0);
        assertThat(Race.run(List.of(worker, worker))).isEmpty();
        assertThat(done).hasValue(90);
        assertThat(events("survey_invitation.expired")).hasSize(90);
    }

    @Test
    void customersAreLeftInPeace() {
        Survey rested = feedback().define(Survey.csat("csat", "Happy?").restDays(30));
        feedback().publish(rested.id());
        SurveyInvitation.Draft draft = SurveyInvitation.to(rested.id(), ann);
        SurveyInvitation first = feedback().invite(toAnn());

        pass(Duration.ofDays(30).minus(MICRO));
        assertThatThrownBy(() -> feedback().invite(draft))
                .as("also after an invitation to another survey")
                .isInstanceOfSatisfying(
                        RuleViolationException.class, e -> assertThat(e.rule()).isEqualTo("feedback.rest"));
        feedback().invite(SurveyInvitation.to(rested.id(), customer("Bob")));
        pass(MICRO);
        SurveyInvitation second = feedback().invite(draft);
        assertThat(feedback().invitations(ann, 10, null).items()).containsExactly(second, now(first));

        feedback().withdraw(second.id());
        assertThat(feedback()
                        .invite(draft.sendAt(now().plus(Duration.ofDays(1))))
                        .askedAt())
                .as("what was taken back does not count")
                .isEqualTo(now().plus(Duration.ofDays(1)));
        assertThatThrownBy(() -> feedback().invite(draft.sendAt(now())))
                .as("nor is one asked shortly before a planned invitation")
                .isInstanceOf(RuleViolationException.class);
        assertThat(feedback().invite(toAnn()).status())
                .as("a survey without days of rest may ask at any time")
                .isEqualTo(InvitationStatus.WAITING);
    }

    @Test
    void whoInviteAtOnceKeepThePeaceBetweenThem() throws InterruptedException {
        Survey rested = feedback().define(Survey.csat("csat", "Happy?").restDays(30));
        feedback().publish(rested.id());
        Runnable call = () -> feedback().invite(SurveyInvitation.to(rested.id(), ann));
        assertThat(Race.run(Collections.nCopies(4, call))).hasSize(3);
        assertThat(feedback().invitations(ann, 10, null).items()).hasSize(1);
    }

    @Test
    void aPlannedInvitationWaitsAndAWithdrawnOneIsNotSent() {
        SurveyInvitation planned = feedback().invite(toAnn().sendAt(START.plus(Duration.ofDays(2))));
        SurveyInvitation withdrawn = feedback().invite(SurveyInvitation.to(survey.id(), customer("Bob")));
        feedback().withdraw(withdrawn.id());
        pass(Duration.ofDays(2).minus(MICRO));
        assertThat(crm().runDue().done()).isZero();
        pass(MICRO);
        assertThat(crm().runDue().done()).isEqualTo(1);
        assertThat(now(planned).expiresAt())
                .isEqualTo(START.plus(Duration.ofDays(2)).plus(SurveyInvitation.DEFAULT_LIFETIME));
        assertThatThrownBy(() -> feedback().submit(token(withdrawn), score(1)))
                .isInstanceOfSatisfying(
                        RuleViolationException.class,
                        e -> assertThat(e.rule()).isEqualTo("feedback.invitation.withdrawn"));
    }

    @Test
    void aHandedOverInvitationIsOnlyReminded() {
        SurveyInvitation invitation = feedback().invite(toAnn().handedOver().remindAfter(Duration.ofDays(1)));
        assertThat(invitation.sentAt()).contains(START);
        assertThat(crm().runDue().done()).isZero();
        pass(Duration.ofDays(1));
        crm().runDue();
        assertThat(sentIds()).containsExactly(invitation.id().value() + "/1");
    }

    @Test
    void aClosedSurveyAsksNobody() {
        SurveyInvitation invitation = feedback().invite(toAnn());
        feedback().close(survey.id());
        assertThat(crm().runDue().done()).isZero();
        assertThat(sent).isEmpty();
        assertThat(now(invitation).status()).isEqualTo(InvitationStatus.WITHDRAWN);
        assertThatThrownBy(() -> feedback().invite(toAnn())).isInstanceOf(RuleViolationException.class);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> feedback().open("no such token"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageNotContaining("no such token");
        assertThatThrownBy(() -> feedback().invite(SurveyInvitation.to(survey.id(), new CustomerId(new UUID(7, 7)))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> feedback().withdraw(new InvitationId(new UUID(7, 7))))
                .isInstanceOf(NotFoundException.class);
        SurveyInvitation invitation = feedback().invite(toAnn());
        assertThatThrownBy(() -> otherDesk().feedback().open(token(invitation)))
                .as("tenants are sealed off")
                .isInstanceOf(NotFoundException.class);
    }
}
