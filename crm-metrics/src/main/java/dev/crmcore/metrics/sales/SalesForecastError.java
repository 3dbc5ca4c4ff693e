package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Undefined;
import dev.crmcore.metrics.internal.Normal;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import dev.crmcore.metrics.internal.WideSum;
import java.util.Objects;

/**
 * How far past sales forecasts were off: the weighted absolute percentage error (WAPE) and the bias.
 *
 * <p>Byte form, version 1: u64 forecasts; sums, in 128 bits each, of actual, |error|, error, actual&sup2;, error&sup2;, actual |error|
 * and actual error.
 *
 * <p>Mutable, not thread-safe. State: a count and seven sums.
 */
public final class SalesForecastError
        implements Accumulator<SalesForecastError.Forecast, SalesForecastError, SalesForecastError.Result> {

    /** What the errors mean. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("sales-forecast-error", 1)
            .name("Sales forecast error")
            .kind(KpiKind.MERGEABLE)
            .unit("share of what was sold; WAPE not negative, bias positive if forecasts were too high")
            .formula("WAPE = sum |forecast - actual| / sum actual; bias = sum (forecast - actual) / sum actual")
            .emptyRule("undefined if nothing was sold")
            .source("usual practice; interval: normal, variance of a ratio linearised")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Forecast, SalesForecastError, Result> TYPE =
            AccumulatorType.of(DEFINITION, SalesForecastError::new, SalesForecastError::fromBytes);

    private static final int FORMAT = 1;
    private static final int SUMS = 7;
    private static final long LARGEST = 1L << 47;
    private static final long MOST = 1L << 30;

    private final WideSum[] sums = new WideSum[SUMS];
    private long n;

    private SalesForecastError() {
        for (int i = 0; i < SUMS; i++) {
            sums[i] = new WideSum();
        }
    }

    /**
     * A forecast and what came of it.
     *
     * @param forecast what was expected, in minor units of the currency
     * @param actual what was sold, in minor units of the currency, not negative
     */
    public record Forecast(long forecast, long actual) {
        /**
         * A forecast; it is checked when it is counted.
         *
         * @param forecast what was expected
         * @param actual what was sold
         */
        public Forecast {}
    }

    @Override
    public void add(Forecast item) {
        add(item.forecast(), item.actual());
    }

    /**
     * Counts one forecast.
     *
     * @param forecast what was expected, in minor units of the currency, at most 2&#8308;&#8311; either way
     * @param actual what was sold, in minor units of the currency, 0 to 2&#8308;&#8311;
     * @throws IllegalArgumentException if a number is out of range
     */
    public void add(long forecast, long actual) {
        if (actual < 0 || actual > LARGEST || forecast < -LARGEST || forecast > LARGEST) {
            throw new IllegalArgumentException(
                    "forecast must be within 2^47 and actual 0 to 2^47, not " + forecast + " and " + actual);
        }
        long error = forecast - actual;
        requireRoom(1);
        addAll(new long[][] {
            {actual, 1},
            {Math.abs(error), 1},
            {error, 1},
            {actual, actual},
            {error, error},
            {actual, Math.abs(error)},
            {actual, error}
        });
        n++;
    }

    private void addAll(long[][] products) {
        WideSum[] more = new WideSum[SUMS];
        for (int i = 0; i < SUMS; i++) {
            more[i] = new WideSum();
            more[i].addProduct(products[i][0], products[i][1]);
        }
        add(more);
    }

    private void add(WideSum[] more) {
        for (int i = 0; i < SUMS; i++) {
            sums[i].add(more[i]);
        }
    }

    /** So many forecasts of the largest size fit into 128 bits, whatever they are. */
    private void requireRoom(long more) {
        if (Math.addExact(n, more) > MOST) {
            throw new ArithmeticException("more than " + MOST + " forecasts in one state");
        }
    }

    @Override
    public void merge(SalesForecastError other) {
        requireRoom(other.n);
        add(other.sums);
        n += other.n;
    }

    @Override
    public Result result() {
        double[] values = new double[SUMS];
        for (int i = 0; i < SUMS; i++) {
            values[i] = sums[i].doubleValue();
        }
        return new Result(
                n,
                ratio(values[1], values[0], values[4], values[3], values[5], 0),
                ratio(values[2], values[0], values[4], values[3], values[6], Double.NEGATIVE_INFINITY));
    }

    private Estimate ratio(
            double errors, double actual, double errorSquares, double actualSquares, double products, double least) {
        if (actual == 0) {
            return Estimate.undefined(Undefined.noData("nothing was sold"), n);
        }
        Estimate ratio = Estimate.ratio(errors, actual, n);
        if (n < 2) {
            return ratio;
        }
        double r = ratio.value();
        double scatter = Math.max(0, errorSquares - 2 * r * products + r * r * actualSquares);
        double half = Normal.twoSidedQuantile(Interval.DEFAULT_LEVEL) * Math.sqrt(scatter * n / (n - 1)) / actual;
        return ratio.withInterval(new Interval(r - half, r + half, Interval.DEFAULT_LEVEL, "linearised ratio")
                .clampedTo(least, Double.POSITIVE_INFINITY));
    }

    /**
     * The errors. Immutable and thread-safe.
     *
     * @param n how many forecasts there were
     * @param wape the weighted absolute percentage error as a share, with its 95 % interval; undefined if nothing was sold
     * @param bias by which share forecasts were too high, negative if too low, with its 95 % interval; undefined if nothing was
     *     sold
     */
    public record Result(long n, Estimate wape, Estimate bias) {
        /**
         * The errors.
         *
         * @param n how many forecasts there were
         * @param wape the weighted absolute percentage error
         * @param bias by which share forecasts were too high
         */
        public Result {
            Objects.requireNonNull(wape, "wape");
            Objects.requireNonNull(bias, "bias");
        }
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(DEFINITION.id(), FORMAT).putLong(n);
        for (WideSum sum : sums) {
            sum.write(writer);
        }
        return writer.toBytes();
    }

    private static SalesForecastError fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        SalesForecastError read = new SalesForecastError();
        read.n = reader.getCount();
        for (int i = 0; i < SUMS; i++) {
            read.sums[i] = WideSum.read(reader);
        }
        reader.end();
        if (read.n == 0 && read.sums[0].value().signum() != 0) {
            throw reader.malformed("sums without a forecast");
        }
        return read;
    }
}
