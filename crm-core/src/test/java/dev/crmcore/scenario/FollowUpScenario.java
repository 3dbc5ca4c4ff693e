package dev.crmcore.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmcore.Crm;
import dev.crmcore.calendar.BusinessCalendar;
import dev.crmcore.calendar.OpeningHours;
import dev.crmcore.context.NotFoundException;
import dev.crmcore.context.RuleViolationException;
import dev.crmcore.customer.Customer;
import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Answers;
import dev.crmcore.feedback.Feedback;
import dev.crmcore.feedback.FeedbackRule;
import dev.crmcore.feedback.FeedbackTypes;
import dev.crmcore.feedback.FollowUp;
import dev.crmcore.feedback.FollowUpId;
import dev.crmcore.feedback.FollowUpStatus;
import dev.crmcore.feedback.FollowUps;
import dev.crmcore.feedback.Incentive;
import dev.crmcore.feedback.IncentiveGrant;
import dev.crmcore.feedback.Review;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Condition;
import dev.crmcore.query.Query;
import dev.crmcore.store.EntityType;
import dev.crmcore.value.Money;
import dev.crmcore.work.Work;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bad score is followed up in time, until the customer is won back or lost. */
public abstract class FollowUpScenario extends Scenario {

    private static final BusinessCalendar DESK_HOURS = BusinessCalendar.builder(ZoneId.of("Europe/Berlin"))
            .open(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), OpeningHours.parse("10:00-18:00"))
            .build();

    /** 17:30 in Berlin. */
    private static final Instant FRIDAY = Instant.parse("2026-03-06T16:30:00Z");

    private static final Incentive FIFTY_POINTS = Incentive.of(50, "points");

    private Survey survey;
    private FeedbackRule rule;
    private CustomerId ann;

    private int sent;

    @Override
    protected void configure(Crm.Builder builder) {
        builder.invitationSender(delivery -> sent++);
    }

    @BeforeEach
    void makeTheRule() {
        survey = feedback()
                .publish(feedback()
                        .define(Survey.nps("nps", "Recommend?").incentive(FIFTY_POINTS))
                        .id());
        rule = followUps()
                .define(FeedbackRule.onSurvey("nps", ScoreScale.NPS, 6)
                        .owner("team:care")
                        .within(Duration.ofHours(4), DESK_HOURS));
        ann = customer("Ann");
        passUntil(FRIDAY);
    }

    private void passUntil(Instant instant) {
        pass(Duration.between(now(), instant));
    }

    private Feedback feedback() {
        return desk().feedback();
    }

    private FollowUps followUps() {
        return desk().followUps();
    }

    private CustomerId customer(String name) {
        return desk().customers().register(Customer.named(name, "Lee")).id();
    }

    private List<FollowUp> of(CustomerId customer) {
        return followUps().list(customer, 100, null).items();
    }

    private FollowUp theOneOfAnn() {
        assertThat(of(ann)).hasSize(1);
        return of(ann).get(0);
    }

    private FollowUp resolved() {
        feedback().submit(survey.id(), ann, 3, "nobody called back");
        followUps().contacted(theOneOfAnn().id());
        pass(Duration.ofHours(1));
        return followUps().resolved(theOneOfAnn().id(), "sent a new one");
    }

    @Test
    void scenarioS12() {
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int score = i < 55 ? 9 + i % 2 : i < 80 ? 7 + i % 2 : i % 7;
            drafts.add(SurveyResponse.to(survey.id()).score(score).at(now().minus(Duration.ofHours(100 - i))));
        }
        feedback().submitAll(drafts);
        assertThat(count(SurveyResponse.SCORE.atLeast(9))).isEqualTo(55);
        assertThat(count(SurveyResponse.SCORE.between(7, 8))).isEqualTo(25);
        assertThat(count(SurveyResponse.SCORE.atMost(6))).isEqualTo(20);
        assertThat(count(SurveyResponse.SCORE.is(10))).as("values, not indexes").isEqualTo(27);
        assertThat(count(SurveyResponse.SCORE.is(0))).isPositive();
        assertThat(events("follow_up.")).as("nobody to call").isEmpty();
        assertThat(events("incentive.")).as("nobody to thank").isEmpty();

        SurveyResponse bad = feedback().submit(survey.id(), ann, 3, "nobody called back");
        FollowUp opened = theOneOfAnn();
        assertThat(opened.dueAt()).as("Monday, 13:30 in Berlin").isEqualTo(Instant.parse("2026-03-09T12:30:00Z"));
        assertThat(opened.response()).contains(bad.id());
        assertThat(opened.owner()).contains("team:care");
        assertThat(opened.score()).isEqualTo(3);
        assertThat(opened.status()).isEqualTo(FollowUpStatus.OPEN);

        feedback().submit(survey.id(), ann, 2, "still nobody");
        assertThat(theOneOfAnn()).as("answering twice does not open two").isEqualTo(opened);

        followUps().contacted(opened.id());
        FollowUp settled = followUps().resolved(opened.id(), "apologised, sent a new one");
        SurveyInvitation again = followUps().reask(settled.id(), draft -> draft.channel("email"));
        pass(Duration.ofDays(2));
        feedback()
                .submit(
                        again.token().orElseThrow(),
                        Answers.builder().score("score", 9).build());

        FollowUp recovered = theOneOfAnn();
        assertThat(feedback().incentives(ann, 10, null).items())
                .as("once, whatever the score")
                .singleElement()
                .returns(FIFTY_POINTS, IncentiveGrant::incentive)
                .returns(bad.id(), IncentiveGrant::response);
        assertThat(recovered.status()).isEqualTo(FollowUpStatus.RECOVERED);
        assertThat(recovered.closedAt()).contains(now());
        assertThat(recovered.reask()).contains(again.id());
        assertThat(recovered.outcome()).contains("apologised, sent a new one");
        assertThat(events("follow_up."))
                .containsExactly(
                        "follow_up.opened",
                        "follow_up.contacted",
                        "follow_up.resolved",
                        "follow_up.reasked",
                        "follow_up.recovered");
    }

    private long count(Condition<SurveyResponse> which) {
        return desk().unitOfWork()
                .call(work -> work.store().count(Query.of(SurveyResponse.TYPE).where(which)));
    }

    @Test
    void theFollowUpComesAndGoesWithItsResponse() {
        assertThatThrownBy(() -> desk().transact(tx -> {
                    tx.feedback().submit(survey.id(), ann, 0, null);
                    assertThat(tx.followUps().list(ann, 10, null).items()).hasSize(1);
                    throw new IllegalStateException("the host changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(of(ann)).isEmpty();
        assertThat(feedback().responses(ann, 10, null).items()).isEmpty();
        assertThat(events("follow_up.")).isEmpty();
    }

    @Test
    void businessTimeFollowsTheClockOnTheWall() {
        passUntil(Instant.parse("2026-03-27T16:30:00Z")); // 17:30; the clock goes forward on Sunday
        feedback().submit(survey.id(), ann, 6, null);
        assertThat(theOneOfAnn().dueAt()).isEqualTo(Instant.parse("2026-03-30T11:30:00Z"));
        passUntil(Instant.parse("2026-10-23T15:30:00Z")); // 17:30; the clock goes back on Sunday
        CustomerId bob = customer("Bob");
        feedback().submit(survey.id(), bob, 6, null);
        assertThat(of(bob).get(0).dueAt()).isEqualTo(Instant.parse("2026-10-26T12:30:00Z"));
    }

    @Test
    void onlyBadScoresOfKnownCustomersSinceTheRuleCount() {
        feedback().submit(survey.id(), ann, 7, null);
        feedback().submit(SurveyResponse.to(survey.id()).score(0));
        feedback()
                .submit(SurveyResponse.to(survey.id())
                        .by(ann)
                        .score(0)
                        .at(rule.createdAt().minusNanos(1_000)));
        assertThat(events("follow_up.")).isEmpty();
        feedback().submit(SurveyResponse.to(survey.id()).by(ann).score(0).at(rule.createdAt()));
        assertThat(of(ann)).hasSize(1);

        CustomerId bob = customer("Bob");
        followUps().retire(rule.id());
        feedback().submit(survey.id(), bob, 0, null);
        assertThat(of(bob)).isEmpty();
        assertThat(followUps().rules()).isEmpty();
        assertThat(followUps().retire(rule.id()).isActive()).isFalse();
    }

    @Test
    void lessIsWorseWhereTheScaleSaysSo() {
        Survey effort = feedback().define(Survey.ces("ces", "Easy?"));
        feedback().publish(effort.id());
        followUps().define(FeedbackRule.onSurvey("ces", ScoreScale.CES_2_0_7, 3));
        followUps().define(FeedbackRule.onSurvey("ces", ScoreScale.CES_1_0_7, 5));
        feedback().submit(effort.id(), ann, 6, null); // bad on the old scale, which the survey does not ask on
        assertThat(of(ann)).isEmpty();
        feedback().submit(effort.id(), ann, 3, null);
        assertThat(theOneOfAnn().scale()).isEqualTo(ScoreScale.CES_2_0_7);
    }

    @Test
    void aBatchOpensOneForEachCustomer() {
        CustomerId bob = customer("Bob");
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            drafts.add(SurveyResponse.to(survey.id()).by(i % 2 == 0 ? ann : bob).score(i % 7));
        }
        long lists = calls("list");
        long inserts = calls("insertIfAbsent");
        feedback().submitAll(drafts);
        assertThat(of(ann)).hasSize(1);
        assertThat(of(bob)).hasSize(1);
        assertThat(calls("list") - lists).as("however many responses").isLessThanOrEqualTo(6);
        assertThat(calls("insertIfAbsent") - inserts).isEqualTo(3);
    }

    @Test
    void twoBadScoresAtOnceOpenOne() throws InterruptedException {
        assertThat(Race.run(IntStream.range(0, 4)
                        .<Runnable>mapToObj(i -> () -> feedback().submit(survey.id(), ann, i, null))
                        .toList()))
                .isEmpty();
        assertThat(of(ann)).hasSize(1);
        assertThat(feedback().responses(ann, 10, null).items()).hasSize(4);
        assertThat(events("follow_up.opened")).hasSize(1);
    }

    @Test
    void overdueIsWhatNobodyHasTakenUpInTime() {
        feedback().submit(survey.id(), ann, 3, null);
        CustomerId bob = customer("Bob");
        feedback().submit(survey.id(), bob, 3, null);
        passUntil(theOneOfAnn().dueAt());
        assertThat(followUps().overdue(10, null).items()).isEmpty();
        assertThat(theOneOfAnn().isOverdue(now())).isFalse();
        pass(Duration.ofNanos(1_000));
        assertThat(followUps().overdue(10, null).items()).hasSize(2);
        assertThat(followUps().overdue(1, null).next()).isPresent();
        followUps().contacted(of(bob).get(0).id());
        assertThat(followUps().overdue(10, null).items()).containsExactly(theOneOfAnn());
        assertThat(theOneOfAnn().isOverdue(now())).isTrue();
        assertThat(followUps().list(FollowUpStatus.CONTACTED, 10, null).items()).containsExactlyElementsOf(of(bob));
    }

    @Test
    void aGoodScoreBeforeTheMatterIsSettledDecidesNothing() {
        feedback().submit(survey.id(), ann, 3, null);
        feedback().submit(survey.id(), ann, 10, null);
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.OPEN);
    }

    @Test
    void aBadScoreAfterwardsIsTheLossAndTheNextFollowUp() {
        resolved();
        SurveyResponse worse = feedback().submit(survey.id(), ann, 0, "worse");
        assertThat(of(ann)).hasSize(2);
        assertThat(of(ann).get(1).status()).isEqualTo(FollowUpStatus.LOST);
        assertThat(of(ann).get(0).status()).isEqualTo(FollowUpStatus.OPEN);
        assertThat(of(ann).get(0).response()).contains(worse.id());
    }

    /** Customers with a follow-up that is settled. */
    private List<CustomerId> settled(int customers) {
        List<CustomerId> all =
                IntStream.range(0, customers).mapToObj(i -> customer("C" + i)).toList();
        all.forEach(who -> feedback().submit(survey.id(), who, 1, null));
        all.forEach(who -> {
            followUps().contacted(of(who).get(0).id());
            followUps().resolved(of(who).get(0).id(), "settled");
        });
        pass(Duration.ofDays(1));
        return all;
    }

    private List<SurveyResponse.Draft> scores(List<CustomerId> customers, int score) {
        return customers.stream()
                .map(who -> SurveyResponse.to(survey.id()).by(who).score(score))
                .toList();
    }

    @Test
    void aBatchLocksWhatItDecidesInOneOrderAndNothingElse() {
        List<CustomerId> customers = settled(12);
        feedback().submit(survey.id(), ann, 2, null);
        List<UUID> followUps =
                customers.stream().map(who -> of(who).get(0).id().value()).toList();
        List<SurveyResponse.Draft> backwards = new ArrayList<>(scores(customers, 8));
        Collections.reverse(backwards);

        long locks = calls("lock");
        long updates = calls("update");
        feedback().submitAll(backwards);
        List<UUID> locked = locked();
        assertThat(locked.subList((int) locks, locked.size()))
                .as("each once, in the order of their ids, so that batches never wait in a circle")
                .containsExactlyElementsOf(followUps)
                .isSorted();
        assertThat(calls("update") - updates).as("all in one").isEqualTo(1);
        assertThat(events("follow_up.recovered")).hasSize(12);

        locks = calls("lock");
        feedback().submitAll(scores(customers, 8));
        feedback().submitAll(scores(List.of(ann, ann), 9));
        assertThat(calls("lock") - locks).as("nothing is settled").isZero();
    }

    @Test
    void batchesAboutTheSameCustomersWaitForEachOtherAndNotInACircle() throws InterruptedException {
        List<CustomerId> customers = settled(30);
        List<SurveyResponse.Draft> forwards = scores(customers, 9);
        List<SurveyResponse.Draft> backwards = new ArrayList<>(scores(customers, 9));
        Collections.reverse(backwards);

        assertThat(Race.run(IntStream.range(0, 4)
                        .<Runnable>mapToObj(i -> () -> feedback().submitAll(i % 2 == 0 ? forwards : backwards))
                        .toList()))
                .isEmpty();

        assertThat(events("follow_up.recovered")).hasSize(30);
        assertThat(customers)
                .allSatisfy(
                        who -> assertThat(of(who)).singleElement().returns(FollowUpStatus.RECOVERED, FollowUp::status));
    }

    @Test
    void anAnswerFromBeforeTheSettlingDecidesNothing() {
        FollowUp settled = resolved();
        feedback()
                .submit(SurveyResponse.to(survey.id())
                        .by(ann)
                        .score(9)
                        .at(settled.resolvedAt().orElseThrow().minusNanos(1_000)));
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.RESOLVED);
        feedback()
                .submit(SurveyResponse.to(survey.id())
                        .by(ann)
                        .score(7)
                        .at(settled.resolvedAt().orElseThrow()));
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.RECOVERED);
    }

    @Test
    void aRuleMaySetTheRecoveryHigher() {
        followUps().retire(rule.id());
        followUps().define(FeedbackRule.onSurvey("nps", ScoreScale.NPS, 6).recoveredAt(9));
        resolved();
        feedback().submit(survey.id(), ann, 8, null);
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.RESOLVED);
        feedback().submit(survey.id(), ann, 9, null);
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.RECOVERED);
    }

    @Test
    void aFollowUpGoesStepByStep() {
        feedback().submit(survey.id(), ann, 3, null);
        FollowUpId id = theOneOfAnn().id();
        assertThatThrownBy(() -> followUps().resolved(id, "x")).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> followUps().recovered(id, "x")).isInstanceOf(RuleViolationException.class);
        assertThatThrownBy(() -> followUps().reask(id, UnaryOperator.identity()))
                .isInstanceOf(RuleViolationException.class);
        assertThat(followUps().assign(id, "agent:9").owner()).contains("agent:9");
        followUps().contacted(id);
        assertThatThrownBy(() -> followUps().contacted(id)).isInstanceOf(RuleViolationException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> followUps().resolved(id, " "));
        followUps().resolved(id, "settled");
        followUps().reask(id, UnaryOperator.identity());
        assertThatThrownBy(() -> followUps().reask(id, UnaryOperator.identity()))
                .isInstanceOf(RuleViolationException.class);
        FollowUp lost = followUps().lost(id, "moved away");
        assertThat(lost.outcome()).contains("moved away");
        assertThatThrownBy(() -> followUps().lost(id, "again")).isInstanceOf(RuleViolationException.class);
        assertThat(followUps().find(id)).contains(lost);
        assertThat(events()).noneMatch(logged -> logged.event().data().toJson().contains("moved away"));

        feedback().submit(survey.id(), ann, 3, null);
        FollowUp next = of(ann).get(0);
        assertThat(followUps().lost(next.id(), "no such number").status())
                .as("given up at once")
                .isEqualTo(FollowUpStatus.LOST);
        assertThatThrownBy(() -> followUps().contacted(new FollowUpId(new UUID(7, 7))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void reaskingDoesNotWaitForTheDaysOfRest() {
        Survey rested = feedback().define(Survey.csat("csat", "Happy?").restDays(365));
        feedback().publish(rested.id());
        followUps().define(FeedbackRule.onSurvey("csat", ScoreScale.CSAT_5, 2));
        SurveyInvitation first = feedback().invite(SurveyInvitation.to(rested.id(), ann));
        feedback()
                .submit(
                        first.token().orElseThrow(),
                        Answers.builder().score("score", 1).build());
        followUps().contacted(theOneOfAnn().id());
        followUps().resolved(theOneOfAnn().id(), "settled");
        assertThat(followUps()
                        .reask(theOneOfAnn().id(), UnaryOperator.identity())
                        .customer())
                .isEqualTo(ann);
    }

    @Test
    void aBadReviewIsFollowedUpToo() {
        followUps().define(FeedbackRule.onReviews(2).within(Duration.ofHours(4), DESK_HOURS));
        Purchase purchase = desk().purchases().record(Purchase.by(ann).at(now()).amount(Money.of("10.00", "EUR")));
        Review bad = desk().reviews()
                .submit(Review.by(ann, 2).purchase(purchase.id()).text("broke at once"));
        FollowUp opened = theOneOfAnn();
        assertThat(opened.review()).contains(bad.id());
        assertThat(opened.response()).isEmpty();
        assertThat(opened.scale()).isEqualTo(ScoreScale.stars(5));

        followUps().contacted(opened.id());
        followUps().resolved(opened.id(), "replaced");
        assertThatThrownBy(() -> followUps().reask(opened.id(), UnaryOperator.identity()))
                .isInstanceOf(RuleViolationException.class);
        pass(Duration.ofDays(1));
        desk().reviews().submit(Review.by(ann, 4).purchase(purchase.id()));
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.RECOVERED);
    }

    @Test
    void aRuleComesBackAsItWasKept() {
        assertThat(followUps().rules()).containsExactly(rule);
        assertThat(followUps().rules().get(0).calendar()).isEqualTo(DESK_HOURS);
        assertThat(rule.dueAfter(FRIDAY).counted()).hasSize(2);
        assertThat(otherDesk().followUps().rules()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> FeedbackRule.onSurvey("nps", ScoreScale.NPS, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> FeedbackRule.onSurvey("nps", ScoreScale.NPS, 11));
        assertThatIllegalArgumentException().isThrownBy(() -> FeedbackRule.onReviews(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeedbackRule.onReviews(2).recoveredAt(2));
    }

    @Test
    void whatIsErasedLosesItsWordsAndKeepsItsFigures() {
        FollowUp settled = resolved();
        SurveyInvitation again = followUps().reask(settled.id(), UnaryOperator.identity());
        Purchase purchase = desk().purchases().record(Purchase.by(ann).at(now()).amount(Money.of("10.00", "EUR")));
        Review review = desk().reviews()
                .submit(Review.by(ann, 4).purchase(purchase.id()).title("Ann").text("as I wrote"));

        desk().unitOfWork().call(work -> {
            long blanked = 0;
            for (EntityType<?> type : FeedbackTypes.all()) {
                blanked += blank(work, type);
            }
            return blanked;
        });

        SurveyResponse response = feedback().responses(ann, 10, null).items().get(0);
        assertThat(response.score()).hasValue(3);
        assertThat(response.comment()).isEmpty();
        assertThat(response.answers().isEmpty()).isTrue();
        assertThat(theOneOfAnn().outcome()).isEmpty();
        assertThat(theOneOfAnn().status()).isEqualTo(FollowUpStatus.RESOLVED);
        Review blank = desk().reviews().find(review.id()).orElseThrow();
        assertThat(blank.rating()).isEqualTo(4);
        assertThat(blank.title()).isEmpty();
        assertThat(blank.text()).isEmpty();
        assertThat(feedback().find(again.id()).orElseThrow().token()).isEmpty();
        assertThatThrownBy(() -> feedback().open(again.token().orElseThrow())).isInstanceOf(NotFoundException.class);
        assertThat(crm().runDue().done()).as("nothing is sent to the erased").isZero();
        assertThat(sent).isZero();
    }

    private <T> long blank(Work work, EntityType<T> type) {
        return type.onErasure() == EntityType.OnErasure.BLANK
                ? work.store()
                        .updateAll(
                                Query.of(type)
                                        .where(type.subject().orElseThrow().names(ann.value())),
                                type.blanking())
                : 0;
    }
}
