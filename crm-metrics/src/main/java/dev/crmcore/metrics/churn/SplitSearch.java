package dev.crmcore.metrics.churn;

import java.util.Arrays;

/**
 * Finds the best split of the customers of one node from the sums of their gradients and curvatures in each bin. Gain and
 * leaf values are those of Chen and Guestrin 2016, <em>XGBoost</em>, equations 6 and 7; the levels of a category are ordered
 * by their smoothed gradient and then split like numbers (Fisher 1958), with a heavier penalty.
 */
final class SplitSearch {

    private static final double LEAST_CURVATURE = 1e-3;
    private static final double LEVEL_SMOOTHING = 10;
    private static final double LEVEL_PENALTY = 10;
    private static final int FEW_LEVELS = 4;
    private static final int RARE_IN_LEAVES = 5;

    /** Stands for all levels with few customers, and for those of which the node has nobody, who go with the many. */
    private static final int RARE = Binning.MISSING + 1;

    private static final int ABSENT = RARE + 1;

    private final Binning[] binnings;
    private final int leastCustomers;
    private final double penalty;

    // The best split so far
    private double gain;
    private int feature;
    private final long[] goesLeft = new long[Tree.WORDS];

    // The sums of the node, and of the side that is being gathered
    private double allGradient;
    private double allCurvature;
    private int allCount;
    private double parentScore;
    private double gradient;
    private double curvature;
    private int count;

    private final int[] order = new int[RARE + 1];
    private final double[] rank = new double[RARE + 1];
    private int frequent;
    private double rareGradient;
    private double rareCurvature;
    private int rareCount;

    SplitSearch(Binning[] binnings, int leastCustomers, double penalty) {
        this.binnings = binnings;
        this.leastCustomers = leastCustomers;
        this.penalty = penalty;
    }

    /** Looks at the features of the mask; answers whether a split with a gain was found. */
    boolean search(Histogram node, boolean[] mask) {
        gain = 1e-10;
        feature = Tree.LEAF;
        allGradient = node.gradient();
        allCurvature = node.curvature();
        allCount = node.count();
        for (int f = 0; f < binnings.length; f++) {
            if (!mask[f]) {
                continue;
            }
            if (binnings[f].numeric()) {
                searchNumbers(node, f);
            } else {
                searchLevels(node, f);
            }
        }
        return feature != Tree.LEAF;
    }

    double gain() {
        return gain;
    }

    int feature() {
        return feature;
    }

    long[] goesLeft() {
        return goesLeft.clone();
    }

    double leafValue(double sumOfGradients, double sumOfCurvatures) {
        return -sumOfGradients / (sumOfCurvatures + penalty);
    }

    private void searchNumbers(Histogram node, int f) {
        parentScore = score(allGradient, allCurvature, penalty);
        int bins = binnings[f].bins();
        boolean missing = node.count(f, Binning.MISSING) > 0;
        for (int missingLeft = missing ? 1 : 0; missingLeft >= 0; missingLeft--) {
            clear();
            if (missingLeft == 1) {
                gather(node, f, Binning.MISSING);
            }
            for (int bin = 0; bin + 1 < bins || (missing && missingLeft == 0 && bin < bins); bin++) {
                gather(node, f, bin);
                if (node.count(f, bin) > 0 && improves(penalty)) {
                    // Where nobody is missing, whoever is later goes with the many
                    boolean withLeft = missing ? missingLeft == 1 : 2 * count >= allCount;
                    take(f, bin, withLeft);
                }
            }
        }
    }

    private void take(int f, int lastBin, boolean missingLeft) {
        feature = f;
        Arrays.fill(goesLeft, 0);
        for (int bin = 0; bin <= lastBin; bin++) {
            set(bin);
        }
        if (missingLeft) {
            set(Binning.MISSING);
        }
    }

