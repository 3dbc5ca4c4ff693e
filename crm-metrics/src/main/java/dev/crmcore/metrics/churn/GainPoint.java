package dev.crmcore.metrics.churn;

/**
 * What is reached by turning to the customers with the highest probabilities: one point of the gain curve. Customers with
 * equal probabilities count in proportion, as if drawn at random, so that their order is of no matter.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customers how many customers are turned to, from the highest probability down
 * @param churned how many of them churned; a fraction where the last ones have equal probabilities
 * @param captured the share of all churned customers that is among them, 0 to 1
 * @param lift how much more often they churned than all customers did; 1 is chance
 */
public record GainPoint(int customers, double churned, double captured, double lift) {

    /**
     * Checks the parts.
     *
     * @param customers how many customers are turned to
     * @param churned how many of them churned
     * @param captured the share of all churned customers that is among them
     * @param lift how much more often they churned than all customers did
     * @throws IllegalArgumentException if a number is out of range
     */
    public GainPoint {
        if (customers < 1 || !(churned >= 0 && churned <= customers)) {
            throw new IllegalArgumentException(
                    "churned must be 0 to the number of customers, not " + churned + " of " + customers);
        }
        if (!(captured >= 0 && lift >= 0)) {
            throw new IllegalArgumentException("captured and lift must not be negative");
        }
    }
}
