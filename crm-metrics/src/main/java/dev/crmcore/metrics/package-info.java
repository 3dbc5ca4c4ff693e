/**
 * The vocabulary of every KPI: what a figure is, how it is computed, and in which units it counts time.
 *
 * <ul>
 *   <li>{@link dev.crmcore.metrics.Estimate}: a value with numerator, denominator, n and
 *       {@link dev.crmcore.metrics.Interval}, or {@link dev.crmcore.metrics.Undefined} with a reason;
 *       {@link dev.crmcore.metrics.Change}: a difference with its test;
 *   <li>{@link dev.crmcore.metrics.KpiDefinition}: id, version, formula, variant; of one of three
 *       {@link dev.crmcore.metrics.KpiKind kinds}: mergeable or keyed {@link dev.crmcore.metrics.Accumulator}, or a batch
 *       function;
 *   <li>{@link dev.crmcore.metrics.Finding}: a model, a test or a table that may not exist, with the reason;
 *   <li>{@link dev.crmcore.metrics.PeriodUnit}, {@link dev.crmcore.metrics.CalendarPeriod},
 *       {@link dev.crmcore.metrics.TimeSpan}, {@link dev.crmcore.metrics.DiscountRate}: time with its unit.
 * </ul>
 *
 * <p>The figures themselves are in the rooms above, such as {@code feedback}, {@code retention}, {@code value}, {@code marketing},
 * {@code sales}, {@code service}, {@code series} and {@code churn}; {@code stats} is for experiments and large samples.
 *
 * <pre>{@code
 * NpsScore nps = Stream.of(10, 9, 8, 3).collect(Nps.collector());
 * nps.estimate().value();        // 25.0
 * nps.estimate().interval();     // with its method and level
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics;

import org.jspecify.annotations.NullMarked;
