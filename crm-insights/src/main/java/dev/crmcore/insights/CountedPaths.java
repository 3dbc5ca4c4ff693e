package dev.crmcore.insights;

import dev.crmcore.metrics.marketing.Attribution;
import dev.crmcore.metrics.marketing.ConversionPaths;
import java.util.function.ToIntFunction;

/** Counts journeys by the channels that were touched, whenever that was. */
final class CountedPaths implements PathReading.Journeys {

    private final ConversionPaths paths = ConversionPaths.TYPE.create();

    @Override
    public void converted(String[] channels, long[] micros, int from, int to, long atMicros, long minorUnits) {
        paths.add(numbers(channels, from, to, paths::channel), 0, to - from, 1, minorUnits, 0);
    }

    @Override
    public void notConverted(String[] channels, int from, int to) {
        paths.add(numbers(channels, from, to, paths::channel), 0, to - from, 0, 0, 1);
    }

    Attribution result() {
        return paths.result();
    }

    /** Channels get a number when a path has them, so that what was touched too long before is none. */
    static int[] numbers(String[] channels, int from, int to, ToIntFunction<String> numbering) {
        int[] numbers = new int[to - from];
        for (int i = from; i < to; i++) {
            numbers[i - from] = numbering.applyAsInt(channels[i]);
        }
        return numbers;
    }
}
