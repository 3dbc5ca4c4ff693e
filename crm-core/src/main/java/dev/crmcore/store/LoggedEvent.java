package dev.crmcore.store;

import java.util.Objects;

/**
 * An event in the log.
 *
 * @param position its place
 * @param event what happened
 */
public record LoggedEvent(LogPosition position, EventRecord event) {

    /**
     * Checks the parts.
     *
     * @param position its place
     * @param event what happened
     */
    public LoggedEvent {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(event, "event");
    }
}
