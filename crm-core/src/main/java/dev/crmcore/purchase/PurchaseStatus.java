package dev.crmcore.purchase;

import java.util.Set;

/** How far a purchase is. It moves forward, and can be cancelled until it is fulfilled. */
public enum PurchaseStatus {
    /** Ordered. */
    PLACED,
    /** Paid for. */
    PAID,
    /** Handed over or delivered. */
    FULFILLED,
    /** Called off; it counts in no figure. */
    CANCELLED;

    /**
     * Whether a purchase may move on to another status.
     *
     * @param next the other status
     * @return whether it may
     */
    public boolean mayBecome(PurchaseStatus next) {
        return switch (this) {
            case PLACED -> Set.of(PAID, FULFILLED, CANCELLED).contains(next);
            case PAID -> Set.of(FULFILLED, CANCELLED).contains(next);
            case FULFILLED, CANCELLED -> false;
        };
    }
}
