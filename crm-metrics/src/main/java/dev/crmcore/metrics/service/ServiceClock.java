package dev.crmcore.metrics.service;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The clock of a service level: how much opening time has passed since something began, without the pauses, when the time
 * allowed is used up, and how the target stands. A pure function of its data: the same for a due time today and for a report
 * on last year.
 *
 * <pre>{@code
 * ServiceClock resolution = ServiceClock.started(open, createdAt)
 *         .pausedBetween(askedAt, answeredAt)
 *         .stopped(resolvedAt);
 * resolution.elapsed(asOf);                  // milliseconds of opening time without the pause
 * resolution.target(28_800_000, asOf);       // met, breached, running or paused
 * resolution.due(28_800_000);                // when the eight hours are used up
 * }</pre>
 *
 * <p>For the first response: start at the first message of the customer, or at the hand-over from a bot to people, and stop at the
 * first reply of a human; replies of bots do not stop it, reopening does not restart it, and conversations that an agent began
 * have no such clock.
 *
 * <p>Immutable and thread-safe. Each question costs O(p log n) for p pauses and n opening intervals.
 */
public final class ServiceClock {

    private static final long NOT_YET = Long.MAX_VALUE;

    private final OpeningTime open;
    private final long start;
    private final long stop;
    /** Begin, end and so on, ascending and apart; the end of a pause that goes on is {@link #NOT_YET}. */
    private final long[] pauses;

    private ServiceClock(OpeningTime open, long start, long stop, long[] pauses) {
        this.open = open;
        this.start = start;
        this.stop = stop;
        this.pauses = pauses;
    }

    /**
     * A clock that runs.
     *
     * @param open when the service is open
     * @param at when it started, in milliseconds since 1970
     * @return the clock
     */
    public static ServiceClock started(OpeningTime open, long at) {
        return new ServiceClock(Objects.requireNonNull(open, "open"), at, NOT_YET, new long[0]);
    }

    /**
     * The same clock, stopped.
     *
     * @param at when it stopped, in milliseconds since 1970, not before it started
     * @return the clock
     * @throws IllegalArgumentException if that is before it started
     */
    public ServiceClock stopped(long at) {
        if (at < start) {
            throw new IllegalArgumentException("at must not be before the start at " + start + ", not " + at);
        }
        return new ServiceClock(open, start, at, pauses);
    }

    /**
     * The same clock with a pause. Pauses may overlap and lie outside the clock's time.
     *
     * @param from when it stood still, in milliseconds since 1970
     * @param to when it went on, not before
     * @return the clock
     * @throws IllegalArgumentException if the pause ends before it begins
     */
    public ServiceClock pausedBetween(long from, long to) {
        if (to < from) {
            throw new IllegalArgumentException("to must not be before from at " + from + ", not " + to);
        }
        return new ServiceClock(open, start, stop, with(Math.max(from, start), Math.max(to, start)));
    }

    /**
     * The same clock with a pause that goes on.
     *
     * @param from since when it stands still, in milliseconds since 1970
     * @return the clock
     */
    public ServiceClock pausedSince(long from) {
        return new ServiceClock(open, start, stop, with(Math.max(from, start), NOT_YET));
    }

    private long[] with(long from, long to) {
        if (from == to) {
            return pauses;
        }
        long[] merged = new long[pauses.length + 2];
        int size = 0;
        long begin = from;
        long end = to;
        for (int i = 0; i < pauses.length; i += 2) {
            if (pauses[i] <= end && begin <= pauses[i + 1]) {
                begin = Math.min(begin, pauses[i]);
                end = Math.max(end, pauses[i + 1]);
            } else {
                merged[size++] = pauses[i];
                merged[size++] = pauses[i + 1];
            }
        }
        int at = 0;
        while (at < size && merged[at] < begin) {
            at += 2;
        }
        System.arraycopy(merged, at, merged, at + 2, size - at);
        merged[at] = begin;
        merged[at + 1] = end;
        return Arrays.copyOf(merged, size + 2);
    }

    /**
     * Whether the clock has stopped.
     *
     * @param asOf the instant of which the data know, in milliseconds since 1970
     * @return whether it stopped by then
     */
    public boolean isStopped(long asOf) {
        return stop != NOT_YET && stop <= asOf;
    }

    /**
     * The opening time that has passed, without the pauses.
     *
     * @param asOf until when, unless the clock stopped before; in milliseconds since 1970
     * @return milliseconds, not negative
     */
    public long elapsed(long asOf) {
        long end = Math.min(stop, asOf);
        return open.between(start, end) - paused(end);
    }

    /**
     * The opening time that fell into pauses.
     *
     * @param asOf until when, unless the clock stopped before; in milliseconds since 1970
     * @return milliseconds, not negative
     */
    public long pausedTime(long asOf) {
        return paused(Math.min(stop, asOf));
    }

    private long paused(long end) {
        long sum = 0;
        for (int i = 0; i < pauses.length && pauses[i] < end; i += 2) {
            sum += open.between(pauses[i], Math.min(pauses[i + 1], end));
        }
        return sum;
    }

    /**
     * When the time allowed is used up; if that is exactly when the service closes, the closing.
     *
     * @param allowed milliseconds of opening time, not negative
     * @return the instant in milliseconds since 1970, or empty while the clock is paused before, or if it lies beyond the known
     *     opening times
     * @throws IllegalArgumentException if the time allowed is negative
     */
    public OptionalLong due(long allowed) {
        requireAllowed(allowed);
        long from = start;
        long left = allowed;
        for (int i = 0; i < pauses.length; i += 2) {
            long until = open.between(from, pauses[i]);
            if (until > 0 && left <= until) {
                break;
            }
            left -= until;
            from = pauses[i + 1];
            if (from == NOT_YET) {
                return OptionalLong.empty();
            }
        }
        return open.after(from, left);
    }

    /**
     * How the target stands. What took exactly the time allowed is met; what is open is breached as soon as more has passed, so
     * that a report cannot look better for what it leaves unanswered.
     *
     * @param allowed milliseconds of opening time, not negative
     * @param asOf the instant of which the data know, in milliseconds since 1970
     * @return how it stands
     * @throws IllegalArgumentException if the time allowed is negative
     */
    public ServiceTarget target(long allowed, long asOf) {
        requireAllowed(allowed);
        boolean isOver = elapsed(asOf) > allowed;
        if (isStopped(asOf)) {
            return isOver ? ServiceTarget.BREACHED_LATE : ServiceTarget.MET;
        }
        if (isOver) {
            return ServiceTarget.BREACHED_OPEN;
        }
        return isPaused(asOf) ? ServiceTarget.PAUSED : ServiceTarget.RUNNING;
    }

    private boolean isPaused(long asOf) {
        for (int i = 0; i < pauses.length; i += 2) {
            if (pauses[i] <= asOf && asOf < pauses[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static void requireAllowed(long allowed) {
        if (allowed < 0) {
            throw new IllegalArgumentException("allowed must not be negative, not " + allowed);
        }
    }

    /** Whether it stopped, and how many pauses there are. */
    @Override
    public String toString() {
        return "ServiceClock[" + (stop == NOT_YET ? "not stopped" : "stopped") + ", " + pauses.length / 2 + " pauses]";
    }
}
