package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.NameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened, what directly followed what, how often and after how long.
 *
 * <p>Immutable and thread-safe.
 */
public final class DirectlyFollowsGraph {

    private final List<Activity> activities;
    private final List<Edge> edges;
    private final long cases;
    private final long reworked;

    private DirectlyFollowsGraph(List<Activity> activities, List<Edge> edges, long cases, long reworked) {
        this.activities = activities;
        this.edges = edges;
        this.cases = cases;
        this.reworked = reworked;
    }

    /**
     * An activity.
     *
     * @param name its name
     * @param events how often it happened
     * @param starts how many cases began with it
     * @param ends how many cases ended with it
     */
    public record Activity(String name, long events, long starts, long ends) {
        /**
         * An activity.
         *
         * @param name its name
         * @param events how often it happened
         * @param starts how many cases began with it
         * @param ends how many cases ended with it
         */
        public Activity {}
    }

    /**
     * An activity that directly followed another.
     *
     * @param from the earlier activity
     * @param to the later activity
     * @param passages how often, of all passages from the earlier activity; its estimate has the Wilson interval
     * @param millis the time between, in milliseconds; its estimate has the t interval of the mean
     * @param shortest the shortest time between, in milliseconds
     * @param longest the longest time between, in milliseconds
     */
    public record Edge(String from, String to, Proportion passages, SampleMean millis, long shortest, long longest) {
        /**
         * An edge.
         *
         * @param from the earlier activity
         * @param to the later activity
         * @param passages how often, of all passages from the earlier activity
         * @param millis the time between
         * @param shortest the shortest time between
         * @param longest the longest time between
         */
        public Edge {}
    }

    static DirectlyFollowsGraph of(
            NameTable names, long[] starts, long[] ends, List<EdgeTimes> times, long cases, long reworked) {
        int[] ranks = names.ranks();
        long[] leaving = new long[ranks.length];
        for (EdgeTimes edge : times) {
            leaving[edge.from()] = Math.addExact(leaving[edge.from()], edge.passages());
        }
        Activity[] activities = new Activity[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            // Every event is left by an edge or ends its case
            activities[ranks[i]] = new Activity(names.name(i), Math.addExact(leaving[i], ends[i]), starts[i], ends[i]);
        }
        List<Edge> edges = new ArrayList<>();
        times.stream()
                .sorted(Comparator.<EdgeTimes>comparingInt(edge -> ranks[edge.from()])
                        .thenComparingInt(edge -> ranks[edge.to()]))
                .forEach(edge -> edges.add(new Edge(
                        names.name(edge.from()),
                        names.name(edge.to()),
                        Proportion.of(edge.passages(), leaving[edge.from()]),
                        edge.moments(),
                        edge.shortest(),
                        edge.longest())));
        return new DirectlyFollowsGraph(
                Arrays.stream(activities)
                        .filter(activity -> activity.events() > 0)
                        .toList(),
                List.copyOf(edges),
                cases,
                reworked);
    }

    /**
     * The activities.
     *
     * @return activities that happened, by name; not modifiable
     */
    public List<Activity> activities() {
        return activities;
    }

    /**
     * The edges.
     *
     * @return edges that occur, by the names of the earlier and of the later activity; not modifiable
     */
    public List<Edge> edges() {
        return edges;
    }

    /**
     * One edge.
     *
     * @param from the earlier activity
     * @param to the later activity
     * @return the edge, or empty if the one never directly followed the other
     */
    public Optional<Edge> edge(String from, String to) {
        return edges.stream()
                .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
                .findFirst();
    }

    /**
     * How many cases there are.
     *
     * @return the number of cases, not negative
     */
    public long cases() {
        return cases;
    }

    /**
     * Cases in which an activity happened more than once.
     *
     * @return those cases, of all; its estimate has the Wilson interval
     */
    public Proportion rework() {
        return Proportion.of(reworked, cases);
    }

    /**
     * How often an activity directly followed itself.
     *
     * @return the number of such passages, not negative
     */
    public long selfLoops() {
        return edges.stream()
                .filter(edge -> edge.from().equals(edge.to()))
                .mapToLong(edge -> edge.passages().successes())
                .sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DirectlyFollowsGraph that
                && activities.equals(that.activities)
                && edges.equals(that.edges)
                && cases == that.cases
                && reworked == that.reworked;
    }

    @Override
    public int hashCode() {
        return Objects.hash(activities, edges, cases, reworked);
    }

    /** How many activities, edges and cases there are. */
    @Override
    public String toString() {
        return "DirectlyFollowsGraph[" + activities.size() + " activities, " + edges.size() + " edges, " + cases
                + " cases]";
    }
}
