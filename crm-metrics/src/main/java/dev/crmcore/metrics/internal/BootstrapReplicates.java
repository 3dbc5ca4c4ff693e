package dev.crmcore.metrics.internal;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Figures computed anew from resampled data, and their percentile intervals (Efron and Tibshirani, <em>An Introduction to the
 * Bootstrap</em>, 1993). Not thread-safe.
 */
public final class BootstrapReplicates {

    /** The fewest from which the ends of a 95 % interval can be told. */
    public static final int LEAST = 40;

    private final double[][] values;
    private int replicates;

    /** For so many figures and at most so many replicates, which are refused if they are too few. */
    public BootstrapReplicates(int figures, int replicates) {
        if (replicates < LEAST) {
            throw new IllegalArgumentException("replicates must be at least " + LEAST + ", not " + replicates);
        }
        this.values = new double[figures][replicates];
    }

    /** Keeps the figures of one replicate. */
    public void add(double... figures) {
        for (int i = 0; i < figures.length; i++) {
            values[i][replicates] = figures[i];
        }
        replicates++;
    }

    /**
     * An estimate with the percentile interval of its replicates, which are made one after the other; those in which the figure
     * is undefined are left out. Without an interval if the estimate is undefined or too few replicates are left.
     */
    public static Estimate withInterval(Estimate estimate, Supplier<Estimate> replicate, int replicates, double level) {
        Interval.requireLevel(level);
        BootstrapReplicates values = new BootstrapReplicates(1, replicates);
        for (int i = 0; estimate.isDefined() && i < replicates; i++) {
            Estimate next = replicate.get();
            if (next.isDefined()) {
                values.add(next.value());
            }
        }
        Interval interval = values.interval(0, level);
        return interval == null ? estimate : estimate.withInterval(interval);
    }

    /** The interval of a figure, or null if too few replicates had figures. */
    public @Nullable Interval interval(int figure, double level) {
        Interval.requireLevel(level);
        if (replicates < LEAST) {
            return null;
        }
        double[] sorted = Arrays.copyOf(values[figure], replicates);
        Arrays.sort(sorted);
        return new Interval(
                Quantiles.type7(sorted, (1 - level) / 2),
                Quantiles.type7(sorted, (1 + level) / 2),
                level,
                "bootstrap percentile");
    }
}
