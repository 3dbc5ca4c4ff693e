package dev.crmcore.metrics.value;

/**
 * What a model was fitted on: enough to recognise the data again, without any of it.
 *
 * <p>Immutable and thread-safe.
 */
public final class FittedOn {

    private final long customers;
    private final int distinctRows;
    private final long purchases;
    private final long excluded;

    FittedOn(long customers, int distinctRows, long purchases, long excluded) {
        this.customers = customers;
        this.distinctRows = distinctRows;
        this.purchases = purchases;
        this.excluded = excluded;
    }

    /**
     * How many customers took part.
     *
     * @return the number, not negative
     */
    public long customers() {
        return customers;
    }

    /**
     * How many distinct rows these customers made.
     *
     * @return the number, which is what a fit costs
     */
    public int distinctRows() {
        return distinctRows;
    }

    /**
     * How many repeat purchases these customers made.
     *
     * @return the sum of the frequencies
     */
    public long purchases() {
        return purchases;
    }

    /**
     * How many customers were left out because the model is not defined for them.
     *
     * @return the number, not negative
     */
    public long excluded() {
        return excluded;
    }

    /** The four numbers. */
    @Override
    public String toString() {
        return customers + " customers in " + distinctRows + " distinct rows, " + purchases + " repeat purchases, "
                + excluded + " customers left out";
    }
}
