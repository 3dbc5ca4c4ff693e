package dev.crmcore.metrics.value;

/**
 * How long a customer under contract stayed: for how many periods, and whether the customer has left.
 *
 * <p>Immutable and thread-safe.
 *
 * @param periods the contract periods: of one who left, the period at whose end that was, from 1; of one who is still there,
 *     the periods completed, that is the renewals made, from 0
 * @param left whether the customer has left
 */
public record ContractTenure(long periods, boolean left) {

    /**
     * Checks that such a tenure is possible.
     *
     * @param periods the contract periods
     * @param left whether the customer has left
     * @throws IllegalArgumentException if the periods are negative, or 0 for a customer who left
     */
    public ContractTenure {
        check(periods, left);
    }

    /**
     * A customer who did not renew at the end of a period.
     *
     * @param period the period, from 1
     * @return the tenure
     * @throws IllegalArgumentException if the period is below 1
     */
    public static ContractTenure leftAfter(long period) {
        return new ContractTenure(period, true);
    }

    /**
     * A customer who is still there.
     *
     * @param periods the periods completed, which is how often the customer renewed, from 0
     * @return the tenure
     * @throws IllegalArgumentException if the periods are negative
     */
    public static ContractTenure stillThereAfter(long periods) {
        return new ContractTenure(periods, false);
    }

    static void check(long periods, boolean left) {
        if (periods < (left ? 1 : 0)) {
            throw new IllegalArgumentException(
                    "periods must be at least " + (left ? "1 for a customer who left" : "0") + ", not " + periods);
        }
    }
}
