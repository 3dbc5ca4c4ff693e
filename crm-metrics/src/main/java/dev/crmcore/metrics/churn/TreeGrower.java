package dev.crmcore.metrics.churn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Grows one tree, always splitting the leaf that gains most; of equal ones the earlier. */
final class TreeGrower {

    private final int[] places;
    private final byte[][] bins;
    private final BoostedTrees settings;
    private final SplitSearch search;
    private final double[] gainOfFeature;

    private static final class Node {
        private final int from;
        private final int to;
        private final int depth;
        private final Histogram histogram;
        private int feature = Tree.LEAF;
        private double gain;
        private long @Nullable [] goesLeft;
        private int left;
        private int right;

        private Node(int from, int to, int depth, Histogram histogram) {
            this.from = from;
            this.to = to;
            this.depth = depth;
            this.histogram = histogram;
        }
    }

    TreeGrower(Binning[] binnings, byte[][] bins, BoostedTrees settings) {
        this.places = Histogram.places(binnings);
        this.bins = bins;
        this.settings = settings;
        this.search = new SplitSearch(binnings, settings.leastCustomersInLeaf(), settings.penalty());
        this.gainOfFeature = new double[binnings.length];
    }

    /** The sum of what the splits at each feature gained, over all trees so far. */
    double[] gainOfFeature() {
        return gainOfFeature;
    }

    /** Grows a tree on the given customers, whose order is changed. */
    Tree grow(int[] rows, boolean[] mask, double[] gradients, double[] curvatures) {
        List<Node> nodes = new ArrayList<>();
        Histogram all = new Histogram(places);
        all.fill(bins, mask, rows, 0, rows.length, gradients, curvatures);
        nodes.add(searched(new Node(0, rows.length, 0, all), mask));
        int[] spare = new int[rows.length];
        for (int leaves = 1; leaves < settings.leaves(); leaves++) {
            Node best = best(nodes);
            if (best == null) {
                break;
            }
            split(best, nodes, rows, spare, mask, gradients, curvatures);
        }
        return toTree(nodes);
    }

    private @Nullable Node best(List<Node> nodes) {
        Node best = null;
        for (Node node : nodes) {
            boolean open = node.goesLeft != null && node.left == 0;
            if (open && (best == null || node.gain > best.gain)) {
                best = node;
            }
        }
        return best;
    }

    private void split(
            Node node, List<Node> nodes, int[] rows, int[] spare, boolean[] mask, double[] gradients, double[] curves) {
        int middle = partition(node, rows, spare);
        boolean leftIsSmaller = middle - node.from <= node.to - middle;
        Histogram smaller = new Histogram(places);
        int from = leftIsSmaller ? node.from : middle;
        int to = leftIsSmaller ? middle : node.to;
        smaller.fill(bins, mask, rows, from, to, gradients, curves);
        node.histogram.subtract(smaller);
        Histogram larger = node.histogram;
        gainOfFeature[node.feature] += node.gain;
        node.left = nodes.size();
        node.right = nodes.size() + 1;
        int depth = node.depth + 1;
        nodes.add(searched(new Node(node.from, middle, depth, leftIsSmaller ? smaller : larger), mask));
        nodes.add(searched(new Node(middle, node.to, depth, leftIsSmaller ? larger : smaller), mask));
    }

    private Node searched(Node node, boolean[] mask) {
        if (node.depth < settings.depth() && search.search(node.histogram, mask)) {
            node.feature = search.feature();
            node.gain = search.gain();
            node.goesLeft = search.goesLeft();
        }
        return node;
    }

    /** Puts who goes left before who goes right, both in their old order, and returns where the second begin. */
    private int partition(Node node, int[] rows, int[] spare) {
        long[] goesLeft = Objects.requireNonNull(node.goesLeft);
        byte[] column = bins[node.feature];
        int left = node.from;
        int right = 0;
        for (int i = node.from; i < node.to; i++) {
            int bin = column[rows[i]] & 0xFF;
            if ((goesLeft[bin >>> 6] >>> bin & 1) == 1) {
                rows[left++] = rows[i];
            } else {
                spare[right++] = rows[i];
            }
        }
        System.arraycopy(spare, 0, rows, left, right);
        return left;
    }

    private Tree toTree(List<Node> nodes) {
        int size = nodes.size();
        int[] feature = new int[size];
        long[] goesLeft = new long[size * Tree.WORDS];
        int[] left = new int[size];
        int[] right = new int[size];
        double[] value = new double[size];
        int[] cover = new int[size];
        for (int i = 0; i < size; i++) {
            Node node = nodes.get(i);
            cover[i] = node.to - node.from;
            if (node.left == 0 || node.goesLeft == null) {
                feature[i] = Tree.LEAF;
                value[i] = settings.learningRate()
                        * search.leafValue(node.histogram.gradient(), node.histogram.curvature());
            } else {
                feature[i] = node.feature;
                System.arraycopy(node.goesLeft, 0, goesLeft, i * Tree.WORDS, Tree.WORDS);
                left[i] = node.left;
                right[i] = node.right;
            }
        }
        return new Tree(feature, goesLeft, left, right, value, cover);
    }
}
