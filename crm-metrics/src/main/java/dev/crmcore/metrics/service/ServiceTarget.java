package dev.crmcore.metrics.service;

/**
 * How a target of the service stands.
 *
 * <p>Immutable and thread-safe.
 */
public enum ServiceTarget {
    /** What was promised was done in time. */
    MET,
    /** What was promised was done too late. */
    BREACHED_LATE,
    /** What was promised is not done, and its time is over. */
    BREACHED_OPEN,
    /** What was promised is not done, and there is time left. */
    RUNNING,
    /** As running, and the clock stands still, for example while the customer is being waited for. */
    PAUSED;

    /**
     * Whether the target was missed.
     *
     * @return whether it is one of the two breaches
     */
    public boolean isBreached() {
        return this == BREACHED_LATE || this == BREACHED_OPEN;
    }
}
