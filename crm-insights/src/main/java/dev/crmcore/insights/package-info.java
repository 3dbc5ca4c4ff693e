/**
 * The figures of the metrics module over the records of a tenant.
 *
 * <p>Metrics know arrays and streams, the core knows records; this room brings them together. What a figure needs is read
 * by a scan of columns or by a group, never record by record; the words of customers, which are no columns, page by page.
 *
 * <pre>{@code
 * Insights insights = Insights.of(session);
 * PurchaseLog log = insights.purchases(PurchaseScope.in("EUR", ZoneId.of("Europe/Berlin")));
 * LocalDate until = log.lastDay().orElseThrow();
 * RfmSummary rfm = log.rfm(until);
 * RfmScores scores = RfmScoring.byValueEdges().score(rfm);
 * CustomerValues values = CustomerValues.of(log, rfm, PeriodUnit.WEEK, LifetimeValue.over(39, TimeSpan.of(1, PeriodUnit.WEEK), 0.002));
 * double alive = values.probabilityAlive(0).value();
 *
 * SurvivalCurve comingBack = log.timing(until).timeToSecondPurchase();
 * Change change = insights.nps(thisQuarter).changeFrom(insights.nps(lastQuarter));     // FeedbackScopes
 * double positive = insights.comments(thisQuarter).sentiment(Vader.english()).positive().estimate().value();
 * RecordScope<Interaction> touches = RecordScope.interactions(ZoneId.of("Europe/Berlin")).from(begin);
 * DirectlyFollowsGraph graph = insights.journeys(touches, JourneyStep.TYPE).graph();
 * RegularSeries weekly = log.series(PeriodUnit.WEEK, until).revenue();
 * Forecast ahead = ExponentialSmoothing.holtWinters(52).forecast(weekly, 8).value();
 * CustomerFeatures then = log.features(until.minusDays(90), 90);                       // churn is learnt from these
 * }</pre>
 */
@NullMarked
package dev.crmcore.insights;

import org.jspecify.annotations.NullMarked;
