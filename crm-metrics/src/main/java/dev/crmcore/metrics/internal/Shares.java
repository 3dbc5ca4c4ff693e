package dev.crmcore.metrics.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares of a whole number of things. */
public final class Shares {

    private Shares() {}

    /**
     * How many make a share of so many, rounded down by the decimals of the share: 0.29 of 100 is 29, though 0.29 * 100 is
     * 28.999999999999996. Refuses a share that is not above 0 and at most 1.
     */
    public static int floor(double share, int of) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, not " + share);
        }
        return BigDecimal.valueOf(share)
                .multiply(BigDecimal.valueOf(of))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
    }
}
