package dev.crmcore.metrics.journey;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.EventTimes;
import dev.crmcore.metrics.internal.LongTable;
import dev.crmcore.metrics.internal.NameTable;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Counts which activity directly followed which, and how long it took.
 *
 * <p>Byte form, version 1: u64 cases, u64 cases with rework; i32 activities, their names; for each u64 cases that began and
 * cases that ended with it; i32 edges; for each i32 from, i32 to, u64 shortest and u64 longest time in milliseconds, u64 passages,
 * u64 sum of the times, and the sum of their squares in 128 bits.
 *
 * <p>Mutable, not thread-safe. State: for each activity 16 bytes, for each edge that occurs about 100. Adding allocates nothing
 * for known activities and edges.
 */
public final class DirectlyFollows implements Accumulator<Trace, DirectlyFollows, DirectlyFollowsGraph> {

    /** What is counted. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("directly-follows-graph", 1)
            .name("Directly-follows graph")
            .kind(KpiKind.MERGEABLE)
            .unit("passages, and milliseconds between two activities")
            .formula(
                    "for each pair of activities how often the second came directly after the first in a case, and the mean, "
                            + "shortest and longest time between; share = passages / all passages from the first")
            .variant("events of one instant in the order of the source; the end of a case is no passage")
            .emptyRule("no edge")
            .source("van der Aalst, Process Mining, 2016")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Trace, DirectlyFollows, DirectlyFollowsGraph> TYPE =
            AccumulatorType.of(DEFINITION, DirectlyFollows::new, DirectlyFollows::fromBytes);

    private static final int FORMAT = 1;
    private static final int ENTRY_BYTES = 2 * Integer.BYTES + 6 * Long.BYTES;

    private NameTable names = new NameTable("activity");
    private long[] starts = new long[8];
    private long[] ends = new long[8];
    private int[] lastSeen = new int[8];
    private int round;
    private final LongTable edgeNumbers = new LongTable();
    private final List<EdgeTimes> edges = new ArrayList<>();
    private long cases;
    private long reworked;
    private long passages;
    private long allMillis;

    private DirectlyFollows() {}

    /**
     * Numbers an activity.
     *
     * @param name the activity's name, 1 to 1,000 characters
     * @return its number in this accumulator, from 0
     * @throws IllegalArgumentException if the name is empty, too long or no text
     */
    public int activity(String name) {
        int number = names.number(name);
        if (number >= starts.length) {
            grow(2 * number);
        }
        return number;
    }

    private void grow(int length) {
        starts = Arrays.copyOf(starts, length);
        ends = Arrays.copyOf(ends, length);
        lastSeen = Arrays.copyOf(lastSeen, length);
    }

    @Override
    public void add(Trace trace) {
        int[] numbers = trace.activities().stream().mapToInt(this::activity).toArray();
        add(numbers, trace.millis(), 0, numbers.length);
    }

