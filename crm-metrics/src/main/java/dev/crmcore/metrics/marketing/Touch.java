package dev.crmcore.metrics.marketing;

import java.time.Instant;
import java.util.Objects;

/**
 * One contact with a channel of marketing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param channel the channel's name, 1 to 1,000 characters
 * @param at when, kept to the millisecond
 */
public record Touch(String channel, Instant at) {

    /**
     * Checks that both parts are given.
     *
     * @param channel the channel's name
     * @param at when
     */
    public Touch {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(at, "at");
    }
}
