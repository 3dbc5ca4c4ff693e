package dev.crmcore.metrics.service;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that was promised to a customer until some time, such as a call back.
 *
 * <p>Immutable and thread-safe.
 *
 * @param due until when it was promised; in time is what is done by then, that instant included
 * @param kept when it was done, or empty
 */
public record Promise(Instant due, Optional<Instant> kept) {

    /**
     * Checks that both parts are given.
     *
     * @param due until when it was promised
     * @param kept when it was done, or empty
     */
    public Promise {
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(kept, "kept");
    }

    /**
     * How the promise stands.
     *
     * @param asOf the instant of which the data know; what was done later was not known then
     * @return how it stands; never paused
     */
    public ServiceTarget target(Instant asOf) {
        if (kept.isPresent() && !kept.get().isAfter(asOf)) {
            return kept.get().isAfter(due) ? ServiceTarget.BREACHED_LATE : ServiceTarget.MET;
        }
        return asOf.isAfter(due) ? ServiceTarget.BREACHED_OPEN : ServiceTarget.RUNNING;
    }
}
