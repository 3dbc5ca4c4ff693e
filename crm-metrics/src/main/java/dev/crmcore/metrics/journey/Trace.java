package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.internal.EventTimes;
import dev.crmcore.metrics.internal.NameTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one case (a customer's journey, a ticket, an opportunity), in order.
 *
 * <p>Events of one instant keep the order in which they are given; the host knows which came first. {@link EventLog} makes
 * traces of unsorted rows.
 *
 * <p>Immutable and thread-safe.
 */
public final class Trace {

    private final List<String> activities;
    private final long[] millis;

    private Trace(List<String> activities, long[] millis) {
        this.activities = activities;
        this.millis = millis;
    }

    /**
     * A trace.
     *
     * @param activities what happened, at least one, each of 1 to 1,000 characters
     * @param millis when, in milliseconds since 1970, for each activity; never before the one before
     * @return the trace
     * @throws IllegalArgumentException if there is no activity, a name is malformed, the lengths differ or the times go back
     */
    public static Trace of(List<String> activities, long... millis) {
        List<String> names = List.copyOf(activities);
        if (names.isEmpty() || names.size() != millis.length) {
            throw new IllegalArgumentException("a trace must have a time for each of its activities, at least one, not "
                    + millis.length + " times for " + names.size() + " activities");
        }
        names.forEach(name -> NameTable.check("activity", name));
        long[] times = millis.clone();
        EventTimes.requireOrder(times, 0, times.length);
        return new Trace(names, times);
    }

    /**
     * What happened.
     *
     * @return the activities in order, at least one; not modifiable
     */
    public List<String> activities() {
        return activities;
    }

    /**
     * When it happened.
     *
     * @return milliseconds since 1970 for each activity, ascending; a new array
     */
    public long[] millis() {
        return millis.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trace that && activities.equals(that.activities) && Arrays.equals(millis, that.millis);
    }

    @Override
    public int hashCode() {
        return 31 * activities.hashCode() + Arrays.hashCode(millis);
    }

    /** How many events there are. */
    @Override
    public String toString() {
        return "Trace[" + activities.size() + " events]";
    }
}
