package dev.crmcore.metrics.internal;

/** Checks the times of events. */
public final class EventTimes {

    private EventTimes() {}

    /** Refuses times, at least one, that go back, or whose first and last are further apart than 64 bits can say. */
    public static void requireOrder(long[] millis, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (millis[i] < millis[i - 1]) {
                throw new IllegalArgumentException(
                        "times must be in order, not " + millis[i] + " after " + millis[i - 1] + " ms");
            }
        }
        Math.subtractExact(millis[to - 1], millis[from]);
    }
}
