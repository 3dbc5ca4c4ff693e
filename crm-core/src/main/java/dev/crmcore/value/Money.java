package dev.crmcore.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An exact amount of one currency.
 *
 * <pre>{@code
 * Money price = Money.of("14.50", "EUR");
 * Money total = price.times(2).minus(Money.of("1.00", "EUR"));     // 28.00 EUR
 * Money tax = total.times(new BigDecimal("0.19"));                 // 5.32 EUR, HALF_UP to the cent
 * List<Money> instalments = total.split(3);                        // 9.34, 9.33, 9.33
 * }</pre>
 *
 * <p>The scale is the currency's number of minor units (ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD), or more if the
 * amount is finer than that, as prices per unit can be; never are there trailing zeros beyond the minor units. So
 * {@code 1}, {@code 1.0} and {@code 1.000} EUR are one value, equal whichever store returned it. An amount has at most
 * {@value #MAX_INTEGER_DIGITS} digits before the point and {@value #MAX_SCALE} after it, which a column
 * {@code DECIMAL(38, 12)} holds. Nothing rounds unless its description says so.
 *
 * <p>Currencies are never mixed: plus, minus and comparison throw {@link CurrencyMismatchException}; a
 * {@link MoneyBag} holds several. Immutable and thread-safe.
 *
 * @param amount in whole units of the currency, positive, zero or negative
 * @param currency as of ISO 4217, withdrawn ones included
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {
    /** Digits that an amount may have before the point. */
    public static final int MAX_INTEGER_DIGITS = 26;

    /** Digits that an amount may have after the point. */
    public static final int MAX_SCALE = 12;

    private static final int MAX_FACTOR_SCALE = 1_000;
    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?");

    /**
     * An amount of a currency.
     *
     * @param amount in whole units of the currency
     * @param currency as of ISO 4217
     * @throws InvalidValueException if the amount has too many digits before or after the point
     */
    public Money {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        amount = normal(amount, minorUnits(currency));
    }

    /**
     * An amount as written.
     *
     * @param amount ASCII digits with at most one point and a sign: no grouping, no exponent, no spaces
     * @param currencyCode three capital letters of ISO 4217
     * @return the amount
     * @throws InvalidValueException if the amount is no such number or has too many digits, or the currency does not exist
     */
    public static Money of(String amount, String currencyCode) {
        Objects.requireNonNull(amount, "amount");
        if (!PLAIN.matcher(amount).matches()) {
            throw new InvalidValueException("amount of money", amount, "is not a plain decimal number such as 14.50");
        }
        return of(new BigDecimal(amount), currencyCode);
    }

    /**
     * An amount of a currency.
     *
     * @param amount in whole units of the currency
     * @param currencyCode three capital letters of ISO 4217
     * @return the amount
     * @throws InvalidValueException if the amount has too many digits, or the currency does not exist
     */
    public static Money of(BigDecimal amount, String currencyCode) {
        return new Money(amount, currency(currencyCode));
    }

    /**
     * An amount in the smallest units of a currency: cents of a euro, yen.
     *
     * @param minorUnits number of smallest units
     * @param currencyCode three capital letters of ISO 4217
     * @return the amount
     * @throws InvalidValueException if the currency does not exist
     */
    public static Money ofMinorUnits(long minorUnits, String currencyCode) {
        Currency currency = currency(currencyCode);
        return new Money(BigDecimal.valueOf(minorUnits, minorUnits(currency)), currency);
    }

    /**
     * No money.
     *
     * @param currencyCode three capital letters of ISO 4217
     * @return an amount of zero
     * @throws InvalidValueException if the currency does not exist
     */
    public static Money zero(String currencyCode) {
        return of(BigDecimal.ZERO, currencyCode);
    }

    /**
     * The code of the currency.
     *
     * @return three capital letters of ISO 4217
     */
    public String currencyCode() {
        return currency.getCurrencyCode();
    }

    /**
     * This and another amount together, exactly.
     *
     * @param other of the same currency
     * @return the sum
     * @throws CurrencyMismatchException if it is of another currency
     * @throws InvalidValueException if the sum has too many digits
     */
    public Money plus(Money other) {
        return new Money(amount.add(inSameCurrency(other)), currency);
    }

    /**
     * This amount less another, exactly.
     *
     * @param other of the same currency
     * @return the difference
     * @throws CurrencyMismatchException if it is of another currency
     * @throws InvalidValueException if the difference has too many digits
     */
    public Money minus(Money other) {
        return new Money(amount.subtract(inSameCurrency(other)), currency);
    }

    /**
     * This amount so many times, exactly.
     *
     * @param factor how many times
     * @return the product
     * @throws InvalidValueException if the product has too many digits
     */
    public Money times(long factor) {
        return new Money(amount.multiply(BigDecimal.valueOf(factor)), currency);
    }

    /**
     * This amount times a rate or quantity, rounded to the minor unit, a half away from zero
     * ({@link RoundingMode#HALF_UP}).
     *
     * @param factor exact
     * @return the product, in whole minor units
     * @throws InvalidValueException if the product has too many digits, or the factor's scale lies beyond 1,000
     *     either way
     */
    public Money times(BigDecimal factor) {
        return times(factor, RoundingMode.HALF_UP);
    }

    /**
     * This amount times a rate or quantity, rounded once, to the minor unit.
     *
     * @param factor exact
     * @param rounding how, {@link RoundingMode#HALF_EVEN} for instance
     * @return the product, in whole minor units
     * @throws InvalidValueException if the product has too many digits, or the factor's scale lies beyond 1,000
     *     either way
     * @throws ArithmeticException if rounding is {@link RoundingMode#UNNECESSARY} and would be necessary
     */
    public Money times(BigDecimal factor, RoundingMode rounding) {
        if (factor.signum() == 0) {
            return new Money(BigDecimal.ZERO, currency);
        }
        if (isBeyondScale(factor)) {
            throw new InvalidValueException("factor", factor.toString(), "has a scale beyond " + MAX_FACTOR_SCALE);
        }
        BigDecimal product = checkedSize(amount.multiply(factor));
        return new Money(product.setScale(minorUnits(currency), rounding), currency);
    }

    /**
     * This amount to the minor unit, a half away from zero ({@link RoundingMode#HALF_UP}).
     *
     * @return whole minor units
     */
    public Money rounded() {
        return rounded(RoundingMode.HALF_UP);
    }

    /**
     * This amount to the minor unit.
     *
     * @param rounding how
     * @return whole minor units
     * @throws ArithmeticException if rounding is {@link RoundingMode#UNNECESSARY} and would be necessary
     */
    public Money rounded(RoundingMode rounding) {
        return new Money(amount.setScale(minorUnits(currency), rounding), currency);
    }

    /**
     * This amount with the other sign.
     *
     * @return the negative
     */
    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /**
     * This amount without its sign.
     *
     * @return zero or more
     */
    public Money abs() {
        return amount.signum() < 0 ? negated() : this;
    }

    /**
     * Whether there is no money.
     *
     * @return whether the amount is zero
     */
    public boolean isZero() {
        return amount.signum() == 0;
    }

    /**
     * Whether there is money.
     *
     * @return whether the amount is more than zero
     */
    public boolean isPositive() {
        return amount.signum() > 0;
    }

    /**
     * Whether money is owed.
     *
     * @return whether the amount is less than zero
     */
    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /**
     * This amount in the smallest units of its currency, exactly.
     *
     * @return cents of a euro, yen
     * @throws ArithmeticException if the amount is finer than the minor unit ({@link #rounded()} first), or beyond
     *     {@code long}
     */
    public long toMinorUnits() {
        try {
            return amount.movePointRight(minorUnits(currency)).longValueExact();
        } catch (ArithmeticException e) {
            ArithmeticException refusal =
                    new ArithmeticException(this + " is no whole number of minor units in 64 bits");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /**
     * Splits this amount into equal parts, as {@link #allocate(List)} with equal weights.
     *
     * @param parts how many, 1 or more
     * @return the parts, whose sum is this amount; the first ones have what cannot be split
     * @throws IllegalArgumentException if there are no parts
     */
    public List<Money> split(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("parts: " + parts + " is less than 1");
        }
        return allocate(Collections.nCopies(parts, BigDecimal.ONE));
    }

    /**
     * Splits this amount in proportion to whole weights, as {@link #allocate(List)}.
     *
     * @param weights zero or more each, not all zero
     * @return one part for each weight, in their order, whose sum is this amount
     * @throws IllegalArgumentException if there are no weights, one is negative, or all are zero
     */
    public List<Money> allocate(long... weights) {
        return allocate(Arrays.stream(weights).mapToObj(BigDecimal::valueOf).toList());
    }

    /**
     * Splits this amount in proportion to weights without losing a cent: each part is cut to the minor unit (or to the
     * last digit of this amount, if that is finer), and the units that are left go one each to the parts that lost most,
     * the earlier of equals first (method of the largest remainder). A weight of zero gets nothing. A negative amount is
     * split as its positive, so that a refund takes back what was given. O(n log n) for n weights.
     *
     * @param weights zero or more each, not all zero; the totals of an order's lines, for instance
     * @return one part for each weight, in their order, whose sum is this amount
     * @throws IllegalArgumentException if there are no weights, one is negative, or all are zero
     */
    public List<Money> allocate(List<BigDecimal> weights) {
        BigInteger[] shares = wholeWeights(weights);
        BigInteger total = Arrays.stream(shares).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger units = amount.unscaledValue().abs();
        BigInteger[] parts = new BigInteger[shares.length];
        BigInteger[] remainders = new BigInteger[shares.length];
        BigInteger left = units;
        for (int i = 0; i < shares.length; i++) {
            BigInteger[] cut = units.multiply(shares[i]).divideAndRemainder(total);
            parts[i] = cut[0];
            remainders[i] = cut[1];
            left = left.subtract(cut[0]);
        }
        // fewer units are left than there are parts with a remainder, so a weight of zero never gets one
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(left.intValueExact())
                .forEach(i -> parts[i] = parts[i].add(BigInteger.ONE));
        List<Money> result = new ArrayList<>(parts.length);
        for (BigInteger part : parts) {
            result.add(new Money(new BigDecimal(isNegative() ? part.negate() : part, amount.scale()), currency));
        }
        return Collections.unmodifiableList(result);
    }

    private static BigInteger[] wholeWeights(List<BigDecimal> weights) {
        List<BigDecimal> checked = weights.stream().map(Money::checkedWeight).toList();
        if (checked.stream().noneMatch(weight -> weight.signum() > 0)) {
            throw new IllegalArgumentException("weights: " + weights.size() + " of them, none above zero");
        }
        int scale = checked.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        return checked.stream()
                .map(weight -> weight.setScale(scale).unscaledValue())
                .toArray(BigInteger[]::new);
    }

    private static BigDecimal checkedWeight(BigDecimal weight) {
        if (weight.signum() < 0) {
            throw new IllegalArgumentException("weights: " + weight + " is negative");
        }
        if (weight.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (isBeyondScale(weight)) {
            throw new IllegalArgumentException("weights: " + weight + " has a scale beyond " + MAX_FACTOR_SCALE);
        }
        return weight;
    }

    /**
     * Compares amounts of one currency.
     *
     * @param other of the same currency
     * @return negative, zero or positive as this is less than, equal to or more than the other
     * @throws CurrencyMismatchException if it is of another currency
     */
    @Override
    public int compareTo(Money other) {
        return amount.compareTo(inSameCurrency(other));
    }

    /** The amount without exponent, a space and the currency code: {@code 14.50 EUR}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }

    private BigDecimal inSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new CurrencyMismatchException(currency, other.currency);
        }
        return other.amount;
    }

    static Currency currency(String code) {
        Objects.requireNonNull(code, "currencyCode");
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("currency", code, "is not a currency code of ISO 4217 such as EUR");
        }
    }

    /** Gold and the like have no minor units in the JDK's table: whole units then. */
    private static int minorUnits(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    private static BigDecimal normal(BigDecimal amount, int minorUnits) {
        checkedSize(amount);
        if (amount.scale() == minorUnits) {
            return amount;
        }
        BigDecimal shortest = amount.stripTrailingZeros();
        if (shortest.scale() > MAX_SCALE) {
            throw new InvalidValueException(
                    "amount of money", amount.toString(), "has more than " + MAX_SCALE + " digits after the point");
        }
        return shortest.setScale(Math.max(minorUnits, shortest.scale()));
    }

    /** Writing such a number out would take memory and time without end. */
    private static boolean isBeyondScale(BigDecimal number) {
        return Math.abs((long) number.scale()) > MAX_FACTOR_SCALE;
    }

    private static BigDecimal checkedSize(BigDecimal amount) {
        if (amount.signum() != 0 && (long) amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
            throw new InvalidValueException(
                    "amount of money",
                    amount.toString(),
                    "has more than " + MAX_INTEGER_DIGITS + " digits before the point");
        }
        return amount;
    }
}
