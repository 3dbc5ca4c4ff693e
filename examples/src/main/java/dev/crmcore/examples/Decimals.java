package dev.crmcore.examples;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as the files show them. */
final class Decimals {

    /** A little less than a double carries, so that the last digits do not differ between machines. */
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

    private Decimals() {}

    /** A finite number in 12 significant digits. */
    static BigDecimal of(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }
}
