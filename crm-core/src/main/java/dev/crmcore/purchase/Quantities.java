package dev.crmcore.purchase;

import dev.crmcore.context.RuleViolationException;
import java.math.BigDecimal;

/** The rule for quantities: positive, at most 6 digits after the point and 15 before, without trailing zeros. */
final class Quantities {

    private static final int MAX_SCALE = 6;
    private static final int MAX_INTEGER_DIGITS = 15;

    private Quantities() {}

    static BigDecimal requirePositive(String field, BigDecimal quantity) {
        BigDecimal canonical = canonical(quantity);
        if (canonical.signum() <= 0 || canonical.scale() > MAX_SCALE || isHuge(canonical)) {
            throw RuleViolationException.of(
                    "purchase.quantity",
                    field,
                    quantity,
                    "must be greater than 0, with at most " + MAX_SCALE + " digits after the point");
        }
        return canonical;
    }

    static BigDecimal canonical(BigDecimal quantity) {
        if (quantity.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = quantity.stripTrailingZeros();
        return stripped.scale() < 0 && !isHuge(stripped) ? stripped.setScale(0) : stripped;
    }

    /** Asked before zeros are written out: of 1E+1000000000 there would be too many. */
    private static boolean isHuge(BigDecimal quantity) {
        return (long) quantity.precision() - quantity.scale() > MAX_INTEGER_DIGITS;
    }
}
