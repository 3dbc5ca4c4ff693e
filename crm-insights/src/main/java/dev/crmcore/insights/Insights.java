package dev.crmcore.insights;

import dev.crmcore.CrmSession;
import dev.crmcore.feedback.FollowUp;
import dev.crmcore.feedback.Review;
import dev.crmcore.feedback.ScoreScale;
import dev.crmcore.feedback.SurveyInvitation;
import dev.crmcore.interaction.Interaction;
import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Change;
import dev.crmcore.metrics.PeriodUnit;
import dev.crmcore.metrics.feedback.Ces;
import dev.crmcore.metrics.feedback.CesScore;
import dev.crmcore.metrics.feedback.Csat;
import dev.crmcore.metrics.feedback.CsatScore;
import dev.crmcore.metrics.feedback.Nps;
import dev.crmcore.metrics.feedback.NpsScore;
import dev.crmcore.metrics.feedback.PairedNps;
import dev.crmcore.metrics.feedback.Reliability;
import dev.crmcore.metrics.feedback.ResponseRate;
import dev.crmcore.metrics.feedback.ScaleReliability;
import dev.crmcore.metrics.feedback.ScaleScore;
import dev.crmcore.metrics.feedback.ScoreAccumulator;
import dev.crmcore.metrics.feedback.SurveyScale;
import dev.crmcore.metrics.journey.EventLog;
import dev.crmcore.metrics.marketing.Attribution;
import dev.crmcore.metrics.marketing.ChannelCredits;
import dev.crmcore.metrics.marketing.TimeDecay;
import dev.crmcore.metrics.marketing.TouchedJourney;
import dev.crmcore.metrics.sales.Funnel;
import dev.crmcore.metrics.sales.FunnelCounts;
import dev.crmcore.metrics.sales.FunnelResult;
import dev.crmcore.metrics.series.RegularSeries;
import dev.crmcore.purchase.Purchase;
import dev.crmcore.query.Order;
import dev.crmcore.query.Query;
import dev.crmcore.store.RowCursor;
import dev.crmcore.work.UnitOfWork;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The figures of a tenant, read from its store by scans and groups.
 *
 * <p>Each call reads one state of the store, in a transaction of its own or in the session's. As thread-safe as the session.
 */
public final class Insights {

    private final UnitOfWork unitOfWork;

