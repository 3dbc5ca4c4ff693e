package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.CountedValues;
import dev.crmcore.metrics.internal.EventTimes;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import dev.crmcore.metrics.journey.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Counts how far units get in a {@link Funnel}. A unit counts once, with its best attempt: the furthest one over all its first
 * steps, and among equals the earliest.
 *
 * <p>Byte form, version 1: the order's name, i32 steps, their names, u64 window in milliseconds (2&#8310;&#179; - 1 for none),
 * u64 units; for each step u64 units that reached it and, in a frame of its own with its i32 length, the times to it.
 *
 * <p>Mutable, not thread-safe. State: 16 bytes for each distinct time to each step.
 */
public final class FunnelCounts implements Accumulator<Trace, FunnelCounts, FunnelResult> {

    private static final int FORMAT = 1;

    private final Funnel funnel;
    private final List<String> events;
    private final FunnelAttempt attempt;
    private final long[] reached;
    private final List<CountedValues> times = new ArrayList<>();
    private long units;

    FunnelCounts(Funnel funnel) {
        this.funnel = funnel;
        this.events = funnel.steps().stream().distinct().toList();
        this.attempt = new FunnelAttempt(
                funnel.order(),
                funnel.window(),
                funnel.steps().stream().mapToInt(events::indexOf).toArray());
        this.reached = new long[funnel.steps().size()];
        for (int step = 0; step < reached.length; step++) {
            times.add(CountedValues.TYPE.create());
        }
    }

    /**
     * The number of an activity in this funnel.
     *
     * @param activity an activity's name
     * @return its number, or -1 if it is no step
     */
    public int event(String activity) {
        return events.indexOf(Objects.requireNonNull(activity, "activity"));
    }

    @Override
    public void add(Trace trace) {
        int[] numbers = trace.activities().stream().mapToInt(events::indexOf).toArray();
        add(numbers, trace.millis(), 0, numbers.length);
    }

    /**
     * Counts one unit.
     *
     * @param activities numbers that {@link #event} gave for everything the unit did, in order
     * @param millis when, in milliseconds since 1970, never before the one before
     * @param from the index of the first event
     * @param to the index after the last event
     * @throws IllegalArgumentException if there is no event, a number is none of this funnel's, or the times go back
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     * @throws ArithmeticException if first and last event are further apart than 64 bits of milliseconds
     */
    public void add(int[] activities, long[] millis, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(activities.length, millis.length));
        if (from == to) {
            throw new IllegalArgumentException("a unit must have at least one event");
        }
        for (int i = from; i < to; i++) {
            if (activities[i] < -1 || activities[i] >= events.size()) {
                throw new IllegalArgumentException(
                        "activity must be -1 to below " + events.size() + ", not " + activities[i]);
            }
        }
        EventTimes.requireOrder(millis, from, to);
        units++;
        int level = attempt.best(activities, millis, from, to);
        for (int step = 0; step < level; step++) {
            reached[step]++;
            times.get(step).add(attempt.time(step));
        }
    }

    @Override
    public void merge(FunnelCounts other) {
        if (!funnel.isSameAs(other.funnel)) {
            throw new IllegalArgumentException(funnel + " does not merge with " + other.funnel);
        }
        // No step was reached by more units than there are
        units = Math.addExact(units, other.units);
        for (int step = 0; step < reached.length; step++) {
            reached[step] += other.reached[step];
            times.get(step).merge(other.times.get(step));
        }
    }

    @Override
    public FunnelResult result() {
        return new FunnelResult(
                funnel.steps(),
                units,
                reached.clone(),
                times.stream().map(CountedValues::result).toList());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(funnel.order().definition().id(), FORMAT).putInt(reached.length);
        funnel.steps().forEach(writer::putString);
        writer.putLong(funnel.window()).putLong(units);
        for (int step = 0; step < reached.length; step++) {
            writer.putLong(reached[step]).putBytes(times.get(step).toBytes());
        }
        return writer.toBytes();
    }

    static FunnelCounts fromBytes(byte[] bytes, Funnel funnel) {
        StateReader reader = StateReader.open(bytes, funnel.order().definition().id(), FORMAT);
        String[] steps = new String[reader.getSize(Short.BYTES)];
        Arrays.setAll(steps, i -> reader.getString());
        long window = reader.getLong();
        if (!List.of(steps).equals(funnel.steps()) || window != funnel.window()) {
            throw reader.malformed("steps " + String.join(" > ", steps) + " within " + window + " ms");
        }
        FunnelCounts read = new FunnelCounts(funnel);
        read.units = reader.getCount();
        for (int step = 0; step < read.reached.length; step++) {
            read.reached[step] = reader.getCount();
            read.times.set(step, CountedValues.TYPE.fromBytes(reader.getBytes()));
            long before = step == 0 ? read.units : read.reached[step - 1];
            if (read.reached[step] > before || read.times.get(step).result().n() != read.reached[step]) {
                throw reader.malformed("step " + step + " reached by " + read.reached[step] + " of " + before);
            }
        }
        reader.end();
        return read;
    }
}
