package dev.crmcore.metrics.churn;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Why a model gives one customer its score: the log-odds of the average customer and what each feature adds to it. Base
 * and contributions sum to the customer's log-odds, but for rounding.
 *
 * <p>Contributions say what the model does, not what would happen if the feature were changed. Immutable and thread-safe.
 */
public final class Reasons {

    private final double base;
    private final double logOdds;
    private final String method;
    private final List<Contribution> contributions;

    private Reasons(double base, double logOdds, String method, List<Contribution> contributions) {
        this.base = base;
        this.logOdds = logOdds;
        this.method = method;
        this.contributions = contributions;
    }

    static Reasons of(double base, String method, List<String> features, double[] parts) {
        double sum = base;
        for (double part : parts) {
            sum += part;
        }
        List<Contribution> contributions = IntStream.range(0, parts.length)
                .mapToObj(i -> new Contribution(features.get(i), parts[i]))
                .sorted(Comparator.comparingDouble(c -> -Math.abs(c.logOdds())))
                .toList();
        return new Reasons(base, sum, method, contributions);
    }

    /**
     * The log-odds of churn that the model expects where it knows nothing of the customer.
     *
     * @return the log-odds
     */
    public double base() {
        return base;
    }

    /**
     * The customer's log-odds of churn: the base and all contributions.
     *
     * @return the log-odds
     */
    public double logOdds() {
        return logOdds;
    }

    /**
     * The customer's probability of churn.
     *
     * @return the probability, 0 to 1
     */
    public double probability() {
        return Outcomes.probability(logOdds);
    }

    /**
     * How the contributions were found.
     *
     * @return the method's name
     */
    public String method() {
        return method;
    }

    /**
     * What each feature adds, the largest first by size, whatever its sign; equal ones in the order of the columns.
     *
     * @return the contributions, one for each feature of the model
     */
    public List<Contribution> contributions() {
        return contributions;
    }

    /**
     * The features that speak most for churn.
     *
     * @param most how many at most, not negative
     * @return the largest positive contributions, descending
     * @throws IllegalArgumentException if the number is negative
     */
    public List<Contribution> forChurn(int most) {
        return contributions.stream().filter(c -> c.logOdds() > 0).limit(most).toList();
    }

    /** The method, the base and the contributions. */
    @Override
    public String toString() {
        return method + ": " + base + " " + contributions;
    }
}
