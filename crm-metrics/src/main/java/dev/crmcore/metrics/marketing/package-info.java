/**
 * What winning customers costs and what it brings: acquisition cost and payback, lifetime value of a subscription, returns of
 * campaigns, uplift against a holdout, and how conversions are shared out among the channels that were touched before.
 *
 * <p>Money is in minor units of one currency; rates and periods are monthly unless a method says otherwise. Only a randomised
 * holdout shows what a campaign <em>caused</em>: figures that assume it say so in their definition.
 *
 * <pre>{@code
 * Estimate cac = CustomerAcquisitionCost.of(12_000_000, 80).estimate();         // 1,500.00 each
 * UnitEconomics plan = UnitEconomics.of(25_000, 0.8, Proportion.of(25, 1_000)); // ARPA, gross margin, monthly churn
 * plan.lifetimeValue().value();                                                 // 8,000.00
 * plan.lifetimeValueToCost(cac).value();                                        // 5.33
 *
 * ConversionPaths paths = ConversionPaths.TYPE.create();
 * paths.add(new ConversionPath(List.of("search", "email"), 3, 14_997, 41));
 * paths.add(new ConversionPath(List.of("email"), 1, 4_999, 120));
 * paths.result().lastTouch().conversions("email");                              // 4.0
 * paths.result().markov(1).removalEffect("search");                             // what would be lost without it
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.marketing;

import org.jspecify.annotations.NullMarked;
