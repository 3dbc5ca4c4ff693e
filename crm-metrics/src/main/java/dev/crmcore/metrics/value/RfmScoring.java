package dev.crmcore.metrics.value;

import dev.crmcore.metrics.internal.IndexSort;
import dev.crmcore.metrics.internal.Quantiles;
import java.util.Arrays;

/**
 * How recency, frequency and monetary value become scores from 1 (worst) to 5 (best). Recency is a time since the last
 * purchase, so the shortest is best.
 *
 * <p>Three customs differ in what they do with ties:
 * <ul>
 *   <li>{@link #byValueEdges()}, the default: a score is 1 plus the number of quantiles (20 %, 40 %, 60 %, 80 %; type 7)
 *       that lie strictly below the value. Equal customers get equal scores; the groups need not be equal, and where a third
 *       of all customers bought once, a third has the frequency score 1;
 *   <li>{@link #byNtile(int)}: customers in order are cut into equal groups, as SQL's NTILE does. The groups are equal, but
 *       equal customers can get different scores: of equal ones, those in earlier rows count as worse;
 *   <li>{@link #byCutPoints(double[], double[], double[])}: by limits that the business sets.
 * </ul>
 *
 * <pre>{@code
 * RfmScores scores = RfmScoring.byValueEdges().score(summary);
 * scores.segment(0).label();     // "Champions"
 * }</pre>
 *
 * <p>Batch functions: quantiles need all customers at once. Immutable and thread-safe.
 */
public final class RfmScoring {

    private enum Method {
        VALUE_EDGES,
        NTILE,
        CUT_POINTS
    }

    private static final int QUINTILES = 5;
    private static final int MOST_GROUPS = 100;

    private final Method method;
    private final int groups;

    /** The cut points of recency, frequency and monetary value; empty unless the business sets them. */
    private final double[][] cutPoints;

    private RfmScoring(Method method, int groups, double[][] cutPoints) {
        this.method = method;
        this.groups = groups;
        this.cutPoints = cutPoints;
    }

    /**
     * Quintiles by value edges.
     *
     * @return the scoring
     */
    public static RfmScoring byValueEdges() {
        return byValueEdges(QUINTILES);
    }

    /**
     * Quantile groups by value edges.
     *
     * @param groups how many groups, 2 to 100; the segments need 5
     * @return the scoring
     * @throws IllegalArgumentException if {@code groups} is not 2 to 100
     */
    public static RfmScoring byValueEdges(int groups) {
        return new RfmScoring(Method.VALUE_EDGES, checked(groups), new double[3][0]);
    }

    /**
     * Equal groups, as SQL's NTILE makes them: sorted from worst to best, the first (n mod groups) groups have one customer
     * more. Equal customers keep the order of their rows.
     *
     * @param groups how many groups, 2 to 100; the segments need 5
     * @return the scoring
     * @throws IllegalArgumentException if {@code groups} is not 2 to 100
     */
    public static RfmScoring byNtile(int groups) {
        return new RfmScoring(Method.NTILE, checked(groups), new double[3][0]);
    }

    /**
     * Cut points that the business sets. A value scores 1 plus the number of cut points strictly below it; recency is
     * reversed within the number of its own groups.
     *
     * @param recency ascending cut points of the time since the last purchase
     * @param frequency ascending cut points of the number of purchases
     * @param monetary ascending cut points of the money
     * @return the scoring; the segments need four cut points for recency and for frequency
     * @throws IllegalArgumentException if cut points are not finite or not strictly ascending, or there are more than 99
     */
    public static RfmScoring byCutPoints(double[] recency, double[] frequency, double[] monetary) {
        double[][] points = {
            ascending(recency, "recency"), ascending(frequency, "frequency"), ascending(monetary, "monetary")
        };
        return new RfmScoring(Method.CUT_POINTS, 0, points);
    }

    private static int checked(int groups) {
        if (groups < 2 || groups > MOST_GROUPS) {
            throw new IllegalArgumentException("groups must be 2 to " + MOST_GROUPS + ", not " + groups);
        }
        return groups;
    }

