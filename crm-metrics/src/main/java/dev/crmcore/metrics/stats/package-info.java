/**
 * Designing and reading experiments, and summaries of large samples: sample sizes, the check of the split, Bayesian comparison,
 * bootstrap, CUPED, corrections for many tests; running means; distinct counts and quantiles in fixed space.
 *
 * <p>The everyday tests of rates and means are in the room below: {@link dev.crmcore.metrics.Proportion#changeFrom} and
 * {@link dev.crmcore.metrics.SampleMean#changeFrom}. A test that is looked at again and again until it says what is hoped for
 * says nothing: fix the sample size first, then look once.
 *
 * <pre>{@code
 * double each = SampleSize.of(0.05, 0.8).forProportions(0.10, 0.12);    // 3,840.8 customers in each group
 *
 * SampleRatio.of(new long[] {5_000, 5_210}, 1, 1).isMismatch();         // false: the split is as planned
 * Proportion control = Proportion.of(500, 5_000);
 * Proportion variant = Proportion.of(590, 5_210);
 * variant.changeFrom(control).test().pValue();
 * BayesianComparison.of(List.of(control, variant)).probabilityToBeBest(1);
 * }</pre>
 */
@NullMarked
package dev.crmcore.metrics.stats;

import org.jspecify.annotations.NullMarked;
