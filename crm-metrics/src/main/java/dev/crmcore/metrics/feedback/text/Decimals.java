package dev.crmcore.metrics.feedback.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounds half to even by the exact binary value, as Python's {@code round} does. */
final class Decimals {

    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};
    /** How near to a tie the product with a power of ten can be on the wrong side. */
    private static final double NEAR_TIE = 1e-9;

    private Decimals() {}

    /** A number of at most some thousands with 0 to 4 decimals; never -0. */
    static double round(double x, int decimals) {
        double scaled = x * POWERS[decimals];
        double rest = Math.abs(scaled - Math.floor(scaled) - 0.5);
        if (rest < NEAR_TIE) {
            return new BigDecimal(x).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue() + 0.0;
        }
        return Math.rint(scaled) / POWERS[decimals] + 0.0;
    }
}
