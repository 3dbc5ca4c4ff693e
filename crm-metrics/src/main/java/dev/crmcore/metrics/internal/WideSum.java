package dev.crmcore.metrics.internal;

import java.math.BigInteger;

/**
 * An exact sum of products of longs, in 128 bits. What does not fit is an {@link ArithmeticException}, and the sum stays as
 * it was.
 *
 * <p>Not thread-safe.
 */
public final class WideSum {

    private long high;
    private long low;

    /** Begins at zero. */
    public WideSum() {}

    private WideSum(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Adds {@code a * b}. */
    public void addProduct(long a, long b) {
        add(Math.multiplyHigh(a, b), a * b);
    }

    /** Adds another sum. */
    public void add(WideSum other) {
        add(other.high, other.low);
    }

    /** The sum. */
    public BigInteger value() {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsigned(low));
    }

    /** The sum rounded to the nearest double. */
    public double doubleValue() {
        return value().doubleValue();
    }

    /** Appends the sum. */
    public void write(StateWriter writer) {
        writer.putLong(high).putLong(low);
    }

    /** Reads what {@link #write} appended. */
    public static WideSum read(StateReader reader) {
        return new WideSum(reader.getLong(), reader.getLong());
    }

    private void add(long otherHigh, long otherLow) {
        long newLow = low + otherLow;
        int carry = Long.compareUnsigned(newLow, low) < 0 ? 1 : 0;
        // The carry goes to the smaller side, so that no step overflows unless the sum does
        high = high < otherHigh
                ? Math.addExact(Math.addExact(high, carry), otherHigh)
                : Math.addExact(Math.addExact(otherHigh, carry), high);
        low = newLow;
    }

    private static BigInteger unsigned(long bits) {
        BigInteger value = BigInteger.valueOf(bits & Long.MAX_VALUE);
        return bits < 0 ? value.setBit(Long.SIZE - 1) : value;
    }
}
