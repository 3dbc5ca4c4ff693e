package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Undefined;
import org.jspecify.annotations.Nullable;

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

    static FittedOn of(PurchaseHistories histories) {
        long purchases = 0;
        for (int row = 0; row < histories.size(); row++) {
            purchases =
                    Math.addExact(purchases, Math.multiplyExact(histories.frequency(row), histories.customers(row)));
        }
        return new FittedOn(histories.customers(), histories.size(), purchases, 0);
    }

    /** Why no model of repeat purchases can be fitted on the histories, or null if one can. */
    static @Nullable Undefined reasonAgainst(PurchaseHistories histories) {
        boolean observed = false;
        boolean repeated = false;
        for (int row = 0; row < histories.size(); row++) {
            observed |= histories.age(row) > 0;
            repeated |= histories.frequency(row) > 0;
        }
        if (histories.customers() == 0) {
            return Undefined.noData("no customer");
        }
        if (!observed) {
            return Undefined.noData("no customer was observed after the first purchase");
        }
        return repeated
                ? null
                : Undefined.tooFew("no customer came back: a model of repeat purchases needs at least one");
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
     * How many repeat purchases these customers made, or how often they renewed a contract.
     *
     * @return the sum of the frequencies or renewals
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
