package dev.crmcore.metrics.retention;

import dev.crmcore.metrics.internal.IndexSort;
import java.util.Arrays;

/**
 * Counts concordant, discordant and tied pairs, and for each subject those it is in, which the jackknife needs. Two passes over
 * the times with counts by rank of risk in a binary indexed tree: O(n log n).
 */
final class ConcordantPairs {

    private static final int CONCORDANT = 0;
    private static final int DISCORDANT = 1;
    private static final int TIED = 2;

    private final CoxDesign design;
    /** The rank of each row's risk, from 1; equal risks share one. */
    private final int[] rank;

    private final int[] tree;
    private final int[] atRank;
    private int inTree;
    /** For each row and kind, the pairs that the row is in. */
    private final long[][] pairs;

    private ConcordantPairs(CoxDesign design, double[] risk) {
        this.design = design;
        int n = design.n();
        rank = new int[n];
        int[] order = IndexSort.sorted(n, (i, j) -> Double.compare(risk[i], risk[j]));
        int ranks = 0;
        for (int k = 0; k < n; k++) {
            ranks += k == 0 || risk[order[k]] != risk[order[k - 1]] ? 1 : 0;
            rank[order[k]] = ranks;
        }
        tree = new int[ranks + 1];
        atRank = new int[ranks + 1];
        pairs = new long[3][n];
    }

    static Concordance count(CoxDesign design, double[] risk) {
        ConcordantPairs counting = new ConcordantPairs(design, risk);
        long[] totals = new long[3];
        for (int stratum = 0; stratum < design.strata(); stratum++) {
            counting.asEarlier(design.start(stratum), design.start(stratum + 1));
        }
        for (int kind = 0; kind < 3; kind++) {
            totals[kind] = Arrays.stream(counting.pairs[kind]).sum();
        }
        for (int stratum = 0; stratum < design.strata(); stratum++) {
            counting.asLater(design.start(stratum), design.start(stratum + 1));
        }
        return new Concordance(totals[CONCORDANT], totals[DISCORDANT], totals[TIED], counting.standardError(totals));
    }

    /** Pairs each event with those who lasted longer: from the last time to the first. */
    private void asEarlier(int start, int end) {
        clear();
        int notYet = end;
        for (int last = end; last > start; ) {
            double time = design.time(last - 1);
            int first = last;
            while (first > start && design.time(first - 1) == time) {
                first--;
                if (!design.event(first)) {
                    put(first, 1);
                }
            }
            while (design.hasLateEntries() && notYet > start && isLate(design.byEntry(notYet - 1), time)) {
                put(design.byEntry(--notYet), -1);
            }
            for (int row = first; row < last; row++) {
                if (design.event(row)) {
                    addPairs(row, 1, false);
                }
            }
            for (int row = first; row < last; row++) {
                if (design.event(row)) {
                    put(row, 1);
                }
            }
            last = first;
        }
    }

    /** Pairs each subject with the events before it left and after it came in: from the first time to the last. */
    private void asLater(int start, int end) {
        clear();
        int entered = start;
        for (int first = start; first < end; ) {
            double time = design.time(first);
            while (design.hasLateEntries() && entered < end && design.entry(design.byEntry(entered)) < time) {
                // Takes away, beforehand, the events up to the entry
                addPairs(design.byEntry(entered++), -1, true);
            }
            int last = first;
            while (last < end && design.time(last) == time) {
                if (design.event(last)) {
                    addPairs(last, 1, true);
                }
                last++;
            }
            for (int row = first; row < last; row++) {
                if (design.event(row)) {
                    put(row, 1);
                }
            }
            for (int row = first; row < last; row++) {
                if (!design.event(row)) {
                    addPairs(row, 1, true);
                }
            }
            first = last;
        }
    }

    private boolean isLate(int row, double time) {
        return design.entry(row) > 0 && design.entry(row) >= time;
    }

    /** Counts the pairs of a row with all in the tree, who had the event earlier or lasted longer. */
    private void addPairs(int row, int sign, boolean earlier) {
        long below = below(rank[row]);
        long same = atRank[rank[row]];
        long above = inTree - below - same;
        pairs[CONCORDANT][row] += sign * (earlier ? above : below);
        pairs[DISCORDANT][row] += sign * (earlier ? below : above);
        pairs[TIED][row] += sign * same;
    }

    private double standardError(long[] totals) {
        double all = (double) totals[CONCORDANT] + totals[DISCORDANT] + totals[TIED];
        if (all == 0) {
            return Double.NaN;
        }
        double somers = (totals[CONCORDANT] - totals[DISCORDANT]) / all;
        double squares = 0;
        for (int row = 0; row < design.n(); row++) {
            double net = (double) (pairs[CONCORDANT][row] - pairs[DISCORDANT][row]);
            double in = net + 2.0 * pairs[DISCORDANT][row] + pairs[TIED][row];
            double influence = (net - somers * in) / all;
            squares += influence * influence;
        }
        return Math.sqrt(squares) / 2;
    }

    private void clear() {
        Arrays.fill(tree, 0);
        Arrays.fill(atRank, 0);
        inTree = 0;
    }

    private void put(int row, int count) {
        inTree += count;
        atRank[rank[row]] += count;
        for (int i = rank[row]; i < tree.length; i += i & -i) {
            tree[i] += count;
        }
    }

    /** How many in the tree have a lower rank. */
    private int below(int ofRank) {
        int sum = 0;
        for (int i = ofRank - 1; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }
}
