package dev.crmcore.metrics;

import java.util.Objects;

/**
 * A confidence or credible interval, with the method that made it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param lower the lower bound, in the unit of the figure; may be {@link Double#NEGATIVE_INFINITY}
 * @param upper the upper bound, not below {@code lower}; may be {@link Double#POSITIVE_INFINITY}
 * @param level the nominal coverage, above 0 and below 1, such as 0.95
 * @param method the method's name in the trade, such as "Wilson"
 */
public record Interval(double lower, double upper, double level, String method) {

    /** The level that is used where none is given: 0.95. */
    public static final double DEFAULT_LEVEL = 0.95;

    /**
     * Checks the bounds and the level.
     *
     * @param lower the lower bound
     * @param upper the upper bound, not below {@code lower}
     * @param level the nominal coverage, above 0 and below 1
     * @param method the method's name
     * @throws IllegalArgumentException if a bound is NaN, the bounds are crossed or the level is not between 0 and 1
     */
    public Interval {
        Objects.requireNonNull(method, "method");
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("bounds must be ordered numbers, not " + lower + " and " + upper);
        }
        requireLevel(level);
    }

    /**
     * Whether a value lies inside, the bounds included.
     *
     * @param value the value
     * @return whether it lies inside; NaN does not
     */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /**
     * The distance of the bounds.
     *
     * @return the width, not negative
     */
    public double width() {
        return upper - lower;
    }

    /**
     * The part of the interval within the range that the figure can take, for display.
     *
     * @param least the least possible value of the figure
     * @param greatest the greatest possible value, not below {@code least}
     * @return an interval whose bounds are within the range
     * @throws IllegalArgumentException if {@code least} is above {@code greatest}
     */
    public Interval clampedTo(double least, double greatest) {
        if (!(least <= greatest)) {
            throw new IllegalArgumentException("range must be ordered numbers, not " + least + " and " + greatest);
        }
        return new Interval(clamp(lower, least, greatest), clamp(upper, least, greatest), level, method);
    }

    /**
     * The interval after a change of unit.
     *
     * @param factor what a value of the old unit is multiplied by, positive and finite
     * @return the interval in the new unit
     * @throws IllegalArgumentException if the factor is not positive and finite
     */
    public Interval times(double factor) {
        if (!(factor > 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("factor must be positive and finite, not " + factor);
        }
        return new Interval(lower * factor, upper * factor, level, method);
    }

    /**
     * Checks a confidence level.
     *
     * @param level the level
     * @return the level
     * @throws IllegalArgumentException if it is not above 0 and below 1
     */
    public static double requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be above 0 and below 1, not " + level);
        }
        return level;
    }

    private static double clamp(double value, double least, double greatest) {
        return Math.max(least, Math.min(greatest, value));
    }
}
