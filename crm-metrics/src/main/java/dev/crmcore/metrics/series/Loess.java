package dev.crmcore.metrics.series;

import org.jspecify.annotations.Nullable;

/**
 * Local regression on equally spaced points, of degree 0 or 1 with tricube weights, as STL uses it (Cleveland and others
 * 1990): evaluated at each jump-th point and linear between.
 */
final class Loess {

    private final int window;
    private final int degree;
    private final int jump;

    Loess(int window, int degree, int jump) {
        this.window = window;
        this.degree = degree;
        this.jump = jump;
    }

    /** Smooths the first n points into the places from {@code offset} on. */
    void smooth(double[] y, int n, double @Nullable [] robust, double[] into, int offset) {
        if (n == 1) {
            into[offset] = y[0];
            return;
        }
        int step = Math.min(jump, n - 1);
        int last = 0;
        for (int i = 0; i < n; i += step) {
            into[offset + i] = at(y, n, i, robust);
            last = i;
        }
        if (last != n - 1) {
            into[offset + n - 1] = at(y, n, n - 1, robust);
        }
        for (int from = 0; step > 1 && from < n - 1; from += step) {
            int to = Math.min(from + step, n - 1);
            double slope = (into[offset + to] - into[offset + from]) / (to - from);
            for (int i = from + 1; i < to; i++) {
                into[offset + i] = into[offset + from] + slope * (i - from);
            }
        }
    }

    private double at(double[] y, int n, int x, double @Nullable [] robust) {
        int from = from(n, x);
        double fitted = fit(y, n, x, from, Math.min(n, from + window) - 1, robust);
        return Double.isNaN(fitted) ? y[x] : fitted;
    }

    /** The first point of the window round x: centred where there is room. */
    private int from(int n, int x) {
        return window >= n ? 0 : Math.max(0, Math.min(n - window, x - window / 2));
    }

    /** The fit at x, which may lie one step outside, from the first window. */
    double before(double[] y, int n, double @Nullable [] robust) {
        return fit(y, n, -1, 0, Math.min(window, n) - 1, robust);
    }

    /** The fit one step after the last point, from the last window. */
    double after(double[] y, int n, double @Nullable [] robust) {
        return fit(y, n, n, Math.max(0, n - window), n - 1, robust);
    }

    /** The fit at x from the points from {@code left} to {@code right}; NaN if they all have weight 0. */
    private double fit(double[] y, int n, int x, int left, int right, double @Nullable [] robust) {
        double reach = Math.max(x - left, right - x);
        if (window > n) {
            int beyond = (window - n) / 2;
            reach += beyond;
        }
        double[] weight = new double[right - left + 1];
        double sum = 0;
        for (int i = left; i <= right; i++) {
            double distance = Math.abs(i - x);
            if (distance > 0.999 * reach) {
                continue;
            }
            double share = distance / reach;
            double cube = 1 - share * share * share;
            double tricube = distance <= 0.001 * reach ? 1 : cube * cube * cube;
            weight[i - left] = robust == null ? tricube : tricube * robust[i];
            sum += weight[i - left];
        }
        if (!(sum > 0)) {
            return Double.NaN;
        }
        for (int i = 0; i < weight.length; i++) {
            weight[i] /= sum;
        }
        if (degree > 0) {
            tilt(weight, n, x, left);
        }
        double fitted = 0;
        for (int i = left; i <= right; i++) {
            fitted += weight[i - left] * y[i];
        }
        return fitted;
    }

    /** Turns the weights of a local mean into those of a local line, if the points are far enough apart for one. */
    private static void tilt(double[] weight, int n, int x, int left) {
        double mean = 0;
        for (int i = 0; i < weight.length; i++) {
            mean += weight[i] * (left + i);
        }
        double spread = 0;
        for (int i = 0; i < weight.length; i++) {
            spread += weight[i] * (left + i - mean) * (left + i - mean);
        }
        if (Math.sqrt(spread) > 0.001 * (n - 1)) {
            double slope = (x - mean) / spread;
            for (int i = 0; i < weight.length; i++) {
                weight[i] *= slope * (left + i - mean) + 1;
            }
        }
    }
}
