package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.PoissonNumbers;
import dev.crmcore.metrics.internal.Quantiles;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resamples the journeys behind an attribution. */
final class PathBootstrap {

    private static final int LEAST_REPLICATES = 40;

    private final Attribution attribution;
    private final int replicates;
    private final PoissonNumbers numbers;

    PathBootstrap(Attribution attribution, int replicates, long seed) {
        if (replicates < LEAST_REPLICATES) {
            throw new IllegalArgumentException(
                    "replicates must be at least " + LEAST_REPLICATES + ", not " + replicates);
        }
        this.attribution = attribution;
        this.replicates = replicates;
        this.numbers = new PoissonNumbers(new SplittableRandom(seed));
    }

    ChannelCredits intervals(Function<Attribution, ChannelCredits> model, double level) {
        Interval.requireLevel(level);
        ChannelCredits credits = model.apply(attribution);
        int channels = credits.channels().size();
        double[][] shares = new double[channels][replicates];
        int usable = 0;
        for (int i = 0; i < replicates; i++) {
            ChannelCredits resampled = model.apply(resampled());
            if (resampled.attributedConversions() > 0) {
                for (int channel = 0; channel < channels; channel++) {
                    shares[channel][usable] = resampled.shareAt(channel);
                }
                usable++;
            }
        }
        @Nullable Interval[] intervals = new @Nullable Interval[channels];
        for (int channel = 0; channel < channels && usable >= LEAST_REPLICATES; channel++) {
            intervals[channel] = percentiles(Arrays.copyOf(shares[channel], usable), level);
        }
        return credits.withIntervals(intervals);
    }

    private Attribution resampled() {
        PathCounts counts = attribution.counts();
        PathCounts drawn = new PathCounts();
        for (int path = 0; path < attribution.paths(); path++) {
            long conversions = numbers.next((double) counts.conversions(path));
            long minorUnits = conversions == 0
                    ? 0
                    : Math.round((double) counts.minorUnits(path) * conversions / counts.conversions(path));
            drawn.add(path, conversions, minorUnits, numbers.next((double) counts.nonConversions(path)));
        }
        return attribution.withCounts(drawn);
    }

    private static Interval percentiles(double[] shares, double level) {
        Arrays.sort(shares);
        return new Interval(
                Quantiles.type7(shares, (1 - level) / 2),
                Quantiles.type7(shares, (1 + level) / 2),
                level,
                "bootstrap percentile");
    }
}
