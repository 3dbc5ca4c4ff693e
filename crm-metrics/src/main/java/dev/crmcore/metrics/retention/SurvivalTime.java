package dev.crmcore.metrics.retention;

/**
 * How long one subject was observed, and whether the observation ended with the event: a customer until the second purchase,
 * a subscription until its end, an opportunity until it was won. A subject without the event is censored: it is known only
 * that nothing had happened up to then.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entry when the observation began, on the same scale as {@code time}; 0 if from the start, later if the subject is
 *     known only because it lasted that long (left truncation); finite, not negative, and before {@code time} if not 0
 * @param time when the observation ended, finite and not negative
 * @param event whether it ended with the event
 */
public record SurvivalTime(double entry, double time, boolean event) {

    /**
     * Checks the times.
     *
     * @param entry when the observation began, finite, not negative, and before {@code time} if not 0
     * @param time when the observation ended, finite and not negative
     * @param event whether it ended with the event
     * @throws IllegalArgumentException if a time is out of range
     */
    public SurvivalTime {
        require(entry, time);
    }

    /**
     * A subject observed from the start.
     *
     * @param time when the observation ended, finite and not negative
     * @param event whether it ended with the event
     * @return the observation
     * @throws IllegalArgumentException if the time is out of range
     */
    public static SurvivalTime of(double time, boolean event) {
        return new SurvivalTime(0, time, event);
    }

    static void require(double entry, double time) {
        if (!(time >= 0 && time <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("time must be finite and not negative, not " + time);
        }
        if (!(entry == 0 || (entry > 0 && entry < time))) {
            throw new IllegalArgumentException("entry must be 0 or between 0 and time " + time + ", not " + entry);
        }
    }
}
