package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.KpiDefinition;
import dev.crmcore.metrics.KpiKind;
import dev.crmcore.metrics.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shares conversions and their value out among the channels that were touched before, by rules that marketers use, by an
 * exact Markov chain, and by Shapley values. {@link ConversionPaths} makes it.
 *
 * <p>Every model shares out the same conversions: its credits sum to {@link #attributedConversions()}, to the last bit for
 * first and last touch and to about 1e-15 of the total otherwise. What no channel was touched before is in
 * {@link #unattributed()}. None of this is causal: which conversions a channel brought about, only a holdout can tell.
 *
 * <pre>{@code
 * Attribution attribution = ConversionPaths.TYPE.of(paths);
 * attribution.firstTouch().share("search");                     // with its interval
 * attribution.markov(1).credits().conversions("search");
 * attribution.bootstrap(a -> a.markov(1).credits(), 500, 42);   // the same with intervals
 * }</pre>
 *
 * <p>Immutable and thread-safe. The rules cost one pass over the touches of the distinct paths.
 */
public final class Attribution {

    /** All credit to the first touch. */
    public static final KpiDefinition FIRST_TOUCH =
            rule("attribution-first-touch", "First-touch attribution", "1 to the first touch");
    /** All credit to the last touch. */
    public static final KpiDefinition LAST_TOUCH =
            rule("attribution-last-touch", "Last-touch attribution", "1 to the last touch");
    /** All credit to the last touch of a channel that customers do not choose themselves. */
    public static final KpiDefinition LAST_NON_DIRECT = rule(
            "attribution-last-non-direct",
            "Last non-direct attribution",
            "1 to the last touch of another channel than the direct one, to the last touch if there is none");
    /** The same credit to each touch. */
    public static final KpiDefinition LINEAR =
            rule("attribution-linear", "Linear attribution, by touch", "1/touches to each touch; repeats count");
    /** The same credit to each channel; also the Shapley value of the conversions of converted subsets. */
    public static final KpiDefinition LINEAR_BY_CHANNEL = rule(
            "attribution-linear-by-channel",
            "Linear attribution, by distinct channel",
            "1/distinct channels to each channel of the path; equals the Shapley value of v(S) = conversions of paths within S");
    /** 40 % to the first touch, 40 % to the last, 20 % to those between. */
    public static final KpiDefinition POSITION_BASED = rule(
            "attribution-position-40-20-40",
            "Position-based attribution, 40/20/40",
            "0.4 to the first touch, 0.4 to the last, 0.2 evenly between; two touches 0.5 each, one touch 1");
    /** Credit by what would be lost without the channel. */
    public static final KpiDefinition MARKOV = KpiDefinition.builder("attribution-markov", 1)
            .name("Markov attribution")
            .kind(KpiKind.BATCH)
            .unit("conversions, and minor units of a currency")
            .formula(
                    "conversions * effect(c)/sum of effects; effect(c) = 1 - P(conversion without c)/P(conversion) of the "
                            + "absorbing chain of k-grams of channels, solved exactly")
            .variant("order k; runs of equal states are one state")
            .emptyRule("no credit without a conversion")
            .source("Anderl, Becker, von Wangenheim, Schumann 2016")
            .build();
    /** Credit by the mean contribution to the conversion rate. */
    public static final KpiDefinition SHAPLEY_RATE = KpiDefinition.builder("attribution-shapley-rate", 1)
            .name("Shapley attribution of the conversion rate")
            .kind(KpiKind.BATCH)
            .unit("conversions, and minor units of a currency; may be negative")
            .formula(
                    "conversions * phi(c)/v(all); phi is the Shapley value of v(S) = conversions/journeys of the paths whose "
                            + "channels are within S, 0 if there are none")
            .variant("conversion-rate game with non-converting journeys")
            .emptyRule("no credit without a conversion")
            .source("Shapley 1953; Zhao, Mahboobi, Bagheri 2018")
            .build();

    private static final double OUTER_SHARE = 0.4;

    private final List<String> channels;
    private final int[] touches;
    private final int[] starts;
    private final PathCounts counts;

    /**
     * @param channels the names, ascending
     * @param touches places in {@code channels}, path after path
     * @param starts where each path begins, and where the last one ends
     */
    Attribution(List<String> channels, int[] touches, int[] starts, PathCounts counts) {
        this.channels = channels;
        this.touches = touches;
        this.starts = starts;
        this.counts = counts;
    }

    /**
     * The channels.
     *
     * @return their names in ascending order; not modifiable
     */
    public List<String> channels() {
        return channels;
    }

    /**
     * How many journeys converted, with those that touched no channel.
     *
     * @return conversions of journeys
     */
    public Proportion conversionRate() {
        return Proportion.of(
                counts.allConversions(), Math.addExact(counts.allConversions(), counts.allNonConversions()));
    }

    /**
     * Conversions that are shared out.
     *
     * @return conversions of journeys that touched a channel, not negative
     */
    public long attributedConversions() {
        return counts.allConversions() - unattributed();
    }

    /**
     * The value that is shared out.
     *
     * @return minor units of the conversions of journeys that touched a channel, not negative
     */
    public long attributedMinorUnits() {
        int none = untouched();
        return counts.allMinorUnits() - (none < 0 ? 0 : counts.minorUnits(none));
    }

    /**
     * Conversions of journeys that touched no channel.
     *
     * @return conversions that no model shares out, not negative
     */
    public long unattributed() {
        int none = untouched();
        return none < 0 ? 0 : counts.conversions(none);
    }

    /**
     * How many of the attributed conversions touched a channel at all. These shares do not sum to 1.
     *
     * @param channel a channel's name
     * @return conversions that touched the channel, of those attributed
     * @throws IllegalArgumentException if there is no such channel
     */
    public Proportion participation(String channel) {
        int wanted = channels.indexOf(channel);
        if (wanted < 0) {
            throw new IllegalArgumentException("channel must be one of " + channels + ", not \"" + channel + "\"");
        }
        long touched = 0;
        for (int path = 0; path < paths(); path++) {
            for (int at = starts[path]; at < starts[path + 1]; at++) {
                if (touches[at] == wanted) {
                    touched += counts.conversions(path);
                    break;
                }
            }
        }
        return Proportion.of(touched, attributedConversions());
    }

    /**
     * All credit to the first touch.
     *
     * @return credits by {@link #FIRST_TOUCH}
     */
    public ChannelCredits firstTouch() {
        return byRule(FIRST_TOUCH, (from, to, credit) -> credit[touches[from]] += 1);
    }

    /**
     * All credit to the last touch.
     *
     * @return credits by {@link #LAST_TOUCH}
     */
    public ChannelCredits lastTouch() {
        return byRule(LAST_TOUCH, (from, to, credit) -> credit[touches[to - 1]] += 1);
    }

    /**
     * All credit to the last touch that was not of the direct channel; to the last touch if all were.
     *
     * @param direct the name of the direct channel, in any case of letters
     * @return credits by {@link #LAST_NON_DIRECT}
     */
    public ChannelCredits lastTouchExcept(String direct) {
        boolean[] isDirect = new boolean[channels.size()];
        for (int i = 0; i < isDirect.length; i++) {
            isDirect[i] = channels.get(i).equalsIgnoreCase(direct);
        }
        return byRule(LAST_NON_DIRECT, (from, to, credit) -> {
            int at = to - 1;
            while (at > from && isDirect[touches[at]]) {
                at--;
            }
            credit[touches[isDirect[touches[at]] ? to - 1 : at]] += 1;
        });
    }

    /**
     * The same credit to each touch; a channel touched twice gets twice the credit.
     *
     * @return credits by {@link #LINEAR}
     */
    public ChannelCredits linear() {
        return byRule(LINEAR, (from, to, credit) -> {
            for (int at = from; at < to; at++) {
                credit[touches[at]] += 1.0 / (to - from);
            }
        });
    }

    /**
     * The same credit to each distinct channel of a path. It is also the Shapley value of the game in which a set of channels
     * is worth the conversions whose paths lie within it: that game is a sum of games each of which only a whole path wins.
     *
     * @return credits by {@link #LINEAR_BY_CHANNEL}
     */
    public ChannelCredits linearByChannel() {
        return byRule(LINEAR_BY_CHANNEL, (from, to, credit) -> {
            int distinct = 0;
            for (int at = from; at < to; at++) {
                distinct += credit[touches[at]] == 0 ? 1 : 0;
                credit[touches[at]] = 1;
            }
            for (int at = from; at < to; at++) {
                credit[touches[at]] = 1.0 / distinct;
            }
        });
    }

    /**
     * 40 % to the first touch, 40 % to the last and 20 % evenly to those between.
     *
     * @return credits by {@link #POSITION_BASED}
     */
    public ChannelCredits positionBased() {
        return byRule(POSITION_BASED, (from, to, credit) -> {
            int between = to - from - 2;
            double outer = between < 0 ? 1 : between == 0 ? 0.5 : OUTER_SHARE;
            credit[touches[from]] += outer;
            if (between >= 0) {
                credit[touches[to - 1]] += outer;
            }
            for (int at = from + 1; at < to - 1; at++) {
                credit[touches[at]] += (1 - 2 * OUTER_SHARE) / between;
            }
        });
    }

    /**
     * Credit by the removal effect in a Markov chain, solved by linear algebra: no simulation, no chance.
     *
     * <p>Cost: one pass over the touches and 2 m&sup3; operations and 16 m&sup2; bytes for m states. A state of order k is a
     * run of k channels that occurs: with C channels at most C states of order 1, and C + C&sup2; of order 2.
     *
     * @param order how many touches back the chain remembers, 1 to 8
     * @return the chain with its credits
     * @throws IllegalArgumentException if the order is out of range, or the paths have more than
     *     {@value MarkovAttribution#MOST_STATES} states
     */
    public MarkovAttribution markov(int order) {
        return MarkovAttribution.of(this, order);
    }

    /**
     * Credit by Shapley values of the conversion rate: what a channel adds to the rate of the journeys within a set of
     * channels, in the mean over all orders in which the channels could have been added. A channel whose journeys convert
     * less than others gets a negative credit.
     *
     * <p>Cost: for n channels n 2&#8319; operations and 24 &middot; 2&#8319; bytes.
     *
     * @return credits by {@link #SHAPLEY_RATE}
     * @throws IllegalArgumentException if there are more than {@value RateGame#MOST_CHANNELS} channels with a touch
     */
    public ChannelCredits shapley() {
        return RateGame.of(this).credits();
    }

    /**
     * The credits of a model with 95 % intervals of their shares by the bootstrap.
     *
     * @param model the model
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same intervals
     * @return the credits with their intervals
     * @throws IllegalArgumentException if there are too few replicates
     */
    public ChannelCredits bootstrap(Function<Attribution, ChannelCredits> model, int replicates, long seed) {
        return bootstrap(model, replicates, seed, Interval.DEFAULT_LEVEL);
    }

    /**
     * The credits of a model with percentile intervals of their shares by the Poisson bootstrap: each replicate counts every
     * journey anew as often as a Poisson number of mean 1 says, which is to draw as many journeys with replacement. Replicates
     * without a conversion say nothing and are left out.
     *
     * <p>Cost: as many runs of the model as there are replicates.
     *
     * @param model the model
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same intervals
     * @param level the intervals' nominal coverage, above 0 and below 1
     * @return the credits with their intervals
     * @throws IllegalArgumentException if there are too few replicates or the level is out of range
     */
    public ChannelCredits bootstrap(
            Function<Attribution, ChannelCredits> model, int replicates, long seed, double level) {
        Objects.requireNonNull(model, "model");
        ChannelCredits credits = model.apply(this);
        int count = credits.channels().size();
        return credits.withIntervals(new PathBootstrap(this, replicates, seed)
                .intervals(count, resampled -> model.apply(resampled).shares(), level));
    }

    int paths() {
        return starts.length - 1;
    }

    int start(int path) {
        return starts[path];
    }

    int end(int path) {
        return starts[path + 1];
    }

    int touch(int at) {
        return touches[at];
    }

    PathCounts counts() {
        return counts;
    }

    /** The same paths with other counts. */
    Attribution withCounts(PathCounts others) {
        return new Attribution(channels, touches, starts, others);
    }

    /** The empty path sorts first. */
    private int untouched() {
        return paths() > 0 && starts[1] == 0 ? 0 : -1;
    }

    private interface Rule {
        /** Adds the credit of one path, which sums to 1, to an array of zeros. */
        void share(int from, int to, double[] credit);
    }

    private ChannelCredits byRule(KpiDefinition definition, Rule rule) {
        ChannelCredits.Counting counting = new ChannelCredits.Counting(channels.size());
        double[] credit = new double[channels.size()];
        for (int path = 0; path < paths(); path++) {
            if (counts.conversions(path) == 0 || starts[path] == starts[path + 1]) {
                continue;
            }
            rule.share(starts[path], starts[path + 1], credit);
            for (int at = starts[path]; at < starts[path + 1]; at++) {
                int channel = touches[at];
                if (credit[channel] != 0) {
                    counting.add(channel, credit[channel], (double) counts.conversions(path), (double)
                            counts.minorUnits(path));
                    credit[channel] = 0;
                }
            }
        }
        return counting.credits(definition, channels, attributedConversions());
    }

    private static KpiDefinition rule(String id, String name, String credit) {
        return KpiDefinition.builder(id, 1)
                .name(name)
                .kind(KpiKind.KEYED)
                .unit("conversions, and minor units of a currency")
                .formula("sum over converting journeys of the channel's credit: " + credit)
                .emptyRule("no credit without a conversion")
                .source("usual practice")
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attribution that
                && channels.equals(that.channels)
                && Arrays.equals(touches, that.touches)
                && Arrays.equals(starts, that.starts)
                && counts.equals(that.counts, paths());
    }

    @Override
    public int hashCode() {
        return Objects.hash(channels, Arrays.hashCode(touches), counts.allConversions(), counts.allNonConversions());
    }

    /** How many channels, distinct paths and conversions there are. */
    @Override
    public String toString() {
        return "Attribution[" + channels.size() + " channels, " + paths() + " paths, " + counts.allConversions()
                + " conversions]";
    }
}