    private Insights(UnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /**
     * Opens the figures.
     *
     * @param session whose records
     * @return the figures
     */
    public static Insights of(CrmSession session) {
        return new Insights(Objects.requireNonNull(session, "session").unitOfWork());
    }

    /**
     * Reads the purchases of a scope, from which revenue, repeat rate, cohorts, RFM and customer values come. One scan of
     * four columns, whatever the figures.
     *
     * @param scope which purchases
     * @return the purchases as columns
     */
    public PurchaseLog purchases(PurchaseScope scope) {
        return unitOfWork.call(work -> PurchaseLog.read(work, scope));
    }

    /**
     * The Net Promoter Score of a scope: of the answers on the scale {@link ScoreScale#NPS}.
     *
     * @param scope which answers
     * @return the score with its counts; {@link NpsScore#estimate()} says why where there is none
     */
    public NpsScore nps(FeedbackScope scope) {
        return score(scope, ScoreScale.NPS, Nps.TYPE);
    }

    /**
     * How the Net Promoter Score of the same customers has changed: of those who answered in both scopes, by the paired t test. Of
     * several answers that a scope counts, the last one of a customer stands.
     *
     * @param earlier which earlier answers
     * @param later which later answers, none of them among the earlier
     * @return the change; undefined if nobody answered in both. The change of all who answered is
     *     {@link NpsScore#changeFrom(NpsScore)}
     */
    public Change npsOfSameCustomers(FeedbackScope earlier, FeedbackScope later) {
        return unitOfWork.call(work -> {
            Map<String, Integer> before = new ScoreReading(work, earlier, ScoreScale.NPS).lastByCustomer();
            PairedNps pairs = PairedNps.create();
            new ScoreReading(work, later, ScoreScale.NPS).lastByCustomer().forEach((customer, after) -> {
                Integer then = before.get(customer);
                if (then != null) {
                    pairs.add(then, after);
                }
            });
            return pairs.result();
        });
    }

    /**
     * Customer satisfaction in a scope: of the answers on the scale {@link ScoreScale#CSAT_5}, of which 4 and 5 are
     * satisfied.
     *
     * @param scope which answers
     * @return the share of the satisfied with the answers behind it
     */
    public CsatScore csat(FeedbackScope scope) {
        return score(scope, ScoreScale.CSAT_5, Csat.on(Csat.FIVE_POINT));
    }

    /**
     * The Customer Effort Score 2.0 of a scope: of the answers on the scale {@link ScoreScale#CES_2_0_7}, where more is
     * better. Answers to version 1.0 are another scale and have no part in it.
     *
     * @param scope which answers
     * @return the mean with the answers behind it
     */
    public CesScore ces(FeedbackScope scope) {
        return score(scope, ScoreScale.CES_2_0_7, Ces.on(Ces.VERSION_2));
    }

    /**
     * How many of the invited customers answered. Who answered in part and did not hand it in is not told apart from who did not
     * answer, and undelivered invitations are not known: both shares of the result are those of complete responses.
     *
     * @param scope which invitations
     * @return the rates; undefined without an invitation
     */
    public ResponseRate.Result responseRate(RecordScope<SurveyInvitation> scope) {
        return unitOfWork.call(work -> {
            ResponseRate rate = ResponseRate.create();
            try (RowCursor rows = work.store()
                    .scan(scope.query(work), List.of(SurveyInvitation.CUSTOMER, SurveyInvitation.RESPONDED_AT))) {
                while (rows.next()) {
                    String customer = rows.getId(0).toString();
                    rate.add(new ResponseRate.Contact(customer, ResponseRate.ContactKind.INVITED));
                    if (!rows.isNull(1)) {
                        rate.add(new ResponseRate.Contact(customer, ResponseRate.ContactKind.COMPLETED));
                    }
                }
            }
            return rate.result();
        });
    }

    /**
     * The score of a scale of several questions, such as a satisfaction index. Answers are no columns of the store: the
     * responses are read page by page, and each counts, whatever the scope's policy.
     *
     * @param scope which responses
     * @param scale the scale, its items named by the keys of the questions
     * @return the mean score from 0 to 100; undefined without a response that answers enough items
     * @throws IllegalArgumentException if an answer is out of the scale's range
     */
    public ScaleScore.Result scale(FeedbackScope scope, SurveyScale scale) {
        return rows(scope, scale, ScaleScore.on(scale));
    }

    /**
     * How well the questions of a scale belong together, by Cronbach's alpha and by item. Responses that leave a question open are
     * counted and left out; they are read as by {@link #scale}.
     *
     * @param scope which responses
     * @param scale the scale, its items named by the keys of the questions
     * @return the reliability; undefined figures below two complete responses
     * @throws IllegalArgumentException if an answer is out of the scale's range
     */
    public Reliability reliability(FeedbackScope scope, SurveyScale scale) {
        return rows(scope, scale, ScaleReliability.on(scale));
    }

    private <A extends Accumulator<int[], A, R>, R> R rows(
            FeedbackScope scope, SurveyScale scale, AccumulatorType<int[], A, R> figure) {
        return unitOfWork.call(work -> {
            A rows = figure.create();
            Pages.forEach(
                    work,
                    scope.query(work),
                    response -> rows.add(scale.items().stream()
                            .mapToInt(
                                    item -> response.answers().score(item.id()).orElse(SurveyScale.MISSING))
                            .toArray()));
            return rows.result();
        });
    }

    /**
     * What customers have written beside their answers. Each comment counts, whatever the scope's policy.
     *
     * @param scope which responses
     * @return the comments, which are read when a figure is asked for
     */
    public Comments comments(FeedbackScope scope) {
        return Comments.ofResponses(unitOfWork, Objects.requireNonNull(scope, "scope"));
    }

    /**
     * What customers have given stars and written in reviews.
     *
     * @param scope which reviews
     * @return the figures, which are read when they are asked for
     */
    public ReviewFigures reviews(RecordScope<Review> scope) {
        return new ReviewFigures(unitOfWork, Objects.requireNonNull(scope, "scope"));
    }

    /**
     * How the loop with dissatisfied customers is closed. One scan.
     *
     * @param scope which follow-ups
     * @return the figures as of now
     */
    public FollowUpFigures followUps(RecordScope<FollowUp> scope) {
        return unitOfWork.call(work -> FollowUpFigures.read(work, scope));
    }

    /**
     * The journeys of customers: a case for each customer with what happened in the order of time, for the directly-follows graph
     * and the variants. What was corrected is left out for its correction. One scan of the interactions, one of the corrections
     * and, for touchpoints, one of these.
     *
     * @param scope which interactions
     * @param step what is called a step
     * @return the log; memory for each interaction 12 bytes, 20 more while it is read
     */
    public EventLog journeys(RecordScope<Interaction> scope, JourneyStep step) {
        return unitOfWork.call(work -> new JourneyReading(work, scope, step).log());
    }

    /**
     * How far customers come in a funnel, each with the best attempt. Read like {@link #journeys}.
     *
     * @param scope which interactions
     * @param step what is called a step
     * @param funnel the steps, by the names that {@code step} gives
     * @return who reaches which step; undefined shares without anybody
     */
    public FunnelResult funnel(RecordScope<Interaction> scope, JourneyStep step, Funnel funnel) {
        EventLog log = journeys(scope, step);
        FunnelCounts counts = funnel.type().create();
        int[] events = log.activities().stream().mapToInt(counts::event).toArray();
        log.forEachCase((activities, millis, from, to) -> counts.add(
                IntStream.range(from, to).map(i -> events[activities[i]]).toArray(),
                Arrays.copyOfRange(millis, from, to),
                0,
                to - from));
        return counts.result();
    }

    /**
     * Which touches lead to purchases. A purchase converts what its customer touched since the purchase before; what is touched
     * after the last one has not converted. A purchase without a touch is counted and credited to nobody. The scans of {@link
     * #journeys}, and one of the purchases.
     *
     * @param touches which interactions are touches
     * @param channel what is called a channel
     * @param purchases which purchases are conversions, worth their net amount in minor units
     * @param lookback how long before a purchase a touch may be; not negative
     * @return the paths, for any rule of attribution
     * @throws IllegalArgumentException if the duration is negative
     */
    public Attribution attribution(
            RecordScope<Interaction> touches, JourneyStep channel, PurchaseScope purchases, Duration lookback) {
        return readPaths(touches, channel, purchases, lookback, CountedPaths::new)
                .result();
    }

    /**
     * Which touches lead to purchases, if a touch counts the less the longer before it was. Journeys are those of {@link
     * #attribution(RecordScope, JourneyStep, PurchaseScope, Duration)}, and so are the scans.
     *
     * @param touches the interactions that count as touches, such as those of a campaign
     * @param channel what is called the channel of a touch
     * @param purchases the conversions
     * @param lookback how long before a purchase a touch counts; not negative
     * @param decay how fast a touch loses weight, such as {@code TimeDecay.halving(TimeDecay.USUAL_HALF_LIFE)}
     * @return the credits of the channels
     * @throws IllegalArgumentException if the duration is negative
     */
    public ChannelCredits attribution(
            RecordScope<Interaction> touches,
            JourneyStep channel,
            PurchaseScope purchases,
            Duration lookback,
            AccumulatorType<TouchedJourney, TimeDecay, ChannelCredits> decay) {
        return readPaths(touches, channel, purchases, lookback, () -> new DecayedPaths(decay))
                .result();
    }

    private <J extends PathReading.Journeys> J readPaths(
            RecordScope<Interaction> touches,
            JourneyStep channel,
            PurchaseScope purchases,
            Duration lookback,
            Supplier<J> journeys) {
        if (lookback.isNegative()) {
            throw new IllegalArgumentException("lookback must not be negative, not " + lookback);
        }
        return unitOfWork.call(work -> {
            Query<Purchase> inOrder = purchases
                    .query(work)
                    .orderBy(Order.ascending(Purchase.CUSTOMER), Order.ascending(Purchase.PLACED_AT));
            J found = journeys.get();
            new PathReading(PurchaseColumns.read(work, purchases, inOrder), lookback, found)
                    .read(new JourneyReading(work, touches, channel));
            return found;
        });
    }

    /**
     * How many records there are in each calendar period, such as complaints or bad reviews by week: what trends, outliers and
     * changes are found in. A series begins with the period of the first record and ends with the last one that is over; a period
     * without a record is 0. One scan of one column.
     *
     * @param <T> the records
     * @param scope which records
     * @param unit the period
     * @param asOf the last day of which everything is known; later records, and the period that is running then, are left out
     * @return numbers of records; without a step where no period with a record is over
     */
    public <T> RegularSeries series(RecordScope<T> scope, PeriodUnit unit, LocalDate asOf) {
        ZoneDays zoneDays = new ZoneDays(scope.zone());
        int[] days = unitOfWork.call(work -> {
            IntStream.Builder found = IntStream.builder();
            try (RowCursor rows = work.store().scan(scope.query(work), List.of(scope.at()))) {
                while (rows.next()) {
                    found.add(zoneDays.day(rows, 0));
                }
            }
            return found.build().toArray();
        });
        PeriodSums sums = new PeriodSums(unit, asOf, days);
        for (int day : days) {
            sums.add(day, 1);
        }
        return sums.series(1);
    }

    private <A extends ScoreAccumulator<A, R>, R> R score(
            FeedbackScope scope, ScoreScale scale, AccumulatorType<Integer, A, R> figure) {
        return unitOfWork.call(work -> new ScoreReading(work, scope, scale).into(figure));
    }
}