    private static double[] ascending(double[] points, String name) {
        if (points.length >= MOST_GROUPS) {
            throw new IllegalArgumentException(name + " must have at most 99 cut points, not " + points.length);
        }
        for (int i = 0; i < points.length; i++) {
            if (!Double.isFinite(points[i]) || (i > 0 && !(points[i] > points[i - 1]))) {
                throw new IllegalArgumentException(
                        name + " cut points must be finite and strictly ascending, not " + Arrays.toString(points));
            }
        }
        return points.clone();
    }

    /**
     * Scores the customers of a summary by the time since the last purchase, the number of periods with a purchase, and the
     * sum of all purchases.
     *
     * @param summary the summary
     * @return one row for each row of the summary
     */
    public RfmScores score(RfmSummary summary) {
        int n = summary.size();
        double[] recency = new double[n];
        double[] frequency = new double[n];
        double[] monetary = new double[n];
        for (int row = 0; row < n; row++) {
            recency[row] = summary.silence(row);
            frequency[row] = summary.frequency(row) + 1.0;
            monetary[row] = summary.totalMinorUnits(row);
        }
        return score(recency, frequency, monetary);
    }

    /**
     * Scores customers given as columns; entry i of each belongs to customer i.
     *
     * @param recency the time since the last purchase, in any unit
     * @param frequency the number of purchases
     * @param monetary the money, in any unit
     * @return one row for each entry
     * @throws IllegalArgumentException if the columns differ in length or an entry is not finite; the message names column
     *     and row
     */
    public RfmScores score(double[] recency, double[] frequency, double[] monetary) {
        if (recency.length != frequency.length || recency.length != monetary.length) {
            throw new IllegalArgumentException("columns must have the same length, not " + recency.length + ", "
                    + frequency.length + " and " + monetary.length);
        }
        checkFinite(recency, "recency");
        checkFinite(frequency, "frequency");
        checkFinite(monetary, "monetary");
        double[][] edges = {edges(recency, cutPoints[0]), edges(frequency, cutPoints[1]), edges(monetary, cutPoints[2])
        };
        return new RfmScores(
                scores(recency, edges[0], true),
                scores(frequency, edges[1], false),
                scores(monetary, edges[2], false),
                groups(edges[0]),
                groups(edges[1]),
                groups(edges[2]),
                edges);
    }

    private int groups(double[] edges) {
        return method == Method.CUT_POINTS ? edges.length + 1 : groups;
    }

    private static void checkFinite(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("row " + i + ": " + name + " must be finite, not " + values[i]);
            }
        }
    }

    private double[] edges(double[] values, double[] points) {
        if (method != Method.VALUE_EDGES || values.length == 0) {
            return points;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] edges = new double[groups - 1];
        for (int i = 1; i < groups; i++) {
            edges[i - 1] = Quantiles.type7(sorted, (double) i / groups);
        }
        return edges;
    }

    private byte[] scores(double[] values, double[] edges, boolean smallIsBest) {
        return method == Method.NTILE ? ntile(values, smallIsBest) : byEdges(values, edges, smallIsBest);
    }

    private byte[] byEdges(double[] values, double[] edges, boolean smallIsBest) {
        byte[] scores = new byte[values.length];
        int best = groups(edges);
        for (int i = 0; i < values.length; i++) {
            int below = 0;
            while (below < edges.length && edges[below] < values[i]) {
                below++;
            }
            scores[i] = (byte) (smallIsBest ? best - below : 1 + below);
        }
        return scores;
    }

    private byte[] ntile(double[] values, boolean smallIsBest) {
        int n = values.length;
        int[] worstFirst = IndexSort.sorted(
                n,
                smallIsBest
                        ? (i, j) -> Double.compare(values[j], values[i])
                        : (i, j) -> Double.compare(values[i], values[j]));
        byte[] scores = new byte[n];
        int larger = n % groups;
        int size = n / groups;
        int inLarger = larger * (size + 1);
        for (int position = 0; position < n; position++) {
            int group = position < inLarger ? position / (size + 1) : larger + (position - inLarger) / size;
            scores[worstFirst[position]] = (byte) (group + 1);
        }
        return scores;
    }
}
