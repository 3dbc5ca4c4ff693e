package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Interval;
import java.util.function.IntFunction;

/** Quantiles of a number of purchases, from a distribution that is asked for as far as it is needed. */
final class PurchaseQuantiles {

    private static final int FIRST = 31;
    private static final int MOST = 16_383;

    private PurchaseQuantiles() {}

    /** The interval between the quantiles, given P(0 &hellip; n) for any n. */
    static Interval interval(IntFunction<double[]> distribution, double level) {
        double tail = (1 - level) / 2;
        int most = FIRST;
        double[] probability = distribution.apply(most);
        while (most < MOST && sum(probability) < 1 - tail) {
            most = 2 * most + 1;
            probability = distribution.apply(most);
        }
        double upper = quantile(probability, 1 - tail);
        return new Interval(
                Math.min(quantile(probability, tail), most), upper, level, "quantiles of the model's distribution");
    }

    /** The least n with P(at most n) of at least p; infinite if it is not among those given. */
    private static double quantile(double[] probability, double p) {
        double sum = 0.0;
        for (int n = 0; n < probability.length; n++) {
            sum += probability[n];
            if (sum >= p) {
                return n;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double sum(double[] probability) {
        double sum = 0.0;
        for (double each : probability) {
            sum += each;
        }
        return sum;
    }
}
