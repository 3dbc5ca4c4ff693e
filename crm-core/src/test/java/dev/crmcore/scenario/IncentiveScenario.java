package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Answers;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.Incentive;
import dev.crmcore.feedback.IncentiveGrant;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.query.Query;
import dev.crmcore.store.LoggedEvent;
import dev.crmcore.store.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever answers gets what the survey promises, once. */
public abstract class IncentiveScenario extends Scenario {

    private static final Incentive POINTS = Incentive.of(50, "points");

    private Survey survey;
    private CustomerId ann;
    private CustomerId bob;

    @BeforeEach
    void promise() {
        survey = publish(Survey.nps("nps", "Recommend?").incentive(POINTS));
        ann = customer("Ann");
        bob = customer("Bob");
    }

    private Feedback feedback() {
        return desk().feedback();
    }

    private Survey publish(Survey.Draft draft) {
        return feedback().publish(feedback().define(draft).id());
    }

    private CustomerId customer(String name) {
        return desk().customers().register(Customer.named(name, "Lee")).id();
    }

    private List<IncentiveGrant> of(CustomerId customer) {
        return feedback().incentives(customer, 100, null).items();
    }

    private LoggedEvent event(String type) {
        return events().stream()
                .filter(logged -> logged.event().type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstAnswerEarnsItWhateverItIs() {
        SurveyResponse bad = feedback().submit(survey.id(), ann, 0, "awful");
        pass(Duration.ofDays(1));
        feedback().submit(survey.id(), ann, 10, null);
        feedback().submit(survey.id(), bob, 10, null);

        assertThat(of(ann)).hasSize(1);
        IncentiveGrant grant = of(ann).get(0);
        assertThat(grant.incentive()).isEqualTo(POINTS);
        assertThat(grant.survey()).isEqualTo(survey.id());
        assertThat(grant.response()).isEqualTo(bad.id());
        assertThat(grant.grantedAt()).isEqualTo(START);
        assertThat(of(bob)).extracting(IncentiveGrant::incentive).containsExactly(POINTS);
        assertThat(feedback().find("nps").orElseThrow().incentive()).contains(POINTS);
        assertThat(otherDesk().feedback().incentives(ann, 10, null).items()).isEmpty();
    }

    @Test
    void theEventTellsWhoeverHandsItOut() {
        feedback().submit(survey.id(), ann, 3, "nobody called back");

        LoggedEvent granted = event("incentive.granted");
        assertThat(granted.event().subjectId()).isEqualTo(of(ann).get(0).id().value());
        assertThat(granted.event().subjectType()).isEqualTo("incentive_grant");
        assertThat(granted.event().causationId())
                .contains(event("survey_response.submitted").event().id());
        assertThat(granted.event().data().requireText("kind")).isEqualTo("points");
        assertThat(granted.event().data().requireLong("amount")).isEqualTo(50);
        assertThat(granted.event().data().requireText("customer"))
                .isEqualTo(ann.value().toString());
    }

    @Test
    void deliveredAgainEarnsNothing() {
        SurveyResponse.Draft draft =
                SurveyResponse.to(survey.id()).by(ann).score(9).externalId("forms", "1");
        feedback().submit(draft);
        feedback().submit(draft);
        feedback()
                .submitAll(List.of(draft, SurveyResponse.to(survey.id()).by(ann).score(2)));

        assertThat(of(ann)).hasSize(1);
        assertThat(events("incentive.")).hasSize(1);
    }

    @Test
    void aBatchGrantsToEachCustomerOnceAtAConstantCost() {
        feedback().submit(survey.id(), bob, 5, null);
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CustomerId who = i % 3 == 0 ? bob : ann;
            drafts.add(SurveyResponse.to(survey.id()).by(who).score(i % 11));
            drafts.add(SurveyResponse.to(survey.id()).score(i % 11));
        }
        long inserts = calls("insertIfAbsent");
        long lists = calls("list");
        feedback().submitAll(drafts);

        assertThat(of(ann)).hasSize(1);
        assertThat(of(bob)).hasSize(1);
        assertThat(calls("insertIfAbsent") - inserts).isEqualTo(2);
        assertThat(calls("list") - lists).as("however many responses").isLessThanOrEqualTo(4);
    }

    @Test
    void answersAtOnceEarnOne() throws InterruptedException {
        assertThat(Race.run(IntStream.range(0, 6)
                        .<Runnable>mapToObj(i -> () -> feedback().submit(survey.id(), ann, i, null))
                        .toList()))
                .isEmpty();
        assertThat(feedback().responses(ann, 10, null).items()).hasSize(6);
        assertThat(of(ann)).hasSize(1);
        assertThat(events("incentive.")).hasSize(1);
    }

    @Test
    void onlyWhatWasPromisedToSomebodyIsEarned() {
        Survey plain = publish(Survey.csat("csat", "Satisfied?"));
        feedback().submit(plain.id(), ann, 5, null);
        feedback().submit(SurveyResponse.to(survey.id()).score(9));
        feedback()
                .submit(SurveyResponse.to(survey.id())
                        .by(ann)
                        .score(9)
                        .at(survey.publishedAt().orElseThrow().minusNanos(1_000)));
        assertThat(of(ann)).isEmpty();
        assertThat(plain.incentive()).isEqualTo(Optional.empty());

        feedback()
                .submit(SurveyResponse.to(survey.id())
                        .by(ann)
                        .score(9)
                        .at(survey.publishedAt().orElseThrow()));
        assertThat(of(ann)).hasSize(1);
    }

    @Test
    void anInvitedAnswerEarnsItWhenItIsHandedIn() {
        SurveyInvitation invitation = feedback().invite(SurveyInvitation.to(survey.id(), ann));
        String token = invitation.token().orElseThrow();
        Answers answers = Answers.builder().score("score", 2).build();
        feedback().save(token, answers);
        assertThat(of(ann)).isEmpty();
        feedback().submit(token, Answers.none());
        assertThat(of(ann)).hasSize(1);
    }

    @Test
    void itComesAndGoesWithTheAnswer() {
        assertThatThrownBy(() -> desk().transact(tx -> {
                    tx.feedback().submit(survey.id(), ann, 0, null);
                    throw new IllegalStateException("the host changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(of(ann)).isEmpty();
        assertThat(events("incentive.")).isEmpty();
    }

    @Test
    void whoIsMergedTakesItAlongAndEarnsNoOther() {
        feedback().submit(survey.id(), bob, 9, null);
        assertThat(merge(bob, ann)).isEqualTo(1);
        feedback().submit(survey.id(), ann, 9, null);

        assertThat(of(bob)).isEmpty();
        assertThat(of(ann)).hasSize(1);
        assertThat(merge(ann, bob)).as("back again").isEqualTo(1);
        assertThat(of(bob)).hasSize(1);
    }

    @Test
    void whatBothHadEarnedBeforeTheyWereMergedStays() {
        feedback().submit(survey.id(), ann, 9, null);
        feedback().submit(survey.id(), bob, 9, null);
        assertThat(merge(bob, ann)).isEqualTo(1);
        feedback().submit(survey.id(), ann, 0, null);

        assertThat(of(ann)).hasSize(2);
        assertThat(events("incentive.")).hasSize(2);
    }

    /** What the declarations say that a merge does. */
    private long merge(CustomerId loser, CustomerId survivor) {
        return desk().unitOfWork()
                .call(work -> IncentiveGrant.TYPE.references().stream()
                        .filter(reference -> reference.onMerge() == Reference.OnMerge.FOLLOW)
                        .mapToLong(reference -> work.store()
                                .updateAll(
                                        Query.of(IncentiveGrant.TYPE).where(reference.names(loser.value())),
                                        List.of(reference.repoint(loser.value(), survivor.value()))))
                        .sum());
    }

    @Test
    void anIncentiveIsSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> Incentive.of(0, "points"));
        assertThatIllegalArgumentException().isThrownBy(() -> Incentive.of(1, "Points"));
        assertThatIllegalArgumentException().isThrownBy(() -> Incentive.of(1, ""));
    }
}
