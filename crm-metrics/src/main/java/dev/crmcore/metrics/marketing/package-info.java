/**
 * What winning customers costs and what it brings: acquisition cost and payback, lifetime value of a subscription, returns of
 * campaigns, uplift against a holdout.
 *
 * <p>Money is in minor units of one currency; rates and periods are monthly unless a method says otherwise. Only a randomised
 * holdout shows what a campaign <em>caused</em>: figures that assume it say so in their definition.
 *
 * <pre>{@code
 * Estimate cac = CustomerAcquisitionCost.of(12_000_000, 80).estimate();         // 1,500.00 each
 * UnitEconomics plan = UnitEconomics.of(25_000, 0.8, Proportion.of(25, 1_000)); // ARPA, gross margin, monthly churn
 * plan.lifetimeValue().value();                                                 // 8,000.00
 * plan.lifetimeValueToCost(cac).value();                                        // 5.33
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.marketing;

import org.jspecify.annotations.NullMarked;
