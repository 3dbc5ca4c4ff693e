package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.Finding;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Gradient-boosted trees of churn on all columns of a table, grown from histograms: they see thresholds and interactions
 * that a linear model cannot.
 *
 * <p>Each tree is fitted by a Newton step to what the trees before it leave unexplained of the log-loss. Numbers are cut into
 * up to 254 bins, levels of a category are grouped by how their customers behave. Missing values go to the side where they
 * explain more; a level that was not seen when the model was fitted goes where missing ones go.
 *
 * <pre>{@code
 * BoostedTrees.builder().trees(200).learningRate(0.05).depth(3).build().fit(known, churned).value();
 * }</pre>
 *
 * <p>Source: Friedman 2001 and 2002 (boosting, sampling of customers), Chen and Guestrin 2016 (Newton step), Ke and others
 * 2017 (histograms, best leaf first). Equal inputs and settings give the same model to the bit, on every machine. Cost:
 * O(trees &middot; depth &middot; n &middot; p). Immutable and thread-safe.
 */
public final class BoostedTrees implements ChurnLearner {

    private final int trees;
    private final double learningRate;
    private final int depth;
    private final int leaves;
    private final int leastCustomersInLeaf;
    private final double penalty;
    private final double shareOfCustomers;
    private final double shareOfFeatures;
    private final long seed;

    private BoostedTrees(Builder builder) {
        this.trees = builder.trees;
        this.learningRate = builder.learningRate;
        this.depth = builder.depth;
        this.leaves = builder.leaves;
        this.leastCustomersInLeaf = builder.leastCustomersInLeaf;
        this.penalty = builder.penalty;
        this.shareOfCustomers = builder.shareOfCustomers;
        this.shareOfFeatures = builder.shareOfFeatures;
        this.seed = builder.seed;
    }

