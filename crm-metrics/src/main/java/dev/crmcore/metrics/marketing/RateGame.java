package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Interval;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The game in which a set of channels is worth the conversions, or their value, by journey of the paths whose channels are
 * within the set; nothing if there are none.
 */
final class RateGame {

    static final int MOST_CHANNELS = 22;

    private final Attribution attribution;
    /** For each channel its bit, or -1 if it was never touched. */
    private final int[] bits;

    private final int players;
    private final double[] conversions;
    private final double[] minorUnits;
    private final double[] journeys;

    private RateGame(Attribution attribution, int[] bits, int players) {
        this.attribution = attribution;
        this.bits = bits;
        this.players = players;
        this.conversions = new double[1 << players];
        this.minorUnits = new double[1 << players];
        this.journeys = new double[1 << players];
    }

    static RateGame of(Attribution attribution) {
        int[] bits = new int[attribution.channels().size()];
        Arrays.fill(bits, -1);
        int players = 0;
        for (int path = 0; path < attribution.paths(); path++) {
            for (int at = attribution.start(path); at < attribution.end(path); at++) {
                if (bits[attribution.touch(at)] < 0) {
                    bits[attribution.touch(at)] = players++;
                }
            }
        }
        if (players > MOST_CHANNELS) {
            throw new IllegalArgumentException(
                    "Shapley values of the conversion rate look at every set of channels: at most " + MOST_CHANNELS
                            + " channels, not " + players + "; count rare channels as one");
        }
        RateGame game = new RateGame(attribution, bits, players);
        game.count();
        return game;
    }

    private void count() {
        PathCounts counts = attribution.counts();
        for (int path = 0; path < attribution.paths(); path++) {
            int set = 0;
            for (int at = attribution.start(path); at < attribution.end(path); at++) {
                set |= 1 << bits[attribution.touch(at)];
            }
            // Journeys without a touch belong to no set of channels
            if (set != 0) {
                conversions[set] += counts.conversions(path);
                minorUnits[set] += counts.minorUnits(path);
                journeys[set] += (double) counts.conversions(path) + counts.nonConversions(path);
            }
        }
        sumOverSubsets(conversions);
        sumOverSubsets(minorUnits);
        sumOverSubsets(journeys);
    }

    ChannelCredits credits() {
        int all = conversions.length - 1;
        List<String> channels = attribution.channels();
        return new ChannelCredits(
                Attribution.SHAPLEY_RATE,
                channels,
                (long) conversions[all],
                credits(conversions),
                credits(minorUnits),
                new @Nullable Interval[channels.size()]);
    }

    private double[] credits(double[] won) {
        double total = won[won.length - 1];
        double[] credits = new double[bits.length];
        if (total == 0) {
            return credits;
        }
        double[] shapley = shapley(won);
        double all = Arrays.stream(shapley).sum();
        for (int channel = 0; channel < bits.length; channel++) {
            credits[channel] = bits[channel] < 0 ? 0 : total * (shapley[bits[channel]] / all);
        }
        return credits;
    }

    private double[] shapley(double[] won) {
        double[] weights = weights();
        double[] values = new double[players];
        for (int player = 0; player < players; player++) {
            int bit = 1 << player;
            double value = 0;
            for (int set = 0; set < won.length; set++) {
                if ((set & bit) == 0) {
                    value += weights[Integer.bitCount(set)] * (rate(won, set | bit) - rate(won, set));
                }
            }
            values[player] = value;
        }
        return values;
    }

    private double rate(double[] won, int set) {
        return journeys[set] == 0 ? 0 : won[set] / journeys[set];
    }

    /** By the size of the set that a player joins: the share of the orders in which exactly that set came before. */
    private double[] weights() {
        double[] weights = new double[players];
        double subsets = 1;
        for (int size = 0; size < players; size++) {
            weights[size] = 1 / (players * subsets);
            subsets = subsets * (players - 1 - size) / (size + 1);
        }
        return weights;
    }

    private void sumOverSubsets(double[] sums) {
        for (int bit = 1; bit < sums.length; bit <<= 1) {
            for (int set = 0; set < sums.length; set++) {
                if ((set & bit) != 0) {
                    sums[set] += sums[set ^ bit];
                }
            }
        }
    }
}
