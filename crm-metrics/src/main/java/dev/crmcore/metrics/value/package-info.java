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
 *   <li>Models of purchases without a contract: {@link dev.crmcore.metrics.value.BgNbd},
 *       {@link dev.crmcore.metrics.value.MbgNbd}, {@link dev.crmcore.metrics.value.ParetoNbd}, for one opportunity a period
 *       {@link dev.crmcore.metrics.value.BgBb}, and {@link dev.crmcore.metrics.value.Nbd} as the one they have to beat, all
 *       behind {@link dev.crmcore.metrics.value.RepeatPurchaseModel}; with {@link dev.crmcore.metrics.value.CovariateModel
 *       static covariates}. {@link dev.crmcore.metrics.value.GammaGamma} for spend.
 *   <li>Models of retention under contract: {@link dev.crmcore.metrics.value.ShiftedBetaGeometric} and
 *       {@link dev.crmcore.metrics.value.BetaDiscreteWeibull} behind {@link dev.crmcore.metrics.value.ContractModel}, fitted on
 *       {@link dev.crmcore.metrics.value.ContractTenures}.
 *   <li>{@link dev.crmcore.metrics.value.ModelFit} carries parameters, standard errors and convergence, or the reason why the
 *       data cannot be fitted, and puts an interval about any figure of the model.
 *       {@link dev.crmcore.metrics.value.LikelihoodRatio} compares nested models;
 *       {@link dev.crmcore.metrics.value.FrequencyCheck}, {@link dev.crmcore.metrics.value.HoldoutCheck} over a split of the log
 *       ({@link dev.crmcore.metrics.value.RfmHoldout}) and {@link dev.crmcore.metrics.value.TrackingCurve} hold them against
 *       what customers did.
 *   <li>{@link dev.crmcore.metrics.value.LifetimeValue}: purchases and spend together, over n discounted periods.
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