    /**
     * Begins with 200 trees of depth 3 and at most 8 leaves of at least 20 customers, a learning rate of 0.05, a penalty of
     * 1, all customers and features for each tree, and the seed 0.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    int depth() {
        return depth;
    }

    int leaves() {
        return leaves;
    }

    int leastCustomersInLeaf() {
        return leastCustomersInLeaf;
    }

    double penalty() {
        return penalty;
    }

    double learningRate() {
        return learningRate;
    }

    @Override
    public Finding<BoostedTreesModel> fit(FeatureTable customers, boolean[] churned) {
        Optional<Undefined> reason = Outcomes.unlearnable(customers, churned);
        if (reason.isPresent()) {
            return Finding.undefined(reason.get());
        }
        Binning[] binnings = customers.names().stream()
                .map(name -> Binning.learn(customers, name))
                .toArray(Binning[]::new);
        byte[][] bins = new byte[binnings.length][];
        for (int f = 0; f < bins.length; f++) {
            bins[f] = binnings[f].bins(customers);
        }
        return Finding.of(boost(binnings, bins, churned));
    }

    private BoostedTreesModel boost(Binning[] binnings, byte[][] bins, boolean[] churned) {
        int rows = churned.length;
        double share = (double) Outcomes.count(churned) / rows;
        double start = StrictMath.log(share / (1 - share));
        double[] logOdds = new double[rows];
        Arrays.fill(logOdds, start);
        double[] gradients = new double[rows];
        double[] curvatures = new double[rows];
        SplittableRandom random = new SplittableRandom(seed);
        TreeGrower grower = new TreeGrower(binnings, bins, this);
        List<Tree> grown = new ArrayList<>();
        for (int t = 0; t < trees; t++) {
            for (int row = 0; row < rows; row++) {
                double p = Outcomes.probability(logOdds[row]);
                gradients[row] = p - (churned[row] ? 1 : 0);
                curvatures[row] = p * (1 - p);
            }
            int[] sampled = sample(rows, shareOfCustomers, random);
            Tree tree = grower.grow(sampled, mask(binnings.length, random), gradients, curvatures);
            for (int row = 0; row < rows; row++) {
                logOdds[row] += tree.valueOf(bins, row);
            }
            grown.add(tree);
        }
        return new BoostedTreesModel(List.of(binnings), start, grown, grower.gainOfFeature(), rows);
    }

    private boolean[] mask(int features, SplittableRandom random) {
        boolean[] mask = new boolean[features];
        for (int f : sample(features, shareOfFeatures, random)) {
            mask[f] = true;
        }
        return mask;
    }

    /** A share of 0 &hellip; n - 1, at least one, ascending: each subset of that size is equally likely. */
    private static int[] sample(int n, double share, SplittableRandom random) {
        int wanted = n == 0 ? 0 : (int) Math.max(1, Math.round(share * n));
        int[] chosen = new int[wanted];
        int count = 0;
        for (int i = 0; i < n && count < wanted; i++) {
            if (wanted == n || random.nextInt(n - i) < wanted - count) {
                chosen[count++] = i;
            }
        }
        return chosen;
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {

        private int trees = 200;
        private double learningRate = 0.05;
        private int depth = 3;
        private int leaves = 8;
        private int leastCustomersInLeaf = 20;
        private double penalty = 1;
        private double shareOfCustomers = 1;
        private double shareOfFeatures = 1;
        private long seed;

        private Builder() {}

        /**
         * Sets the number of trees.
         *
         * @param newTrees the number, 1 to 100,000
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder trees(int newTrees) {
            this.trees = whole(newTrees, 1, 100_000, "trees");
            return this;
        }

        /**
         * Sets how much of each tree counts.
         *
         * @param newLearningRate the rate, above 0 and at most 1
         * @return this builder
         * @throws IllegalArgumentException if the rate is out of range
         */
        public Builder learningRate(double newLearningRate) {
            this.learningRate = share(newLearningRate, "learningRate");
            return this;
        }

        /**
         * Sets the greatest depth of a tree; 1 sees no interaction, 2 those of two features.
         *
         * @param newDepth the depth, 1 to 30
         * @return this builder
         * @throws IllegalArgumentException if the depth is out of range
         */
        public Builder depth(int newDepth) {
            this.depth = whole(newDepth, 1, 30, "depth");
            return this;
        }

        /**
         * Sets the greatest number of leaves of a tree.
         *
         * @param newLeaves the number, 2 to 4096
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder leaves(int newLeaves) {
            this.leaves = whole(newLeaves, 2, 4096, "leaves");
            return this;
        }

        /**
         * Sets how many customers a leaf has at least.
         *
         * @param least the number, from 1
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder leastCustomersInLeaf(int least) {
            this.leastCustomersInLeaf = whole(least, 1, Integer.MAX_VALUE, "leastCustomersInLeaf");
            return this;
        }

        /**
         * Sets the ridge penalty on the values of leaves.
         *
         * @param newPenalty the penalty, not negative and finite
         * @return this builder
         * @throws IllegalArgumentException if the penalty is out of range
         */
        public Builder penalty(double newPenalty) {
            if (!(newPenalty >= 0 && Double.isFinite(newPenalty))) {
                throw new IllegalArgumentException(
                        "penalty must not be negative and must be finite, not " + newPenalty);
            }
            this.penalty = newPenalty;
            return this;
        }

        /**
         * Sets the share of customers that each tree sees, chosen by the seed.
         *
         * @param share the share, above 0 and at most 1
         * @return this builder
         * @throws IllegalArgumentException if the share is out of range
         */
        public Builder shareOfCustomers(double share) {
            this.shareOfCustomers = share(share, "shareOfCustomers");
            return this;
        }

        /**
         * Sets the share of features that each tree sees, chosen by the seed.
         *
         * @param share the share, above 0 and at most 1
         * @return this builder
         * @throws IllegalArgumentException if the share is out of range
         */
        public Builder shareOfFeatures(double share) {
            this.shareOfFeatures = share(share, "shareOfFeatures");
            return this;
        }

        /**
         * Sets the seed of the samples.
         *
         * @param newSeed any number
         * @return this builder
         */
        public Builder seed(long newSeed) {
            this.seed = newSeed;
            return this;
        }

        /**
         * Makes the learner.
         *
         * @return the learner
         */
        public BoostedTrees build() {
            return new BoostedTrees(this);
        }

        private static int whole(int value, int least, int greatest, String name) {
            if (value < least || value > greatest) {
                throw new IllegalArgumentException(name + " must be " + least + " to " + greatest + ", not " + value);
            }
            return value;
        }

        private static double share(double value, String name) {
            if (!(value > 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " must be above 0 and at most 1, not " + value);
            }
            return value;
        }
    }
}