    private void searchLevels(Histogram node, int f) {
        int present = rankLevels(node, f);
        double heavier = present > FEW_LEVELS ? penalty + LEVEL_PENALTY : penalty;
        parentScore = score(allGradient, allCurvature, heavier);
        sortByRank(present);
        clear();
        for (int i = 0; i + 1 < present; i++) {
            if (order[i] == RARE) {
                gradient += rareGradient;
                curvature += rareCurvature;
                count += rareCount;
            } else {
                gather(node, f, order[i]);
            }
            if (improves(heavier)) {
                feature = f;
                Arrays.fill(goesLeft, 0);
                for (int k = 0; k <= i; k++) {
                    sendLeft(node, f, order[k]);
                }
                if (2 * count >= allCount) {
                    sendLeft(node, f, ABSENT);
                }
            }
        }
    }

    /**
     * Lists the levels of the node's customers with their rank. Where there are many, those with few customers are taken
     * together: each alone would be ranked by chance.
     */
    private int rankLevels(Histogram node, int f) {
        int levels = 0;
        int bins = binnings[f].bins();
        for (int i = 0; i <= bins; i++) {
            levels += node.count(f, bin(i, bins)) > 0 ? 1 : 0;
        }
        frequent = levels > FEW_LEVELS ? (int) Math.min(Integer.MAX_VALUE, RARE_IN_LEAVES * (long) leastCustomers) : 1;
        rareGradient = 0;
        rareCurvature = 0;
        rareCount = 0;
        int present = 0;
        for (int i = 0; i <= bins; i++) {
            int bin = bin(i, bins);
            if (node.count(f, bin) >= frequent) {
                rank[bin] = node.gradient(f, bin) / (node.curvature(f, bin) + LEVEL_SMOOTHING);
                order[present++] = bin;
            } else if (node.count(f, bin) > 0) {
                rareGradient += node.gradient(f, bin);
                rareCurvature += node.curvature(f, bin);
                rareCount += node.count(f, bin);
            }
        }
        if (rareCount > 0) {
            rank[RARE] = rareGradient / (rareCurvature + LEVEL_SMOOTHING);
            order[present++] = RARE;
        }
        return present;
    }

    private void sendLeft(Histogram node, int f, int level) {
        if (level < RARE) {
            set(level);
            return;
        }
        int bins = binnings[f].bins();
        for (int i = 0; i <= bins; i++) {
            int bin = bin(i, bins);
            int customers = node.count(f, bin);
            if (level == ABSENT ? customers == 0 : customers > 0 && customers < frequent) {
                set(bin);
            }
        }
    }

    /** The i-th bin of a column: its own bins, then the one for what is missing. */
    private static int bin(int i, int bins) {
        return i < bins ? i : Binning.MISSING;
    }

    private void sortByRank(int present) {
        for (int i = 1; i < present; i++) {
            int bin = order[i];
            int j = i;
            while (j > 0 && rank[order[j - 1]] > rank[bin]) {
                order[j] = order[j - 1];
                j--;
            }
            order[j] = bin;
        }
    }

    private void clear() {
        gradient = 0;
        curvature = 0;
        count = 0;
    }

    private void gather(Histogram node, int f, int bin) {
        gradient += node.gradient(f, bin);
        curvature += node.curvature(f, bin);
        count += node.count(f, bin);
    }

    private boolean improves(double withPenalty) {
        double restCurvature = allCurvature - curvature;
        if (count < leastCustomers
                || allCount - count < leastCustomers
                || curvature < LEAST_CURVATURE
                || restCurvature < LEAST_CURVATURE) {
            return false;
        }
        double found = score(gradient, curvature, withPenalty)
                + score(allGradient - gradient, restCurvature, withPenalty)
                - parentScore;
        // Equal but for rounding is not better: the first of equal splits stays
        if (found > gain * (1 + 1e-12)) {
            gain = found;
            return true;
        }
        return false;
    }

    private static double score(double gradients, double curvatures, double withPenalty) {
        return gradients * gradients / (curvatures + withPenalty);
    }

    private void set(int bin) {
        goesLeft[bin >>> 6] |= 1L << bin;
    }
}
