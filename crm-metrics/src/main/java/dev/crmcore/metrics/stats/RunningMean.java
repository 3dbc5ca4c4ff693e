package dev.crmcore.metrics.stats;

import dev.crmcore.metrics.Accumulator;
import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.SampleMean;
import dev.crmcore.metrics.internal.StateReader;
import dev.crmcore.metrics.internal.StateWriter;
import java.util.Objects;

/**
 * A mean with its spread, of values that come one by one or in parts from elsewhere, such as handling times. The order of the
 * values moves mean and variance by no more than about 1e-15 times the number of merges, relative to the largest value; sums of
 * money that must be exact belong into a figure that counts minor units.
 *
 * <p>Byte form, version 1: u64 n, f64 mean, f64 sum of squared deviations.
 *
 * <p>Mutable, not thread-safe. The state has a fixed size.
 */
public final class RunningMean implements Accumulator<Double, RunningMean, SampleMean> {

    /** What the mean means. */
    public static final KpiDefinition DEFINITION = KpiDefinition.builder("mean", 1)
            .name("Mean")
            .kind(KpiKind.MERGEABLE)
            .unit("that of the values")
            .formula("sum of values / number of values")
            .emptyRule("undefined without values")
            .source("Welford 1962; Chan, Golub and LeVeque 1979; interval: Student 1908")
            .build();

    /** How to begin, resume and collect. */
    public static final AccumulatorType<Double, RunningMean, SampleMean> TYPE =
            AccumulatorType.of(DEFINITION, RunningMean::new, RunningMean::fromBytes);

    private static final int FORMAT = 1;

    private long n;
    private double mean;
    private double squares;

    private RunningMean() {}

    @Override
    public void add(Double value) {
        add(value.doubleValue());
    }

    /**
     * Counts one value.
     *
     * @param value the value, finite
     * @throws IllegalArgumentException if it is not finite; nothing was counted then
     * @throws ArithmeticException if the spread exceeds the range of a double; nothing was counted then
     */
    public void add(double value) {
        merge(1, requireFinite(value), 0);
    }

    /**
     * Counts a run of values, up to the first that is refused.
     *
     * @param values the values, finite
     * @param from the index of the first value
     * @param to the index after the last value
     * @throws IllegalArgumentException if a value is not finite; nothing was counted then
     * @throws ArithmeticException if the spread exceeds the range of a double
     * @throws IndexOutOfBoundsException if the range is not within the array
     */
    public void add(double[] values, int from, int to) {
        Objects.checkFromToIndex(from, to, values.length);
        for (int i = from; i < to; i++) {
            requireFinite(values[i]);
        }
        for (int i = from; i < to; i++) {
            merge(1, values[i], 0);
        }
    }

    @Override
    public void merge(RunningMean other) {
        if (other.n > 0) {
            merge(other.n, other.mean, other.squares);
        }
    }

    @Override
    public SampleMean result() {
        return new SampleMean(n, mean * n, n < 2 ? 0 : squares / (n - 1));
    }

    @Override
    public byte[] toBytes() {
        return new StateWriter(DEFINITION.id(), FORMAT)
                .putLong(n)
                .putDouble(mean)
                .putDouble(squares)
                .toBytes();
    }

    private void merge(long otherN, double otherMean, double otherSquares) {
        long all = Math.addExact(n, otherN);
        double weight = (double) otherN / all;
        double distance = otherMean - mean;
        double newMean = n == 0 ? otherMean : mean + distance * weight;
        double newSquares = n == 0 ? otherSquares : squares + otherSquares + distance * distance * n * weight;
        if (!Double.isFinite(newMean * all + newSquares)) {
            throw new ArithmeticException("the spread of the values exceeds the range of a double");
        }
        n = all;
        mean = newMean;
        squares = newSquares;
    }

    private static double requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite, not " + value);
        }
        return value;
    }

    private static RunningMean fromBytes(byte[] bytes) {
        StateReader reader = StateReader.open(bytes, DEFINITION.id(), FORMAT);
        RunningMean read = new RunningMean();
        read.n = reader.getCount();
        read.mean = reader.getFinite();
        read.squares = reader.getFinite();
        reader.end();
        if (read.squares < 0 || (read.n < 2 && read.squares != 0) || !Double.isFinite(read.mean * read.n)) {
            throw reader.malformed("moments that no values have");
        }
        return read;
    }
}
