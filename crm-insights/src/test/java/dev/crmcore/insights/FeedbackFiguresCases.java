package dev.crmcore.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crmcore.customer.CustomerId;
import dev.crmcore.feedback.Answers;
import dev.crmcore.feedback.FeedbackRule;
import dev.crmcore.feedback.FollowUp;
import dev.crmcore.feedback.FollowUpId;
import dev.crmcore.feedback.Question;
import dev.crmcore.feedback.Questionnaire;
import dev.crmcore.feedback.Review;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.Survey;
import dev.crmcore.feedback.SurveyId;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.feedback.SurveyResponse;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.feedback.DuplicatePolicy;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.feedback.PairedNps;
import dev.crmcore.metrics.feedback.RatedItem;
import dev.crmcore.metrics.feedback.Reliability;
import dev.crmcore.metrics.feedback.ResponseRate;
import dev.crmcore.metrics.feedback.ScaleScore;
import dev.crmcore.metrics.feedback.StarRating;
import dev.crmcore.metrics.feedback.SurveyScale;
import dev.crmcore.metrics.feedback.text.RatedText;
import dev.crmcore.metrics.feedback.text.SentimentSummary;
import dev.crmcore.metrics.feedback.text.ThemeShare;
import dev.crmcore.metrics.feedback.text.ThemeTaxonomy;
import dev.crmcore.metrics.feedback.text.Vader;
import dev.crmcore.metrics.service.ServiceAttainment;
import dev.crmcore.purchase.Product;
import dev.crmcore.purchase.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comments, reviews, invitations and follow-ups say, whatever the store. */
abstract class FeedbackFiguresCases extends InsightsFixture {

    private static final FeedbackScope ANSWERS = FeedbackScope.in(ZoneOffset.UTC);
    private static final RecordScope<Review> REVIEWS = RecordScope.reviews(ZoneOffset.UTC);
    private static final RecordScope<SurveyInvitation> INVITATIONS = RecordScope.invitations(ZoneOffset.UTC);
    private static final RecordScope<FollowUp> FOLLOW_UPS = RecordScope.followUps(ZoneOffset.UTC);
    private static final Vader VADER = Vader.english();
    private static final ThemeTaxonomy THEMES = ThemeTaxonomy.builder()
            .theme("delivery", "late", "parcel", "delivery")
            .theme("price", "expensive", "price")
            .build();

    private void comment(SurveyId survey, CustomerId who, int score, String text) {
        desk.feedback()
                .submit(SurveyResponse.to(survey)
                        .by(who)
                        .at(Instant.parse("2025-05-01T10:00:00Z"))
                        .score(score)
                        .comment(text));
    }

    private Review review(CustomerId who, ProductId product, int stars, String title, String text) {
        Review.Draft draft = Review.by(who, stars).product(product).at(Instant.parse("2025-05-01T10:00:00Z"));
        return desk.reviews()
                .submit(title.isEmpty() ? draft : draft.title(title).text(text));
    }

    @Test
    void nothingIsUndefinedAndNeverZero() {
        SurveyScale scale =
                SurveyScale.builder("index", 1, 5).item("q1").item("q2").build();

        assertThat(insights.comments(ANSWERS).sentiment(VADER).estimate().isDefined())
                .isFalse();
        assertThat(insights.comments(ANSWERS)
                        .themes(ScoreScale.NPS, THEMES, 6)
                        .theme("price")
                        .share()
                        .estimate()
                        .isDefined())
                .isFalse();
        assertThat(insights.scale(ANSWERS, scale).estimate().isDefined()).isFalse();
        assertThat(insights.reviews(REVIEWS).stars().mean().estimate().isDefined())
                .isFalse();
        assertThat(insights.reviews(REVIEWS).byProduct()).isEmpty();
        assertThat(insights.reviews(REVIEWS)
                        .comments()
                        .sentiment(VADER)
                        .positive()
                        .estimate()
                        .isDefined())
                .isFalse();
        assertThat(insights.responseRate(INVITATIONS).estimate().isDefined()).isFalse();
        FollowUpFigures followUps = insights.followUps(FOLLOW_UPS);
        assertThat(followUps.timeToFirstContact().median().isDefined()).isFalse();
        assertThat(followUps.timeToResolution().median().isDefined()).isFalse();
        assertThat(followUps.contactInTime().attainment().estimate().isDefined())
                .isFalse();
        assertThat(followUps.recovered().estimate().isDefined()).isFalse();
    }

