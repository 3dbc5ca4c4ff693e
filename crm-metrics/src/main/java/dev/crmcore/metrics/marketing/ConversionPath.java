package dev.crmcore.metrics.marketing;

import java.util.List;

/**
 * Journeys that touched the same channels in the same order, and how they ended.
 *
 * <p>Immutable and thread-safe.
 *
 * @param channels the channels in the order of the touches; empty if nothing was touched, or nothing within the time looked
 *     back over
 * @param conversions how many of the journeys converted, not negative
 * @param minorUnits what the conversions were worth together, in minor units of the currency, not negative
 * @param nonConversions how many of the journeys did not convert, not negative
 */
public record ConversionPath(List<String> channels, long conversions, long minorUnits, long nonConversions) {

    /**
     * Copies the channels and checks the counts.
     *
     * @param channels the channels in the order of the touches
     * @param conversions how many of the journeys converted
     * @param minorUnits what the conversions were worth together
     * @param nonConversions how many of the journeys did not convert
     * @throws IllegalArgumentException if a count or the value is negative, or there is a value without a conversion
     */
    public ConversionPath {
        channels = List.copyOf(channels);
        check(conversions, minorUnits, nonConversions);
    }

    static void check(long conversions, long minorUnits, long nonConversions) {
        if (conversions < 0 || nonConversions < 0) {
            throw new IllegalArgumentException("conversions and nonConversions must not be negative, not " + conversions
                    + " and " + nonConversions);
        }
        if (minorUnits < 0 || (minorUnits > 0 && conversions == 0)) {
            throw new IllegalArgumentException(
                    "minorUnits must be 0 or more, and 0 without a conversion, not " + minorUnits);
        }
    }
}
