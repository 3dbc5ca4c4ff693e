package dev.crmcore.insights;

import dev.crmcore.metrics.AccumulatorType;
import dev.crmcore.metrics.marketing.ChannelCredits;
import dev.crmcore.metrics.marketing.TimeDecay;
import dev.crmcore.metrics.marketing.TouchedJourney;

/** Credits the channels of converted journeys by how long before they were touched. */
final class DecayedPaths implements PathReading.Journeys {

    private final TimeDecay decay;

    DecayedPaths(AccumulatorType<TouchedJourney, TimeDecay, ChannelCredits> decay) {
        this.decay = decay.create();
    }

    @Override
    public void converted(String[] channels, long[] micros, int from, int to, long atMicros, long minorUnits) {
        int[] path = CountedPaths.numbers(channels, from, to, decay::channel);
        long[] touchedAt = new long[path.length];
        for (int i = 0; i < path.length; i++) {
            touchedAt[i] = millis(micros[from + i]);
        }
        decay.add(path, touchedAt, 0, path.length, millis(atMicros), minorUnits);
    }

    @Override
    public void notConverted(String[] channels, int from, int to) {
        // What has not converted is credited to nobody
    }

    ChannelCredits result() {
        return decay.result();
    }

    private static long millis(long micros) {
        return Math.floorDiv(micros, 1_000L);
    }
}