    @Test
    void commentsAreScoredAndOnlyCountsComeOut() {
        CustomerId ann = customer("Ann");
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        SurveyId csat = survey(Survey.csat("csat", "Satisfied?"));
        comment(nps, ann, 9, "I love it, great service!");
        comment(nps, ann, 2, "The parcel came late. Horrible.");
        comment(csat, ann, 3, "It is a table.");
        comment(csat, ann, 1, "Expensive and bad");
        answer(nps, ann, "2025-05-01T10:00:00Z", 10);
        List<String> texts = List.of(
                "I love it, great service!", "The parcel came late. Horrible.", "It is a table.", "Expensive and bad");

        Comments comments = insights.comments(ANSWERS);

        assertThat(comments.sentiment(VADER))
                .isEqualTo(VADER.scoreAll(texts).stream().collect(SentimentSummary.collector()));
        assertThat(comments.sentiment(VADER).positive().successes()).isEqualTo(1);
        assertThat(comments.sentiment(VADER).negative().successes()).isEqualTo(2);
        ThemeShare.Result themes = comments.themes(ScoreScale.NPS, THEMES, 6);
        assertThat(themes)
                .isEqualTo(ThemeShare.on(THEMES, 6)
                        .of(List.of(new RatedText(texts.get(0), 9), new RatedText(texts.get(1), 2))));
        assertThat(themes.theme("delivery").low().successes()).isEqualTo(1);
        assertThat(themes.theme("price").share().successes())
                .as("a comment beside another scale")
                .isZero();
        assertThat(comments.toString()).doesNotContain("love");
        assertThat(insights.comments(ANSWERS.survey("csat"))
                        .sentiment(VADER)
                        .polarities()
                        .n())
                .isEqualTo(2);
    }

    @Test
    void commentsAreReadInPagesAndAllOfThem() {
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        CustomerId ann = customer("Ann");
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 2 * Pages.SIZE + 1; i++) {
            drafts.add(SurveyResponse.to(nps)
                    .by(ann)
                    .at(Instant.parse("2025-05-01T10:00:00Z"))
                    .score(9)
                    .comment("good"));
        }
        desk.feedback().submitAll(drafts);

