package dev.crmcore.metrics.churn;

/** Shapley values of trees by their definition: every subset of features, each tree walked for each. */
final class BruteShapley {

    private BruteShapley() {}

    static double[] values(BoostedTreesModel model, FeatureTable customer) {
        int features = model.features().size();
        byte[][] bins = model.bins(customer);
        double[] ofSubset = new double[1 << features];
        for (int subset = 0; subset < ofSubset.length; subset++) {
            for (Tree tree : model.grown()) {
                ofSubset[subset] += expected(tree, 0, bins, subset);
            }
        }
        double[] values = new double[features];
        for (int f = 0; f < features; f++) {
            for (int subset = 0; subset < ofSubset.length; subset++) {
                if ((subset >> f & 1) == 0) {
                    int size = Integer.bitCount(subset);
                    double weight = factorial(size) * factorial(features - size - 1) / factorial(features);
                    values[f] += weight * (ofSubset[subset | 1 << f] - ofSubset[subset]);
                }
            }
        }
        return values;
    }

    private static double expected(Tree tree, int node, byte[][] bins, int subset) {
        int feature = tree.feature(node);
        if (feature == Tree.LEAF) {
            return tree.value(node);
        }
        if ((subset >> feature & 1) == 1) {
            boolean left = tree.sendsLeft(node, bins[feature][0] & 0xFF);
            return expected(tree, left ? tree.left(node) : tree.right(node), bins, subset);
        }
        double left = tree.cover(tree.left(node)) * expected(tree, tree.left(node), bins, subset);
        double right = tree.cover(tree.right(node)) * expected(tree, tree.right(node), bins, subset);
        return (left + right) / tree.cover(node);
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }
}
