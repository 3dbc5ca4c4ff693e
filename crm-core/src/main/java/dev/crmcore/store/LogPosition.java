package dev.crmcore.store;

/**
 * A place in the log of a tenant: later events have greater positions; gaps are possible.
 *
 * @param value the position; 0 is before the first event
 */
public record LogPosition(long value) implements Comparable<LogPosition> {

    /** Before the first event. */
    public static final LogPosition START = new LogPosition(0);

    /**
     * Checks the position.
     *
     * @param value the position; 0 is before the first event
     * @throws IllegalArgumentException if it is negative
     */
    public LogPosition {
        if (value < 0) {
            throw new IllegalArgumentException("a log position is not negative: " + value);
        }
    }

    @Override
    public int compareTo(LogPosition other) {
        return Long.compare(value, other.value);
    }
}