        assertThat(insights.comments(ANSWERS).sentiment(VADER).positive().successes())
                .isEqualTo(2 * Pages.SIZE + 1);
        assertThat(questions(() -> insights.comments(ANSWERS).sentiment(VADER)))
                .containsExactlyElementsOf(Collections.nCopies(3, "list"));
    }

    @Test
    void aScaleIsMeantOverTheAnswersToItsQuestions() {
        SurveyId survey = survey(Survey.of(
                "index",
                "Index",
                Questionnaire.of(Question.rating("quality", "Quality?", 5), Question.rating("value", "Value?", 5))));
        CustomerId ann = customer("Ann");
        desk.feedback()
                .submit(SurveyResponse.to(survey)
                        .by(ann)
                        .answers(Answers.builder()
                                .score("quality", 5)
                                .score("value", 3)
                                .build()));
        desk.feedback()
                .submit(SurveyResponse.to(survey)
                        .by(ann)
                        .answers(Answers.builder().score("quality", 2).build()));
        SurveyScale scale = SurveyScale.builder("index", 1, 5)
                .item("quality")
                .item("value", 3)
                .minimumAnswered(2)
                .build();

        ScaleScore.Result result = insights.scale(ANSWERS.survey("index"), scale);

        assertThat(result).isEqualTo(ScaleScore.on(scale).of(List.of(new int[] {5, 3}, new int[] {2, SurveyScale.MISSING
        })));
        assertThat(result.estimate().value()).isCloseTo(100 * (4 + 3 * 2) / 16.0, within(1e-12));
        assertThat(result.withoutScore()).isEqualTo(1);
        Reliability reliability = insights.reliability(ANSWERS.survey("index"), scale);
        assertThat(reliability.n()).isEqualTo(1);
        assertThat(reliability.leftOut()).isEqualTo(1);
        assertThat(reliability.alpha().isDefined()).isFalse();
    }

    @Test
    void theChangeOfTheSameCustomersPairsTheirLastAnswers() {
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        CustomerId cem = customer("Cem");
        answer(nps, ann, "2025-01-10T10:00:00Z", 9);
        answer(nps, ann, "2025-02-10T10:00:00Z", 3);
        answer(nps, bob, "2025-01-11T10:00:00Z", 7);
        answer(nps, ann, "2025-05-01T10:00:00Z", 10);
        answer(nps, bob, "2025-05-02T10:00:00Z", 9);
        answer(nps, cem, "2025-05-03T10:00:00Z", 0);
        FeedbackScope winter = ANSWERS.until(LocalDate.parse("2025-03-31"));
        FeedbackScope spring = ANSWERS.from(LocalDate.parse("2025-04-01"));

        Change change = insights.npsOfSameCustomers(winter, spring);

        // Ann from detractor to promoter, Bob from passive to promoter; Cem was not asked before
        assertThat(change).isEqualTo(PairedNps.TYPE.of(List.of(new PairedNps.Pair(3, 10), new PairedNps.Pair(7, 9))));
        assertThat(change.difference().value()).isEqualTo(150);
        assertThat(insights.npsOfSameCustomers(winter.counting(DuplicatePolicy.FIRST_PER_CUSTOMER), spring)
                        .difference()
                        .value())
                .isEqualTo(50);
        assertThat(insights.npsOfSameCustomers(spring, ANSWERS.from(LocalDate.parse("2026-01-01")))
                        .difference()
                        .isDefined())
                .isFalse();
        assertThat(questions(() -> insights.npsOfSameCustomers(winter, spring))).containsExactly("scan", "scan");
    }

    @Test
    void starsAreCountedByTheStore() {
        CustomerId ann = customer("Ann");
        ProductId lamp = desk.products().register(Product.of("LAMP", "Lamp")).id();
        ProductId desktop = desk.products().register(Product.of("DESK", "Desk")).id();
        for (int stars : new int[] {5, 5, 4, 1}) {
            desk.reviews()
                    .publish(review(ann, lamp, stars, "Great", "I love this lamp")
                            .id());
        }
        desk.reviews().publish(review(ann, desktop, 2, "", "").id());
        review(ann, desktop, 5, "Waiting", "not published yet");
        ReviewFigures reviews = insights.reviews(REVIEWS);

        assertThat(reviews.stars().counts()).containsExactly(1, 1, 0, 1, 2);
        assertThat(reviews.stars().mean().estimate().value()).isCloseTo(17 / 5.0, within(1e-12));
        List<RatedItem> ranked = StarRating.rank(reviews.byProduct(), StarRating.mean());
        assertThat(ranked)
                .extracting(RatedItem::id)
                .containsExactly(lamp.value().toString(), desktop.value().toString());
        assertThat(ranked.get(0).ratings().counts()).containsExactly(1, 0, 0, 1, 2);
        assertThat(reviews.comments().sentiment(VADER).polarities().n()).isEqualTo(4);
        assertThat(reviews.comments().sentiment(VADER).positive().successes()).isEqualTo(4);
        assertThat(reviews.comments()
                        .themes(
                                Review.SCALE,
                                ThemeTaxonomy.builder().theme("lamp", "lamp").build(),
                                2)
                        .theme("lamp")
                        .low()
                        .successes())
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reviews.comments().themes(ScoreScale.NPS, THEMES, 6))
                .withMessageContaining("scale");
        assertThat(questions(reviews::stars)).containsExactly("group");
        assertThat(questions(reviews::byProduct)).containsExactly("group");
        assertThat(insights.reviews(REVIEWS.where(Review.PRODUCT.is(desktop)))
                        .stars()
                        .n())
                .isEqualTo(1);
    }

    @Test
    void whoAnswersIsComparedWithWhoWasInvited() {
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        CustomerId ann = customer("Ann");
        CustomerId bob = customer("Bob");
        String token = invite(nps, ann).token().orElseThrow();
        invite(nps, bob);
        invite(nps, bob);
        desk.feedback()
                .invite(SurveyInvitation.to(nps, customer("Cem")).sendAt(now.plus(Duration.ofDays(9)))); // not sent yet
        desk.feedback().open(token);
        desk.feedback().submit(token, Answers.builder().score("score", 9).build());

        ResponseRate.Result rate = insights.responseRate(INVITATIONS);

        assertThat(rate.completed().successes()).isEqualTo(1);
        assertThat(rate.completed().trials()).isEqualTo(2);
        assertThat(rate.invitations()).isEqualTo(3);
        assertThat(rate.responses()).isEqualTo(1);
        assertThat(insights.responseRate(INVITATIONS.where(SurveyInvitation.SURVEY_KEY.is("csat")))
                        .invitations())
                .isZero();
        assertThat(questions(() -> insights.responseRate(INVITATIONS))).containsExactly("scan");
    }

    private SurveyInvitation invite(SurveyId survey, CustomerId customer) {
        return desk.feedback().invite(SurveyInvitation.to(survey, customer).handedOver());
    }

    @Test
    void periodsAreComparedByTheScoresOfTheirAnswers() {
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        List<SurveyResponse.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            drafts.add(SurveyResponse.to(nps)
                    .by(customer("C" + i))
                    .at(Instant.parse(i < 40 ? "2025-04-15T10:00:00Z" : "2025-05-15T10:00:00Z"))
                    .score(i < 40 ? i % 11 : 7 + i % 4));
        }
        desk.feedback().submitAll(drafts);
        LocalDate may = LocalDate.parse("2025-05-01");

        NpsScore before = insights.nps(ANSWERS.until(may.minusDays(1)));
        NpsScore after = insights.nps(ANSWERS.from(may));
        Change change = after.changeFrom(before);

        assertThat(before.n()).isEqualTo(40);
        assertThat(after.n()).isEqualTo(40);
        assertThat(change.difference().value())
                .isCloseTo(after.estimate().value() - before.estimate().value(), within(1e-12));
        assertThat(change.isTested()).isTrue();
    }

    @Test
    void theLoopIsClosedInTimeOrNot() {
        SurveyId nps = survey(Survey.nps("nps", "Recommend?"));
        desk.followUps().define(FeedbackRule.onSurvey("nps", ScoreScale.NPS, 6));
        List<FollowUpId> open = new ArrayList<>();
        Instant begin = now;
        for (String name : List.of("Ann", "Bob", "Cem", "Dan", "Eva")) {
            CustomerId who = customer(name);
            answer(nps, who, begin.toString(), 2);
            open.add(desk.followUps().list(who, 1, null).items().get(0).id());
        }
        Instant due = desk.followUps().find(open.get(0)).orElseThrow().dueAt();

        now = begin.plus(Duration.ofHours(1));
        assertThat(insights.followUps(FOLLOW_UPS).contactInTime().running()).isEqualTo(5);
        desk.followUps().contacted(open.get(0));
        desk.followUps().lost(open.get(3), "gone");
        now = begin.plus(Duration.ofHours(2));
        desk.followUps().resolved(open.get(0), "new parcel");
        now = due;
        desk.followUps().contacted(open.get(1));
        now = due.plus(Duration.ofHours(1));
        desk.followUps().contacted(open.get(2));
        desk.followUps().recovered(open.get(0), "bought again");

        FollowUpFigures figures = insights.followUps(FOLLOW_UPS);

        assertThat(figures.contactInTime()).isEqualTo(new ServiceAttainment.Result(2, 1, 2, 0, 0));
        assertThat(figures.timeToFirstContact().n()).isEqualTo(3);
        assertThat(figures.timeToFirstContact().min().value()).isEqualTo(3_600_000);
        assertThat(figures.timeToResolution().median().value()).isEqualTo(7_200_000);
        assertThat(figures.recovered().successes()).isEqualTo(1);
        assertThat(figures.recovered().trials()).isEqualTo(2);
        assertThat(questions(() -> insights.followUps(FOLLOW_UPS))).containsExactly("scan");
        assertThat(insights.followUps(RecordScope.followUps(ZoneId.of("Pacific/Auckland"))
                                .until(LocalDate.parse("2025-06-30")))
                        .contactInTime()
                        .attainment()
                        .trials())
                .as("opened on 1 July there")
                .isZero();
    }
}
