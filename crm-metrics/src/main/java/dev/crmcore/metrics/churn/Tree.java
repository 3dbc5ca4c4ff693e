package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;

/**
 * One regression tree over bins, its nodes numbered from the root, 0. A node with a feature sends a customer to its left
 * child if the customer's bin is in its set of 256 bits; a node without one, -1, is a leaf. Children come after their parent.
 */
final class Tree {

    static final int LEAF = -1;
    static final int WORDS = 4;

    private final int[] feature;
    private final long[] goesLeft;
    private final int[] left;
    private final int[] right;
    private final double[] value;
    private final int[] cover;

    Tree(int[] feature, long[] goesLeft, int[] left, int[] right, double[] value, int[] cover) {
        this.feature = feature;
        this.goesLeft = goesLeft;
        this.left = left;
        this.right = right;
        this.value = value;
        this.cover = cover;
    }

    /** The column at which a node splits, or {@link #LEAF}. */
    int feature(int node) {
        return feature[node];
    }

    int left(int node) {
        return left[node];
    }

    int right(int node) {
        return right[node];
    }

    /** What a leaf adds to the log-odds. */
    double value(int node) {
        return value[node];
    }

    /** How many of the customers that were learnt from came by. */
    int cover(int node) {
        return cover[node];
    }

    boolean sendsLeft(int node, int bin) {
        return (goesLeft[node * WORDS + (bin >>> 6)] >>> bin & 1) == 1;
    }

    /** What the tree adds to the log-odds of a customer. */
    double valueOf(byte[][] bins, int row) {
        int node = 0;
        while (feature[node] != LEAF) {
            node = sendsLeft(node, bins[feature[node]][row] & 0xFF) ? left[node] : right[node];
        }
        return value[node];
    }

    /** The mean of the leaves, each weighted with its customers. */
    double mean() {
        double sum = 0;
        for (int node = 0; node < feature.length; node++) {
            if (feature[node] == LEAF) {
                sum += value[node] * cover[node];
            }
        }
        return sum / cover[0];
    }

    /** The number of edges on the longest path. */
    int depth() {
        int[] depths = new int[feature.length];
        int deepest = 0;
        for (int node = 0; node < feature.length; node++) {
            if (feature[node] != LEAF) {
                depths[left[node]] = depths[node] + 1;
                depths[right[node]] = depths[node] + 1;
                deepest = Math.max(deepest, depths[node] + 1);
            }
        }
        return deepest;
    }

    void write(StateWriter writer) {
        writer.putInt(feature.length);
        for (int node = 0; node < feature.length; node++) {
            writer.putInt(feature[node]).putInt(cover[node]);
            if (feature[node] == LEAF) {
                writer.putDouble(value[node]);
            } else {
                writer.putInt(left[node]).putInt(right[node]);
                for (int word = 0; word < WORDS; word++) {
                    writer.putLong(goesLeft[node * WORDS + word]);
                }
            }
        }
    }

    static Tree read(StateReader reader, int features) {
        int nodes = reader.getSize(2 * Integer.BYTES + Double.BYTES);
        Tree tree = new Tree(
                new int[nodes],
                new long[nodes * WORDS],
                new int[nodes],
                new int[nodes],
                new double[nodes],
                new int[nodes]);
        int[] parents = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            tree.readNode(reader, node, features);
            if (tree.feature[node] != LEAF) {
                parents[tree.left[node]]++;
                parents[tree.right[node]]++;
            }
        }
        if (nodes == 0) {
            throw reader.malformed("a tree without a node");
        }
        for (int node = 0; node < nodes; node++) {
            boolean inner = tree.feature[node] != LEAF;
            if (parents[node] != (node == 0 ? 0 : 1)
                    || (inner
                            && (long) tree.cover[tree.left[node]] + tree.cover[tree.right[node]] != tree.cover[node])) {
                throw reader.malformed("node " + node + " does not fit into its tree");
            }
        }
        return tree;
    }

    private void readNode(StateReader reader, int node, int features) {
        feature[node] = reader.getInt();
        cover[node] = reader.getInt();
        if (feature[node] < LEAF || feature[node] >= features || cover[node] < 1) {
            throw reader.malformed("node " + node + " of feature " + feature[node] + " with cover " + cover[node]);
        }
        if (feature[node] == LEAF) {
            value[node] = reader.getFinite();
            return;
        }
        left[node] = reader.getInt();
        right[node] = reader.getInt();
        if (left[node] <= node || right[node] <= node || left[node] >= cover.length || right[node] >= cover.length) {
            throw reader.malformed("node " + node + " has children " + left[node] + " and " + right[node]);
        }
        for (int word = 0; word < WORDS; word++) {
            goesLeft[node * WORDS + word] = reader.getLong();
        }
    }
}
