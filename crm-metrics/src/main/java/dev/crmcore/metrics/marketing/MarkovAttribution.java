package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.Estimate;
import dev.crmcore.metrics.Interval;
import dev.crmcore.metrics.Proportion;
import dev.crmcore.metrics.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The absorbing Markov chain through which journeys go from touch to touch until they convert or end, and what removing a
 * channel from it would cost. {@link Attribution#markov} makes it.
 *
 * <p>The fundamental matrix N = (I - Q)&#8315;&sup1; is computed once. With v the expected visits and x the probabilities of
 * conversion by state, the conversions that go through the set S of states with a channel are v(S) N(S,S)&#8315;&sup1; x(S), so
 * that no channel needs a chain of its own. The value is treated alike, with the mean value of a conversion after a state as
 * what that state yields. A simulation of the same chain has an error of some percent and more for rare channels; this has
 * rounding errors of about 1e-13.
 *
 * <p>Immutable and thread-safe.
 */
public final class MarkovAttribution {

    /** The most states that a chain may have; its matrices take 64 MB then. */
    public static final int MOST_STATES = 2_000;

    private static final int MOST_ORDER = 8;
    private static final int EFFECT = 0;
    private static final int VALUE_EFFECT = 1;
    private static final int SHARE = 2;
    private static final int FIGURES = 3;

    private final Attribution attribution;
    private final PathChain chain;
    private final double[] effects;
    private final double[] valueEffects;
    /** For each channel those of the effect, of the effect on value and of the share of the conversions. */
    private final @Nullable Interval[][] intervals;

    private MarkovAttribution(
            Attribution attribution,
            PathChain chain,
            double[] effects,
            double[] valueEffects,
            @Nullable Interval[][] intervals) {
        this.attribution = attribution;
        this.chain = chain;
        this.effects = effects;
        this.valueEffects = valueEffects;
        this.intervals = intervals;
    }

    static MarkovAttribution of(Attribution attribution, int order) {
        if (order < 1 || order > MOST_ORDER) {
            throw new IllegalArgumentException("order must be 1 to " + MOST_ORDER + ", not " + order);
        }
        PathChain chain = PathChain.of(attribution, order);
        int channels = attribution.channels().size();
        RemovalEffects removal = new RemovalEffects(chain, channels);
        return new MarkovAttribution(
                attribution,
                chain,
                removal.ofConversions(),
                removal.ofValue(),
                new @Nullable Interval[FIGURES][channels]);
    }

    /**
     * The same with 95 % intervals of the removal effects and of the shares of the credits by the bootstrap.
     *
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same intervals
     * @return the same with intervals
     * @throws IllegalArgumentException if there are too few replicates
     */
    public MarkovAttribution bootstrap(int replicates, long seed) {
        return bootstrap(replicates, seed, Interval.DEFAULT_LEVEL);
    }

    /**
     * The same with percentile intervals of the removal effects and of the shares of the credits by the Poisson bootstrap over
     * journeys, as in {@link Attribution#bootstrap(java.util.function.Function, int, long, double)}. Journeys of one path keep their mean value, so
     * that the intervals of the effects on value leave out how much values differ among them.
     *
     * <p>Cost: as many chains as there are replicates.
     *
     * @param replicates how often to resample, at least 40
     * @param seed of the pseudo-random numbers: the same seed, the same intervals
     * @param level the intervals' nominal coverage, above 0 and below 1
     * @return the same with intervals
     * @throws IllegalArgumentException if there are too few replicates or the level is out of range
     */
    public MarkovAttribution bootstrap(int replicates, long seed, double level) {
        int channels = effects.length;
        @Nullable
        Interval[] all = new PathBootstrap(attribution, replicates, seed)
                .intervals(
                        FIGURES * channels,
                        resampled -> of(resampled, chain.order()).figures(),
                        level);
        @Nullable Interval[][] byFigure = new @Nullable Interval[FIGURES][];
        for (int figure = 0; figure < FIGURES; figure++) {
            byFigure[figure] = Arrays.copyOfRange(all, figure * channels, (figure + 1) * channels);
        }
        return new MarkovAttribution(attribution, chain, effects, valueEffects, byFigure);
    }

    private double[] figures() {
        double[] figures = Arrays.copyOf(effects, FIGURES * effects.length);
        System.arraycopy(valueEffects, 0, figures, VALUE_EFFECT * effects.length, effects.length);
        System.arraycopy(credits().shares(), 0, figures, SHARE * effects.length, effects.length);
        return figures;
    }

    /**
     * A transition of the chain.
     *
     * @param from the state that is left: channels joined by "&gt;", or {@code (start)}
     * @param to the state that is entered: channels joined by "&gt;", {@code (conversion)} or {@code (null)}
     * @param passages how often the transition was made, of how often {@code from} was left
     */
    public record Transition(String from, String to, Proportion passages) {
        /**
         * A transition.
         *
         * @param from the state that is left
         * @param to the state that is entered
         * @param passages how often, of how many
         */
        public Transition {}
    }

    /**
     * How many states the chain has, without start, conversion and end.
     *
     * @return the number of states, not negative
     */
    public int states() {
        return chain.states();
    }

    /**
     * The probability that a journey with a touch converts.
     *
     * @return the share of journeys that convert, which the chain reproduces, with its Wilson interval; undefined without a
     *     journey
     */
    public Estimate conversionProbability() {
        return Proportion.of(chain.conversions(), chain.journeys()).estimate();
    }

    /**
     * What a journey with a touch is worth in the mean.
     *
     * @return minor units by journey; undefined without a journey
     */
    public Estimate minorUnitsPerJourney() {
        return chain.journeys() == 0
                ? Estimate.undefined(Undefined.noData("no journey"))
                : Estimate.ratio((double) chain.minorUnits(), (double) chain.journeys(), chain.journeys());
    }

    /**
     * The share of conversions that would be lost without a channel: journeys that reach it end there.
     *
     * @param channel a channel's name
     * @return the removal effect, 0 to 1, with an interval from {@link #bootstrap(int, long)}; undefined without a conversion
     * @throws IllegalArgumentException if there is no such channel
     */
    public Estimate removalEffect(String channel) {
        return effect(EFFECT, effects, channel, chain.conversions());
    }

    /**
     * The share of the conversions' value that would be lost without a channel.
     *
     * @param channel a channel's name
     * @return the removal effect, 0 to 1; undefined if no conversion has a value
     * @throws IllegalArgumentException if there is no such channel
     */
    public Estimate removalEffectOfValue(String channel) {
        return effect(VALUE_EFFECT, valueEffects, channel, chain.minorUnits());
    }

    private Estimate effect(int figure, double[] byChannel, String channel, long base) {
        int place = attribution.channels().indexOf(channel);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "channel must be one of " + attribution.channels() + ", not \"" + channel + "\"");
        }
        if (base == 0) {
            return Estimate.undefined(Undefined.noData("no conversion"));
        }
        Estimate effect = Estimate.of(byChannel[place], chain.journeys());
        Interval interval = intervals[figure][place];
        return interval == null ? effect : effect.withInterval(interval);
    }

    /**
     * Conversions and value shared out in proportion to the removal effects.
     *
     * @return credits by {@link Attribution#MARKOV}
     */
    public ChannelCredits credits() {
        return new ChannelCredits(
                Attribution.MARKOV,
                attribution.channels(),
                chain.conversions(),
                shared(effects, (double) chain.conversions()),
                shared(valueEffects, (double) chain.minorUnits()),
                intervals[SHARE].clone());
    }

    private static double[] shared(double[] effects, double total) {
        double sum = Arrays.stream(effects).sum();
        return Arrays.stream(effects)
                .map(effect -> sum == 0 ? 0 : total * (effect / sum))
                .toArray();
    }

    /**
     * The transitions that occur.
     *
     * @return the transitions, by the states' first occurrence in the order of the paths; a new list
     */
    public List<Transition> transitions() {
        List<Transition> transitions = new ArrayList<>();
        for (int to = 0; to < chain.states(); to++) {
            add(transitions, "(start)", name(to), chain.startsIn(to), chain.journeys());
        }
        for (int from = 0; from < chain.states(); from++) {
            long left = chain.left(from);
            for (int to = 0; to < chain.states(); to++) {
                add(transitions, name(from), name(to), chain.passages(from, to), left);
            }
            add(transitions, name(from), "(conversion)", chain.conversionsAfter(from), left);
            add(transitions, name(from), "(null)", chain.endsAfter(from), left);
        }
        return transitions;
    }

    private static void add(List<Transition> transitions, String from, String to, long count, long left) {
        if (count > 0) {
            transitions.add(new Transition(from, to, Proportion.of(count, left)));
        }
    }

    private String name(int state) {
        StringBuilder name = new StringBuilder();
        for (int channel : chain.channelsOf(state)) {
            name.append(name.isEmpty() ? "" : ">").append(attribution.channels().get(channel));
        }
        return name.toString();
    }

    /** The order and size of the chain. */
    @Override
    public String toString() {
        return "MarkovAttribution[order " + chain.order() + ", " + chain.states() + " states]";
    }
}
