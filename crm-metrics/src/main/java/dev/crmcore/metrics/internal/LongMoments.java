package dev.crmcore.metrics.internal;

import dev.crmcore.metrics.SampleMean;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Number, sum and sum of squares of whole numbers, exactly, so that mean and variance do not depend on the order of the
 * numbers. A sum that does not fit is an {@link ArithmeticException}, and nothing was counted then.
 *
 * <p>Layout: i64 number, i64 sum, i128 sum of squares. Not thread-safe.
 */
public final class LongMoments {

    private long n;
    private long sum;
    private final WideSum squares;

    /** Begins with no number. */
    public LongMoments() {
        this(0, 0, new WideSum());
    }

    private LongMoments(long n, long sum, WideSum squares) {
        this.n = n;
        this.sum = sum;
        this.squares = squares;
    }

    /** Counts a number. */
    public void add(long value) {
        long newSum = Math.addExact(sum, value);
        squares.addProduct(value, value);
        sum = newSum;
        n++;
    }

    /** Counts what another one has counted. */
    public void add(LongMoments other) {
        long newN = Math.addExact(n, other.n);
        long newSum = Math.addExact(sum, other.sum);
        squares.add(other.squares);
        sum = newSum;
        n = newN;
    }

    /** How many numbers there were. */
    public long n() {
        return n;
    }

    /** Their sum. */
    public long sum() {
        return sum;
    }

    /** Their mean with its spread; the variance is rounded once, at the end. */
    public SampleMean mean() {
        return new SampleMean(n, (double) sum, n < 2 ? 0 : variance());
    }

    private double variance() {
        BigInteger count = BigInteger.valueOf(n);
        return new BigDecimal(spread())
                .divide(new BigDecimal(count.multiply(count.subtract(BigInteger.ONE))), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** n &Sigma;x&sup2; &minus; (&Sigma;x)&sup2;, which no set of numbers makes negative. */
    private BigInteger spread() {
        BigInteger total = BigInteger.valueOf(sum);
        return BigInteger.valueOf(n).multiply(squares.value()).subtract(total.multiply(total));
    }

    /** Appends the state. */
    public void write(StateWriter writer) {
        writer.putLong(n).putLong(sum);
        squares.write(writer);
    }

    /** Reads what {@link #write} appended. */
    public static LongMoments read(StateReader reader) {
        LongMoments moments = new LongMoments(reader.getCount(), reader.getLong(), WideSum.read(reader));
        if (moments.spread().signum() < 0
                || (moments.n == 0
                        && (moments.sum != 0 || moments.squares.value().signum() != 0))) {
            throw reader.malformed("sums that no numbers have");
        }
        return moments;
    }
}
