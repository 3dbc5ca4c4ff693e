package dev.crmcore.bench;

import dev.crmcore.metrics.marketing.Attribution;
import dev.crmcore.metrics.marketing.MarkovAttribution;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Removal effects by walking journeys through the chain of order 1, as libraries do that have no linear algebra: of the walks
 * that convert, those which touched a channel are lost without it.
 */
final class SimulatedAttribution {

    private static final int CONVERSION = -1;
    private static final int END = -2;

    private final int channels;
    /** By state, the start last: targets with their cumulated probabilities. */
    private final int[][] targets;

    private final double[][] upTo;
    private final double[] credits;

    SimulatedAttribution(Attribution attribution, int walks, long seed) {
        this.channels = attribution.channels().size();
        this.targets = new int[channels + 1][channels + 2];
        this.upTo = new double[channels + 1][channels + 2];
        int[] sizes = new int[channels + 1];
        for (MarkovAttribution.Transition transition : attribution.markov(1).transitions()) {
            int from = transition.from().equals("(start)")
                    ? channels
                    : attribution.channels().indexOf(transition.from());
            int at = sizes[from]++;
            targets[from][at] = target(attribution, transition.to());
            upTo[from][at] = (at == 0 ? 0 : upTo[from][at - 1])
                    + (double) transition.passages().successes()
                            / transition.passages().trials();
        }
        this.credits = shared(lost(walks, new SplittableRandom(seed)), attribution.attributedConversions());
    }

    private static int target(Attribution attribution, String name) {
        return switch (name) {
            case "(conversion)" -> CONVERSION;
            case "(null)" -> END;
            default -> attribution.channels().indexOf(name);
        };
    }

    private long[] lost(int walks, SplittableRandom random) {
        long[] lost = new long[channels];
        boolean[] touched = new boolean[channels];
        for (int walk = 0; walk < walks; walk++) {
            Arrays.fill(touched, false);
            int state = next(channels, random);
            while (state >= 0) {
                touched[state] = true;
                state = next(state, random);
            }
            for (int channel = 0; state == CONVERSION && channel < channels; channel++) {
                lost[channel] += touched[channel] ? 1 : 0;
            }
        }
        return lost;
    }

    private int next(int state, SplittableRandom random) {
        double drawn = random.nextDouble();
        int at = 0;
        while (at < targets[state].length - 1 && upTo[state][at] <= drawn && upTo[state][at + 1] > 0) {
            at++;
        }
        return targets[state][at];
    }

    private static double[] shared(long[] lost, long conversions) {
        double all = 0;
        for (long each : lost) {
            all += each;
        }
        double[] credits = new double[lost.length];
        for (int i = 0; i < lost.length; i++) {
            credits[i] = conversions * (lost[i] / all);
        }
        return credits;
    }

    double credit(int channel) {
        return credits[channel];
    }
}
