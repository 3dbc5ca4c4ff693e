package dev.crmcore.metrics.retention;

import org.jspecify.annotations.Nullable;

/**
 * Why monthly recurring revenue moved.
 *
 * <p>Immutable and thread-safe.
 */
public enum MrrMovementType {
    /** A customer pays for the first time. */
    NEW_BUSINESS(0),
    /** A paying customer pays more, an additional subscription included. */
    EXPANSION(1),
    /** A customer pays less and still pays, also after ending one of several subscriptions. */
    CONTRACTION(2),
    /** A customer pays nothing any more. */
    CHURN(3),
    /** A customer who had left pays again. */
    REACTIVATION(4);

    private final int place;

    MrrMovementType(int place) {
        this.place = place;
    }

    /** Its place in states, which stays when constants are added. */
    int place() {
        return place;
    }

    /** What a change of one customer's whole amount is; null if there is none. */
    static @Nullable MrrMovementType of(MonthlyAmount before, MonthlyAmount after, boolean paidEver) {
        int change = after.compareTo(before);
        if (change == 0) {
            return null;
        }
        if (before.isZero()) {
            return paidEver ? REACTIVATION : NEW_BUSINESS;
        }
        if (after.isZero()) {
            return CHURN;
        }
        return change > 0 ? EXPANSION : CONTRACTION;
    }
}
