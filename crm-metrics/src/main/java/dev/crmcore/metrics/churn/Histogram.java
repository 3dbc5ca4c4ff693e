package dev.crmcore.metrics.churn;

/** The sums of gradients, curvatures and customers of one node, in each bin of each feature. */
final class Histogram {

    private static final int WIDTH = Binning.MISSING + 1;

    private final double[] sums;
    private final int[] counts;
    private double gradient;
    private double curvature;
    private int count;

    Histogram(int features) {
        this.sums = new double[2 * features * WIDTH];
        this.counts = new int[features * WIDTH];
    }

    double gradient(int feature, int bin) {
        return sums[2 * (feature * WIDTH + bin)];
    }

    double curvature(int feature, int bin) {
        return sums[2 * (feature * WIDTH + bin) + 1];
    }

    int count(int feature, int bin) {
        return counts[feature * WIDTH + bin];
    }

    double gradient() {
        return gradient;
    }

    double curvature() {
        return curvature;
    }

    int count() {
        return count;
    }

    /** Sums up some customers, for the features of the mask. */
    void fill(byte[][] bins, boolean[] mask, int[] rows, int from, int to, double[] gradients, double[] curvatures) {
        for (int i = from; i < to; i++) {
            gradient += gradients[rows[i]];
            curvature += curvatures[rows[i]];
        }
        count = to - from;
        for (int f = 0; f < bins.length; f++) {
            if (!mask[f]) {
                continue;
            }
            byte[] column = bins[f];
            int base = f * WIDTH;
            for (int i = from; i < to; i++) {
                int row = rows[i];
                int at = base + (column[row] & 0xFF);
                sums[2 * at] += gradients[row];
                sums[2 * at + 1] += curvatures[row];
                counts[at]++;
            }
        }
    }

    /** Takes a child away from its parent, so that the other child is left. */
    void subtract(Histogram child) {
        gradient -= child.gradient;
        curvature -= child.curvature;
        count -= child.count;
        for (int i = 0; i < sums.length; i++) {
            sums[i] -= child.sums[i];
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] -= child.counts[i];
        }
    }
}
