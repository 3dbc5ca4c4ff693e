package dev.crmcore.metrics.churn;

import java.util.Arrays;

/**
 * The Shapley values of one customer's score in a tree, where a feature that is left out sends the customer down both sides
 * in the proportion of the customers learnt from (Lundberg, Erion and Lee 2018, <em>Consistent individualized feature
 * attribution for tree ensembles</em>, algorithm 2, path-dependent). Exact, in O(leaves &middot; depth&sup2;) instead of one
 * pass for each subset of features.
 *
 * <p>A path holds, for each feature met so far, which part of its customers goes on where the feature is left out and where
 * it is known, and the weights of the subsets by their size. Not thread-safe.
 */
final class TreeShap {

    private final Tree tree;
    private final byte[][] bins;
    private final int row;
    private final double[] parts;

    TreeShap(Tree tree, byte[][] bins, int row, double[] parts) {
        this.tree = tree;
        this.bins = bins;
        this.row = row;
        this.parts = parts;
    }

    private static final class Path {
        private final int[] feature;
        private final double[] leftOut;
        private final double[] known;
        private final double[] weight;
        private int length;

        private Path(int capacity) {
            feature = new int[capacity];
            leftOut = new double[capacity];
            known = new double[capacity];
            weight = new double[capacity];
        }

        private Path(Path other) {
            feature = Arrays.copyOf(other.feature, other.feature.length);
            leftOut = Arrays.copyOf(other.leftOut, other.leftOut.length);
            known = Arrays.copyOf(other.known, other.known.length);
            weight = Arrays.copyOf(other.weight, other.weight.length);
            length = other.length;
        }

        private Path extended(double newLeftOut, double newKnown, int newFeature) {
            Path path = new Path(this);
            int l = length;
            path.feature[l] = newFeature;
            path.leftOut[l] = newLeftOut;
            path.known[l] = newKnown;
            path.weight[l] = l == 0 ? 1 : 0;
            for (int i = l - 1; i >= 0; i--) {
                path.weight[i + 1] += newKnown * path.weight[i] * (i + 1) / (l + 1);
                path.weight[i] = newLeftOut * path.weight[i] * (l - i) / (l + 1);
            }
            path.length = l + 1;
            return path;
        }

        /** The path as if the feature at a position had not been met. */
        private Path without(int at) {
            Path path = new Path(this);
            int l = length - 1;
            double next = path.weight[l];
            for (int i = l - 1; i >= 0; i--) {
                if (known[at] != 0) {
                    double kept = path.weight[i];
                    path.weight[i] = next * (l + 1) / ((i + 1) * known[at]);
                    next = kept - path.weight[i] * leftOut[at] * (l - i) / (l + 1);
                } else {
                    path.weight[i] = path.weight[i] * (l + 1) / (leftOut[at] * (l - i));
                }
            }
            for (int i = at; i < l; i++) {
                path.feature[i] = feature[i + 1];
                path.leftOut[i] = leftOut[i + 1];
                path.known[i] = known[i + 1];
            }
            path.length = l;
            return path;
        }

        private double sumWithout(int at) {
            Path path = without(at);
            double sum = 0;
            for (int i = 0; i < path.length; i++) {
                sum += path.weight[i];
            }
            return sum;
        }

        private int positionOf(int wanted) {
            for (int i = 1; i < length; i++) {
                if (feature[i] == wanted) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** Adds the tree's part to each feature. */
    void add() {
        walk(0, new Path(tree.depth() + 2).extended(1, 1, Tree.LEAF));
    }

    private void walk(int node, Path path) {
        int feature = tree.feature(node);
        if (feature == Tree.LEAF) {
            for (int i = 1; i < path.length; i++) {
                parts[path.feature[i]] += path.sumWithout(i) * (path.known[i] - path.leftOut[i]) * tree.value(node);
            }
            return;
        }
        boolean left = tree.sendsLeft(node, bins[feature][row] & 0xFF);
        int taken = left ? tree.left(node) : tree.right(node);
        int other = left ? tree.right(node) : tree.left(node);
        double leftOut = 1;
        double known = 1;
        Path above = path;
        int met = path.positionOf(feature);
        if (met >= 0) {
            leftOut = path.leftOut[met];
            known = path.known[met];
            above = path.without(met);
        }
        double all = tree.cover(node);
        walk(taken, above.extended(leftOut * tree.cover(taken) / all, known, feature));
        walk(other, above.extended(leftOut * tree.cover(other) / all, 0, feature));
    }
}
