package dev.crmcore.metrics.retention;

import java.time.Instant;
import java.util.Objects;

/**
 * One movement of monthly recurring revenue: what all changes of a customer at one instant came to.
 *
 * <p>Immutable and thread-safe.
 *
 * @param customer the customer's number
 * @param at when it took effect
 * @param type why the revenue moved
 * @param delta by how much, negative for contraction and churn, never zero
 */
public record MrrMovement(long customer, Instant at, MrrMovementType type, MonthlyAmount delta) {

    /**
     * Checks that the parts are given.
     *
     * @param customer the customer's number
     * @param at when it took effect
     * @param type why the revenue moved
     * @param delta by how much
     */
    public MrrMovement {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(delta, "delta");
    }
}
