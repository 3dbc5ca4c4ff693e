package dev.crmcore.metrics.internal;

import dev.crmcore.metrics.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sums behind a ratio of sums over subjects, such as revenue kept / revenue at the start over customers: exact, so that
 * neither value nor interval depends on the order. A sum that does not fit is an {@link ArithmeticException}.
 *
 * <p>The interval is that of a ratio estimator: with residuals d = y - R x, the variance of R = sum y / sum x is
 * n/(n - 1) sum d&sup2; / (sum x)&sup2; by linearisation (Cochran 1977, section 6.4), with Student's t of n - 1 degrees of
 * freedom. A subject with neither part has no residual and is not counted in n. With x = 1 everywhere it is the t interval
 * of a mean. It needs subjects that are independent of each other; where a few carry most of the sum, it is too narrow.
 *
 * <p>Layout: i64 subjects, i64 sum of y, i64 sum of x, i128 each: sums of yy, xy, xx. Not thread-safe.
 */
public final class RatioMoments {

    private long n;
    private long sumY;
    private long sumX;
    private final WideSum yy;
    private final WideSum xy;
    private final WideSum xx;

    /** Begins with no subject. */
    public RatioMoments() {
        this(0, 0, 0, new WideSum(), new WideSum(), new WideSum());
    }

    private RatioMoments(long n, long sumY, long sumX, WideSum yy, WideSum xy, WideSum xx) {
        this.n = n;
        this.sumY = sumY;
        this.sumX = sumX;
        this.yy = yy;
        this.xy = xy;
        this.xx = xx;
    }

    /** The moments of a subject. */
    public static RatioMoments of(long y, long x) {
        RatioMoments one = new RatioMoments();
        one.add(y, x);
        return one;
    }

    /** Counts a subject; after an overflow the sums are of no use. */
    public void add(long y, long x) {
        if (y != 0 || x != 0) {
            n++;
            sumY = Math.addExact(sumY, y);
            sumX = Math.addExact(sumX, x);
            yy.addProduct(y, y);
            xy.addProduct(x, y);
            xx.addProduct(x, x);
        }
    }

    /** What both have counted; both stay as they are. */
    public RatioMoments plus(RatioMoments other) {
        RatioMoments sum = new RatioMoments();
        sum.n = Math.addExact(n, other.n);
        sum.sumY = Math.addExact(sumY, other.sumY);
        sum.sumX = Math.addExact(sumX, other.sumX);
        for (RatioMoments part : new RatioMoments[] {this, other}) {
            sum.yy.add(part.yy);
            sum.xy.add(part.xy);
            sum.xx.add(part.xx);
        }
        return sum;
    }

    /** The sum of y. */
    public long numerator() {
        return sumY;
    }

    /** The sum of x. */
    public long denominator() {
        return sumX;
    }

    /** The interval of the ratio; empty without a base, below two subjects, and where all have the same ratio. */
    public Optional<Interval> interval(double level) {
        double ratio = (double) sumY / sumX;
        return around(level, half -> new Interval(ratio - half, ratio + half, level, "ratio estimator t"));
    }

    /** The interval of a positive ratio on its logarithm; empty also where the ratio is not positive. */
    public Optional<Interval> logInterval(double level) {
        double ratio = (double) sumY / sumX;
        return ratio > 0
                ? around(level, half -> {
                    double factor = Math.exp(half / ratio);
                    return new Interval(ratio / factor, ratio * factor, level, "ratio estimator t on the logarithm");
                })
                : Optional.empty();
    }

    private Optional<Interval> around(double level, DoubleFunction<Interval> interval) {
        double variance = n < 2 || sumX == 0 ? 0 : variance();
        return variance > 0
                ? Optional.of(interval.apply(StudentT.twoSidedQuantile(level, n - 1.0) * Math.sqrt(variance)))
                : Optional.empty();
    }

    /** With sums X, Y: n/(n - 1) (X&sup2; yy - 2 X Y xy + Y&sup2; xx) / X&#8308;, rounded once. */
    private double variance() {
        BigInteger x = BigInteger.valueOf(sumX);
        BigInteger y = BigInteger.valueOf(sumY);
        BigInteger squares = x.multiply(x)
                .multiply(yy.value())
                .subtract(x.multiply(y).multiply(xy.value()).shiftLeft(1))
                .add(y.multiply(y).multiply(xx.value()));
        BigInteger base = x.pow(4).multiply(BigInteger.valueOf(n - 1));
        return new BigDecimal(squares.multiply(BigInteger.valueOf(n)))
                .divide(new BigDecimal(base), MathContext.DECIMAL64)
                .doubleValue();
    }

    /** Appends the state. */
    public void write(StateWriter writer) {
        writer.putLong(n).putLong(sumY).putLong(sumX);
        yy.write(writer);
        xy.write(writer);
        xx.write(writer);
    }

    /** Reads what {@link #write} appended. */
    public static RatioMoments read(StateReader reader) {
        RatioMoments moments = new RatioMoments(
                reader.getCount(),
                reader.getLong(),
                reader.getLong(),
                WideSum.read(reader),
                WideSum.read(reader),
                WideSum.read(reader));
        if (!moments.isPossible()) {
            throw reader.malformed("sums that no subjects have");
        }
        return moments;
    }

    /** By Cauchy and Schwarz, for each two of 1, x and y. */
    private boolean isPossible() {
        BigInteger count = BigInteger.valueOf(n);
        return covers(count, yy.value(), BigInteger.valueOf(sumY))
                && covers(count, xx.value(), BigInteger.valueOf(sumX))
                && covers(xx.value(), yy.value(), xy.value());
    }

    private static boolean covers(BigInteger first, BigInteger second, BigInteger product) {
        return first.signum() >= 0
                && second.signum() >= 0
                && first.multiply(second).compareTo(product.multiply(product)) >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RatioMoments that
                && n == that.n
                && sumY == that.sumY
                && sumX == that.sumX
                && yy.value().equals(that.yy.value())
                && xy.value().equals(that.xy.value())
                && xx.value().equals(that.xx.value());
    }

    @Override
    public int hashCode() {
        return Objects.hash(n, sumY, sumX, yy.value());
    }
}
