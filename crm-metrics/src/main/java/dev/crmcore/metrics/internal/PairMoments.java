package dev.crmcore.metrics.internal;

/**
 * Means, variances and covariance of pairs of numbers in one pass, mergeable, without the cancellation of plain sums of squares
 * (Welford 1962; Chan, Golub and LeVeque 1979). The order of the pairs moves the results by some units in the last place.
 *
 * <p>Layout: i64 n, f64 mean x, f64 mean y, f64 sum of (x - mean)&sup2;, f64 of y, f64 of the products. Not thread-safe.
 */
public final class PairMoments {

    private long n;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    /** Begins with no pair. */
    public PairMoments() {}

    /** Counts a pair of finite numbers; refuses one that would overflow, and counts nothing then. */
    public void add(double x, double y) {
        merge(1, x, y, 0, 0, 0);
    }

    /** Counts what another one has counted. */
    public void add(PairMoments other) {
        if (other.n > 0) {
            merge(other.n, other.meanX, other.meanY, other.squaresX, other.squaresY, other.products);
        }
    }

    /** How many pairs there were. */
    public long n() {
        return n;
    }

    /** The mean of the first numbers, 0 without pairs. */
    public double meanX() {
        return meanX;
    }

    /** The mean of the second numbers, 0 without pairs. */
    public double meanY() {
        return meanY;
    }

    /** &Sigma;(x - mean)&sup2;. */
    public double squaresX() {
        return squaresX;
    }

    /** &Sigma;(y - mean)&sup2;. */
    public double squaresY() {
        return squaresY;
    }

    /** &Sigma;(x - mean)(y - mean). */
    public double products() {
        return products;
    }

    /** Appends the state. */
    public void write(StateWriter writer) {
        writer.putLong(n).putDouble(meanX).putDouble(meanY);
        writer.putDouble(squaresX).putDouble(squaresY).putDouble(products);
    }

    /** Reads what {@link #write} appended. */
    public static PairMoments read(StateReader reader) {
        PairMoments moments = new PairMoments();
        moments.n = reader.getCount();
        moments.set(reader.getFinite(), reader.getFinite(), reader.getFinite(), reader.getFinite(), reader.getFinite());
        boolean spread = moments.squaresX != 0 || moments.squaresY != 0 || moments.products != 0;
        if (moments.squaresX < 0 || moments.squaresY < 0 || (moments.n < 2 && spread)) {
            throw reader.malformed("moments that no numbers have");
        }
        return moments;
    }

    private void merge(long otherN, double x, double y, double xx, double yy, double xy) {
        long all = Math.addExact(n, otherN);
        double weight = (double) otherN / all;
        double dx = x - meanX;
        double dy = y - meanY;
        double shared = n * weight;
        double newX = n == 0 ? x : meanX + dx * weight;
        double newY = n == 0 ? y : meanY + dy * weight;
        double newSquaresX = squaresX + xx + dx * dx * shared;
        double newSquaresY = squaresY + yy + dy * dy * shared;
        double newProducts = products + xy + dx * dy * shared;
        if (!Double.isFinite(newX + newY + newSquaresX + newSquaresY + newProducts)) {
            throw new ArithmeticException("the spread of the numbers exceeds the range of a double");
        }
        n = all;
        set(newX, newY, newSquaresX, newSquaresY, newProducts);
    }

    private void set(double newX, double newY, double newSquaresX, double newSquaresY, double newProducts) {
        meanX = newX;
        meanY = newY;
        squaresX = newSquaresX;
        squaresY = newSquaresY;
        products = newProducts;
    }
}
