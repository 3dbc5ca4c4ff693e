package dev.crmcore.value;

import java.io.Serial;
import java.util.Currency;
import java.util.Objects;

/** Two amounts of money of different currencies were to be added, subtracted or compared. */
public final class CurrencyMismatchException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The currency at hand. */
    private final Currency expected;

    /** The currency that came to it. */
    private final Currency actual;

    /**
     * Refuses to combine two currencies.
     *
     * @param expected the currency at hand
     * @param actual the currency that came to it
     */
    public CurrencyMismatchException(Currency expected, Currency actual) {
        super("cannot combine " + expected.getCurrencyCode() + " with " + actual.getCurrencyCode()
                + ": convert one, or keep both in a MoneyBag");
        this.expected = Objects.requireNonNull(expected, "expected");
        this.actual = Objects.requireNonNull(actual, "actual");
    }

    /**
     * The currency at hand.
     *
     * @return of the amount that was asked to do the arithmetic
     */
    public Currency expected() {
        return expected;
    }

    /**
     * The currency that came to it.
     *
     * @return of the argument
     */
    public Currency actual() {
        return actual;
    }
}
