package dev.crmcore.metrics.service;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Opening times as sorted intervals. Both questions cost two binary searches, O(log n) for n intervals.
 *
 * <p>Outside the intervals the service is closed, so they must cover the whole time that is asked about.
 * {@link WeeklyHours} makes them from hours of the week, holidays and a zone.
 *
 * <p>Immutable and thread-safe. Memory: 24 bytes for each interval.
 */
public final class OpeningIntervals implements OpeningTime {

    private final long[] openings;
    private final long[] closings;
    /** Opening time before each interval, and after the last one. */
    private final long[] before;

    private OpeningIntervals(long[] openings, long[] closings) {
        this.openings = openings;
        this.closings = closings;
        this.before = new long[openings.length + 1];
        for (int i = 0; i < openings.length; i++) {
            before[i + 1] = Math.addExact(before[i], Math.subtractExact(closings[i], openings[i]));
        }
    }

    /**
     * Opening times.
     *
     * @param bounds opening, closing, opening, closing and so on, in milliseconds since 1970, ascending; an interval may begin
     *     where the one before ends
     * @return the opening times
     * @throws IllegalArgumentException if a closing is missing, or the bounds are not in order
     */
    public static OpeningIntervals of(long... bounds) {
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException("bounds must be pairs of opening and closing, not " + bounds.length);
        }
        long[] openings = new long[bounds.length / 2];
        long[] closings = new long[bounds.length / 2];
        int size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] >= bounds[i + 1] || (i > 0 && bounds[i] < bounds[i - 1])) {
                throw new IllegalArgumentException(
                        "bounds must be in order, not " + bounds[i] + " to " + bounds[i + 1] + " at " + i);
            }
            if (size > 0 && closings[size - 1] == bounds[i]) {
                closings[size - 1] = bounds[i + 1];
            } else {
                openings[size] = bounds[i];
                closings[size++] = bounds[i + 1];
            }
        }
        return new OpeningIntervals(Arrays.copyOf(openings, size), Arrays.copyOf(closings, size));
    }

    @Override
    public long between(long from, long to) {
        return to <= from ? 0 : until(to) - until(from);
    }

    /** Opening time before an instant. */
    private long until(long instant) {
        int next = firstClosingAfter(instant);
        return before[next] + (next < openings.length ? Math.max(0, instant - openings[next]) : 0);
    }

    @Override
    public OptionalLong after(long from, long duration) {
        if (duration < 0) {
            throw new IllegalArgumentException("duration must not be negative, not " + duration);
        }
        if (duration == 0) {
            int next = firstClosingAfter(from);
            return next == openings.length ? OptionalLong.empty() : OptionalLong.of(Math.max(from, openings[next]));
        }
        if (duration > before[openings.length] - until(from)) {
            return OptionalLong.empty();
        }
        long wanted = until(from) + duration;
        int at = Arrays.binarySearch(before, wanted);
        // The interval in which the time runs out: a sum that is reached exactly is the closing before
        int interval = (at >= 0 ? at : -at - 1) - 1;
        return OptionalLong.of(openings[interval] + (wanted - before[interval]));
    }

    private int firstClosingAfter(long instant) {
        int at = Arrays.binarySearch(closings, instant);
        return at >= 0 ? at + 1 : -at - 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OpeningIntervals that
                && Arrays.equals(openings, that.openings)
                && Arrays.equals(closings, that.closings);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(openings) + Arrays.hashCode(closings);
    }

    /** How many intervals there are. */
    @Override
    public String toString() {
        return "OpeningIntervals[" + openings.length + "]";
    }
}
