package dev.crmcore.metrics.internal;

/** Sample quantiles. */
public final class Quantiles {

    private Quantiles() {}

    /**
     * The quantile by linear interpolation between order statistics, type 7 of Hyndman and Fan 1996 and the default of R and
     * numpy.
     *
     * @param sorted at least one value, ascending
     * @param p 0 to 1
     */
    public static double type7(double[] sorted, double p) {
        double position = (sorted.length - 1) * p;
        int below = (int) position;
        if (below + 1 >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
