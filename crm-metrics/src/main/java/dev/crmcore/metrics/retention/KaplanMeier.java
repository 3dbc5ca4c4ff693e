package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * The Kaplan&ndash;Meier curve: which share is still without the event after a time, also where many have not been observed
 * to the end. The state is how many subjects had the event, were censored or came in late at each time, so it merges and
 * grows with the different times, not with the subjects.
 *
 * <pre>{@code
 * KaplanMeier days = KaplanMeier.TYPE.create();
 * days.add(31, true);                    // cancelled on day 31
 * days.add(90, false);                   // still there on day 90, when the data ends
 * SurvivalCurve curve = days.result();
 * curve.survivalAt(60);                  // 0.5, with its interval
 * curve.median();
 * }</pre>
 *
 * <p>Events come before censorings of the same time. Cost: n subjects in columns are sorted by digits, O(n).
 *
 * <p>Byte form, version 1: three columns, of entries later than 0, of censorings and of events; each is i32 times, and for
 * each in ascending order f64 time and i64 subjects.
 *
 * <p>Mutable, not thread-safe.
 */
public final class KaplanMeier implements Accumulator<SurvivalTime, KaplanMeier, SurvivalCurve> {

    /** What the curve means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("kaplan-meier", 1)
            .name("Kaplan-Meier survival curve")
            .kind(KpiKind.KEYED)
            .unit("share of subjects, 0 to 1")
            .formula("S(t) = product over event times up to t of 1 - events / subjects at risk")
            .variant(
                    "keyed by time; events before censorings of the same time; at risk from after the entry to the end")
            .emptyRule("undefined without a subject, and after the last time if somebody was left")
            .source("Kaplan and Meier 1958; interval: Greenwood 1926, on the log-log scale")
            .build();

    /** The KPI as an accumulator. */
    public static final AccumulatorType<SurvivalTime, KaplanMeier, SurvivalCurve> TYPE =
            AccumulatorType.of(DEFINITION, () -> new KaplanMeier(new TimeTally(2)), KaplanMeier::fromBytes);

    private static final int FORMAT = 1;

    private final TimeTally tally;

    private KaplanMeier(TimeTally tally) {
        this.tally = tally;
    }

    /**
     * The curve of some subjects.
     *
     * @param times their survival times
     * @return the curve
     */
    public static SurvivalCurve curve(SurvivalTimes times) {
        KaplanMeier curve = TYPE.create();
        curve.tally.expect(times.size());
        for (int i = 0; i < times.size(); i++) {
            curve.tally.add(times.entry(i), times.time(i), times.event(i) ? 1 : 0);
        }
        return curve.result();
    }

    @Override
    public void add(SurvivalTime subject) {
        tally.add(subject.entry(), subject.time(), subject.event() ? 1 : 0);
    }

    /**
     * Counts one subject observed from the start.
     *
     * @param time when the observation ended, finite and not negative
     * @param event whether it ended with the event
     * @throws IllegalArgumentException if the time is out of range
     */
    public void add(double time, boolean event) {
        SurvivalTime.require(0, time);
        tally.add(0, time, event ? 1 : 0);
    }

    /**
     * Counts a run of subjects observed from the start: all of them, or none if a time is out of range.
     *
     * @param times when the observations ended, finite and not negative
     * @param events whether they ended with the event
     * @param from the index of the first subject
     * @param to the index after the last subject
     * @throws IllegalArgumentException if a time is out of range
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void add(double[] times, boolean[] events, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(times.length, events.length));
        for (int i = from; i < to; i++) {
            SurvivalTime.require(0, times[i]);
        }
        tally.expect(to - from);
        for (int i = from; i < to; i++) {
            tally.add(0, times[i], events[i] ? 1 : 0);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArithmeticException if a count exceeds 64 bits; nothing was counted then
     */
    @Override
    public void merge(KaplanMeier other) {
        tally.merge(other.tally);
    }

    @Override
    public SurvivalCurve result() {
        return new SurvivalCurve(tally.table());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT);
        tally.write(writer);
        return writer.toBytes();
    }

    private static KaplanMeier fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        KaplanMeier read = new KaplanMeier(TimeTally.read(reader, 2));
        reader.end();
        return read;
    }
}
