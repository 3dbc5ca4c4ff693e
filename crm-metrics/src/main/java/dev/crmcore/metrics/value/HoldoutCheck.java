package dev.crmcore.metrics.value;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.TimeSpan;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.FisherZ;
import dev.crmcore.metrics.internal.LongMoments;
import dev.crmcore.metrics.internal.PairMoments;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A model held against what its customers did after the calibration: the errors of the predicted purchases, and the means
 * predicted and made by the number of repeat purchases in the calibration.
 *
 * <pre>{@code
 * PurchaseHistories calibration = PurchaseHistories.of(x, recency, age, PeriodUnit.WEEK);
 * BgNbd model = BgNbd.fit(calibration).model();
 * HoldoutCheck check = HoldoutCheck.of(model, calibration, TimeSpan.of(39, PeriodUnit.WEEK), purchasesAfterwards, 6);
 * check.meanAbsoluteError().value();
 * check.expectedMean(2);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class HoldoutCheck {

    /** What the figures mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("repeat-purchase-holdout", 1)
            .name("Purchases predicted and made after the calibration")
            .kind(KpiKind.BATCH)
            .unit("purchases of a customer; correlation -1 to 1")
            .formula(
                    "over customers: mean |predicted - made|, root of the mean square, Pearson's correlation; means by x")
            .variant("the last row of the means holds all larger x")
            .emptyRule("undefined")
            .source("Fader, Hardie and Lee 2005, Marketing Science 24(2); intervals: Student's t, Fisher 1921")
            .build();

    private final long[] customers;
    private final SampleMean[] actual;
    private final double[] expected;
    private final Estimate meanAbsoluteError;
    private final Estimate rootMeanSquareError;
    private final Estimate correlation;

    private HoldoutCheck(
            long[] customers,
            SampleMean[] actual,
            double[] expected,
            Estimate meanAbsoluteError,
            Estimate rootMeanSquareError,
            Estimate correlation) {
        this.customers = customers;
        this.actual = actual;
        this.expected = expected;
        this.meanAbsoluteError = meanAbsoluteError;
        this.rootMeanSquareError = rootMeanSquareError;
        this.correlation = correlation;
    }

    /**
     * Compares a model with the time after the calibration. Cost: a prediction for each distinct row and O(n).
     *
     * @param model the model, fitted on the calibration
     * @param calibration the customers' histories up to the end of the calibration, made of columns
     * @param ahead the length of the time after it
     * @param purchases how many purchases each customer made then, in the order of the calibration's columns
     * @param most the largest number of repeat purchases with a row of its own, not negative
     * @return the comparison
     * @throws IllegalArgumentException if there is not one number for each customer, one is negative, or {@code most} is
     * @throws IllegalStateException if the calibration was counted and does not know the order of its customers
     */
    public static HoldoutCheck of(
            RepeatPurchaseModel model, PurchaseHistories calibration, TimeSpan ahead, long[] purchases, int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most must not be negative, not " + most);
        }
        double[] predicted = calibration.spread(model.expectedPurchases(calibration, ahead));
        int n = predicted.length;
        if (purchases.length != n) {
            throw new IllegalArgumentException(
                    "there must be one number for each of the " + n + " customers, not " + purchases.length);
        }
        double[] frequency = new double[calibration.size()];
        for (int row = 0; row < frequency.length; row++) {
            frequency[row] = Math.min(calibration.frequency(row), most + 1L);
        }
        double[] rowOf = calibration.spread(frequency);
        long[] customers = new long[most + 2];
        LongMoments[] actual =
                Stream.generate(LongMoments::new).limit(most + 2L).toArray(LongMoments[]::new);
        double[] expected = new double[most + 2];
        double[] absolute = new double[n];
        double[] square = new double[n];
        PairMoments pairs = new PairMoments();
        for (int i = 0; i < n; i++) {
            if (purchases[i] < 0) {
                throw new IllegalArgumentException(
                        "row " + i + ": purchases must not be negative, not " + purchases[i]);
            }
            int row = (int) rowOf[i];
            customers[row]++;
            actual[row].add(purchases[i]);
            expected[row] += predicted[i];
            pairs.add(predicted[i], (double) purchases[i]);
            absolute[i] = Math.abs(predicted[i] - purchases[i]);
            square[i] = absolute[i] * absolute[i];
        }
        return new HoldoutCheck(
                customers,
                Arrays.stream(actual).map(LongMoments::mean).toArray(SampleMean[]::new),
                expected,
                n == 0 ? nobody() : SampleMean.of(absolute).estimate(),
                n == 0 ? nobody() : root(SampleMean.of(square).estimate()),
                correlation(pairs));
    }

    private static Estimate root(Estimate square) {
        Estimate root = Estimate.of(Math.sqrt(square.value()), square.n());
        return square.interval()
                .map(i -> root.withInterval(
                        new Interval(Math.sqrt(Math.max(0, i.lower())), Math.sqrt(i.upper()), i.level(), i.method())))
                .orElse(root);
    }

    private static Estimate nobody() {
        return Estimate.undefined(Undefined.noData("no customer"));
    }

    private static Estimate correlation(PairMoments pairs) {
        if (pairs.n() == 0) {
            return nobody();
        }
        if (!(pairs.squaresX() > 0 && pairs.squaresY() > 0)) {
            return Estimate.undefined(
                    new Undefined(
                            Undefined.Reason.NO_VARIATION, "all predictions or all numbers of purchases are equal"),
                    pairs.n());
        }
        double correlation = pairs.products() / Math.sqrt(pairs.squaresX()) / Math.sqrt(pairs.squaresY());
        Estimate estimate = Estimate.of(Math.max(-1.0, Math.min(1.0, correlation)), pairs.n());
        return FisherZ.interval(estimate.value(), pairs.n(), Interval.DEFAULT_LEVEL)
                .map(estimate::withInterval)
                .orElse(estimate);
    }

    /**
     * The mean over the customers of |predicted &minus; made|, with its 95 % t interval.
     *
     * @return the error in purchases, undefined without customers
     */
    public Estimate meanAbsoluteError() {
        return meanAbsoluteError;
    }

    /**
     * The root of the mean square of predicted &minus; made, with the roots of the 95 % t interval of that mean.
     *
     * @return the error in purchases, undefined without customers
     */
    public Estimate rootMeanSquareError() {
        return rootMeanSquareError;
    }

    /**
     * Pearson's correlation of predicted and made, with its 95 % interval by Fisher's z, which is rough for numbers so skew.
     *
     * @return the correlation, undefined if one of them does not vary
     */
    public Estimate correlation() {
        return correlation;
    }

    /**
     * All purchases made after the calibration.
     *
     * @return the number
     */
    public double actualTotal() {
        return Arrays.stream(actual).mapToDouble(SampleMean::sum).sum();
    }

    /**
     * All purchases predicted.
     *
     * @return the number
     */
    public double expectedTotal() {
        return sum(expected);
    }

    /**
     * The largest number of repeat purchases with a row of its own; the row after it holds all customers with more.
     *
     * @return the number
     */
    public int most() {
        return customers.length - 2;
    }

    /**
     * How many customers made so many repeat purchases in the calibration.
     *
     * @param x the repeat purchases, from 0; {@link #most()} + 1 stands for all larger numbers
     * @return the number of customers
     * @throws IllegalArgumentException if there is no such row
     */
    public long customers(int x) {
        return customers[row(x)];
    }

    /**
     * The mean number of purchases that these customers made afterwards, with its 95 % t interval.
     *
     * @param x the repeat purchases, from 0; {@link #most()} + 1 stands for all larger numbers
     * @return the mean, undefined if there is no such customer
     * @throws IllegalArgumentException if there is no such row
     */
    public Estimate actualMean(int x) {
        return customers[row(x)] == 0 ? nobody() : actual[x].estimate();
    }

    /**
     * The mean number of purchases predicted for these customers. It is what the model says and has no interval.
     *
     * @param x the repeat purchases, from 0; {@link #most()} + 1 stands for all larger numbers
     * @return the mean, undefined if there is no such customer
     * @throws IllegalArgumentException if there is no such row
     */
    public Estimate expectedMean(int x) {
        return mean(expected[row(x)], customers[x]);
    }

    private static Estimate mean(double sum, long n) {
        return n == 0 ? nobody() : Estimate.ratio(sum, (double) n, n);
    }

    private int row(int x) {
        if (x < 0 || x >= customers.length) {
            throw new IllegalArgumentException("x must be 0 to " + (customers.length - 1) + ", not " + x);
        }
        return x;
    }

    private static double sum(double[] values) {
        double sum = 0.0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
