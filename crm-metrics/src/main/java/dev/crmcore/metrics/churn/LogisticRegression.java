package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Logistic regression of churn on all columns of a table, by Newton's method.
 *
 * <p>{@link #ridge} minimises {@code strength / 2 * |w|^2 - log-likelihood} over the coefficients of the standardised numeric
 * columns and of the levels; the intercept is not penalised. It always has one solution, with the intervals of the posterior that belongs to
 * the penalty as a normal prior (see {@link LogisticTerm}). {@link #unpenalised()} is maximum likelihood, with standard errors from the observed information; terms that are constant or a linear combination of terms
 * before them are left out and {@linkplain LogisticTerm#isAliased() named}, and where the outcomes are separated, so that no
 * maximum exists, the fit says by which terms instead of giving the numbers at which the search happened to stop.
 *
 * <p>Missing numbers count as the median; a missing level is a level of its own. A level that was not seen when the model was
 * fitted counts as the average customer.
 *
 * <p>Source: McCullagh and Nelder, <em>Generalized Linear Models</em>, 1989; Albert and Anderson 1984 (separation);
 * le Cessie and van Houwelingen 1992 (ridge); Nychka 1988 (its intervals). Coefficients are exact to about 1e-9. Cost: O(n p&sup2;) for each of about
 * eight steps, n customers and p terms, with 8 n p bytes; at most 2,000 terms. Immutable and thread-safe.
 */
public final class LogisticRegression implements ChurnLearner {

    private static final int MOST_TERMS = 2_000;

    private final double strength;

    private LogisticRegression(double strength) {
        this.strength = strength;
    }

    /**
     * Logistic regression with a ridge penalty.
     *
     * @param strength the penalty, positive and finite; 1 is scikit-learn's C = 1
     * @return the learner
     * @throws IllegalArgumentException if the strength is not positive and finite
     */
    public static LogisticRegression ridge(double strength) {
        if (!(strength > 0 && Double.isFinite(strength))) {
            throw new IllegalArgumentException("strength must be positive and finite, not " + strength);
        }
        return new LogisticRegression(strength);
    }

    /**
     * Logistic regression by maximum likelihood, with standard errors.
     *
     * @return the learner
     */
    public static LogisticRegression unpenalised() {
        return new LogisticRegression(0);
    }

    @Override
    public Finding<LogisticModel> fit(FeatureTable customers, boolean[] churned) {
        Optional<Undefined> reason = Outcomes.unlearnable(customers, churned);
        if (reason.isPresent()) {
            return Finding.undefined(reason.get());
        }
        List<EncodedFeature> features = new ArrayList<>();
        for (String name : customers.names()) {
            features.add(EncodedFeature.learn(customers, name));
        }
        int terms = features.stream().mapToInt(EncodedFeature::terms).sum();
        if (terms > MOST_TERMS) {
            return Finding.undefined(tooMany(features, terms));
        }
        double[][] columns = columns(customers, features, terms);
        LogisticNewton newton = new LogisticNewton(columns, churned, strength);
        if (!newton.solve()) {
            return Finding.undefined(
                    newton.separation().map(d -> separated(features, d)).orElseGet(LogisticRegression::stuck));
        }
        return Finding.of(LogisticModel.fitted(features, newton, churned.length));
    }

    /** The intercept and all terms. */
    private static double[][] columns(FeatureTable customers, List<EncodedFeature> features, int terms) {
        double[][] columns = new double[terms + 1][customers.rows()];
        Arrays.fill(columns[0], 1);
        int at = 1;
        for (EncodedFeature feature : features) {
            feature.encode(customers, columns, at);
            at += feature.terms();
        }
        return columns;
    }

    private static Undefined separated(List<EncodedFeature> features, double[] direction) {
        List<String> names = new ArrayList<>();
        double largest = 0;
        for (int j = 1; j < direction.length; j++) {
            largest = Math.max(largest, Math.abs(direction[j]));
        }
        int at = 1;
        for (EncodedFeature feature : features) {
            for (int term = 0; term < feature.terms(); term++, at++) {
                if (Math.abs(direction[at]) > 1e-3 * largest) {
                    names.add(LogisticModel.termName(feature, term));
                }
            }
        }
        return new Undefined(
                Undefined.Reason.DOES_NOT_EXIST,
                "no maximum of the likelihood exists: the outcomes are separated by " + String.join(", ", names)
                        + "; leave terms out or use a ridge penalty");
    }

    private static Undefined tooMany(List<EncodedFeature> features, int terms) {
        EncodedFeature largest = features.stream()
                .max(Comparator.comparingInt(EncodedFeature::terms))
                .orElseThrow();
        return new Undefined(
                Undefined.Reason.DOES_NOT_EXIST,
                terms + " terms are more than " + MOST_TERMS + ": group the " + (largest.terms() + 1)
                        + " levels of column \"" + largest.name() + "\"");
    }

    private static Undefined stuck() {
        return new Undefined(
                Undefined.Reason.NOT_CONVERGED,
                "Newton's method did not reach the maximum of the likelihood: the columns are nearly collinear");
    }
}