    /**
     * Counts one case.
     *
     * @param activities numbers that {@link #activity} gave, in order
     * @param millis when each happened, in milliseconds since 1970, never before the one before
     * @param from the index of the first event
     * @param to the index after the last event
     * @throws IllegalArgumentException if there is no event, a number is no activity's, or the times go back
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     * @throws ArithmeticException if the case lasts longer than 64 bits of milliseconds
     */
    public void add(int[] activities, long[] millis, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(activities.length, millis.length));
        if (from == to) {
            throw new IllegalArgumentException("a case must have at least one event");
        }
        for (int i = from; i < to; i++) {
            names.require(activities[i]);
        }
        EventTimes.requireOrder(millis, from, to);
        requireRoom(to - from - 1L, millis[to - 1] - millis[from]);
        count(1, to - from - 1L, millis[to - 1] - millis[from]);
        starts[activities[from]]++;
        ends[activities[to - 1]]++;
        for (int i = from + 1; i < to; i++) {
            edge(activities[i - 1], activities[i]).add(millis[i] - millis[i - 1]);
        }
        reworked += hasRework(activities, from, to) ? 1 : 0;
    }

    private boolean hasRework(int[] activities, int from, int to) {
        if (++round == Integer.MAX_VALUE) {
            Arrays.fill(lastSeen, 0);
            round = 1;
        }
        boolean again = false;
        for (int i = from; i < to; i++) {
            again |= lastSeen[activities[i]] == round;
            lastSeen[activities[i]] = round;
        }
        return again;
    }

    private EdgeTimes edge(int from, int to) {
        long key = (long) from << 32 | to;
        int known = (int) edgeNumbers.get(key);
        if (known > 0) {
            return edges.get(known - 1);
        }
        EdgeTimes edge = new EdgeTimes(from, to);
        edges.add(edge);
        edgeNumbers.put(key, edges.size());
        return edge;
    }

    @Override
    public void merge(DirectlyFollows other) {
        Math.addExact(cases, other.cases);
        requireRoom(other.passages, other.allMillis);
        count(other.cases, other.passages, other.allMillis);
        int[] here = new int[other.names.size()];
        for (int i = 0; i < here.length; i++) {
            here[i] = activity(other.names.name(i));
            starts[here[i]] += other.starts[i];
            ends[here[i]] += other.ends[i];
        }
        for (int i = 0; i < other.edges.size(); i++) {
            EdgeTimes edge = other.edges.get(i);
            edge(here[edge.from()], here[edge.to()]).add(edge);
        }
        reworked += other.reworked;
    }

    /** No time is negative: if all passages and times fit into 64 bits, those of every edge do, and their squares into 128. */
    private void requireRoom(long morePassages, long moreMillis) {
        Math.addExact(passages, morePassages);
        Math.addExact(allMillis, moreMillis);
    }

    private void count(long moreCases, long morePassages, long moreMillis) {
        cases += moreCases;
        passages += morePassages;
        allMillis += moreMillis;
    }

    @Override
    public DirectlyFollowsGraph result() {
        return DirectlyFollowsGraph.of(names, starts, ends, edges, cases, reworked);
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer =
                new StateWriter(DEFINITION.id(), FORMAT).putLong(cases).putLong(reworked);
        names.write(writer);
        for (int i = 0; i < names.size(); i++) {
            writer.putLong(starts[i]).putLong(ends[i]);
        }
        writer.putInt(edges.size());
        edges.forEach(edge -> edge.write(writer));
        return writer.toBytes();
    }

    private static DirectlyFollows fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        DirectlyFollows read = new DirectlyFollows();
        read.cases = reader.getCount();
        read.reworked = reader.getCount();
        read.names = NameTable.read("activity", reader);
        read.grow(Math.max(8, read.names.size()));
        long began = 0;
        long ended = 0;
        for (int i = 0; i < read.names.size(); i++) {
            read.starts[i] = reader.getCount();
            read.ends[i] = reader.getCount();
            began = Math.addExact(began, read.starts[i]);
            ended = Math.addExact(ended, read.ends[i]);
        }
        if (began != read.cases || ended != read.cases || read.reworked > read.cases) {
            throw reader.malformed(read.cases + " cases of which " + began + " began and " + ended + " ended");
        }
        for (int left = reader.getSize(ENTRY_BYTES); left > 0; left--) {
            read.add(EdgeTimes.read(reader, read.names.size()), reader);
        }
        reader.end();
        return read;
    }

    private void add(EdgeTimes edge, StateReader reader) {
        long key = (long) edge.from() << 32 | edge.to();
        if (edgeNumbers.get(key) != 0) {
            throw reader.malformed("an edge that is there twice");
        }
        requireRoom(edge.passages(), edge.sum());
        count(0, edge.passages(), edge.sum());
        edges.add(edge);
        edgeNumbers.put(key, edges.size());
    }
}
