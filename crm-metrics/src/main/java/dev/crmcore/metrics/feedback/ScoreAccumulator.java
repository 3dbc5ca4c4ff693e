package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers of one scale: the state of every score that is made of single answers.
 *
 * <p>There are two doors. {@code add} is for answers that were checked: anything off the scale is an
 * {@link IllegalArgumentException} and counts nothing. {@code offer} is for raw answers: what does not belong to the scale is
 * counted by its {@link AnswerState} and stays out of every denominator. All counts are exact whole numbers.
 *
 * <p>Byte form, version 1: the scale (text id; i32 lowest, highest, top box, bottom box; u8 1 if higher is better), one u64 for
 * each step of the scale from the lowest, then one u64 each for BLANK, NOT_A_NUMBER, NOT_WHOLE and OUT_OF_RANGE.
 *
 * <p>Mutable, not thread-safe. Adding costs constant time and allocates nothing per answer.
 *
 * @param <A> the accumulator itself
 * @param <R> the score
 */
public abstract sealed class ScoreAccumulator<A extends ScoreAccumulator<A, R>, R> implements Accumulator<Integer, A, R>
        permits Nps, Csat, Ces {

    private static final int FORMAT = 1;
    private static final int LANES = 4;

    private final String kpi;
    private final RatingScale scale;
    private final long[] counts;
    private final long[] rejected = new long[AnswerState.values().length];

    ScoreAccumulator(String kpi, RatingScale scale) {
        this.kpi = kpi;
        this.scale = Objects.requireNonNull(scale, "scale");
        this.counts = new long[scale.steps()];
    }

    /**
     * The scale that the answers are on.
     *
     * @return the scale
     */
    public final RatingScale scale() {
        return scale;
    }

    /**
     * Counts one answer.
     *
     * @param answer an answer on the scale
     * @throws IllegalArgumentException if it is not on the scale
     */
    public final void add(int answer) {
        counts[step(answer)]++;
    }

    @Override
    public final void add(Integer answer) {
        add(answer.intValue());
    }

    /**
     * Counts the same answer many times, as a store's group-by delivers it.
     *
     * @param answer an answer on the scale
     * @param times how often it was given, not negative
     * @throws IllegalArgumentException if the answer is not on the scale or {@code times} is negative
     * @throws ArithmeticException if the count overflows
     */
    public final void add(int answer, long times) {
        if (times < 0) {
            throw new IllegalArgumentException("times must not be negative, not " + times);
        }
        int step = step(answer);
        counts[step] = Math.addExact(counts[step], times);
    }

    /**
     * Counts a run of answers: all of them, or none if one is not on the scale.
     *
     * @param answers the answers
     * @param from the index of the first one
     * @param to the index after the last one
     * @throws IllegalArgumentException if an answer is not on the scale; the message names its index
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public final void add(int[] answers, int from, int to) {
        Objects.checkFromToIndex(from, to, answers.length);
        // Four tables, so that equal neighbours do not wait for each other's store
        int[][] lanes = new int[LANES][scale.steps()];
        int[] first = lanes[0];
        int[] second = lanes[1];
        int[] third = lanes[2];
        int[] fourth = lanes[3];
        int lowest = scale.lowest();
        int i = from;
        try {
            for (int end = to - (LANES - 1); i < end; i += LANES) {
                first[answers[i] - lowest]++;
                second[answers[i + 1] - lowest]++;
                third[answers[i + 2] - lowest]++;
                fourth[answers[i + 3] - lowest]++;
            }
            for (; i < to; i++) {
                first[answers[i] - lowest]++;
            }
        } catch (ArrayIndexOutOfBoundsException offScale) {
            throw offScale(answers, i, to);
        }
        addLanes(lanes);
    }

    /**
     * Counts a run of answers: all of them, or none if one is not on the scale.
     *
     * @param answers the answers
     * @param from the index of the first one
     * @param to the index after the last one
     * @throws IllegalArgumentException if an answer is not on the scale; the message names its index
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public final void add(byte[] answers, int from, int to) {
        Objects.checkFromToIndex(from, to, answers.length);
        // 256 cells take any byte, so that the loop has nothing to check
        int[] even = new int[256];
        int[] odd = new int[256];
        int i = from;
        for (; i < to - 1; i += 2) {
            even[answers[i] & 0xFF]++;
            odd[answers[i + 1] & 0xFF]++;
        }
        if (i < to) {
            even[answers[i] & 0xFF]++;
        }
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            if (even[b & 0xFF] + odd[b & 0xFF] > 0 && !scale.contains(b)) {
                throw offScale("answers", b);
            }
        }
        for (int b = Math.max(Byte.MIN_VALUE, scale.lowest()); b <= Math.min(Byte.MAX_VALUE, scale.highest()); b++) {
            counts[b - scale.lowest()] += (long) even[b & 0xFF] + odd[b & 0xFF];
        }
    }

    /**
     * Counts a raw answer, or that it was not a valid one.
     *
     * @param raw the answer as it came, or null if there was none
     * @return what became of it
     */
    public final AnswerState offer(@Nullable CharSequence raw) {
        return count(scale.check(raw));
    }

    /**
     * Counts a numeric raw answer, or that it was not a valid one.
     *
     * @param raw the answer
     * @return what became of it
     */
    public final AnswerState offer(double raw) {
        return count(scale.check(raw));
    }

    @Override
    public final void merge(A other) {
        ScoreAccumulator<A, R> that = other;
        if (!scale.equals(that.scale)) {
            throw new IllegalArgumentException("answers on " + scale + " do not mix with answers on " + that.scale);
        }
        long[] sum = sum(counts, that.counts);
        long[] rejectedSum = sum(rejected, that.rejected);
        System.arraycopy(sum, 0, counts, 0, sum.length);
        System.arraycopy(rejectedSum, 0, rejected, 0, rejectedSum.length);
    }

    @Override
    public final byte[] toBytes() {
        StateWriter writer = new StateWriter(kpi, FORMAT);
        scale.write(writer);
        for (long count : counts) {
            writer.putLong(count);
        }
        for (int state = 1; state < rejected.length; state++) {
            writer.putLong(rejected[state]);
        }
        return writer.toBytes();
    }

    /**
     * The answers so far.
     *
     * @return how often each answer was given, immutable
     */
    public final AnswerDistribution answers() {
        return new AnswerDistribution(scale, counts.clone(), rejected.clone());
    }

    /** Fills this fresh accumulator from its byte form. */
    final void read(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, kpi, FORMAT);
        RatingScale found = RatingScale.read(reader);
        if (!found.equals(scale)) {
            throw reader.malformed("answers on another scale, " + found + ", than " + scale);
        }
        for (int step = 0; step < counts.length; step++) {
            counts[step] = reader.getCount();
        }
        for (int state = 1; state < rejected.length; state++) {
            rejected[state] = reader.getCount();
        }
        reader.end();
    }

    private AnswerState count(CheckedAnswer checked) {
        if (checked.isValid()) {
            add(checked.value());
        } else {
            rejected[checked.state().position()]++;
        }
        return checked.state();
    }

    private int step(int answer) {
        if (!scale.contains(answer)) {
            throw offScale("answer", answer);
        }
        return answer - scale.lowest();
    }

    private void addLanes(int[][] lanes) {
        for (int[] lane : lanes) {
            for (int step = 0; step < lane.length; step++) {
                counts[step] += lane[step];
            }
        }
    }

    private IllegalArgumentException offScale(int[] answers, int near, int to) {
        int i = near;
        while (i < to - 1 && scale.contains(answers[i])) {
            i++;
        }
        return offScale("answers[" + i + "]", answers[i]);
    }

    private IllegalArgumentException offScale(String name, int answer) {
        return new IllegalArgumentException(name + " must be on the scale " + scale + ", not " + answer);
    }

    private static long[] sum(long[] left, long[] right) {
        long[] sum = new long[left.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.addExact(left[i], right[i]);
        }
        return sum;
    }
}
