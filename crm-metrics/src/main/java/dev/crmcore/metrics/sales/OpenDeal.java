package dev.crmcore.metrics.sales;

import dev.crmcore.metrics.internal.NameTable;

/**
 * An opportunity that may still be won.
 *
 * <p>Immutable and thread-safe.
 *
 * @param stage the stage of the pipeline that it is in, 1 to 1,000 characters
 * @param minorUnits what it would bring in minor units of the currency, not negative
 * @param probability how probably it will be won, 0 to 1; best the win probability of its stage from history
 *     ({@link StageRates#winProbability})
 */
public record OpenDeal(String stage, long minorUnits, double probability) {

    /**
     * Checks the parts.
     *
     * @param stage the stage of the pipeline
     * @param minorUnits what it would bring
     * @param probability how probably it will be won
     * @throws IllegalArgumentException if the name is malformed, the amount is negative or the probability is not 0 to 1
     */
    public OpenDeal {
        NameTable.check("stage", stage);
        check(minorUnits, probability);
    }

    static void check(long minorUnits, double probability) {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("minorUnits must not be negative, not " + minorUnits);
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be 0 to 1, not " + probability);
        }
    }
}
