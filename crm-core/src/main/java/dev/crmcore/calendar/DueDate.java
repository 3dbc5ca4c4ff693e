package dev.crmcore.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When something is due, and why then: which open times were counted, and which special days lay on the way. Made by
 * {@link BusinessCalendar#explain}. Immutable and thread-safe.
 */
public final class DueDate {
    private final Instant from;
    private final Duration duration;
    private final Instant dueAt;
    private final List<OpenTime> counted;
    private final List<SpecialDay> specialDays;

    DueDate(Instant from, Duration duration, Instant dueAt, List<OpenTime> counted, List<SpecialDay> specialDays) {
        this.from = from;
        this.duration = duration;
        this.dueAt = dueAt;
        this.counted = List.copyOf(counted);
        this.specialDays = List.copyOf(specialDays);
    }

    /**
     * From when time was counted.
     *
     * @return the moment asked about
     */
    public Instant from() {
        return from;
    }

    /**
     * How much business time was to be counted.
     *
     * @return zero or more; the sum of {@link #counted()}
     */
    public Duration duration() {
        return duration;
    }

    /**
     * When the time is used up.
     *
     * @return the end of the last time counted; {@link #from()} if there was none to count
     */
    public Instant dueAt() {
        return dueAt;
    }

    /**
     * The open times that were counted.
     *
     * @return unmodifiable, in order, none touching the next
     */
    public List<OpenTime> counted() {
        return counted;
    }

    /**
     * The holidays and days of other hours that were passed.
     *
     * @return unmodifiable, in order, from the day of {@link #from()} to the day of {@link #dueAt()}
     */
    public List<SpecialDay> specialDays() {
        return specialDays;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DueDate that
                && from.equals(that.from)
                && duration.equals(that.duration)
                && dueAt.equals(that.dueAt)
                && counted.equals(that.counted)
                && specialDays.equals(that.specialDays);
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, duration, dueAt, counted, specialDays);
    }

    /** All of it, in one line. */
    @Override
    public String toString() {
        return "DueDate[" + from + " + " + duration + " = " + dueAt + ", counted " + counted + ", special days "
                + specialDays + "]";
    }
}
