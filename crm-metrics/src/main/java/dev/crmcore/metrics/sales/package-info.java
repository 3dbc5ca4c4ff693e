/**
 * Selling: how far customers get in a funnel, what is won of what is tried, how fast, and what the open pipeline will bring.
 *
 * <p>Amounts are minor units of one currency, days those of the zone in which the business counts.
 *
 * <pre>{@code
 * SalesPeriod quarter = SalesPeriod.between(LocalDate.of(2025, 7, 1), LocalDate.of(2025, 10, 1)).create();
 * quarter.add(Opportunity.won(LocalDate.of(2025, 6, 16), LocalDate.of(2025, 7, 22), 1_515_026));
 * quarter.add(Opportunity.lost(LocalDate.of(2025, 7, 2), LocalDate.of(2025, 8, 1), 900_000));
 * quarter.result().winRate().estimate();        // 0.5 with its interval
 * quarter.result().velocity();                  // minor units by day
 *
 * PipelineForecast forecast = OpenPipeline.TYPE.of(openDeals);
 * forecast.expected();                          // with the interval of independent deals
 * forecast.wins().atLeast(5);                   // Poisson-binomial, exact
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.sales;

import org.jspecify.annotations.NullMarked;
