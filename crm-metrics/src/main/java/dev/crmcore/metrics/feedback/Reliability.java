package dev.crmcore.metrics.feedback;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Beta;
import dev.crmcore.metrics.internal.FisherZ;
import java.util.Objects;

/**
 * How well the items of a survey scale hang together, as psych's {@code alpha} reports it.
 *
 * <p>Immutable and thread-safe. Every figure costs time in proportion to the pairs of items.
 */
public final class Reliability {

    private final SurveyScale scale;
    private final long n;
    private final long leftOut;
    private final double[][] covariance;

    /** The matrix is kept. */
    Reliability(SurveyScale scale, long n, long leftOut, double[][] covariance) {
        this.scale = scale;
        this.n = n;
        this.leftOut = leftOut;
        this.covariance = covariance;
    }

    /**
     * The scale.
     *
     * @return the scale
     */
    public SurveyScale scale() {
        return scale;
    }

    /**
     * How many respondents answered every item.
     *
     * @return the number of complete rows
     */
    public long n() {
        return n;
    }

    /**
     * How many respondents were left out because an answer is missing.
     *
     * @return the number of incomplete rows
     */
    public long leftOut() {
        return leftOut;
    }

    /**
     * Cronbach's alpha with its 95 % interval.
     *
     * @return alpha, at most 1; undefined below two items or rows, or if the sum of the items does not vary
     */
    public Estimate alpha() {
        return alpha(Interval.DEFAULT_LEVEL);
    }

    /**
     * Cronbach's alpha with Feldt's interval: 1 - (1 - alpha) F, with the quantiles of F at n - 1 and (n - 1)(k - 1) degrees of
     * freedom.
     *
     * @param level the interval's nominal coverage, above 0 and below 1
     * @return alpha, at most 1, without an interval where it is 1; undefined below two items or rows, or if the sum of the items
     *     does not vary
     * @throws IllegalArgumentException if the level is out of range
     */
    public Estimate alpha(double level) {
        Interval.requireLevel(level);
        return withFeldt(alphaWithout(-1), covariance.length, level);
    }

    private Estimate withFeldt(Estimate alpha, int items, double level) {
        if (!alpha.isDefined() || alpha.value() >= 1) {
            return alpha;
        }
        double above = 1 - alpha.value();
        double df1 = n - 1.0;
        double df2 = df1 * (items - 1);
        double tail = (1 - level) / 2;
        return alpha.withInterval(new Interval(
                1 - above * quantileOfF(1 - tail, df1, df2),
                1 - above * quantileOfF(tail, df1, df2),
                level,
                "Feldt F"));
    }

    /**
     * Alpha of the items brought to equal variance: k r/(1 + (k - 1) r) with the mean correlation r. Feldt's interval is not of
     * it: the items' deviations would have to be known.
     *
     * @return the standardised alpha, without an interval; undefined as alpha, or if an item does not vary
     */
    public Estimate standardisedAlpha() {
        int k = covariance.length;
        if (k < 2 || n < 2) {
            return tooFew(2);
        }
        double sum = 0;
        for (int i = 0; i < k; i++) {
            if (!(covariance[i][i] > 0)) {
                return constant(i);
            }
            for (int j = 0; j < k; j++) {
                sum += covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j]);
            }
        }
        return sum > 1e-12 * k
                ? Estimate.of(k / (k - 1.0) * (1 - k / sum), n)
                : noVariation("the sum of the items does not vary");
    }

    /**
     * Alpha of the other items. If it is higher than {@link #alpha()}, the item does not fit the scale.
     *
     * @param item the item's index
     * @return alpha without it, with its 95 % interval by Feldt; undefined if fewer than two items remain
     * @throws IndexOutOfBoundsException if there is no such item
     */
    public Estimate alphaIfDropped(int item) {
        Objects.checkIndex(item, covariance.length);
        return withFeldt(alphaWithout(item), covariance.length - 1, Interval.DEFAULT_LEVEL);
    }

    /**
     * The correlation of an item with the sum of the others.
     *
     * @param item the item's index
     * @return the corrected item-total correlation, -1 to 1, with its 95 % interval by Fisher's z from 4 rows on; undefined if the item or the rest does not vary
     * @throws IndexOutOfBoundsException if there is no such item
     */
    public Estimate itemTotalCorrelation(int item) {
        Objects.checkIndex(item, covariance.length);
        if (covariance.length < 2 || n < 2) {
            return tooFew(2);
        }
        double variance = covariance[item][item];
        if (!(variance > 0)) {
            return constant(item);
        }
        double withRest = 0;
        double total = 0;
        double variances = 0;
        for (int i = 0; i < covariance.length; i++) {
            if (i != item) {
                variances += covariance[i][i];
                withRest += covariance[item][i];
                for (int j = 0; j < covariance.length; j++) {
                    total += j == item ? 0 : covariance[i][j];
                }
            }
        }
        if (!varies(total, variances)) {
            return noVariation("the sum of the other items does not vary");
        }
        double correlation = withRest / Math.sqrt(variance * total);
        Estimate estimate = Estimate.of(Math.max(-1, Math.min(1, correlation)), n);
        return FisherZ.interval(estimate.value(), n, Interval.DEFAULT_LEVEL)
                .map(estimate::withInterval)
                .orElse(estimate);
    }

    /** Alpha and on how many rows it stands. */
    @Override
    public String toString() {
        return "alpha of " + scale.id() + ": " + alpha();
    }

    private Estimate alphaWithout(int dropped) {
        int k = covariance.length - (dropped < 0 ? 0 : 1);
        if (k < 2 || n < 2) {
            return tooFew(dropped < 0 ? 2 : 3);
        }
        double variances = 0;
        double total = 0;
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < covariance.length; j++) {
                if (i != dropped && j != dropped) {
                    total += covariance[i][j];
                    variances += i == j ? covariance[i][i] : 0;
                }
            }
        }
        return varies(total, variances)
                ? Estimate.of(k / (k - 1.0) * (1 - variances / total), n)
                : noVariation("the sum of the items does not vary");
    }

    /** Whether a sum of items varies; answers that cancel exactly leave a rest of rounding. */
    private static boolean varies(double total, double variances) {
        return total > 1e-12 * variances;
    }

    private Estimate tooFew(int items) {
        String rows =
                n + " complete rows of " + covariance.length + " items, at least 2 rows of " + items + " are needed";
        return Estimate.undefined(n == 0 ? Undefined.noData(rows) : Undefined.tooFew(rows), n);
    }

    private Estimate constant(int item) {
        return noVariation("all answers to \"" + scale.items().get(item).id() + "\" are equal");
    }

    private Estimate noVariation(String message) {
        return Estimate.undefined(new Undefined(Undefined.Reason.NO_VARIATION, message), n);
    }

    private static double quantileOfF(double p, double df1, double df2) {
        double x = Beta.quantile(p, df1 / 2, df2 / 2);
        double y = x <= 0.5 ? 1 - x : Beta.quantile(1 - p, df2 / 2, df1 / 2);
        return df2 * x / (df1 * y);
    }
}
