package dev.crmcore.metrics.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The RFM scores of customers, one row for each, in the order in which the customers were given.
 *
 * <p>Immutable and thread-safe.
 */
public final class RfmScores {

    private static final int GRID = 5;

    private final byte[] recency;
    private final byte[] frequency;
    private final byte[] monetary;
    private final int recencyGroups;
    private final int frequencyGroups;
    private final int monetaryGroups;
    private final double[][] edges;

    RfmScores(
            byte[] recency,
            byte[] frequency,
            byte[] monetary,
            int recencyGroups,
            int frequencyGroups,
            int monetaryGroups,
            double[][] edges) {
        this.recency = recency;
        this.frequency = frequency;
        this.monetary = monetary;
        this.recencyGroups = recencyGroups;
        this.frequencyGroups = frequencyGroups;
        this.monetaryGroups = monetaryGroups;
        this.edges = edges;
    }

    /**
     * The number of customers.
     *
     * @return the number of rows
     */
    public int size() {
        return recency.length;
    }

    /**
     * The recency score.
     *
     * @param row the row, from 0
     * @return 1 (long ago) to 5 (just now)
     */
    public int recency(int row) {
        return recency[row];
    }

    /**
     * The frequency score.
     *
     * @param row the row, from 0
     * @return 1 (rarely) to 5 (most often)
     */
    public int frequency(int row) {
        return frequency[row];
    }

    /**
     * The monetary score.
     *
     * @param row the row, from 0
     * @return 1 (least) to 5 (most)
     */
    public int monetary(int row) {
        return monetary[row];
    }

    /**
     * The three scores as one word, as tables of segments name them.
     *
     * @param row the row, from 0
     * @return recency, frequency and monetary score one after the other, such as "545"; with a hyphen between them where there are
     *     ten groups or more
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public String code(int row) {
        String between = Math.max(Math.max(recencyGroups, frequencyGroups), monetaryGroups) < 10 ? "" : "-";
        return recency[row] + between + frequency[row] + between + monetary[row];
    }

    /**
     * The segment of the recency by frequency grid.
     *
     * @param row the row, from 0
     * @return the segment
     * @throws IllegalStateException if recency and frequency are not scored in five groups
     */
    public RfmSegment segment(int row) {
        requireGrid();
        return RfmSegment.of(recency[row], frequency[row]);
    }

    /**
     * How many customers each segment has.
     *
     * @return all ten segments in their order, those without customers with 0; unmodifiable
     * @throws IllegalStateException if recency and frequency are not scored in five groups
     */
    public Map<RfmSegment, Long> customersBySegment() {
        requireGrid();
        Map<RfmSegment, Long> counts = new EnumMap<>(RfmSegment.class);
        for (RfmSegment segment : RfmSegment.values()) {
            counts.put(segment, 0L);
        }
        for (int row = 0; row < size(); row++) {
            counts.merge(segment(row), 1L, Long::sum);
        }
        return Collections.unmodifiableMap(counts);
    }

    private void requireGrid() {
        if (recencyGroups != GRID || frequencyGroups != GRID) {
            throw new IllegalStateException("the segments need 5 groups of recency and of frequency, not "
                    + recencyGroups + " and " + frequencyGroups);
        }
    }

    /**
     * The edges between the recency scores.
     *
     * @return a new array, ascending; empty for equal groups and without customers
     */
    public double[] recencyEdges() {
        return edges[0].clone();
    }

    /**
     * The edges between the frequency scores.
     *
     * @return a new array, ascending; empty for equal groups and without customers
     */
    public double[] frequencyEdges() {
        return edges[1].clone();
    }

    /**
     * The edges between the monetary scores.
     *
     * @return a new array, ascending; empty for equal groups and without customers
     */
    public double[] monetaryEdges() {
        return edges[2].clone();
    }

    /** The number of customers and the edges. */
    @Override
    public String toString() {
        return "RFM scores of " + size() + " customers, edges " + Arrays.deepToString(edges);
    }
}
