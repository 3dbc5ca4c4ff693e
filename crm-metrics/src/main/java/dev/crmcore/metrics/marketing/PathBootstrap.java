package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.internal.BootstrapReplicates;
import dev.crmcore.metrics.internal.PoissonNumbers;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resamples the journeys behind an attribution. */
final class PathBootstrap {

    private final Attribution attribution;
    private final int replicates;
    private final PoissonNumbers numbers;

    PathBootstrap(Attribution attribution, int replicates, long seed) {
        this.attribution = attribution;
        this.replicates = replicates;
        this.numbers = new PoissonNumbers(new SplittableRandom(seed));
    }

    /** The interval of each of so many figures, none where too few replicates had a conversion. */
    @Nullable
    Interval[] intervals(int count, Function<Attribution, double[]> figures, double level) {
        Interval.requireLevel(level);
        BootstrapReplicates values = new BootstrapReplicates(count, replicates);
        for (int i = 0; i < replicates; i++) {
            Attribution resampled = resampled();
            if (resampled.attributedConversions() > 0) {
                values.add(figures.apply(resampled));
            }
        }
        @Nullable Interval[] intervals = new @Nullable Interval[count];
        for (int figure = 0; figure < count; figure++) {
            intervals[figure] = values.interval(figure, level);
        }
        return intervals;
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
}
