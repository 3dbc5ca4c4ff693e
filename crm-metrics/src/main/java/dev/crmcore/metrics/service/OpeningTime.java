package dev.crmcore.metrics.service;

import java.util.OptionalLong;

/**
 * When the service is open, as far as its clocks need to know. {@link OpeningIntervals} is one made of data; a host that has
 * a calendar of its own may ask that instead.
 *
 * <p>Instants are milliseconds since 1970, so clock changes are in them already. Implementations are immutable and thread-safe.
 */
public interface OpeningTime {

    /** Open at every instant: wall-clock time. */
    OpeningTime ALWAYS = new OpeningTime() {
        @Override
        public long between(long from, long to) {
            return Math.max(0, Math.subtractExact(to, from));
        }

        @Override
        public OptionalLong after(long from, long duration) {
            requireDuration(duration);
            return from > Long.MAX_VALUE - duration ? OptionalLong.empty() : OptionalLong.of(from + duration);
        }
    };

    /**
     * How long the service is open from one instant to another.
     *
     * @param from the first instant, in milliseconds since 1970
     * @param to the instant after the last
     * @return milliseconds of opening time, not negative; 0 if {@code to} is not after {@code from}
     */
    long between(long from, long to);

    /**
     * The instant at which so much opening time has passed. If that is when the service closes, it is the closing and not the next
     * opening.
     *
     * @param from the first instant, in milliseconds since 1970
     * @param duration milliseconds of opening time, not negative; with 0 it is {@code from} if open then, else the next opening
     * @return the instant in milliseconds since 1970, or empty if it lies beyond what is known of the opening times
     */
    OptionalLong after(long from, long duration);

    private static void requireDuration(long duration) {
        if (duration < 0) {
            throw new IllegalArgumentException("duration must not be negative, not " + duration);
        }
    }
}
