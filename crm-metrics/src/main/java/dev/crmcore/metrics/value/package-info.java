/**
 * What customers are worth: how recently, how often and for how much they buy (RFM), and what that says about the future:
 * who is still alive, how many purchases to expect, and the customer lifetime value.
 *
 * <ul>
 *   <li>From a purchase log: {@link dev.crmcore.metrics.value.RfmAccumulator} (customers known by numbers) and
 *       {@link dev.crmcore.metrics.value.NamedRfmAccumulator} (by texts) make an
 *       {@link dev.crmcore.metrics.value.RfmSummary}; {@link dev.crmcore.metrics.value.GroupedRfm} needs less memory where
 *       the log comes grouped by customer.
 *   <li>Scores: {@link dev.crmcore.metrics.value.RfmScoring} makes {@link dev.crmcore.metrics.value.RfmScores} and the ten
 *       {@link dev.crmcore.metrics.value.RfmSegment segments}.
 *   <li>From summaries to fits: {@link dev.crmcore.metrics.value.PurchaseHistory} (x, t<sub>x</sub>, T) and
 *       {@link dev.crmcore.metrics.value.PurchaseHistories}, the distinct rows of many customers;
 *       {@link dev.crmcore.metrics.value.SpendHistories} for money.
 *   <li>Models: {@link dev.crmcore.metrics.value.BgNbd} behind {@link dev.crmcore.metrics.value.RepeatPurchaseModel};
 *       {@link dev.crmcore.metrics.value.GammaGamma} for spend. {@link dev.crmcore.metrics.value.ModelFit} carries
 *       parameters, standard errors and convergence, or the reason why the data cannot be fitted.
 *   <li>{@link dev.crmcore.metrics.value.LifetimeValue}: the two together, over n discounted periods.
 * </ul>
 *
 * <pre>{@code
 * RfmObservation observation = RfmObservation.until(LocalDate.of(1997, 9, 30), ZoneOffset.UTC);
 * RfmAccumulator log = RfmAccumulator.over(observation).create();
 * log.add(4, LocalDate.of(1997, 1, 18), 2973);                    // and so on
 * RfmSummary summary = log.result();
 *
 * RfmScoring.byValueEdges().score(summary).segment(0).label();    // "Champions"
 *
 * BgNbd purchases = BgNbd.fit(summary.histories(PeriodUnit.WEEK)).model();
 * GammaGamma spend = GammaGamma.fit(summary.spend(2)).model();
 *
 * PurchaseHistory ann = PurchaseHistory.of(2, 30.43, 38.86, PeriodUnit.WEEK);
 * purchases.probabilityAlive(ann);
 * purchases.expectedPurchases(ann, TimeSpan.of(39, PeriodUnit.WEEK));
 *
 * LifetimeValue year = LifetimeValue.over(12, PeriodUnit.MONTH, DiscountRate.of(0.15, PeriodUnit.YEAR));
 * year.of(purchases, ann, spend.expectedSpend(2, 22.35).value());
 * }</pre>
 *
 * <p>Results are immutable and predictions are pure functions of a model. Nothing here reads a clock or a zone but those it
 * is given.
 */
@NullMarked
package dev.crmcore.metrics.value;

import org.jspecify.annotations.NullMarked;
