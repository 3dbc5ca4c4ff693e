package dev.crmcore.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A figure that says what it stands on: its value, the two numbers that were divided, how many items were counted and an
 * interval that names its method and level; or, if there is no value, the reason.
 *
 * <p>An undefined figure is never 0 and never NaN: {@link #value()} refuses to answer. Numerator, denominator and n are
 * there in both cases, as far as they are known.
 *
 * <pre>{@code
 * Estimate rate = Estimate.ratio(9, 40, 40).withInterval(wilson);
 * rate.value();                  // 0.225
 * rate.interval();               // [0.1232, 0.3750], 95 %, Wilson
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Estimate {

    private final @Nullable Undefined undefined;
    private final double value;
    private final double numerator;
    private final double denominator;
    private final double factor;
    private final long n;
    private final @Nullable Interval interval;

    private Estimate(
            @Nullable Undefined undefined,
            double value,
            double numerator,
            double denominator,
            double factor,
            long n,
            @Nullable Interval interval) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, not " + n);
        }
        this.undefined = undefined;
        this.value = value;
        this.numerator = numerator;
        this.denominator = denominator;
        this.factor = factor;
        this.n = n;
        this.interval = interval;
    }

    /**
     * A figure that is no ratio, such as a median or a coefficient.
     *
     * @param value the value, not NaN
     * @param n how many items it was made from, not negative
     * @return the figure, without an interval
     * @throws IllegalArgumentException if the value is NaN or n is negative
     */
    public static Estimate of(double value, long n) {
        return new Estimate(null, requireNumber(value, "value"), Double.NaN, Double.NaN, 1, n, null);
    }

    /**
     * A ratio or a mean: {@code numerator / denominator}.
     *
     * @param numerator what is divided, finite
     * @param denominator what it is divided by, finite and not zero
     * @param n how many items were counted, not negative
     * @return the figure, without an interval
     * @throws IllegalArgumentException if a number is not finite, the denominator is zero or n is negative
     */
    public static Estimate ratio(double numerator, double denominator, long n) {
        return ratio(numerator, denominator, 1, n);
    }

    /**
     * A ratio in another unit: {@code factor * numerator / denominator}, such as a percentage.
     *
     * @param numerator what is divided, finite
     * @param denominator what it is divided by, finite and not zero
     * @param factor the unit's factor, such as 100; finite
     * @param n how many items were counted, not negative
     * @return the figure, without an interval
     * @throws IllegalArgumentException if a number is not finite, the denominator is zero or n is negative
     */
    public static Estimate ratio(double numerator, double denominator, double factor, long n) {
        requireFinite(numerator, "numerator");
        requireFinite(denominator, "denominator");
        requireFinite(factor, "factor");
        if (denominator == 0) {
            throw new IllegalArgumentException("denominator must not be zero: a ratio without a base is undefined");
        }
        double value = requireFinite(factor * numerator / denominator, "ratio");
        return new Estimate(null, value, numerator, denominator, factor, n, null);
    }

    /**
     * A figure without a value.
     *
     * @param reason why there is none
     * @return the undefined figure, with n = 0
     */
    public static Estimate undefined(Undefined reason) {
        return undefined(reason, 0);
    }

    /**
     * A figure without a value though some items were counted.
     *
     * @param reason why there is none
     * @param n how many items were counted, not negative
     * @return the undefined figure
     * @throws IllegalArgumentException if n is negative
     */
    public static Estimate undefined(Undefined reason, long n) {
        Objects.requireNonNull(reason, "reason");
        return new Estimate(reason, Double.NaN, Double.NaN, Double.NaN, 1, n, null);
    }

    /**
     * The same figure with an interval.
     *
     * @param newInterval the interval, in the unit of the value
     * @return a figure with that interval
     * @throws IllegalStateException if the figure is undefined
     */
    public Estimate withInterval(Interval newInterval) {
        Objects.requireNonNull(newInterval, "newInterval");
        if (undefined != null) {
            throw new IllegalStateException("an undefined figure has no interval: " + undefined.message());
        }
        return new Estimate(null, value, numerator, denominator, factor, n, newInterval);
    }

    /**
     * Whether there is a value.
     *
     * @return whether {@link #value()} answers
     */
    public boolean isDefined() {
        return undefined == null;
    }

    /**
     * Why there is no value.
     *
     * @return the reason, or empty if there is a value
     */
    public Optional<Undefined> undefined() {
        return Optional.ofNullable(undefined);
    }

    /**
     * The value.
     *
     * @return the value, not rounded, never NaN
     * @throws NoSuchElementException if the figure is undefined; the message is the reason
     */
    public double value() {
        if (undefined != null) {
            throw new NoSuchElementException(undefined.message());
        }
        return value;
    }

    /**
     * The value, if there is one.
     *
     * @return the value, or empty if the figure is undefined
     */
    public OptionalDouble asOptional() {
        return undefined == null ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /**
     * The value for display, rounded half up (ties away from zero) from the exact quotient and not from its nearest
     * {@code double}, so that -12.5 is -13 on every machine.
     *
     * @param decimals digits after the decimal point, not negative
     * @return the rounded value
     * @throws NoSuchElementException if the figure is undefined
     * @throws ArithmeticException if the value is infinite
     * @throws IllegalArgumentException if {@code decimals} is negative
     */
    public BigDecimal rounded(int decimals) {
        if (decimals < 0) {
            throw new IllegalArgumentException("decimals must not be negative, not " + decimals);
        }
        double exact = value();
        if (Double.isInfinite(exact)) {
            throw new ArithmeticException("an infinite value cannot be rounded");
        }
        if (Double.isNaN(denominator)) {
            return new BigDecimal(exact).setScale(decimals, RoundingMode.HALF_UP);
        }
        return new BigDecimal(factor)
                .multiply(new BigDecimal(numerator))
                .divide(new BigDecimal(denominator), decimals, RoundingMode.HALF_UP);
    }

    /**
     * What was divided.
     *
     * @return the numerator, or empty if the figure is no ratio or undefined
     */
    public OptionalDouble numerator() {
        return optional(numerator);
    }

    /**
     * What it was divided by.
     *
     * @return the denominator, or empty if the figure is no ratio or undefined
     */
    public OptionalDouble denominator() {
        return optional(denominator);
    }

    /**
     * How many items were counted.
     *
     * @return the number of items, not negative
     */
    public long n() {
        return n;
    }

    /**
     * The interval, which names its method and level.
     *
     * @return the interval, or empty if none was asked for or none exists for so few items
     */
    public Optional<Interval> interval() {
        return Optional.ofNullable(interval);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Estimate that
                && Objects.equals(undefined, that.undefined)
                && Double.compare(value, that.value) == 0
                && Double.compare(numerator, that.numerator) == 0
                && Double.compare(denominator, that.denominator) == 0
                && Double.compare(factor, that.factor) == 0
                && n == that.n
                && Objects.equals(interval, that.interval);
    }

    @Override
    public int hashCode() {
        return Objects.hash(undefined, value, numerator, denominator, factor, n, interval);
    }

    /** The value with its interval and n, or the reason why there is none. */
    @Override
    public String toString() {
        if (undefined != null) {
            return "undefined: " + undefined.message();
        }
        String bounds = interval == null
                ? ""
                : " [" + interval.lower() + ", " + interval.upper() + "] " + interval.method() + " " + interval.level();
        return value + bounds + " (n = " + n + ")";
    }

    private static OptionalDouble optional(double number) {
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    private static double requireNumber(double number, String name) {
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(name + " must be a number; a figure without a value is undefined");
        }
        return number;
    }

    private static double requireFinite(double number, String name) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(name + " must be finite, not " + number);
        }
        return number;
    }
}
