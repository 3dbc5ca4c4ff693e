package dev.crmcore.metrics.churn;

/** The sums of gradients, curvatures and customers of one node, in each bin of each feature. */
final class Histogram {

    private final int[] begin;
    private final double[] sums;
    private final int[] counts;
    private double gradient;
    private double curvature;
    private int count;

    /** An empty one; feature f has the places from {@code begin[f]} to before {@code begin[f + 1]}, the last for missing. */
    Histogram(int[] begin) {
        this.begin = begin;
        int places = begin[begin.length - 1];
        this.sums = new double[2 * places];
        this.counts = new int[places];
    }

    /** Where the places of each feature begin. */
    static int[] places(Binning[] binnings) {
        int[] begin = new int[binnings.length + 1];
        for (int f = 0; f < binnings.length; f++) {
            begin[f + 1] = begin[f] + binnings[f].bins() + 1;
        }
        return begin;
    }

    double gradient(int feature, int bin) {
        return sums[2 * place(feature, bin)];
    }

    double curvature(int feature, int bin) {
        return sums[2 * place(feature, bin) + 1];
    }

    int count(int feature, int bin) {
        return counts[place(feature, bin)];
    }

    private int place(int feature, int bin) {
        return bin == Binning.MISSING ? begin[feature + 1] - 1 : begin[feature] + bin;
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
            int first = begin[f];
            int last = begin[f + 1] - 1;
            for (int i = from; i < to; i++) {
                int row = rows[i];
                int at = Math.min(first + (column[row] & 0xFF), last);
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
