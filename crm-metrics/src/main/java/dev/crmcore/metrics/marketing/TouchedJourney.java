package dev.crmcore.metrics.marketing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one customer touched on the way to a conversion, or without one.
 *
 * <p>Immutable and thread-safe.
 *
 * @param touches the touches, in any order; sorted by time, those of one instant as they were given
 * @param convertedAt when the journey converted, or empty
 * @param minorUnits what the conversion was worth in minor units of the currency, not negative; 0 without a conversion
 */
public record TouchedJourney(List<Touch> touches, Optional<Instant> convertedAt, long minorUnits) {

    /**
     * Copies and sorts the touches.
     *
     * @param touches the touches
     * @param convertedAt when the journey converted, or empty
     * @param minorUnits what the conversion was worth
     * @throws IllegalArgumentException if the value is negative, or there is one without a conversion
     */
    public TouchedJourney {
        Objects.requireNonNull(convertedAt, "convertedAt");
        touches = touches.stream().sorted(Comparator.comparing(Touch::at)).toList();
        ConversionPath.check(convertedAt.isPresent() ? 1 : 0, minorUnits, 0);
    }

    /**
     * The path with all touches up to the conversion. Those after it are not part of it.
     *
     * @return a path with one conversion or one non-conversion
     */
    public ConversionPath path() {
        return path(touch -> true);
    }

    /**
     * The path with the touches that are not too long before the conversion. Without a conversion all touches are in it.
     *
     * @param lookback how long before the conversion a touch may be, inclusive; not negative
     * @return a path with one conversion or one non-conversion; without channels if all touches were earlier
     * @throws IllegalArgumentException if the duration is negative
     */
    public ConversionPath path(Duration lookback) {
        if (lookback.isNegative()) {
            throw new IllegalArgumentException("lookback must not be negative, not " + lookback);
        }
        return path(touch -> convertedAt.isEmpty()
                || Duration.between(touch.at(), convertedAt.get()).compareTo(lookback) <= 0);
    }

    private ConversionPath path(Predicate<Touch> isNear) {
        List<String> channels = touches.stream()
                .filter(isNear)
                .filter(touch -> convertedAt.isEmpty() || !touch.at().isAfter(convertedAt.get()))
                .map(Touch::channel)
                .toList();
        boolean converted = convertedAt.isPresent();
        return new ConversionPath(channels, converted ? 1 : 0, minorUnits, converted ? 0 : 1);
    }

    /** How many touches there are, and whether it converted. */
    @Override
    public String toString() {
        return "TouchedJourney[" + touches.size() + " touches, "
                + (convertedAt.isPresent() ? "converted" : "not converted") + "]";
    }
}
