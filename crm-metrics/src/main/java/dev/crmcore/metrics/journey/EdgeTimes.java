package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.LongMoments;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;

/** Counts the passages over one edge and their times. Not thread-safe. */
final class EdgeTimes {

    private final int from;
    private final int to;
    private final LongMoments millis;
    private long shortest = Long.MAX_VALUE;
    private long longest;

    EdgeTimes(int from, int to) {
        this(from, to, new LongMoments());
    }

    private EdgeTimes(int from, int to, LongMoments millis) {
        this.from = from;
        this.to = to;
        this.millis = millis;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    long passages() {
        return millis.n();
    }

    long sum() {
        return millis.sum();
    }

    SampleMean moments() {
        return millis.mean();
    }

    long shortest() {
        return shortest;
    }

    long longest() {
        return longest;
    }

    void add(long time) {
        millis.add(time);
        shortest = Math.min(shortest, time);
        longest = Math.max(longest, time);
    }

    void add(EdgeTimes other) {
        millis.add(other.millis);
        shortest = Math.min(shortest, other.shortest);
        longest = Math.max(longest, other.longest);
    }

    void write(StateWriter writer) {
        writer.putInt(from).putInt(to).putLong(shortest).putLong(longest);
        millis.write(writer);
    }

    static EdgeTimes read(StateReader reader, int activities) {
        int from = reader.getInt();
        int to = reader.getInt();
        if (from < 0 || from >= activities || to < 0 || to >= activities) {
            throw reader.malformed("an edge from " + from + " to " + to + " of " + activities + " activities");
        }
        long shortest = reader.getCount();
        long longest = reader.getCount();
        EdgeTimes edge = new EdgeTimes(from, to, LongMoments.read(reader));
        edge.shortest = shortest;
        edge.longest = longest;
        if (edge.passages() == 0 || edge.sum() < 0 || shortest > longest) {
            throw reader.malformed("an edge with " + edge.passages() + " passages in " + edge.sum() + " ms");
        }
        return edge;
    }
}
