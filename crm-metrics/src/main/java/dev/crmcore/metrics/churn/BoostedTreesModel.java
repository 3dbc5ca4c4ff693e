package dev.crmcore.metrics.churn;

import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Fitted boosted trees.
 *
 * <p>The reasons of a score are the Shapley values of TreeSHAP, path-dependent: the average change when the feature becomes
 * known, over all orders in which features could become known, where an unknown one sends the customer down both sides of a
 * split in the proportion of the customers learnt from. They are exact and sum to the log-odds.
 *
 * <p>Immutable and thread-safe. A prediction costs O(trees &middot; depth), reasons O(trees &middot; leaves &middot;
 * depth&sup2;).
 *
 * <p>Byte form, after the frame of {@link ExplainedModel}: i64 customers; f64 log-odds at the start; i32 features, for each
 * its bins (text name; u8 numeric; cuts or levels) and f64 gain; i32 trees, for each i32 nodes and for each node i32 feature
 * (-1 for a leaf), i32 cover, and f64 value, or i32 left, i32 right and 256 bits of bins that go left.
 */
public final class BoostedTreesModel implements ExplainedModel {

    private final List<Binning> binnings;
    private final double start;
    private final List<Tree> trees;
    private final double[] gains;
    private final long customers;

    BoostedTreesModel(List<Binning> binnings, double start, List<Tree> trees, double[] gains, long customers) {
        this.binnings = List.copyOf(binnings);
        this.start = start;
        this.trees = List.copyOf(trees);
        this.gains = gains.clone();
        this.customers = customers;
    }

    /**
     * The number of trees.
     *
     * @return the number, positive
     */
    public int trees() {
        return trees.size();
    }

    /**
     * How many customers the model was fitted on.
     *
     * @return the number of customers
     */
    public long customers() {
        return customers;
    }

    /**
     * How much each feature helped to explain churn while the trees grew: its share of what all splits gained.
     *
     * @return the features with their shares, which sum to 1 unless there is no split; the largest first
     */
    public List<FeatureShare> importance() {
        double all = 0;
        for (double gain : gains) {
            all += gain;
        }
        double whole = all > 0 ? all : 1;
        return IntStream.range(0, gains.length)
                .mapToObj(f -> new FeatureShare(binnings.get(f).name(), gains[f] / whole))
                .sorted(Comparator.comparingDouble((FeatureShare share) -> -share.share()))
                .toList();
    }

    @Override
    public List<String> features() {
        return binnings.stream().map(Binning::name).toList();
    }

    @Override
    public double[] logOdds(FeatureTable table) {
        byte[][] bins = bins(table);
        double[] sums = new double[table.rows()];
        for (int row = 0; row < sums.length; row++) {
            double sum = start;
            for (Tree tree : trees) {
                sum += tree.valueOf(bins, row);
            }
            sums[row] = sum;
        }
        return sums;
    }

    @Override
    public Reasons reasons(FeatureTable table, int row) {
        Objects.checkIndex(row, table.rows());
        byte[][] bins = bins(table.select(row));
        double base = start;
        double[] parts = new double[binnings.size()];
        for (Tree tree : trees) {
            base += tree.mean();
            new TreeShap(tree, bins, 0, parts).add();
        }
        return Reasons.of(base, "TreeSHAP, path-dependent", features(), parts);
    }

    List<Tree> grown() {
        return trees;
    }

    byte[][] bins(FeatureTable table) {
        byte[][] bins = new byte[binnings.size()][];
        for (int f = 0; f < bins.length; f++) {
            bins[f] = binnings.get(f).bins(table);
        }
        return bins;
    }

    @Override
    public byte[] toBytes() {
        return ModelBytes.of(this);
    }

    void write(StateWriter writer) {
        writer.putLong(customers).putDouble(start).putInt(binnings.size());
        for (int f = 0; f < gains.length; f++) {
            binnings.get(f).write(writer);
            writer.putDouble(gains[f]);
        }
        writer.putInt(trees.size());
        trees.forEach(tree -> tree.write(writer));
    }

    static BoostedTreesModel read(StateReader reader) {
        long customers = reader.getCount();
        double start = reader.getFinite();
        int features = reader.getSize(Short.BYTES + 1 + Integer.BYTES + Double.BYTES);
        List<Binning> binnings = new ArrayList<>(features);
        double[] gains = new double[features];
        for (int f = 0; f < features; f++) {
            binnings.add(Binning.read(reader));
            gains[f] = reader.getFinite();
        }
        int count = reader.getSize(Integer.BYTES);
        List<Tree> trees = new ArrayList<>(count);
        for (int t = 0; t < count; t++) {
            trees.add(Tree.read(reader, features));
        }
        return new BoostedTreesModel(binnings, start, trees, gains, customers);
    }

    /** The number of trees and of customers. */
    @Override
    public String toString() {
        return trees.size() + " boosted trees on " + customers + " customers";
    }
}
