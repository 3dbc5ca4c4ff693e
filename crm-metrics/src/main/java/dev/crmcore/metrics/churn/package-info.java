/**
 * Who is about to leave: churn prediction from a table of what is known about each customer, with its calibration, its
 * quality and the reasons for each customer's score.
 *
 * <ul>
 *   <li>{@link dev.crmcore.metrics.churn.FeatureTable}: named columns, numeric and categorical, with missing values.
 *   <li>Learners behind {@link dev.crmcore.metrics.churn.ChurnLearner}:
 *       {@link dev.crmcore.metrics.churn.LogisticRegression} (ridge, or unpenalised with standard errors),
 *       {@link dev.crmcore.metrics.churn.BoostedTrees} (which also see thresholds and interactions) and
 *       {@link dev.crmcore.metrics.churn.Blend} of them. {@link dev.crmcore.metrics.churn.ModelSelection} chooses among
 *       them by cross-validation.
 *   <li>{@link dev.crmcore.metrics.churn.ChurnModel}: the port through which a host plugs a model of its own.
 *       {@link dev.crmcore.metrics.churn.ExplainedModel} is a model of this library: it gives
 *       {@link dev.crmcore.metrics.churn.Reasons} and has a byte form.
 *   <li>{@link dev.crmcore.metrics.churn.ChurnEvaluation}: AUC, Brier score, log loss, lift, calibration;
 *       {@link dev.crmcore.metrics.churn.Calibration}: Platt's and the isotonic repair.
 * </ul>
 *
 * <pre>{@code
 * FeatureTable known = FeatureTable.builder(customers)
 *         .numeric("tenure", tenureInMonths)
 *         .category("contract", contracts)
 *         .build();
 * SelectedModel chosen = ModelSelection.standard(7).choose(known, churned).value();
 *
 * ChurnEvaluation.of(chosen.probabilities(held), heldChurned).auc();     // on customers held out, with its interval
 * }</pre>
 *
 * <p>Learn from the past only: what stands in the table must have been known before the window in which churn was observed
 * began, and customers on whom quality is measured must not be those that were learnt from. Nothing here reads a clock;
 * every random choice comes from a seed, so that equal inputs give equal models.
 */
@NullMarked
package dev.crmcore.metrics.churn;

import org.jspecify.annotations.NullMarked;
