package dev.crmcore.metrics.internal;

import dev.crmcore.metrics.Interval;
import java.util.Optional;

/** The interval of a correlation by Fisher's transformation (Fisher 1921): exact in the limit for normal pairs. */
public final class FisherZ {

    private static final int LOST_TO_THE_TRANSFORMATION = 3;

    private FisherZ() {}

    /** The interval; empty for up to three pairs, and for a correlation of 1 or -1, which has no spread. */
    public static Optional<Interval> interval(double correlation, long pairs, double level) {
        Interval.requireLevel(level);
        if (pairs <= LOST_TO_THE_TRANSFORMATION || Math.abs(correlation) >= 1) {
            return Optional.empty();
        }
        double z = 0.5 * (Math.log1p(correlation) - Math.log1p(-correlation));
        double half = Normal.twoSidedQuantile(level) / Math.sqrt(pairs - (double) LOST_TO_THE_TRANSFORMATION);
        return Optional.of(new Interval(Math.tanh(z - half), Math.tanh(z + half), level, "Fisher z"));
    }
}
