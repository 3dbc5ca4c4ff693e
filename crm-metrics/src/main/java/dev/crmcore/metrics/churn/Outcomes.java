package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Undefined;
import java.util.Optional;

/** Who left: the checks that every learner makes, and the two scales of a probability. */
final class Outcomes {

    /** Beyond this, a probability is 0 or 1 to double precision. */
    private static final double FARTHEST_LOG_ODDS = 36;

    private Outcomes() {}

    /** How many left. */
    static int count(boolean[] churned) {
        int count = 0;
        for (boolean left : churned) {
            count += left ? 1 : 0;
        }
        return count;
    }

    /** Why nothing can be learnt from these outcomes, if so. */
    static Optional<Undefined> unlearnable(FeatureTable customers, boolean[] churned) {
        if (churned.length != customers.rows()) {
            throw new IllegalArgumentException(
                    "churned must have " + customers.rows() + " values, one for each row, not " + churned.length);
        }
        if (churned.length == 0) {
            return Optional.of(Undefined.noData("no customer to learn from"));
        }
        int left = count(churned);
        if (left == 0 || left == churned.length) {
            return Optional.of(new Undefined(
                    Undefined.Reason.NO_VARIATION,
                    (left == 0 ? "none of " : "all of ") + churned.length + " customers churned"));
        }
        return Optional.empty();
    }

    /** The same bits on every machine, so that a model is the same everywhere. */
    static double probability(double logOdds) {
        double odds = StrictMath.exp(-Math.abs(logOdds));
        return logOdds >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
    }

    static double logOdds(double probability) {
        double logOdds = Math.log(probability) - Math.log1p(-probability);
        return Math.max(-FARTHEST_LOG_ODDS, Math.min(FARTHEST_LOG_ODDS, logOdds));
    }

    static double[] probabilities(double[] logOdds) {
        double[] probabilities = new double[logOdds.length];
        for (int i = 0; i < logOdds.length; i++) {
            probabilities[i] = probability(logOdds[i]);
        }
        return probabilities;
    }

    /** -ln of the probability that was given to what happened, without overflow. */
    static double logLoss(double logOdds, boolean churned) {
        double against = churned ? -logOdds : logOdds;
        return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
    }
}
