package dev.crmcore.metrics.internal;

import java.time.Duration;

/** Durations as numbers. */
public final class Durations {

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    private Durations() {}

    /** The whole milliseconds of a duration; refuses, by its name, one that is shorter than {@code least} or beyond 64 bits. */
    public static long millis(String name, Duration duration, Duration least) {
        if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + LONGEST + ", not " + duration);
        }
        return duration.toMillis();
    }
}
