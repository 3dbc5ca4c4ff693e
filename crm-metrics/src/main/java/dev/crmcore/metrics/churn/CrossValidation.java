package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Predicts each customer by a model that has not seen them: the customers are dealt into parts, and each part is predicted by
 * a model learnt from the others. Churned and retained customers are dealt evenly.
 *
 * <p>Immutable and thread-safe; equal seeds deal equally.
 */
public final class CrossValidation {

    private final int folds;
    private final long seed;

    private CrossValidation(int folds, long seed) {
        this.folds = folds;
        this.seed = seed;
    }

    /**
     * A way of dealing.
     *
     * @param folds the number of parts, at least 2
     * @param seed any number
     * @return the cross-validation
     * @throws IllegalArgumentException if there are fewer than 2 parts
     */
    public static CrossValidation of(int folds, long seed) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds must be at least 2, not " + folds);
        }
        return new CrossValidation(folds, seed);
    }

    /**
     * The probability of each customer from a model that has not seen them. The cost is that of learning once for each part.
     *
     * @param learner makes the models
     * @param customers what is known about them
     * @param churned whether they churned
     * @return one probability for each row, or the reason why one of the models could not be learnt
     * @throws IllegalArgumentException if there are more or fewer outcomes than rows, or the learner's model answers with
     *     more or fewer probabilities than it was asked for
     */
    public Finding<double[]> outOfFold(ChurnLearner learner, FeatureTable customers, boolean[] churned) {
        Optional<Undefined> reason = Outcomes.unlearnable(customers, churned);
        if (reason.isPresent()) {
            return Finding.undefined(reason.get());
        }
        int[] part = deal(churned);
        double[] probabilities = new double[churned.length];
        for (int fold = 0; fold < folds; fold++) {
            int current = fold;
            int[] rest = rows(part, p -> p != current);
            int[] held = rows(part, p -> p == current);
            if (held.length == 0) {
                continue;
            }
            boolean[] known = new boolean[rest.length];
            for (int i = 0; i < rest.length; i++) {
                known[i] = churned[rest[i]];
            }
            Finding<? extends ChurnModel> fit = learner.fit(customers.select(rest), known);
            if (!fit.isDefined()) {
                return Finding.undefined(fit.undefined().orElseThrow());
            }
            double[] answers = fit.value().probabilities(customers.select(held));
            if (answers.length != held.length) {
                throw new IllegalArgumentException(
                        "the model must answer with " + held.length + " probabilities, not " + answers.length);
            }
            for (int i = 0; i < held.length; i++) {
                probabilities[held[i]] = answers[i];
            }
        }
        return Finding.of(probabilities);
    }

    /** The part of each customer: each outcome is shuffled and dealt in turn. */
    private int[] deal(boolean[] churned) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] part = new int[churned.length];
        int next = 0;
        for (boolean outcome : new boolean[] {true, false}) {
            int[] rows = new int[churned.length];
            int count = 0;
            for (int row = 0; row < churned.length; row++) {
                if (churned[row] == outcome) {
                    rows[count++] = row;
                }
            }
            for (int i = count - 1; i >= 0; i--) {
                int other = random.nextInt(i + 1);
                part[rows[other]] = next++ % folds;
                rows[other] = rows[i];
            }
        }
        return part;
    }

    private static int[] rows(int[] part, IntPredicate chosen) {
        int[] rows = new int[part.length];
        int count = 0;
        for (int row = 0; row < part.length; row++) {
            if (chosen.test(part[row])) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }
}
