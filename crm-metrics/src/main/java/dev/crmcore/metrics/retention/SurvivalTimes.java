package dev.crmcore.metrics.retention;

/**
 * The survival times of many subjects in columns: how long each was observed and whether that ended with the event.
 *
 * <pre>{@code
 * SurvivalTimes times = SurvivalTimes.of(new double[] {5, 8, 8, 12}, new boolean[] {true, false, true, true});
 * SurvivalCurve curve = KaplanMeier.curve(times);
 * }</pre>
 *
 * <p>Immutable and thread-safe: the columns are copied.
 */
public final class SurvivalTimes {

    private static final double[] FROM_THE_START = {};

    private final double[] time;
    private final boolean[] event;
    /** Empty if all were observed from the start. */
    private final double[] entry;

    private SurvivalTimes(double[] time, boolean[] event, double[] entry) {
        this.time = time;
        this.event = event;
        this.entry = entry;
    }

    /**
     * Subjects observed from the start.
     *
     * @param time when each observation ended, finite and not negative
     * @param event whether it ended with the event
     * @return the times
     * @throws IllegalArgumentException if a time is out of range or the lengths differ
     */
    public static SurvivalTimes of(double[] time, boolean[] event) {
        requireLength(event.length, time.length, "event");
        double[] copy = time.clone();
        for (int i = 0; i < copy.length; i++) {
            SurvivalTime.require(0, copy[i]);
            // Adding zero makes minus zero plus zero
            copy[i] += 0.0;
        }
        return new SurvivalTimes(copy, event.clone(), FROM_THE_START);
    }

    /**
     * The same subjects, observed from a later moment on (left truncation, delayed entry).
     *
     * @param newEntry when each observation began: 0 or before its end
     * @return times with these entries
     * @throws IllegalArgumentException if an entry is out of range or there are not as many as subjects
     */
    public SurvivalTimes withEntry(double[] newEntry) {
        requireLength(newEntry.length, time.length, "entry");
        double[] copy = newEntry.clone();
        for (int i = 0; i < copy.length; i++) {
            SurvivalTime.require(copy[i], time[i]);
            copy[i] += 0.0;
        }
        return new SurvivalTimes(time, event, copy);
    }

    /**
     * How many subjects there are.
     *
     * @return the number, not negative
     */
    public int size() {
        return time.length;
    }

    /**
     * When a subject's observation began.
     *
     * @param i the subject, from 0
     * @return the entry, 0 if from the start
     * @throws IndexOutOfBoundsException if there is no such subject
     */
    public double entry(int i) {
        return entry.length == 0 ? time[i] * 0 : entry[i];
    }

    /**
     * When a subject's observation ended.
     *
     * @param i the subject, from 0
     * @return the time
     * @throws IndexOutOfBoundsException if there is no such subject
     */
    public double time(int i) {
        return time[i];
    }

    /**
     * Whether a subject's observation ended with the event.
     *
     * @param i the subject, from 0
     * @return false if it was censored
     * @throws IndexOutOfBoundsException if there is no such subject
     */
    public boolean event(int i) {
        return event[i];
    }

    /** Whether anybody was observed from later than the start. */
    boolean hasLateEntries() {
        return entry.length > 0;
    }

    /** The end of each observation; not to be changed. */
    double[] times() {
        return time;
    }

    /** Whether each ended with the event; not to be changed. */
    boolean[] events() {
        return event;
    }

    /** The beginning of each observation, if any came in late; not to be changed. */
    double[] entries() {
        return entry;
    }

    static void requireLength(int found, int expected, String column) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    column + " must have one entry for each of " + expected + " subjects, not " + found);
        }
    }

    /** How many subjects there are; no times, which may be personal data. */
    @Override
    public String toString() {
        return "survival times of " + time.length + " subjects";
    }
}
