package dev.crmcore.interaction;

import dev.crmcore.internal.text.Quoted;
import dev.crmcore.value.Microseconds;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A place on a timeline: that of an entry, which may have gone meanwhile.
 *
 * @param at the entry's instant
 * @param id the id of the entry's record, which orders entries of one instant
 */
public record TimelinePosition(Instant at, UUID id) {

    /**
     * Cuts the instant to microseconds.
     *
     * @param at the entry's instant
     * @param id the id of the entry's record, which orders entries of one instant
     */
    public TimelinePosition {
        at = Microseconds.of(at);
        Objects.requireNonNull(id, "id");
    }

    /**
     * The place as text for a link or a request.
     *
     * @return the instant, an underscore and the id
     */
    public String toText() {
        return at + "_" + id;
    }

    /**
     * Reads a place.
     *
     * @param text what {@link #toText} gave
     * @return the place
     * @throws IllegalArgumentException if the text is no place
     */
    public static TimelinePosition parse(String text) {
        Objects.requireNonNull(text, "text");
        int line = text.indexOf('_');
        if (line >= 0) {
            try {
                return new TimelinePosition(
                        Instant.parse(text.substring(0, line)), UUID.fromString(text.substring(line + 1)));
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new IllegalArgumentException("not a place on a timeline: " + Quoted.of(text), e);
            }
        }
        throw new IllegalArgumentException("not a place on a timeline: " + Quoted.of(text));
    }
}
