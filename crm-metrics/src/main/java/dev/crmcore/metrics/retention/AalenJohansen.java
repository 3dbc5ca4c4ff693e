package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * The Aalen&ndash;Johansen estimate of competing risks: which share has had which of several exclusive events by a time, such
 * as opportunities won and lost. One minus a Kaplan&ndash;Meier curve that censors the other events says too much: it answers
 * what would be if the other events did not exist.
 *
 * <pre>{@code
 * AalenJohansen deals = AalenJohansen.ofCauses(2).create();      // 1 won, 2 lost
 * deals.add(30, 1);
 * deals.add(45, 2);
 * deals.add(60, 0);                                              // still open
 * deals.result().incidenceAt(1, 50);                             // share won within 50 days
 * }</pre>
 *
 * <p>Events come before censorings of the same time. Cost: n subjects in columns are sorted by digits, O(n).
 *
 * <p>Byte form, version 1: u16 causes, then columns of entries later than 0, of censorings and of each cause; each is i32
 * times, and for each in ascending order f64 time and i64 subjects.
 *
 * <p>Mutable, not thread-safe.
 */
public final class AalenJohansen implements Accumulator<CompetingTime, AalenJohansen, CumulativeIncidence> {

    /** What the curves mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("cumulative-incidence", 1)
            .name("Cumulative incidence of competing risks")
            .kind(KpiKind.KEYED)
            .unit("share of subjects, 0 to 1")
            .formula("F_k(t) = sum over event times up to t of S(before) * events of cause k / subjects at risk,"
                    + " S the Kaplan-Meier curve of all causes together")
            .variant(
                    "keyed by time; events before censorings of the same time; at risk from after the entry to the end")
            .emptyRule("undefined without a subject, and after the last time if somebody was left")
            .source("Aalen and Johansen 1978; variance of Greenwood's type, interval on the log-log scale")
            .build();

    /** The most causes that can be told apart. */
    public static final int MOST_CAUSES = 1000;

    private static final int FORMAT = 1;

    private final int causes;
    private final TimeTally tally;

    private AalenJohansen(int causes, TimeTally tally) {
        this.causes = causes;
        this.tally = tally;
    }

    /**
     * The KPI for a number of exclusive events.
     *
     * @param causes how many events there are, 1 to {@link #MOST_CAUSES}; they are numbered from 1
     * @return how to begin, resume and collect
     * @throws IllegalArgumentException if the number is out of range
     */
    public static AccumulatorType<CompetingTime, AalenJohansen, CumulativeIncidence> ofCauses(int causes) {
        if (causes < 1 || causes > MOST_CAUSES) {
            throw new IllegalArgumentException("causes must be 1 to " + MOST_CAUSES + ", not " + causes);
        }
        return AccumulatorType.of(
                DEFINITION,
                () -> new AalenJohansen(causes, new TimeTally(causes + 1)),
                bytes -> fromBytes(bytes, causes));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there is no such cause
     */
    @Override
    public void add(CompetingTime subject) {
        requireCause(subject.cause());
        tally.add(subject.entry(), subject.time(), subject.cause());
    }

    /**
     * Counts one subject observed from the start.
     *
     * @param time when the observation ended, finite and not negative
     * @param cause the number of the event, from 1; 0 if the subject was censored
     * @throws IllegalArgumentException if the time is out of range or there is no such cause
     */
    public void add(double time, int cause) {
        SurvivalTime.require(0, time);
        requireCause(cause);
        tally.add(0, time, cause);
    }

    /**
     * Counts a run of subjects observed from the start: all of them, or none if a time or a cause is out of range.
     *
     * @param times when the observations ended, finite and not negative
     * @param causesOfEnd the numbers of the events, from 1; 0 where censored
     * @param from the index of the first subject
     * @param to the index after the last subject
     * @throws IllegalArgumentException if a time or a cause is out of range
     * @throws IndexOutOfBoundsException if the range is not within both arrays
     */
    public void add(double[] times, int[] causesOfEnd, int from, int to) {
        Objects.checkFromToIndex(from, to, Math.min(times.length, causesOfEnd.length));
        for (int i = from; i < to; i++) {
            SurvivalTime.require(0, times[i]);
            requireCause(causesOfEnd[i]);
        }
        tally.expect(to - from);
        for (int i = from; i < to; i++) {
            tally.add(0, times[i], causesOfEnd[i]);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the other one has another number of causes
     * @throws ArithmeticException if a count exceeds 64 bits; nothing was counted then
     */
    @Override
    public void merge(AalenJohansen other) {
        if (causes != other.causes) {
            throw new IllegalArgumentException(
                    causes + " competing risks do not merge with " + other.causes + " competing risks");
        }
        tally.merge(other.tally);
    }

    @Override
    public CumulativeIncidence result() {
        return new CumulativeIncidence(causes, tally.table());
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT).putShort(causes);
        tally.write(writer);
        return writer.toBytes();
    }

    private void requireCause(int cause) {
        if (cause < 0 || cause > causes) {
            throw new IllegalArgumentException("cause must be 0 to " + causes + ", not " + cause);
        }
    }

    private static AalenJohansen fromBytes(byte[] bytes, int causes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        int found = reader.getShort();
        if (found != causes) {
            throw reader.malformed(found + " causes where " + causes + " are expected");
        }
        AalenJohansen read = new AalenJohansen(causes, TimeTally.read(reader, causes + 1));
        reader.end();
        return read;
    }
}
