package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.SampleQuantiles;
import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.NameTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Events of many cases, sorted into traces: by case, then by time, then by the order in which they were added.
 *
 * <pre>{@code
 * EventLog.Builder rows = EventLog.builder();
 * rows.add(customer, "visit", Instant.parse("2025-03-01T00:00:58Z"));
 * EventLog log = rows.build();
 * log.graph().edges();            // what follows what, how often and after how long
 * log.variants().covering(0.8);   // how many different journeys make 80 % of all
 * }</pre>
 *
 * <p>Immutable and thread-safe. Memory: 12 bytes for each event. Building sorts n events.
 */
public final class EventLog {

    private final List<String> names;
    private final int[] activities;
    private final long[] millis;
    private final int[] starts;

    private EventLog(List<String> names, int[] activities, long[] millis, int[] starts) {
        this.names = names;
        this.activities = activities;
        this.millis = millis;
        this.starts = starts;
    }

    /**
     * Begins a log.
     *
     * @return a builder without events
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Receives the cases one by one. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One case.
         *
         * @param activities places in {@link EventLog#activities()} of its events in order; only to be read
         * @param millis when they happened, in milliseconds since 1970; only to be read
         * @param from the index of the first event of the case in both arrays
         * @param to the index after its last event
         */
        void visit(int[] activities, long[] millis, int from, int to);
    }

    /**
     * The names of the activities.
     *
     * @return the names by their numbers; not modifiable
     */
    public List<String> activities() {
        return names;
    }

    /**
     * How many cases there are.
     *
     * @return the number of cases, not negative
     */
    public int cases() {
        return starts.length - 1;
    }

    /**
     * How many events there are.
     *
     * @return the number of events, not negative
     */
    public int events() {
        return activities.length;
    }

    /**
     * Visits every case, in the order of their numbers.
     *
     * @param visitor receives the cases
     */
    public void forEachCase(Visitor visitor) {
        for (int i = 0; i < cases(); i++) {
            visitor.visit(activities, millis, starts[i], starts[i + 1]);
        }
    }

    /**
     * What follows what.
     *
     * @return the directly-follows graph; costs one pass
     */
    public DirectlyFollowsGraph graph() {
        DirectlyFollows graph = DirectlyFollows.TYPE.create();
        int[] numbers = names.stream().mapToInt(graph::activity).toArray();
        int[] renamed =
                Arrays.stream(activities).map(activity -> numbers[activity]).toArray();
        forEachCase((same, times, from, to) -> graph.add(renamed, times, from, to));
        return graph.result();
    }

    /**
     * The different sequences of activities.
     *
     * @return the variants, most frequent first; costs one pass
     */
    public VariantCounts variants() {
        Variants variants = Variants.TYPE.create();
        int[] numbers = names.stream().mapToInt(variants::activity).toArray();
        int[] renamed =
                Arrays.stream(activities).map(activity -> numbers[activity]).toArray();
        forEachCase((same, times, from, to) -> variants.add(renamed, from, to));
        return variants.result();
    }

    /**
     * How long cases took from their first event to their last.
     *
     * @return durations in milliseconds, one for each case
     */
    public SampleQuantiles caseDurations() {
        CountedValues durations = CountedValues.TYPE.create();
        forEachCase((same, times, from, to) -> durations.add(times[to - 1] - times[from]));
        return durations.result();
    }

    /**
     * How long it took from one activity to the next, where one directly followed the other. The graph has mean and extremes
     * of every edge; this is for the quantiles of one.
     *
     * @param from the earlier activity
     * @param to the activity that directly followed
     * @return durations in milliseconds, one for each passage; empty if there was none
     */
    public SampleQuantiles edgeDurations(String from, String to) {
        int earlier = names.indexOf(from);
        int later = names.indexOf(to);
        CountedValues durations = CountedValues.TYPE.create();
        forEachCase((numbers, times, start, end) -> {
            for (int i = start + 1; i < end; i++) {
                if (numbers[i - 1] == earlier && numbers[i] == later) {
                    durations.add(times[i] - times[i - 1]);
                }
            }
        });
        return durations.result();
    }

    /** How many cases and events there are. */
    @Override
    public String toString() {
        return "EventLog[" + cases() + " cases, " + events() + " events]";
    }

    /** Collects events in any order. Not thread-safe. */
    public static final class Builder {
        private final NameTable names = new NameTable("activity");
        private long[] cases = new long[64];
        private int[] activities = new int[64];
        private long[] millis = new long[64];
        private int size;

        private Builder() {}

        /**
         * Numbers an activity.
         *
         * @param name the activity's name, 1 to 1,000 characters
         * @return its number in this log, from 0
         * @throws IllegalArgumentException if the name is empty, too long or no text
         */
        public int activity(String name) {
            return names.number(name);
        }

        /**
         * Adds an event.
         *
         * @param caseNumber the number of the case
         * @param activity what happened
         * @param at when, kept to the millisecond
         * @return this builder
         * @throws IllegalArgumentException if the name is empty, too long or no text
         */
        public Builder add(long caseNumber, String activity, Instant at) {
            return add(caseNumber, names.number(activity), at.toEpochMilli());
        }

        /**
         * Adds an event.
         *
         * @param caseNumber the number of the case
         * @param activity a number that {@link #activity} gave
         * @param atMillis when, in milliseconds since 1970
         * @return this builder
         * @throws IllegalArgumentException if the number is no activity's
         */
        public Builder add(long caseNumber, int activity, long atMillis) {
            names.require(activity);
            if (size == cases.length) {
                int larger = Math.multiplyExact(2, size);
                cases = Arrays.copyOf(cases, larger);
                activities = Arrays.copyOf(activities, larger);
                millis = Arrays.copyOf(millis, larger);
            }
            cases[size] = caseNumber;
            activities[size] = activity;
            millis[size++] = atMillis;
            return this;
        }

        /**
         * Sorts the events into traces.
         *
         * @return the log
         * @throws ArithmeticException if the first and the last event of a case are further apart than 64 bits can say
         */
        public EventLog build() {
            int[] order = IndexSort.sorted(size, (i, j) -> {
                int byCase = Long.compare(cases[i], cases[j]);
                return byCase != 0 ? byCase : Long.compare(millis[i], millis[j]);
            });
            int[] sortedActivities = new int[size];
            long[] sortedMillis = new long[size];
            int[] starts = new int[size + 1];
            int count = 0;
            for (int i = 0; i < size; i++) {
                sortedActivities[i] = activities[order[i]];
                sortedMillis[i] = millis[order[i]];
                if (i == 0 || cases[order[i]] != cases[order[i - 1]]) {
                    starts[count++] = i;
                }
                Math.subtractExact(sortedMillis[i], sortedMillis[starts[count - 1]]);
            }
            starts[count] = size;
            return new EventLog(names.names(), sortedActivities, sortedMillis, Arrays.copyOf(starts, count + 1));
        }
    }
}
