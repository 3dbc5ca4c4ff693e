package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Proportion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of opportunities that reached a stage. {@link StageConversion} makes it.
 *
 * <p>Immutable and thread-safe.
 */
public final class StageRates {

    private static final int OPEN = 0;
    private static final int WON = 1;
    private static final int LOST = 2;

    private final List<String> stages;
    private final long[][] furthest;

    StageRates(List<String> stages, long[][] furthest) {
        this.stages = stages;
        this.furthest = furthest;
    }

    /**
     * The stages of the pipeline.
     *
     * @return the stages in order; not modifiable
     */
    public List<String> stages() {
        return stages;
    }

    /**
     * How many opportunities reached a stage.
     *
     * @param stage a stage's name
     * @return the number of opportunities that were in it or in a later one
     * @throws IllegalArgumentException if there is no such stage
     */
    public long reached(String stage) {
        int place = place(stage);
        return from(place, OPEN) + from(place, WON) + from(place, LOST);
    }

    /**
     * The opportunities that went on from a stage to a later one or were won, of those that left it. Those that are in it still
     * have not decided.
     *
     * @param stage a stage's name
     * @return the proportion; its estimate has the Wilson interval
     * @throws IllegalArgumentException if there is no such stage
     */
    public Proportion advanced(String stage) {
        int place = place(stage);
        long gone = reached(stage) - furthest[place][OPEN];
        return Proportion.of(gone - furthest[place][LOST], gone);
    }

    /**
     * The opportunities that were won, of those that reached a stage and are closed: the probability to give to an open deal of
     * that stage.
     *
     * @param stage a stage's name
     * @return the proportion; its estimate has the Wilson interval
     * @throws IllegalArgumentException if there is no such stage
     */
    public Proportion winProbability(String stage) {
        int place = place(stage);
        return Proportion.of(from(place, WON), from(place, WON) + from(place, LOST));
    }

    private long from(int place, int outcome) {
        long sum = 0;
        for (int stage = place; stage < furthest.length; stage++) {
            sum += furthest[stage][outcome];
        }
        return sum;
    }

    private int place(String stage) {
        int place = stages.indexOf(stage);
        if (place < 0) {
            throw new IllegalArgumentException("stage must be one of " + stages + ", not \"" + stage + "\"");
        }
        return place;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StageRates that
                && stages.equals(that.stages)
                && Arrays.deepEquals(furthest, that.furthest);
    }

    @Override
    public int hashCode() {
        return 31 * stages.hashCode() + Arrays.deepHashCode(furthest);
    }

    /** The stages. */
    @Override
    public String toString() {
        return "StageRates" + stages;
    }
}
