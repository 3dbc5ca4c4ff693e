package dev.crmcore.metrics.retention;

/**
 * How long one subject was observed, and which of several exclusive events ended the observation: an opportunity won or lost,
 * a subscription cancelled or not paid.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entry when the observation began, on the same scale as {@code time}; 0 if from the start, later if the subject is
 *     known only because it lasted that long (left truncation); finite, not negative, and before {@code time} if not 0
 * @param time when the observation ended, finite and not negative
 * @param cause the number of the event, from 1; 0 if the subject was censored
 */
public record CompetingTime(double entry, double time, int cause) {

    /**
     * Checks the times and the cause.
     *
     * @param entry when the observation began, finite, not negative, and before {@code time} if not 0
     * @param time when the observation ended, finite and not negative
     * @param cause the number of the event, from 1; 0 if the subject was censored
     * @throws IllegalArgumentException if a time is out of range or the cause negative
     */
    public CompetingTime {
        SurvivalTime.require(entry, time);
        if (cause < 0) {
            throw new IllegalArgumentException("cause must not be negative, not " + cause);
        }
    }

    /**
     * A subject observed from the start.
     *
     * @param time when the observation ended, finite and not negative
     * @param cause the number of the event, from 1; 0 if the subject was censored
     * @return the observation
     * @throws IllegalArgumentException if the time is out of range or the cause negative
     */
    public static CompetingTime of(double time, int cause) {
        return new CompetingTime(0, time, cause);
    }
}
